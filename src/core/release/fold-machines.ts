import { activitiesOf } from '../manifest/manifest.ts';
import { fail } from './fold-failures.ts';
import { type Applier, bind, change, end } from './fold-parts.ts';
import { followUpOf, withFollowUps } from './follow-up.ts';
import type { MachineKinds } from './machine-event.ts';
import type { OpenRelease } from './state.ts';

/** What machines make of a release, and people of their work. */
export const machineAppliers: { readonly [K in keyof MachineKinds]: Applier<K> } = {
  'environment-opened': (state, { at, body: { environment, commit, until, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ({
      ...attempt,
      openings: [...attempt.openings, { environment, commit, at, ...(until === undefined ? {} : { until }) }],
    })),
  'environment-shut': (state, { at, body }, take) =>
    change(state, body, take, (attempt) => ({
      ...attempt,
      openings: attempt.openings.map((opening) => ({ shut: { at, why: body.why }, ...opening })),
    })),
  'guard-seen': (state, { body: { guard, environment: _, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ({ ...attempt, guard })),
  'deployment-seen': (state, { body: { deployment, state: how, ended, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ({
      ...attempt,
      report: { kind: 'deployment', deployment, state: how, ended },
    })),
  'environment-taken': (state, { body: { by, commit, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ({ ...attempt, report: { kind: 'taken', by, commit } })),
  'activity-succeeded': (state, { at, body }, take) => end(state, body, take, { kind: 'succeeded', at }),
  'activity-failed': (state, { at, body }, take) =>
    fail(state, body, take, { kind: 'failed', at, why: body.why }),
  'retry-ordered': (state, { at, body: { person, bindings, reason = '', source, ...ref } }, take) => ({
    ...bind(
      change(state, ref, take, (attempt) => ({
        ...attempt,
        overruled: { act: 'retry', by: [person], reason, inputs: {}, at },
        retriedIn: source,
      })),
      bindings,
      at,
    ),
    // As where people overrule: what was skipped because of the failure is asked again.
    skipped: [],
  }),
  'holds-lifted': (state, { at, body: { by, reason, ...ref } }, take) =>
    followed(
      change(state, ref, take, (attempt) => ({ ...attempt, lifted: { by, reason, at } })),
      ref.activity,
    ),
};

/** An override is loud: somebody has to look at it afterwards (design 3.9). */
const followed = (state: OpenRelease, overridden: string): OpenRelease => {
  const activity = activitiesOf(state.revision.plan).find(({ id }) => id === overridden);
  if (activity === undefined) return state;
  return withFollowUps(state, [...state.followUps, followUpOf(state.revision, activity)]);
};
