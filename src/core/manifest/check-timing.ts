import type { Problem } from '../problem.ts';
import { longerBy } from '../time/duration.ts';
import { needsDeadline, readOffset } from '../time/offset.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, itemsOf, type Node, spotAt, textOf, valueAt } from '../written/tree.ts';
import { mentions, type OutlinedActivity } from './outline.ts';

/** What belongs to a deadline needs one; an automatic approval has one time. */
export const checkTiming = ({ body }: OutlinedActivity): readonly Problem[] => [
  ...(entryOf(body, 'deadline') === undefined ? withoutDeadline(body) : []),
  ...checkAutomatic(body),
  ...neverAutomatic(body),
  ...neverDecided(body),
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

/** An automatic approval is given neither before `open-for` is over nor once the deadline has passed (G-11). */
const neverAutomatic = (body: Node): readonly Problem[] => {
  const [after, openFor, deadline] = [['auto-approve', 'after'], ['open-for'], ['deadline']].map((keys) =>
    textOf(keys.reduce<Node | undefined>(valueAt, body)),
  );
  const conflict = (message: string): Problem =>
    error('conflict', spotAt(body, ['auto-approve', 'after']).holder, message);
  return [
    ...(longerBy(after, openFor) < 0
      ? [
          conflict(
            `Expected no less than open-for, which is ${openFor}, found ${after}: nothing is approved before that. Wait longer, or shorten open-for.`,
          ),
        ]
      : []),
    ...(longerBy(after, deadline) >= 0
      ? [
          conflict(
            `Expected less than the deadline, which is ${deadline}, found ${after}: nothing approves by itself when it has passed. Wait less, or move the deadline.`,
          ),
        ]
      : []),
  ];
};

/** A vote that may only end when its deadline is over always expires; where that is only shown, it ends all the same. */
const neverDecided = (body: Node): readonly Problem[] => {
  const [openFor, deadline, expire] = ['open-for', 'deadline', 'expire'].map((key) =>
    textOf(valueAt(body, key)),
  );
  if (expire === 'stay' || !(longerBy(openFor, deadline) > 0)) return [];
  const message = `Expected no more than the deadline, which is ${deadline}, found ${openFor}: it would always expire, because nothing is approved before open-for is over. Shorten open-for, or move the deadline.`;
  return [error('conflict', spotAt(body, ['open-for']).holder, message)];
};
