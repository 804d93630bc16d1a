import { z } from 'zod';
import { renderCommit, renderFile } from '../render/commit.ts';
import { renderFullPull, renderPull } from '../render/pull.ts';
import { mergeProblems } from '../rules/judge-merge.ts';
import { updateIssue } from '../state/issues.ts';
import { isPull, issuesOf } from '../state/lookup.ts';
import { needs } from '../state/permissions.ts';
import { changeBase, createPull, isMergeable, mergePull } from '../state/pulls.ts';
import type { PullIssue } from '../state/types.ts';
import { type Answer, answer, created, given, ok, readBody, refuse } from './call.ts';
import { inRepository, onPull, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const createBody = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
});

const create = inRepository(needs.writePulls, async (call) => {
  const body = readBody(call, createBody);
  if (!body.ok) return refuse(body.fault);
  const { title, head, base, body: text, draft } = body.value;
  const input = { title, head, base, body: text ?? null, draft: draft ?? false };
  const outcome = await createPull(call.host, call.viewer, call.repository, input);
  return answer(outcome, (issue) => created(renderFullPull(call.host, issue, null)));
});

const list = inRepository(needs.readPulls, (call) => {
  const state = call.query.get('state') ?? 'open';
  const base = call.query.get('base');
  const head = call.query.get('head')?.split(':').at(-1);
  const ascending = call.query.get('direction') === 'asc';
  const rows = issuesOf(call.host.state, call.repository).filter(
    (issue): issue is PullIssue =>
      isPull(issue) &&
      (state === 'all' || issue.state === state) &&
      (base === null || issue.pull.baseRef === base) &&
      (head === undefined || issue.pull.headRef === head),
  );
  return listed(call, ascending ? rows : rows.reverse(), (row) => renderPull(call.host, row));
});

const show = async (call: RepositoryCall, issue: PullIssue): Promise<Answer> => {
  const open = issue.state === 'open';
  const mergeable = open ? await isMergeable(call.host, call.repository, issue.pull) : null;
  const { host, viewer, repository } = call;
  const merging = { method: 'squash', through: 'button' } as const;
  const blocked = open && (await mergeProblems(host, viewer, repository, issue, merging)).length > 0;
  return ok(renderFullPull(host, issue, mergeable, blocked));
};

const patchBody = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});

const update = onPull(async (call) => {
  const body = readBody(call, patchBody);
  if (!body.ok) return refuse(body.fault);
  const { base, ...patch } = body.value;
  if (base !== undefined) {
    const moved = await changeBase(call.host, call.viewer, call.repository, call.issue, base);
    if (!moved.ok) return refuse(moved.fault);
  }
  const updated = updateIssue(call.host, call.viewer, call.repository, call.issue, given(patch));
  return updated.ok ? show(call, call.issue) : refuse(updated.fault);
});

const listFiles = onPull(async (call) => {
  const git = call.host.git(call.repository);
  const { baseSha, headSha } = call.issue.pull;
  const from = await git.mergeBase(baseSha, headSha);
  const files = await git.changedFiles(from, headSha, true);
  return listed(call, files.slice(0, 3_000), (file) => renderFile(call.host, call.repository, headSha, file));
});

const listCommits = onPull(async (call) => {
  const { baseSha, headSha } = call.issue.pull;
  const commits = await call.host.git(call.repository).commitsBetween(baseSha, headSha);
  const oldestFirst = [...commits].reverse().slice(0, 250);
  return listed(call, oldestFirst, (commit) => renderCommit(call.host, call.repository, commit));
});

const mergeBody = z.object({
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
  sha: z.string().optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});

const merge = onPull(async (call) => {
  const body = readBody(call, mergeBody);
  if (!body.ok) return refuse(body.fault);
  const { merge_method: method, sha, commit_title: title, commit_message: message } = body.value;
  const wish = { method, ...given({ headSha: sha, title, message }) };
  const outcome = await mergePull(call.host, call.viewer, call.repository, call.issue, wish);
  return answer(outcome, (merged) =>
    ok({ sha: merged, merged: true, message: 'Pull Request successfully merged' }),
  );
});

const isMerged = onPull((call) =>
  call.issue.pull.mergedAt === null ? refuse({ kind: 'not-found', message: 'Not Found' }) : { status: 204 },
);

export const pullRoutes = [
  route('GET /repos/{owner}/{repo}/pulls', list),
  route('POST /repos/{owner}/{repo}/pulls', create),
  route(
    'GET /repos/{owner}/{repo}/pulls/{number}',
    onPull((call) => show(call, call.issue)),
  ),
  route('PATCH /repos/{owner}/{repo}/pulls/{number}', update),
  route('GET /repos/{owner}/{repo}/pulls/{number}/files', listFiles),
  route('GET /repos/{owner}/{repo}/pulls/{number}/commits', listCommits),
  route('GET /repos/{owner}/{repo}/pulls/{number}/merge', isMerged),
  route('PUT /repos/{owner}/{repo}/pulls/{number}/merge', merge),
];
