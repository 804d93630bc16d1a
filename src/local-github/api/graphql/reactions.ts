import { accountById } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { actorId } from '../../state/permissions.ts';
import type { Reaction, ReactionContent } from '../../state/types.ts';
import { type PageArguments, paginate } from './connection.ts';
import { fields, type Types } from './resolver.ts';
import { account, type ReactionSource, user } from './sources.ts';

/** GraphQL's names of the contents, in the order GitHub lists the groups. */
const contents = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
} as const satisfies Record<string, ReactionContent>;

export type ShownContent = keyof typeof contents;

export const storedContent = (shown: ShownContent): ReactionContent => contents[shown];

const shownContents = new Map<ReactionContent, string>(
  Object.entries(contents).map(([shown, stored]) => [stored, shown]),
);

type GroupSource = { readonly content: string; readonly reactions: readonly Reaction[] };

/** All eight groups, also those nobody used: GitHub lists every content with its count. */
export const reactionGroups = (reactions: readonly Reaction[]): GroupSource[] =>
  Object.entries(contents).map(([content, stored]) => ({
    content,
    reactions: reactions.filter((each) => each.content === stored),
  }));

export const reactionTypes: Types = {
  ReactionGroup: fields<GroupSource>({
    viewerHasReacted: ({ reactions }, _: unknown, { host, viewer }) => {
      const id = actorId(host, viewer);
      return reactions.some((each) => each.userId === id);
    },
    reactors: ({ reactions }, args: PageArguments, { host }) =>
      paginate(
        'reactors',
        reactions.map((each) => account(host.state, each.userId)),
        args,
        (each) => each.row.id,
      ),
  }),
  Reaction: fields<ReactionSource>({
    id: ({ row }) => nodeId('reaction', row.id),
    databaseId: ({ row }) => row.id,
    content: ({ row }) => shownContents.get(row.content),
    createdAt: ({ row }) => row.createdAt,
    user: ({ row }, _: unknown, { host }) => user(accountById(host.state, row.userId)),
  }),
};
