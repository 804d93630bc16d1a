import { z } from 'zod';
import type { GitCommit, GitEntry, GitRepository, TreeEdit } from '../git/git-repository.ts';
import { resolveCommit } from '../git/resolve.ts';
import { renderGitCommit } from '../render/commit.ts';
import { repositoryApi, repositoryPage } from '../render/urls.ts';
import { commitOnBranch } from '../state/commits.ts';
import { needs } from '../state/permissions.ts';
import { type Answer, answer, created, missing, ok, param, readBody, refuse } from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { route } from './route.ts';

const cleanPath = (path: string): string => path.replace(/^\/+|\/+$/g, '');
const inlineLimit = 1_048_576;

const getContents = inRepository(needs.readContents, async (call) => {
  const git = call.host.git(call.repository);
  const ref = call.query.get('ref') ?? call.repository.defaultBranch;
  const commit = await resolveCommit(git, ref);
  if (commit === null) return refuse({ kind: 'not-found', message: `No commit found for the ref ${ref}` });
  const entry = await git.entryAt(commit.sha, cleanPath(param(call, 'path')));
  if (entry === null) return missing;
  if (entry.type !== 'tree') return showFile(call, git, ref, entry);
  const entries = (await git.readTree(entry.sha, false)) ?? [];
  const prefix = entry.path === '' ? '' : `${entry.path}/`;
  return ok(
    await Promise.all(
      entries
        .slice(0, 1_000)
        .map((row) => describe(call, git, ref, { ...row, path: `${prefix}${row.path}` })),
    ),
  );
});

async function showFile(
  call: RepositoryCall,
  git: GitRepository,
  ref: string,
  entry: GitEntry,
): Promise<Answer> {
  const bytes = (await git.readObject(entry.sha))?.content ?? Buffer.alloc(0);
  if (call.accept.includes('raw'))
    return { status: 200, raw: { type: 'application/vnd.github.raw; charset=utf-8', bytes } };
  const inline = bytes.length <= inlineLimit;
  const content = inline ? bytes.toString('base64').replace(/.{60}/g, '$&\n') : '';
  return ok({ ...(await describe(call, git, ref, entry)), content, encoding: inline ? 'base64' : 'none' });
}

async function describe(call: RepositoryCall, git: GitRepository, ref: string, entry: GitEntry) {
  const api = repositoryApi(call.host, call.repository);
  const page = repositoryPage(call.host, call.repository);
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const file = entry.type === 'blob';
  const links = {
    self: `${api}/contents/${path}?ref=${ref}`,
    git: `${api}/git/${entry.type}s/${entry.sha}`,
    html: `${page}/${entry.type}/${ref}/${path}`,
  };
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: file ? ((await git.readObject(entry.sha))?.content.length ?? 0) : 0,
    url: links.self,
    html_url: links.html,
    git_url: links.git,
    download_url: file ? `${page}/raw/${ref}/${path}` : null,
    type: file ? 'file' : entry.type === 'tree' ? 'dir' : 'submodule',
    _links: links,
  };
}

const person = z.object({
  name: z.string(),
  email: z.string(),
  date: z.iso.datetime({ offset: true }).optional(),
});
const changeBody = z.object({
  message: z.string(),
  branch: z.string().optional(),
  sha: z.string().optional(),
  author: person.optional(),
  committer: person.optional(),
});
const putBody = changeBody.extend({ content: z.string() });
const deleteBody = changeBody.extend({ sha: z.string() });

type FileChangeBody = z.output<typeof changeBody>;

/** Checks what the caller saw (`sha`) against what is there, then commits on exactly that head. */
async function change(
  call: RepositoryCall,
  body: FileChangeBody,
  content: Buffer | null,
): Promise<
  | { readonly refused: Answer }
  | { readonly commit: GitCommit; readonly existed: boolean; readonly path: string }
> {
  const git = call.host.git(call.repository);
  const path = cleanPath(param(call, 'path'));
  const branch = body.branch ?? call.repository.defaultBranch;
  const head = await git.readRef(`refs/heads/${branch}`);
  if (head === null) return { refused: refuse({ kind: 'not-found', message: `Branch ${branch} not found` }) };
  const entry = await git.entryAt(head, path);
  if (entry === null && content === null) return { refused: missing };
  if (entry !== null && body.sha === undefined)
    return {
      refused: refuse({
        kind: 'invalid',
        message: 'Invalid request.\n\n"sha" wasn\'t supplied.',
        errors: [],
      }),
    };
  if (entry !== null && entry.sha !== body.sha)
    return { refused: refuse({ kind: 'conflict', message: `${path} does not match ${body.sha}` }) };
  const edits: TreeEdit[] = [{ path, content }];
  const { author, committer } = body;
  const people = {
    ...(author ? { author: signer(author) } : {}),
    ...(committer ? { committer: signer(committer) } : {}),
  };
  const input = { branch, expectedHead: head, message: body.message, edits, ...people };
  const outcome = await commitOnBranch(call.host, call.viewer, call.repository, input);
  return outcome.ok
    ? { commit: outcome.value, existed: entry !== null, path }
    : { refused: answer(outcome, ok) };
}

const signer = ({ name, email, date }: z.output<typeof person>) => ({
  name,
  email,
  ...(date === undefined ? {} : { date }),
});

const putContents = inRepository(needs.writeContents, async (call) => {
  const body = readBody(call, putBody);
  if (!body.ok) return refuse(body.fault);
  const changed = await change(call, body.value, Buffer.from(body.value.content, 'base64'));
  if ('refused' in changed) return changed.refused;
  const { commit, existed, path } = changed;
  const git = call.host.git(call.repository);
  const entry = await git.entryAt(commit.sha, path);
  const content =
    entry === null
      ? null
      : await describe(call, git, body.value.branch ?? call.repository.defaultBranch, entry);
  const shown = { content, commit: renderGitCommit(call.host, call.repository, commit) };
  return existed ? ok(shown) : created(shown);
});

const deleteContents = inRepository(needs.writeContents, async (call) => {
  const fromQuery = Object.fromEntries(call.query);
  const body = readBody(call.body === undefined ? { ...call, body: fromQuery } : call, deleteBody);
  if (!body.ok) return refuse(body.fault);
  const changed = await change(call, body.value, null);
  if ('refused' in changed) return changed.refused;
  return ok({ content: null, commit: renderGitCommit(call.host, call.repository, changed.commit) });
});

export const contentRoutes = [
  route('GET /repos/{owner}/{repo}/contents/{path*}', getContents),
  route('GET /repos/{owner}/{repo}/contents', getContents),
  route('PUT /repos/{owner}/{repo}/contents/{path+}', putContents),
  route('DELETE /repos/{owner}/{repo}/contents/{path+}', deleteContents),
];
