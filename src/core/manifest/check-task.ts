import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { entryOf } from '../written/tree.ts';
import type { OutlinedActivity } from './outline.ts';

/** What an approval says about its approvers and their votes; doing something has none of it. */
const ofApprovals = [
  ...['approvers', 'uses', 'distinct', 'order', 'reject', 'advisory'],
  ...['session', 'open-for', 'auto-approve'],
];

/** A task is done by one of its assignees: whatever belongs to an approval contradicts it. */
export const checkTask = ({ body }: OutlinedActivity): readonly Problem[] => {
  if (entryOf(body, 'assignees') === undefined) return [];
  return ofApprovals.flatMap((key) => {
    const entry = entryOf(body, key);
    const message = `"${key}" belongs to an approval, and "assignees" makes this a task. Keep one of them.`;
    return entry === undefined ? [] : [error('conflict', entry.position, message)];
  });
};
