import type { Configuration, Role } from '../configuration/configuration.ts';
import { adoptFloors, keepFloors } from '../floors/adopt-floors.ts';
import { type Activity, activitiesOf, isManual, type Manifest } from '../manifest/manifest.ts';
import { dutySentence } from '../messages/duty-words.ts';
import { obstacleSentence } from '../messages/obstacle-words.ts';
import { defaultCalendar } from '../time/calendar.ts';
import type { Instant } from '../values.ts';
import { barsCommitters, currentDuties, keptApart } from './apart.ts';
import { directoryOf, electorsOf, unbound } from './ballot.ts';
import { abortion } from './due.ts';
import { dueDuties, dutyGap } from './duties.ts';
import type { Happening, HappeningOf, Revision } from './event.ts';
import type { Facts, ManifestFact } from './facts.ts';
import { apply } from './fold.ts';
import { isOverdue } from './overdue.ts';
import { restartedTimes } from './restart-times.ts';
import { differences, type Scope, scopeDigest, scopeIn } from './scope.ts';
import {
  type Attempt,
  latestAttempt,
  type OpenRelease,
  type ReleaseState,
  standingAttempts,
} from './state.ts';
import { successorOf } from './successor.ts';
import { targetOf } from './target.ts';

/** What the manifest on the default branch asks for: events, or the reasons why nothing can be said yet. */
export type Revised = {
  readonly events: readonly Happening[];
  readonly unclear: readonly string[];
  /** Some of it may become clear by itself; everything else waits for a person. */
  readonly unsure: boolean;
};

const clear = (events: readonly Happening[]): Revised => ({ events, unclear: [], unsure: false });
const nothing = clear([]);

/** Only a person can mend this: an author that GitHub does not tell, roles with errors, a target that is not there. */
const needsSomebody = (unclear: readonly string[]): Revised => ({ events: [], unclear, unsure: false });

/** Opening, revising and cancelling: what a change of the manifest on the default branch means (design 2). */
export function followManifest(state: ReleaseState, facts: Facts, at: Instant): Revised {
  const { manifest } = facts;
  if (state.kind === 'opened' && state.ended) return nothing;
  const yielded = state.kind === 'opened' ? dueSuccession(state, facts, at) : [];
  if (yielded.length > 0) return clear(yielded);
  // Demands that nobody can read may be the ones that are not met: unknown never approves (T7).
  if (facts.inherited?.kind === 'unknown')
    return state.kind === 'unopened' && manifest.kind === 'absent'
      ? nothing
      : needsSomebody([facts.inherited.why]);
  // Whoever breaks the file keeps no tightening away from the release (T1, T7).
  if (manifest.kind === 'invalid') return state.kind === 'opened' ? followFloors(state, facts, at) : nothing;
  if (manifest.kind === 'absent') {
    return state.kind === 'opened' ? clear(cancel(state, facts, at)) : nothing;
  }
  if (state.kind === 'opened' && state.revision.manifest === manifest.digest)
    return followFloors(state, facts, at);
  const accepted = acceptable(manifest, facts);
  if ('unclear' in accepted) return needsSomebody(accepted.unclear);
  if (state.kind === 'opened') {
    const usurped = usurpedIn(state, manifest.plan);
    return usurped.length > 0 ? needsSomebody(usurped) : reviseWithFloors(state, accepted, facts, at);
  }
  const aim = targetOf(state, manifest.plan, facts.target);
  if ('missing' in aim) return needsSomebody([aim.missing]);
  const body = { title: manifest.plan.title, revision: accepted.revision, target: aim.target };
  return clear([{ at, kind: 'release-opened', body }]);
}

/** A newer release that takes the place of this one ends it, also where this one loses its environment only now (G-16). */
export function dueSuccession(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  const newer = state.ended || facts.manifest.kind !== 'present' ? undefined : successorOf(state, facts);
  return newer === undefined ? [] : cancelled(state, { why: 'superseded', by: newer }, at);
}

