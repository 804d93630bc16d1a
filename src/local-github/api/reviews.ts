import { z } from 'zod';
import { hasReview, renderReview } from '../render/pull.ts';
import { reviewsOf } from '../state/lookup.ts';
import { createReview, dismissReview } from '../state/reviews.ts';
import { answer, given, missing, numberParam, ok, readBody, refuse } from './call.ts';
import { onPull } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const createBody = z.object({
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']),
  body: z.string().nullish(),
  commit_id: z.string().optional(),
});

const create = onPull((call) => {
  const body = readBody(call, createBody);
  if (!body.ok) return refuse(body.fault);
  const { event, body: text, commit_id: commitSha } = body.value;
  const input = { event, body: text ?? '', ...given({ commitSha }) };
  const outcome = createReview(call.host, call.viewer, call.repository, call.issue, input);
  return answer(outcome, (review) => ok(renderReview(call.host, call.issue, review)));
});

const list = onPull((call) =>
  listed(call, reviewsOf(call.host.state, call.issue), (review) =>
    renderReview(call.host, call.issue, review),
  ),
);

const get = onPull((call) => {
  const review = hasReview(call.host, call.issue, numberParam(call, 'id'));
  return review === null ? missing : ok(renderReview(call.host, call.issue, review));
});

const dismiss = onPull((call) => {
  const review = hasReview(call.host, call.issue, numberParam(call, 'id'));
  if (review === null) return missing;
  const body = readBody(call, z.object({ message: z.string() }));
  if (!body.ok) return refuse(body.fault);
  const outcome = dismissReview(
    call.host,
    call.viewer,
    call.repository,
    call.issue,
    review,
    body.value.message,
  );
  return answer(outcome, (row) => ok(renderReview(call.host, call.issue, row)));
});

export const reviewRoutes = [
  route('GET /repos/{owner}/{repo}/pulls/{number}/reviews', list),
  route('POST /repos/{owner}/{repo}/pulls/{number}/reviews', create),
  route('GET /repos/{owner}/{repo}/pulls/{number}/reviews/{id}', get),
  route('PUT /repos/{owner}/{repo}/pulls/{number}/reviews/{id}/dismissals', dismiss),
];
