import type { Role } from '../configuration/configuration.ts';
import { plainCondition } from '../expression/write-expression.ts';
import { writtenDuty } from '../manifest/duty.ts';
import {
  type Activity,
  isManual,
  type Manifest,
  type Principal,
  type QuorumRule,
} from '../manifest/manifest.ts';
import { principalsGranted, principalsNamed } from '../manifest/principal.ts';
import { roleIdOf } from '../policy/resolve.ts';
import { writtenPrincipal } from '../policy/written-principal.ts';
import { canonicalize } from '../record/canonical.ts';
import { digestOf } from '../record/digest.ts';
import type { Digest, Json } from '../values.ts';
import { present } from '../written/present.ts';
import { barsCommitters } from './apart.ts';
import type { Difference, ResolvedTarget, Revision } from './event.ts';
import { withoutFollowUps } from './follow-up.ts';
import { machinesAfter } from './machines-after.ts';
import { failurePolicy } from './resolution.ts';
import { courseAfter } from './scope-course.ts';
import type { OpenRelease } from './state.ts';

/** What an approver agrees to, as data with defaults left out (T2). */
export type Scope = { readonly [key: string]: Json };

/** Changes when the meaning of the scope does, so that old digests stay comparable with themselves only. */
const SCOPE_VERSION = 2;

/** The scope of an activity: what is asked, of whom, about which commit. Not time, not order among gates, not owners (T2). */
export function scopeOf(
  { plan, roles }: Pick<Revision, 'plan' | 'roles'>,
  activity: Activity,
  target: ResolvedTarget,
): Scope {
  const granted = [...new Set(namesOf(principalsGranted(activity)))];
  const mentioned = [...principalsNamed(activity), ...principalsGranted(activity)];
  const referenced = roles.filter((role) => mentioned.some((one) => roleIdOf(one) === role.id));
  return {
    version: SCOPE_VERSION,
    release: plan.release,
    activity: activity.id,
    title: activity.title,
    target: target.commit,
    ...artifactsOf(plan),
    approvers: activity.approvers.map(scopeOfRule),
    ...(granted.length === 0 ? {} : { granted }),
    ...present({ task: activity.task, preconditions: activity.preconditions?.map((one) => ({ ...one })) }),
    ...present({
      distinct: activity.distinct,
      order: activity.order,
      reject: activity.reject,
      delegation: activity.delegation,
    }),
    ...(activity.instructions === undefined ? {} : { instructions: activity.instructions }),
    ...(activity.exclude.length === 0 ? {} : { exclude: namesOf(activity.exclude) }),
    ...(activity.apartFrom === undefined ? {} : { apartFrom: activity.apartFrom.map(writtenDuty).sort() }),
    ...(barsCommitters(activity) && target.since !== undefined ? { since: target.since } : {}),
    ...(activity.inputs.length === 0
      ? {}
      : { inputs: Object.fromEntries(activity.inputs.map((input) => [input.id, { ...input }])) }),
    ...workOf(activity),
    ...machinesIn(plan, activity),
    ...(isManual(activity) ? courseIn(plan, activity) : {}),
    ...failureIn(plan, activity),
    ...(activity.floors === undefined ? {} : { floors: activity.floors }),
    ...(referenced.length === 0
      ? {}
      : {
          roles: Object.fromEntries(referenced.map((role) => [role.id, membersOf(role)])),
        }),
  };
}

/**
 * The scope of an activity of a release as it stands. A review that follows an override is no part of what anybody agreed
 * to: their approvals stand (T2).
 */
export const scopeIn = (
  { revision, target, followUps }: Pick<OpenRelease, 'revision' | 'target' | 'followUps'>,
  activity: Activity,
): Scope => scopeOf({ ...revision, plan: withoutFollowUps(revision.plan, followUps) }, activity, target);

/** What was built, whatever the order of the list. */
const artifactsOf = ({ target: { artifacts } }: Manifest): Scope =>
  artifacts === undefined
    ? {}
    : { artifacts: Object.fromEntries(artifacts.map(({ name, digest }) => [name, digest])) };

/** What a machine does in an activity: where, with which workflow and data, and what it waits for. */
const workOf = ({ environment, workflow, with: given, checks }: Activity): Scope =>
  present({ environment, workflow, with: given, checks: checks?.map((one) => ({ ...one })) });

/** What machines may do once this is approved. Not when they do it, nor for how long (T2). */
const machinesIn = (plan: Manifest, activity: Activity): Scope => {
  const machines = machinesAfter(plan, activity);
  if (machines.length === 0) return {};
  return {
    machines: Object.fromEntries(machines.map((one) => [one.id, workOf(one)])),
  };
};

/**
 * When people are asked at all, and what decides whether machines begin afterwards (decision 0053). A machine that has
 * begun does nothing twice because of it: the people before it are asked.
 */
const courseIn = (plan: Manifest, activity: Activity): Scope => ({
  ...present({ if: plainCondition(activity.if) }),
  ...courseAfter(plan, activity),
});

/** What a failure here brings about, down to every activity that it would run. */
const failureIn = (plan: Manifest, activity: Activity): Scope => {
  const policy = failurePolicy(plan, activity);
  switch (policy.kind) {
    case 'hold':
      return {};
    case 'run': {
      const run = plan.phases.filter(({ id }) => id === policy.phase).flatMap((phase) => phase.activities);
      return { onFailure: { run: policy.phase, activities: run.map((one) => plainActivity(one)) } };
    }
    default:
      return { onFailure: policy.kind };
  }
};

/** Not its times (T2). Plans are plain JSON; the type system cannot see it through optional fields. */
const plainActivity = ({ timing: _, validFor: __, ...activity }: Activity): Json =>
  JSON.parse(JSON.stringify({ ...activity, if: plainCondition(activity.if) })) as Json;

const scopeOfRule = ({ from, require, except, backups, inherited }: QuorumRule): Scope => ({
  from: namesOf(from),
  require,
  ...present({
    except: except === undefined ? undefined : namesOf(except),
    backups: backups === undefined ? undefined : namesOf(backups),
    inherited,
  }),
});

/** A permission is one more member: whoever has it. */
const membersOf = ({ members, permission }: Role): readonly string[] => [
  ...namesOf(members),
  ...(permission === undefined ? [] : [`permission:${permission}`]),
];

/** People are a set: naming them in another order asks nobody else. The order of rules stays, for votes refer to it. */
const namesOf = (principals: readonly Principal[]): readonly string[] =>
  principals.map(writtenPrincipal).sort();

export const scopeDigest = (scope: Scope): Digest => digestOf(canonicalize(scope));

/** What people write after `@`: enough to notice a change, short enough to copy. */
export const shortScope = (digest: Digest): string => digest.slice(0, 7);

/** Every place where two scopes differ, by path, with both values in canonical form. */
export function differences(before: Scope, after: Scope): readonly Difference[] {
  const left = leaves(before, '');
  const right = leaves(after, '');
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [left.get(path), right.get(path)];
    if (old === now) return [];
    return [
      { path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) },
    ];
  });
}

function leaves(value: Json, path: string): ReadonlyMap<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return new Map([[path, canonicalize(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, child]) => [...leaves(child, path === '' ? key : `${path}.${key}`)]),
  );
}
