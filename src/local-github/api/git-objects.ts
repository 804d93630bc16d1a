import { z } from 'zod';
import type { GitEntry, GitRepository } from '../git/git-repository.ts';
import { isSha } from '../git/sha.ts';
import { isTreePath } from '../git/tree-path.ts';
import { renderGitCommit } from '../render/commit.ts';
import { repositoryApi } from '../render/urls.ts';
import { signatures } from '../state/commits.ts';
import { accountById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { actorId, needs } from '../state/permissions.ts';
import { type Answer, created, missing, ok, param, readBody, refuse } from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { route } from './route.ts';

const unprocessable = (message: string): Answer => refuse({ kind: 'invalid', message, errors: [] });

const getBlob = inRepository(needs.readContents, async (call) => {
  const sha = param(call, 'sha');
  const object = isSha(sha) ? await call.host.git(call.repository).readObject(sha) : null;
  if (object?.type !== 'blob') return missing;
  if (call.accept.includes('raw'))
    return { status: 200, raw: { type: 'application/vnd.github.raw', bytes: object.content } };
  return ok({
    sha,
    node_id: nodeId('blob', `${call.repository.id}:${sha}`),
    size: object.content.length,
    url: `${repositoryApi(call.host, call.repository)}/git/blobs/${sha}`,
    content: object.content.toString('base64').replace(/.{60}/g, '$&\n'),
    encoding: 'base64',
  });
});

const blobBody = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).optional() });

const createBlob = inRepository(needs.writeContents, async (call) => {
  const body = readBody(call, blobBody);
  if (!body.ok) return refuse(body.fault);
  const bytes = Buffer.from(body.value.content, body.value.encoding === 'base64' ? 'base64' : 'utf8');
  const sha = await call.host.git(call.repository).writeBlob(bytes);
  return created({ sha, url: `${repositoryApi(call.host, call.repository)}/git/blobs/${sha}` });
});

async function showTree(call: RepositoryCall, sha: string, recursive: boolean) {
  const git = call.host.git(call.repository);
  const api = repositoryApi(call.host, call.repository);
  const entries = (await git.readTree(sha, recursive)) ?? [];
  const tree = await Promise.all(entries.map((entry) => showEntry(git, api, entry)));
  return { sha, url: `${api}/git/trees/${sha}`, tree, truncated: false };
}

async function showEntry(git: GitRepository, api: string, { path, mode, type, sha }: GitEntry) {
  const size = type === 'blob' ? { size: (await git.readObject(sha))?.content.length ?? 0 } : {};
  return { path, mode, type, sha, ...size, url: `${api}/git/${type}s/${sha}` };
}

const getTree = inRepository(needs.readContents, async (call) => {
  const object = await call.host.git(call.repository).readObject(`${param(call, 'sha')}^{tree}`);
  if (object?.type !== 'tree') return missing;
  return ok(await showTree(call, object.sha, call.query.has('recursive')));
});

const treeBody = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string().min(1),
      mode: z.enum(['100644', '100755', '040000', '160000', '120000']).default('100644'),
      type: z.enum(['blob', 'tree', 'commit']).optional(),
      sha: z.string().nullable().optional(),
      content: z.string().optional(),
    }),
  ),
});

const createTree = inRepository(needs.writeContents, async (call) => {
  const body = readBody(call, treeBody);
  if (!body.ok) return refuse(body.fault);
  const git = call.host.git(call.repository);
  const { base_tree: base, tree } = body.value;
  const start = base === undefined ? null : await git.readObject(`${base}^{tree}`);
  if (base !== undefined && start === null) return unprocessable('base_tree is not a valid tree');
  const edits: { path: string; content: Buffer | null; mode: string }[] = [];
  for (const { path, mode, sha, content } of tree) {
    if (!isTreePath(path)) return unprocessable('tree.path contains a malformed path component');
    const object = typeof sha === 'string' ? await git.readObject(sha) : null;
    if (typeof sha === 'string' && object?.type !== 'blob')
      return unprocessable(`tree.sha ${sha} is not a valid blob`);
    if (sha === undefined && content === undefined)
      return unprocessable('tree.sha or tree.content must be supplied');
    edits.push({
      path,
      mode,
      content: content === undefined ? (object?.content ?? null) : Buffer.from(content),
    });
  }
  const sha = await git.editTree(start?.sha ?? null, edits);
  return created(await showTree(call, sha, false));
});

const getCommit = inRepository(needs.readContents, async (call) => {
  const sha = param(call, 'sha');
  const commit = isSha(sha) ? await call.host.git(call.repository).readCommit(sha) : null;
  return commit === null ? missing : ok(renderGitCommit(call.host, call.repository, commit));
});

const person = z.object({
  name: z.string(),
  email: z.string(),
  date: z.iso.datetime({ offset: true }).optional(),
});
const commitBody = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: person.optional(),
  committer: person.optional(),
});

/** Without parents this is a root commit, the start of an orphan branch. */
const createCommit = inRepository(needs.writeContents, async (call) => {
  const body = readBody(call, commitBody);
  if (!body.ok) return refuse(body.fault);
  const { host, repository } = call;
  const git = host.git(repository);
  const { message, tree, parents, author, committer } = body.value;
  if (!isSha(tree) || (await git.readObject(tree))?.type !== 'tree')
    return unprocessable('Tree SHA does not exist');
  for (const parent of parents)
    if (!isSha(parent) || (await git.readObject(parent))?.type !== 'commit')
      return unprocessable('Parent SHA does not exist or is not a commit object');
  const actor = actorId(host, call.viewer);
  if (actor === null) return missing;
  const custom = {
    ...(author ? { author: signer(author) } : {}),
    ...(committer ? { committer: signer(committer) } : {}),
  };
  const signed = signatures(host, accountById(host.state, actor), custom);
  const sha = await git.writeCommit({ treeSha: tree, parents, message, ...signed });
  if (author === undefined && committer === undefined) repository.verifiedCommits.push(sha);
  host.touched();
  const commit = await git.readCommit(sha);
  return commit === null ? missing : created(renderGitCommit(host, repository, commit));
});

const signer = ({ name, email, date }: z.output<typeof person>) => ({
  name,
  email,
  ...(date === undefined ? {} : { date }),
});

export const gitObjectRoutes = [
  route('GET /repos/{owner}/{repo}/git/blobs/{sha}', getBlob),
  route('POST /repos/{owner}/{repo}/git/blobs', createBlob),
  route('GET /repos/{owner}/{repo}/git/trees/{sha+}', getTree),
  route('POST /repos/{owner}/{repo}/git/trees', createTree),
  route('GET /repos/{owner}/{repo}/git/commits/{sha}', getCommit),
  route('POST /repos/{owner}/{repo}/git/commits', createCommit),
];
