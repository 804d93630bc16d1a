import type { Floor } from '../configuration/floor.ts';
import type { Activity, RejectionRule } from '../manifest/manifest.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';
import { type Objection, objection, placeOf } from './objection.ts';

/**
 * How the votes on an activity may add up: `distinct`, `reject` and `delegation` are assigned by floors, so what a manifest
 * says there is never weaker (T1).
 */
export const judgementObjections = (activity: Activity, floor: Floor): readonly Objection[] => [
  ...sharedSeats(activity, floor),
  ...weakRejection(activity, floor),
  ...delegatedSeats(activity, floor),
  ...grantedSeats(activity, floor),
  ...openEnd(activity, floor),
];

const sharedSeats = (activity: Activity, floor: Floor): readonly Objection[] => {
  if (activity.distinct !== false || floor.distinct === false) return [];
  const wrong = `One person could fill several seats of "${activity.id}".`;
  const write = 'Remove distinct: false.';
  return [objection(floor, 'distinct', placeOf(activity, 'distinct'), { wrong, write })];
};

const weakRejection = (activity: Activity, floor: Floor): readonly Objection[] => {
  if (activity.reject === undefined || isAsStrong(activity.reject, floor.reject)) return [];
  const wrong = `"${activity.id}" takes more than it may to be rejected.`;
  const write =
    floor.reject === undefined ? 'Remove reject.' : `Remove reject, or write ${words(floor.reject)}.`;
  return [objection(floor, 'reject', placeOf(activity, 'reject'), { wrong, write })];
};

/** Where nothing is written one rejection ends it, and nothing is stronger than that. */
export const isAsStrong = (
  own: RejectionRule,
  weakest: RejectionRule = { kind: 'count', count: 1 },
): boolean => {
  if (own.kind === 'count' && (own.count === 1 || weakest.kind === 'count'))
    return own.count <= (weakest.kind === 'count' ? weakest.count : 1);
  return canonicalize(own as Json) === canonicalize(weakest as Json);
};

const words = (rule: RejectionRule): string =>
  rule.kind === 'count' ? `{ require: N } with at most ${rule.count}` : `{ require: 1 } or ${rule.kind}`;

const delegatedSeats = (activity: Activity, floor: Floor): readonly Objection[] => {
  const { delegation: own } = activity;
  const { delegation: most } = floor;
  if (own === undefined || most === undefined || own.max <= most.max) return [];
  const wrong = `Too many seats of "${activity.id}" may be delegated.`;
  const write = `Write at most ${most.max}.`;
  return [objection(floor, 'delegation', placeOf(activity, 'delegation'), { wrong, write })];
};

const grantedSeats = (activity: Activity, floor: Floor): readonly Objection[] => {
  if (!activity.timing?.escalate.some(({ grant }) => grant)) return [];
  const wrong = `Others than those who are asked could vote on "${activity.id}".`;
  return [objection(floor, 'approvers', placeOf(activity, 'escalate'), { wrong, write: 'Remove grant.' })];
};

const openEnd = (activity: Activity, floor: Floor): readonly Objection[] => {
  if (activity.timing?.expire !== 'stay') return [];
  const wrong = `"${activity.id}" could still be approved after its deadline.`;
  return [objection(floor, 'approvers', placeOf(activity, 'expire'), { wrong, write: 'Remove expire.' })];
};
