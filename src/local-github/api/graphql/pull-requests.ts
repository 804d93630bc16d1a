import { issueById, repositoryById, reviewsOf } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { isMergeable } from '../../state/pulls.ts';
import type { PullIssue, Review } from '../../state/types.ts';
import { commentFields } from './comment-fields.ts';
import { commitAt } from './commits.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { commentPage, labelPage } from './issues.ts';
import { pullState, refNamed } from './repositories.ts';
import { fields, type Types } from './resolver.ts';
import {
  accountOrNull,
  issueOrPull,
  type PullSource,
  type ReviewSource,
  repository,
  review,
} from './sources.ts';
import { issueUrl, reviewUrl } from './web-urls.ts';

const home = ({ row }: PullSource, { host }: Context) => repositoryById(host.state, row.repositoryId);
const headHome = ({ row }: PullSource, { host }: Context) =>
  repositoryById(host.state, row.pull.headRepositoryId);

type ReviewsArguments = PageArguments & { readonly states?: readonly string[] | null };

function reviews(row: PullIssue, args: ReviewsArguments, { host }: Context) {
  const found = reviewsOf(host.state, row).filter((each) => args.states?.includes(each.state) ?? true);
  return paginate('reviews', found.map(review), args, (each) => each.row.id);
}

async function mergeable(
  source: PullSource,
  context: Context,
): Promise<'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN'> {
  if (pullState(source.row) !== 'OPEN') return 'UNKNOWN';
  const clean = await isMergeable(context.host, home(source, context), source.row.pull);
  return clean ? 'MERGEABLE' : 'CONFLICTING';
}

/** A review as something written; this host has no editing of reviews and no reactions to them. */
const writtenReview = (row: Review) => ({
  ...row,
  createdAt: row.submittedAt,
  updatedAt: row.submittedAt,
  lastEditedAt: null,
  editorId: null,
  reactions: [],
});

const pullOf = ({ row }: ReviewSource, { host }: Context) => issueById(host.state, row.issueId);

export const pullRequestTypes: Types = {
  PullRequest: fields<PullSource>({
    ...commentFields<PullSource>(
      ({ row }) => row,
      ({ row }) => row.repositoryId,
    ),
    id: ({ row }) => nodeId('pull', row.id),
    databaseId: ({ row }) => row.pull.id,
    number: ({ row }) => row.number,
    title: ({ row }) => row.title,
    state: ({ row }) => pullState(row),
    closed: ({ row }) => row.state === 'closed',
    closedAt: ({ row }) => row.closedAt,
    isDraft: ({ row }) => row.pull.draft,
    locked: ({ row }) => row.locked,
    url: ({ row }, _: unknown, { host }) => issueUrl(host, row),
    headRefName: ({ row }) => row.pull.headRef,
    headRefOid: ({ row }) => row.pull.headSha,
    headRef: (source, _: unknown, context) =>
      refNamed(context, headHome(source, context), `refs/heads/${source.row.pull.headRef}`),
    headRepository: (source, _: unknown, context) => repository(headHome(source, context)),
    baseRefName: ({ row }) => row.pull.baseRef,
    baseRefOid: ({ row }) => row.pull.baseSha,
    baseRef: (source, _: unknown, context) =>
      refNamed(context, home(source, context), `refs/heads/${source.row.pull.baseRef}`),
    isCrossRepository: ({ row }) => row.pull.headRepositoryId !== row.repositoryId,
    merged: ({ row }) => row.pull.mergedAt !== null,
    mergedAt: ({ row }) => row.pull.mergedAt,
    mergedBy: ({ row }, _: unknown, { host }) => accountOrNull(host.state, row.pull.mergedById),
    mergeCommit: (source, _: unknown, context) =>
      source.row.pull.mergeSha === null
        ? null
        : commitAt(context, home(source, context), source.row.pull.mergeSha),
    mergeable: (source, _: unknown, context) => mergeable(source, context),
    changedFiles: ({ row }) => row.pull.size.changedFiles,
    labels: ({ row }, args: PageArguments, context) => labelPage(row, args, context),
    comments: ({ row }, args: PageArguments, context) => commentPage(row, args, context),
    reviews: ({ row }, args: ReviewsArguments, context) => reviews(row, args, context),
  }),
  PullRequestReview: fields<ReviewSource>({
    ...commentFields<ReviewSource>(
      ({ row }) => writtenReview(row),
      (source, context) => pullOf(source, context).repositoryId,
    ),
    id: ({ row }) => nodeId('review', row.id),
    isMinimized: () => false,
    minimizedReason: () => null,
    databaseId: ({ row }) => row.id,
    state: ({ row }) => row.state,
    submittedAt: ({ row }) => row.submittedAt,
    url: ({ row }, _: unknown, { host }) => reviewUrl(host, row),
    pullRequest: (source, _: unknown, context) => issueOrPull(pullOf(source, context)),
    commit: (source, _: unknown, context) => {
      const on = repositoryById(context.host.state, pullOf(source, context).repositoryId);
      return commitAt(context, on, source.row.commitSha);
    },
  }),
};
