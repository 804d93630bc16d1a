import type {
  CheckView,
  Comment,
  Conclusion,
  Deletion,
  Reaction,
  Thread,
  Writer,
} from '../core/release/facts.ts';
import type { Instant, Person } from '../core/values.ts';
import { ForgeError, type Heads } from '../ports/forge.ts';
import type {
  WireActor,
  WireCheckRun,
  WireComment,
  WireDeletion,
  WireIssue,
  WirePage,
  WireRepository,
  WireUser,
} from './wire.ts';

/** What GitHub may leave out by its schema, and never does in practice; without it nothing can be judged. */
export const given = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new ForgeError('invalid', `GitHub left out ${what}.`);
  return value;
};

/** The entries of a page; GitHub leaves null where one cannot be shown. */
export const nodesOf = <T>(page: WirePage<T> | null | undefined): readonly T[] =>
  (page?.nodes ?? []).flatMap((node) => (node === null ? [] : [node]));

export const personOf = (user: WireUser): Person => ({
  id: given(user.databaseId, `the id of ${user.login}`),
  login: user.login,
});

/** Only accounts of people can vote; mannequins, bots and organizations are machines (design 3.2). */
export const writerOf = (actor: WireActor | null): Writer => {
  if (actor === null) return { kind: 'gone' };
  const id = actor.databaseId ?? undefined;
  return actor.__typename === 'User' && id !== undefined
    ? { kind: 'person', person: { id, login: actor.login } }
    : { kind: 'machine', login: actor.login };
};

const reactionsOf = (comment: WireComment): readonly Reaction[] =>
  (comment.reactionGroups ?? []).flatMap(({ content, viewerHasReacted }): readonly Reaction[] =>
    viewerHasReacted && (content === 'THUMBS_UP' || content === 'CONFUSED') ? [content] : [],
  );

export const commentOf = (comment: WireComment): Comment => ({
  id: given(comment.databaseId, 'the id of a comment'),
  nodeId: comment.id,
  url: comment.url,
  writer: writerOf(comment.author),
  ours: comment.viewerDidAuthor,
  body: comment.body,
  createdAt: comment.createdAt,
  edited: comment.lastEditedAt !== null,
  byEmail: comment.createdViaEmail,
  reactions: reactionsOf(comment),
});

/** GitHub does not tell which comment went: `comment` is the number of the deletion itself. */
const deletionOf = (event: WireDeletion): Deletion => ({
  comment: given(event.databaseId, 'the id of a deletion'),
  writer: writerOf(event.deletedCommentAuthor),
  at: event.createdAt,
});

/** An issue as a thread, oldest comment first; comments of one second are ordered by their ids. */
export const threadOf = (issue: WireIssue): Thread => ({
  issue: { number: issue.number, nodeId: issue.id, url: issue.url },
  createdAt: issue.createdAt,
  title: issue.title,
  body: issue.body,
  open: issue.state === 'OPEN',
  ...(issue.parent === null ? {} : { parent: issue.parent.number }),
  comments: nodesOf(issue.comments)
    .map(commentOf)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id),
  deletions: nodesOf(issue.timelineItems)
    .filter(({ __typename }) => __typename === 'CommentDeletedEvent')
    .map(deletionOf),
});

const conclusions: { readonly [name: string]: Conclusion } = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  ACTION_REQUIRED: 'action_required',
  CANCELLED: 'cancelled',
  TIMED_OUT: 'timed_out',
  NEUTRAL: 'neutral',
};

/** A conclusion that we never give (`STALE`, `SKIPPED`) counts as none. */
export const checkOf = (run: WireCheckRun): CheckView => ({
  nodeId: run.id,
  name: run.name,
  conclusion: conclusions[run.conclusion ?? ''],
  title: run.title ?? '',
  summary: run.summary ?? '',
  externalId: run.externalId ?? '',
});

/** The newest run of each name: with several suites on a commit the larger id is the later one. */
export const newestChecks = (runs: readonly WireCheckRun[]): readonly CheckView[] => {
  const newest = new Map<string, WireCheckRun>();
  for (const run of [...runs].sort((a, b) => (a.databaseId ?? 0) - (b.databaseId ?? 0)))
    newest.set(run.name, run);
  return [...newest.values()].map(checkOf);
};

export const headsOf = (repository: WireRepository, at: Instant): Heads => {
  const head = repository.defaultBranchRef?.target?.oid;
  const records = repository.records?.target?.oid;
  return {
    at,
    repository: {
      id: given(repository.databaseId, 'the id of the repository'),
      name: repository.nameWithOwner,
      nodeId: repository.id,
      private: repository.isPrivate,
    },
    ...(head === undefined || repository.defaultBranchRef === null
      ? {}
      : { defaultBranch: { name: repository.defaultBranchRef.name, head } }),
    ...(records === undefined ? {} : { records }),
  };
};
