import type { Activity } from '../manifest/manifest.ts';
import { longerBy } from '../time/duration.ts';
import type { Path } from '../written/tree.ts';
import type { Found } from './found.ts';
import { placeOf } from './objection.ts';

/** Reminders and escalations that the deadline leaves no time for, by durations that can be compared (S-138, S-145). */
export const idleOffsets = (activity: Activity): readonly Found[] => {
  const { deadline, remind = [], escalate = [] } = activity.timing ?? {};
  if (deadline === undefined) return [];
  const hint = (written: string, ...keys: Path): readonly Found[] => {
    const isBefore = written.endsWith(' before');
    if (!(longerBy(written.replace(/ before$/, ''), deadline) > 0)) return [];
    const expected = `Expected no more than the deadline, which is ${deadline}, found ${written}`;
    const message = isBefore
      ? `${expected}: it would be due before "${activity.id}" begins, and comes at once then. Take a shorter time, or move the deadline.`
      : `${expected}: the deadline is over first. Take a shorter time, or move the deadline.`;
    return [{ at: placeOf(activity, ...keys), problem: 'conflict', message, severity: 'warning' }];
  };
  return [
    ...remind.flatMap((written, index) => hint(written, 'remind', index)),
    ...escalate.flatMap(({ at }, index) => hint(at, 'escalate', index, 'at')),
  ];
};