/** A manifest that gives an activity of its own the name of a review would decide who reviews it (T3). */
const usurpedIn = ({ followUps }: OpenRelease, plan: Manifest): readonly string[] => {
  const reviews = new Set(followUps.map(({ id }) => id));
  return activitiesOf(plan)
    .filter(({ id }) => reviews.has(id))
    .map(({ id }) => `${id} is the review of an override: give the activity of the manifest another id.`);
};

type PresentManifest = Extract<ManifestFact, { readonly kind: 'present' }>;

/** A revision, and the configuration that it was read under. */
type Acceptable = { readonly revision: Revision; readonly configuration: Configuration };

function acceptable(
  manifest: PresentManifest,
  { configuration, inherited }: Facts,
): Acceptable | { readonly unclear: readonly string[] } {
  const unclear = [
    ...(manifest.authors.kind === 'unknown'
      ? [`It is not known who wrote it: ${manifest.authors.why}.`]
      : []),
    ...(configuration.kind === 'unknown' ? [`The configuration cannot be read: ${configuration.why}.`] : []),
  ];
  if (manifest.authors.kind === 'unknown' || configuration.kind === 'unknown') return { unclear };
  const { commit, authors } = manifest;
  const accepted = revisionOf(manifest, configuration.value, { commit, authors: authors.value });
  return {
    revision: { ...accepted, ...inheritedIn(inherited) },
    configuration: configuration.value,
  };
}

/** A manifest as a revision of its release, under a configuration: what is accepted, or previewed. */
export const revisionOf = (
  {
    digest,
    path,
    plan,
    owners,
    floors,
  }: Pick<PresentManifest, 'digest' | 'path' | 'plan' | 'owners' | 'floors'>,
  configuration: Configuration,
  { commit, authors }: Pick<Revision, 'commit' | 'authors'>,
): Revision => ({
  manifest: digest,
  path,
  commit,
  authors,
  plan,
  ...rulesOf(configuration, owners),
  ...(floors === undefined ? {} : { floors }),
});

const inheritedIn = (inherited: Facts['inherited']): Pick<Revision, 'inherited'> =>
  inherited?.kind === 'known' ? { inherited: inherited.value } : {};

/** What a revision takes over of the configuration: later changes there do not reach a release that is open. */
const rulesOf = (
  { roles, custodians, calendar }: Configuration,
  owners: readonly Role[] = [],
): Pick<Revision, 'roles' | 'custodians' | 'calendar'> => ({
  roles: [...roles, ...owners],
  ...(calendar === defaultCalendar ? {} : { calendar }),
  ...(custodians === undefined ? {} : { custodians }),
});

/** A configuration that demands more than the open release asks for reaches it; one that demands less does not (T7). */
function followFloors(state: OpenRelease, facts: Facts, at: Instant): Revised {
  if (facts.configuration.kind === 'unknown') return nothing;
  const adopted = adoptFloors(state.revision, facts.configuration.value);
  if (adopted === undefined) return nothing;
  const { objections, ...changed } = adopted;
  if (objections.length > 0) return needsSomebody(objections);
  return revise(state, { ...state.revision, ...changed, ...inheritedIn(facts.inherited) }, facts, at);
}

/** A new manifest of an open release has to meet the floors that the release was opened under as well (T7). */
function reviseWithFloors(
  state: OpenRelease,
  { revision, configuration }: Acceptable,
  facts: Facts,
  at: Instant,
): Revised {
  const { objections, ...raised } = keepFloors(revision, state.revision, configuration);
  if (objections.length > 0) return needsSomebody(objections);
  return revise(state, { ...revision, ...raised }, facts, at);
}

