import { resolveCommit } from '../git/resolve.ts';
import { renderCommit, renderFile } from '../render/commit.ts';
import { renderPull } from '../render/pull.ts';
import { repositoryApi, repositoryPage } from '../render/urls.ts';
import { needs } from '../state/permissions.ts';
import { pullsWithCommit } from '../state/pulls.ts';
import { type Answer, missing, ok, param, refuse } from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { linkHeader, listed, pageOf } from './paginate.ts';
import { route } from './route.ts';

const noCommit = (sha: string): Answer =>
  refuse({ kind: 'invalid', message: `No commit found for SHA: ${sha}`, errors: [] });

const listCommits = inRepository(needs.readContents, async (call) => {
  const { host, repository } = call;
  const git = host.git(repository);
  const start = call.query.get('sha') ?? repository.defaultBranch;
  const tip = await resolveCommit(git, start);
  if (tip === null) return missing;
  const path = call.query.get('path');
  const { page, perPage } = pageOf(call);
  const window = { limit: perPage + 1, skip: (page - 1) * perPage };
  const found = await git.commitsBetween(null, tip.sha, { ...window, ...(path === null ? {} : { path }) });
  const body = found.slice(0, perPage).map((commit) => renderCommit(host, repository, commit));
  return { status: 200, body, headers: linkHeader(call, page, found.length > perPage ? page + 1 : page) };
});

const getCommit = inRepository(needs.readContents, async (call) => {
  const { host, repository } = call;
  const git = host.git(repository);
  const ref = param(call, 'ref');
  const commit = await resolveCommit(git, ref);
  if (commit === null) return noCommit(ref);
  if (call.accept.includes('sha'))
    return { status: 200, raw: { type: 'application/vnd.github.sha', bytes: Buffer.from(commit.sha) } };
  const files = await git.changedFiles(commit.parents[0] ?? null, commit.sha, true);
  const shown = files.map((file) => renderFile(host, repository, commit.sha, file));
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return ok({
    ...renderCommit(host, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: shown,
  });
});

const listPulls = inRepository(needs.readPulls, async (call) => {
  const commit = await resolveCommit(call.host.git(call.repository), param(call, 'ref'));
  if (commit === null) return noCommit(param(call, 'ref'));
  return listed(call, await pullsWithCommit(call.host, call.repository, commit.sha), (row) =>
    renderPull(call.host, row),
  );
});

/** Three dots: what the head added since it left the base. */
const compare = inRepository(needs.readContents, async (call) => {
  const { host, repository } = call;
  const git = host.git(repository);
  const [from = '', to = ''] = param(call, 'range').split('...');
  const [base, head] = [await resolveCommit(git, from), await resolveCommit(git, to)];
  if (base === null || head === null) return missing;
  const merge = await git.mergeBase(base.sha, head.sha);
  const mergeCommit = merge === null ? null : await git.readCommit(merge);
  if (mergeCommit === null)
    return refuse({ kind: 'not-found', message: `No common ancestor between ${from} and ${to}.` });
  const ahead = await git.commitsBetween(base.sha, head.sha);
  const behind = await git.commitsBetween(head.sha, base.sha);
  const files = await git.changedFiles(mergeCommit.sha, head.sha, true);
  const show = renderer(call);
  const status =
    ahead.length > 0
      ? behind.length > 0
        ? 'diverged'
        : 'ahead'
      : behind.length > 0
        ? 'behind'
        : 'identical';
  const url = `${repositoryApi(host, repository)}/compare/${from}...${to}`;
  const page = `${repositoryPage(host, repository)}/compare/${from}...${to}`;
  return ok({
    url,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: show(base),
    merge_base_commit: show(mergeCommit),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: [...ahead].reverse().slice(0, 250).map(show),
    files: files.slice(0, 300).map((file) => renderFile(host, repository, head.sha, file)),
  });
});

const renderer =
  ({ host, repository }: RepositoryCall) =>
  (commit: Parameters<typeof renderCommit>[2]) =>
    renderCommit(host, repository, commit);

export const commitRoutes = [
  route('GET /repos/{owner}/{repo}/commits', listCommits),
  route('GET /repos/{owner}/{repo}/commits/{ref+}/pulls', listPulls),
  route('GET /repos/{owner}/{repo}/compare/{range+}', compare),
];

/** Last, because a ref may hold slashes and would swallow `…/check-runs`. */
export const oneCommitRoutes = [route('GET /repos/{owner}/{repo}/commits/{ref+}', getCommit)];
