import { matchRoute } from '../api/route.ts';
import { routes } from '../api/routes.ts';
import { signatures } from '../state/commits.ts';
import type { Host } from '../state/host.ts';
import { accountById, repositoryByName } from '../state/lookup.ts';
import { moveRef } from '../state/refs.ts';
import type { Repository } from '../state/types.ts';

type Target = { readonly repository: Repository; readonly ref: string };

const textIn = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
};

/** The branch that a request is about to move or to make: in GraphQL by its variable `input`, in REST by path and body. */
function targetOf(host: Host, request: Request, body: unknown): Target | undefined {
  const named = textIn(body, 'variables', 'input', 'branch', 'repositoryNameWithOwner');
  const branch = textIn(body, 'variables', 'input', 'branch', 'branchName') ?? textIn(body, 'branch');
  const path = new URL(request.url).pathname.replace(/^\/api\/v3(?=\/)/, '');
  const params = matchRoute(routes, request.method, path)?.params;
  const [owner = '', name = ''] = named?.split('/') ?? [params?.['owner'], params?.['repo']];
  const repository = repositoryByName(host.state, owner, name);
  const moved = params?.['ref'] === undefined ? textIn(body, 'ref') : `refs/${params['ref']}`;
  const ref = branch === undefined ? moved : `refs/heads/${branch.replace(/^refs\/heads\//, '')}`;
  return repository === null || ref === undefined ? undefined : { repository, ref };
}

/** Lets a commit of the repository's owner land first. False where the request names no branch. */
export async function winRace(host: Host, request: Request, body: unknown, path: string): Promise<boolean> {
  const target = targetOf(host, request, body);
  if (target === undefined) return false;
  const { repository, ref } = target;
  const git = host.git(repository);
  const owner = accountById(host.state, repository.ownerId);
  return git.exclusive(async () => {
    const before = await git.readRef(ref);
    const head = before === null ? null : await git.readCommit(before);
    const content = Buffer.from(`Faster than ${before ?? 'anybody'}\n`);
    const treeSha = await git.editTree(head?.treeSha ?? null, [{ path, content }]);
    const after = await git.writeCommit({
      treeSha,
      parents: before === null ? [] : [before],
      message: 'Be faster',
      ...signatures(host, owner, {}),
    });
    return moveRef(host, repository, { ref, before, after }, { actor: owner.id, kind: 'push' });
  });
}