function revise(state: OpenRelease, revision: Revision, facts: Facts, at: Instant): Revised {
  const aim = targetOf(state, revision.plan, facts.target);
  if ('missing' in aim) return needsSomebody([aim.missing]);
  const revised: Happening = { at, kind: 'manifest-revised', body: { revision, target: aim.target } };
  const taken = apply(state, revised) as OpenRelease;
  const duties = dueDuties(taken, facts, at);
  const next = duties.reduce(apply, taken) as OpenRelease;
  // Reviews of overrides are asked for beside what the manifest asks for.
  const asked = activitiesOf(next.revision.plan);
  const changed = asked.map((activity) => rescope(state, next, activity, facts, at));
  const unclear = changed.flatMap((one) => one.unclear);
  if (unclear.length > 0) return { events: [], unclear, unsure: changed.some((one) => one.unsure) };
  const kept = new Set(asked.map((activity) => activity.id));
  const removed = standingAttempts(state).filter((attempt) => !kept.has(attempt.activity));
  const events = [
    revised,
    ...duties,
    ...changed.flatMap((one) => one.events),
    ...removed.map((attempt) => abortion(attempt, 'removed', at)),
  ];
  return clear(events);
}

/** How a revision changes what the newest attempt of an activity is about; undefined: it does not. */
export function scopeChange(
  state: OpenRelease,
  next: Pick<OpenRelease, 'revision' | 'target'>,
  activity: Activity,
): { readonly attempt: Attempt; readonly change: ScopeChange } | undefined {
  const attempt = latestAttempt(state, activity.id);
  if (!attempt || attempt.ending?.kind === 'superseded' || attempt.ending?.kind === 'aborted')
    return undefined;
  const after = scopeIn({ ...next, followUps: state.followUps }, activity);
  const to = scopeDigest(after);
  if (to === attempt.scope) return undefined;
  const between = differences(scopeBefore(state, activity.id), after);
  return { attempt, change: { from: attempt.scope, to, differences: between } };
}

type ScopeChange = Pick<HappeningOf<'attempt-superseded'>['body'], 'from' | 'to' | 'differences'>;

/** Votes whose scope digest changed lapse, the others stand (design 2, 3.7). */
function rescope(
  state: OpenRelease,
  next: OpenRelease,
  activity: Activity,
  facts: Facts,
  at: Instant,
): Revised {
  const changed = scopeChange(state, next, activity);
  if (changed === undefined) return nothing;
  const { attempt, change } = changed;
  const ref = { activity: activity.id, attempt: attempt.attempt };
  const moment = { at, trusted: facts.timely };
  // A machine asks nobody again: what it did, or waited to do, was about something else.
  if (attempt.ending || !isManual(activity) || isOverdue({ before: state, after: next }, attempt, moment))
    return clear([{ at, kind: 'attempt-superseded', body: { ...ref, ...change } }]);
  const gap = barsCommitters(activity) && !currentDuties(next) ? dutyGap(next, facts) : undefined;
  if (gap) return needsSomebody([dutySentence(gap)]);
  const electors = electorsOf(activity, directoryOf(next, facts), keptApart(next, activity));
  if (electors.kind === 'unclear') {
    return {
      events: [],
      unclear: electors.obstacles.map(obstacleSentence),
      unsure: electors.obstacles.some(({ kind }) => kind === 'unknown'),
    };
  }
  const body = {
    ...ref,
    ...change,
    lapsed: attempt.votes.map((vote) => vote.elector.person),
    roster: electors.electors,
    bindings: unbound(next, electors.bindings),
    ...restartedTimes(next.revision, activity, attempt, at),
  };
  return clear([{ at, kind: 'scope-changed', body }]);
}

/** The scope as it stood before the revision; empty where the activity is new to the plan. */
function scopeBefore(state: OpenRelease, id: string): Scope {
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === id);
  return activity ? scopeIn(state, activity) : {};
}

const cancel = (state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] =>
  cancelled(state, { why: 'manifest-removed', commit: facts.head }, at);

const cancelled = (
  state: OpenRelease,
  body: HappeningOf<'release-cancelled'>['body'],
  at: Instant,
): readonly Happening[] => [
  ...standingAttempts(state).map((attempt) => abortion(attempt, 'cancelled', at)),
  { at, kind: 'release-cancelled', body },
];
