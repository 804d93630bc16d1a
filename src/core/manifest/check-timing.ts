import type { Problem } from '../problem.ts';
import { needsDeadline, readOffset } from '../time/offset.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, itemsOf, type Node, spotAt, valueAt } from '../written/tree.ts';
import { mentions, type OutlinedActivity } from './outline.ts';

/** What belongs to a deadline needs one; an automatic approval has one time. */
export const checkTiming = ({ body }: OutlinedActivity): readonly Problem[] => [
  ...(entryOf(body, 'deadline') === undefined ? withoutDeadline(body) : []),
  ...checkAutomatic(body),
];

const withoutDeadline = (body: Node): readonly Problem[] => {
  const offsets = [
    ...mentions(valueAt(body, 'remind')),
    ...itemsOf(valueAt(body, 'escalate')).flatMap((one) => mentions(valueAt(one, 'at'))),
  ];
  return [
    ...offsets.flatMap(({ name, position }) => {
      const offset = readOffset(name);
      if (offset === undefined || !needsDeadline(offset)) return [];
      const message = `"${name}" is counted from the deadline, and there is none. Add a deadline.`;
      return [error('conflict', position, message)];
    }),
    ...(entryOf(body, 'expire') === undefined
      ? []
      : [error('conflict', spotAt(body, ['expire']).holder, 'Nothing expires without a deadline. Add one.')]),
  ];
};

const checkAutomatic = (body: Node): readonly Problem[] => {
  const node = valueAt(body, 'auto-approve');
  if (node?.kind !== 'map') return [];
  const given = ['after', 'at'].filter((key) => entryOf(node, key) !== undefined);
  if (given.length === 1) return [];
  const found = given.length === 0 ? 'neither' : 'both';
  const message = `Expected either after or at, found ${found}.`;
  return [
    error(given.length === 0 ? 'missing-key' : 'conflict', spotAt(body, ['auto-approve']).holder, message),
  ];
};
