import { z } from 'zod';
import type { GitRef, RefUpdate } from '../git/git-repository.ts';
import { isRefName } from '../git/ref-name.ts';
import { isSha } from '../git/sha.ts';
import { repositoryApi } from '../render/urls.ts';
import { updateProblems, violationMessage } from '../rules/judge-update.ts';
import { nodeId } from '../state/node-ids.ts';
import { actorId, needs } from '../state/permissions.ts';
import { moveRef } from '../state/refs.ts';
import { type Answer, created, missing, noContent, ok, param, readBody, refuse } from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const unprocessable = (message: string): Answer => refuse({ kind: 'invalid', message, errors: [] });

async function showRef(call: RepositoryCall, { ref, sha }: GitRef) {
  const api = repositoryApi(call.host, call.repository);
  const object = await call.host.git(call.repository).readObject(sha);
  const type = object?.type ?? 'commit';
  return {
    ref,
    node_id: nodeId('ref', `${call.repository.id}:${ref}`),
    url: `${api}/git/${ref}`,
    object: { sha, type, url: `${api}/git/${type}s/${sha}` },
  };
}

const getRef = inRepository(needs.readContents, async (call) => {
  const ref = `refs/${param(call, 'ref')}`;
  const sha = await call.host.git(call.repository).readRef(ref);
  return sha === null ? missing : ok(await showRef(call, { ref, sha }));
});

const matchingRefs = inRepository(needs.readContents, async (call) => {
  const prefix = `refs/${param(call, 'ref')}`;
  const refs = (await call.host.git(call.repository).refs()).filter(({ ref }) => ref.startsWith(prefix));
  const shown = await Promise.all(refs.map((row) => showRef(call, row)));
  return listed(call, shown, (row) => row);
});

const createBody = z.object({ ref: z.string(), sha: z.string() });

const createRef = inRepository(needs.writeContents, async (call) => {
  const body = readBody(call, createBody);
  if (!body.ok) return refuse(body.fault);
  const { ref, sha } = body.value;
  if (!isRefName(ref) || ref.split('/').length < 3)
    return unprocessable("Reference name must start with 'refs/' and contain at least two slashes.");
  const git = call.host.git(call.repository);
  if (!isSha(sha) || (await git.readObject(sha)) === null) return unprocessable('Object does not exist');
  return git.exclusive(async () => {
    if ((await git.readRef(ref)) !== null) return unprocessable('Reference already exists');
    return (
      (await move(call, { ref, before: null, after: sha })) ?? created(await showRef(call, { ref, sha }))
    );
  });
});

const updateBody = z.object({ sha: z.string(), force: z.boolean().optional() });

/** Only forward unless forced: there is no expected old value in this endpoint, so it is no compare-and-swap. */
const updateRef = inRepository(needs.writeContents, async (call) => {
  const body = readBody(call, updateBody);
  if (!body.ok) return refuse(body.fault);
  const { sha, force = false } = body.value;
  const ref = `refs/${param(call, 'ref')}`;
  const git = call.host.git(call.repository);
  if (!isSha(sha) || (await git.readObject(sha)) === null) return unprocessable('Object does not exist');
  return git.exclusive(async () => {
    const before = await git.readRef(ref);
    if (before === null) return unprocessable('Reference does not exist');
    if (!force && !(await git.isAncestor(before, sha))) return unprocessable('Update is not a fast forward');
    const refused = before === sha ? null : await move(call, { ref, before, after: sha });
    return refused ?? ok(await showRef(call, { ref, sha }));
  });
});

const deleteRef = inRepository(needs.writeContents, (call) => {
  const ref = `refs/${param(call, 'ref')}`;
  const git = call.host.git(call.repository);
  return git.exclusive(async () => {
    const before = await git.readRef(ref);
    if (before === null) return unprocessable('Reference does not exist');
    if (ref === `refs/heads/${call.repository.defaultBranch}`)
      return unprocessable('Cannot delete the default branch');
    return (await move(call, { ref, before, after: null })) ?? noContent;
  });
});

/** Moves the ref unless a rule or a faster writer is in the way, which is then the answer. */
async function move(call: RepositoryCall, update: RefUpdate): Promise<Answer | null> {
  const { host, viewer, repository } = call;
  const actor = actorId(host, viewer);
  const problems = await updateProblems(host, viewer, repository, update);
  if (problems.length > 0) return unprocessable(violationMessage(problems));
  const moved = actor !== null && (await moveRef(host, repository, update, { actor, kind: 'push' }));
  return moved ? null : unprocessable('Reference cannot be moved');
}

export const gitRefRoutes = [
  route('GET /repos/{owner}/{repo}/git/ref/{ref+}', getRef),
  route('GET /repos/{owner}/{repo}/git/matching-refs/{ref*}', matchingRefs),
  route('POST /repos/{owner}/{repo}/git/refs', createRef),
  route('PATCH /repos/{owner}/{repo}/git/refs/{ref+}', updateRef),
  route('DELETE /repos/{owner}/{repo}/git/refs/{ref+}', deleteRef),
];
