import type { Position } from '../problem.ts';
import { type Entry, entriesOf, itemsOf, type Node, textOf, valueAt } from '../written/tree.ts';

/** A name that somebody wrote, and where. */
export type Mention = { readonly name: string; readonly position: Position };

/** Something that others may need. */
export type Needing = Mention & { readonly needs: readonly Mention[] };

export type OutlinedActivity = Needing & { readonly inputs: readonly Entry[]; readonly body: Node };

export type OutlinedPhase = Needing & {
  readonly activities: readonly OutlinedActivity[];
  readonly body: Node;
};

/** What can be understood of a manifest whatever else is wrong with it; rules look at this. */
export const outline = (root: Node | undefined): readonly OutlinedPhase[] =>
  entriesOf(valueAt(root, 'phases')).map(({ key, position, value }) => ({
    name: key,
    position,
    needs: mentions(valueAt(value, 'needs')),
    activities: entriesOf(valueAt(value, 'activities')).map(outlineActivity),
    body: value,
  }));

const outlineActivity = ({ key, position, value }: Entry): OutlinedActivity => ({
  name: key,
  position,
  needs: mentions(valueAt(value, 'needs')),
  inputs: entriesOf(valueAt(value, 'inputs')),
  body: value,
});

/** The texts of one value or of a list; what is no text is the schema's business. */
export const mentions = (node: Node | undefined): readonly Mention[] =>
  itemsOf(node).flatMap((item) => {
    const name = textOf(item);
    return name === undefined ? [] : [{ name, position: item.position }];
  });

/** Everybody an activity names, where it names them. */
export const principalMentions = ({ body }: OutlinedActivity): readonly Mention[] => [
  ...itemsOf(valueAt(body, 'approvers')).flatMap((rule) =>
    ['from', 'except', 'backups'].flatMap((key) => mentions(valueAt(rule, key))),
  ),
  ...mentions(valueAt(body, 'assignees')),
  ...mentions(valueAt(body, 'exclude')),
];

/** Everybody whom its escalations tell, where they are named. */
export const escalationMentions = ({ body }: OutlinedActivity): readonly Mention[] =>
  itemsOf(valueAt(body, 'escalate')).flatMap((one) => mentions(valueAt(one, 'to')));
