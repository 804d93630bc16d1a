import type { Problem } from '../problem.ts';
import { didYouMean } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { idPattern } from '../written/leaves.ts';
import { valueAt } from '../written/tree.ts';
import { mentions, type OutlinedActivity } from './outline.ts';

const APPROVERS = 'approvers:';

/** Every `approvers:` that names no other activity of the release, of whatever phase. */
export const checkDuties = (activities: readonly OutlinedActivity[]): readonly Problem[] => {
  const names = activities.map(({ name }) => name);
  return activities.flatMap(({ name, body }) =>
    mentions(valueAt(body, 'exclude')).flatMap(({ name: text, position }) => {
      const meant = text.startsWith(APPROVERS) ? text.slice(APPROVERS.length) : undefined;
      if (meant === undefined || !idPattern.test(meant)) return [];
      if (meant === name) {
        const message = `"${text}" names the activity itself. Nobody approves one twice; name another one.`;
        return [error('invalid-value', position, message)];
      }
      if (names.includes(meant)) return [];
      const message = `"${meant}" is not the id of an activity of this release.${didYouMean(meant, names)}`;
      return [error('unknown-reference', position, message)];
    }),
  );
};
