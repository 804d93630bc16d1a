import { associationOf } from '../../render/issue.ts';
import { repositoryById } from '../../state/lookup.ts';
import { actorId } from '../../state/permissions.ts';
import type { Reaction, Time } from '../../state/types.ts';
import { reactionGroups } from './reactions.ts';
import type { Resolver } from './resolver.ts';
import { account, accountOrNull, repository } from './sources.ts';

/** What issues, pull requests, comments and reviews have in common: something a person wrote. */
type Written = {
  readonly id: number;
  readonly authorId: number;
  readonly body: string | null;
  readonly createdAt: Time;
  readonly updatedAt: Time;
  readonly lastEditedAt: Time | null;
  readonly editorId: number | null;
  readonly reactions: readonly Reaction[];
};

/** The resolvers of the schema's `Comment`, `Reactable` and `repository`, for any source that can be read so. */
export function commentFields<Source>(
  written: (source: Source) => Written,
  repositoryId: (source: Source, context: Parameters<Resolver<Source, never>>[2]) => number,
): Readonly<Record<string, Resolver<Source, never>>> {
  return {
    author: (source, _: unknown, { host }) => account(host.state, written(source).authorId),
    authorAssociation: (source, _: unknown, context) => {
      const row = repositoryById(context.host.state, repositoryId(source, context));
      return associationOf(context.host, row, written(source).authorId);
    },
    body: (source) => written(source).body ?? '',
    createdAt: (source) => written(source).createdAt,
    publishedAt: (source) => written(source).createdAt,
    updatedAt: (source) => written(source).updatedAt,
    createdViaEmail: () => false,
    editor: (source, _: unknown, { host }) => accountOrNull(host.state, written(source).editorId),
    includesCreatedEdit: (source) => written(source).lastEditedAt !== null,
    lastEditedAt: (source) => written(source).lastEditedAt,
    viewerDidAuthor: (source, _: unknown, { host, viewer }) =>
      actorId(host, viewer) === written(source).authorId,
    reactionGroups: (source) => reactionGroups(written(source).reactions),
    repository: (source, _: unknown, context) =>
      repository(repositoryById(context.host.state, repositoryId(source, context))),
  };
}
