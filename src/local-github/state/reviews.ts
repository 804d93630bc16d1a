import type { Host, Viewer } from './host.ts';
import { stamp } from './host.ts';
import { textProblems } from './issues.ts';
import { done, forbidden, invalid, type Outcome, problem } from './outcome.ts';
import { actorId, holds, needs, notByIntegration, permit, viaApp } from './permissions.ts';
import { nextId } from './state.ts';
import type { PullIssue, Repository, Review } from './types.ts';

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';
const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

/** Submits a review; without a commit it is filed against the newest head. */
export function createReview(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
  input: { readonly event: ReviewEvent; readonly body: string; readonly commitSha?: string },
): Outcome<Review> {
  const allowed = permit(host, viewer, repository, needs.writePulls);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  const own = sender === issue.authorId && input.event !== 'COMMENT';
  const verb = input.event === 'APPROVE' ? 'approve' : 'request changes on';
  if (own) return invalid([], `Can not ${verb} your own pull request`);
  if (input.event !== 'APPROVE' && input.body.trim() === '')
    return invalid([problem('PullRequestReview', 'body', 'missing_field')]);
  const problems = textProblems('PullRequestReview', { body: input.body });
  if (problems.length > 0) return invalid(problems);
  const review: Review = {
    id: nextId(host.state, 'review'),
    issueId: issue.id,
    authorId: sender,
    viaAppId: viaApp(viewer),
    state: states[input.event],
    body: input.body,
    commitSha: input.commitSha ?? issue.pull.headSha,
    submittedAt: stamp(host),
  };
  host.state.reviews.set(review.id, review);
  host.announce({ kind: 'pull_request_review', action: 'submitted', repository, issue, review }, sender);
  return done(review);
}

/** Dismisses a verdict; it needs write access and a message. */
export function dismissReview(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  issue: PullIssue,
  review: Review,
  message: string,
): Outcome<Review> {
  const allowed = permit(host, viewer, repository, { ...needs.writePulls, role: 'write' });
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null || !holds(host, viewer, repository, 'write', 'pull_requests'))
    return forbidden(notByIntegration);
  if (message.trim() === '') return invalid([problem('PullRequestReview', 'message', 'missing_field')]);
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED')
    return invalid([], 'Can not dismiss a commented pull request review');
  review.state = 'DISMISSED';
  host.announce({ kind: 'pull_request_review', action: 'dismissed', repository, issue, review }, sender);
  return done(review);
}
