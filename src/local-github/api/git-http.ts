import { serveGit } from '../git/http-backend.ts';
import { objections } from '../rules/judge-update.ts';
import { pushCommands } from '../rules/push-commands.ts';
import { objectionEnvironment } from '../rules/push-hook.ts';
import type { Host, Viewer } from '../state/host.ts';
import { accountById, repositoryByName } from '../state/lookup.ts';
import { actorId, needs, permit } from '../state/permissions.ts';
import { refMoved } from '../state/refs.ts';
import type { Repository } from '../state/types.ts';
import { authenticate } from './authenticate.ts';

export type GitPath = { readonly owner: string; readonly name: string; readonly service: string };

/** Recognises smart HTTP requests, with and without `.git`. */
export function gitPath(path: string): GitPath | null {
  const match = /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/.exec(
    path,
  );
  const [, owner = '', name = '', service = ''] = match ?? [];
  return match === null ? null : { owner, name, service };
}

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

/** git sends no credentials until it is asked for them. */
const challenge = (): Response =>
  plain(401, 'Authentication required', { 'www-authenticate': 'Basic realm="GitHub"' });

/** Serves clone, fetch and push; any user name goes, the token is the password. */
export async function handleGit(host: Host, request: Request, path: GitPath): Promise<Response> {
  const viewer = authenticate(host, request.headers.get('authorization'));
  if (!viewer.ok || viewer.value.kind === 'app') return challenge();
  const anonymous = viewer.value.kind === 'anonymous';
  const writes = `${path.service}${new URL(request.url).search}`.includes('git-receive-pack');
  const repository = repositoryByName(host.state, path.owner, path.name);
  if (repository === null) return anonymous ? challenge() : plain(404, 'Repository not found.');
  const allowed = permit(host, viewer.value, repository, writes ? needs.writeContents : needs.readContents);
  if (!allowed.ok) {
    if (anonymous) return challenge();
    if (allowed.fault.kind === 'not-found') return plain(404, 'Repository not found.');
    return plain(
      403,
      writes
        ? `Permission to ${path.owner}/${path.name}.git denied.`
        : 'Write access to repository not granted.',
    );
  }
  const git = host.git(repository);
  const actor = actorId(host, viewer.value);
  const remoteUser = actor === null ? '' : accountById(host.state, actor).login;
  const backend = { repositoryPath: git.path, service: path.service, request, remoteUser };
  return path.service === '/git-receive-pack'
    ? receive(host, repository, viewer.value, backend)
    : serveGit(backend);
}

/** A push holds the repository's writers off, and what it moved is seen by comparing refs before and after. */
function receive(
  host: Host,
  repository: Repository,
  viewer: Viewer,
  backend: Parameters<typeof serveGit>[0],
): Promise<Response> {
  const git = host.git(repository);
  return git.exclusive(async () => {
    const before = new Map((await git.refs()).map(({ ref, sha }) => [ref, sha]));
    const content = Buffer.from(await backend.request.arrayBuffer());
    const updates = pushCommands(content, backend.request.headers.get('content-encoding'));
    const objected = updates.map((update) => ({
      update,
      objections: objections(host, viewer, repository, update),
    }));
    const environment = objectionEnvironment(git.path, objected);
    const response = await serveGit({ ...backend, body: content, environment });
    const body = await response.arrayBuffer();
    const after = new Map((await git.refs()).map(({ ref, sha }) => [ref, sha]));
    const actor = actorId(host, viewer) ?? 0;
    for (const ref of new Set([...before.keys(), ...after.keys()])) {
      const update = { ref, before: before.get(ref) ?? null, after: after.get(ref) ?? null };
      if (update.before !== update.after && !ref.startsWith('refs/pull/'))
        await refMoved(host, repository, update, { actor, kind: 'push' });
    }
    return new Response(body, { status: response.status, headers: response.headers });
  });
}
