import { z } from 'zod';
import { renderApp, renderInstallation } from '../render/app.ts';
import { renderRepository } from '../render/repository.ts';
import { accountByLogin, appById, installationOn, repositoryByName } from '../state/lookup.ts';
import { canSee } from '../state/permissions.ts';
import { mintToken } from '../state/tokens.ts';
import type { App, Installation, Level, Repository } from '../state/types.ts';
import {
  type Answer,
  type Call,
  created,
  type Handler,
  missing,
  numberParam,
  ok,
  param,
  readBody,
  refuse,
  unauthenticated,
} from './call.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

/** For endpoints that only an App itself may call, with its JSON web token. */
export function asApp(handle: (call: Call, app: App) => Answer | Promise<Answer>): Handler {
  return (call) => {
    if (call.viewer.kind === 'app') return handle(call, appById(call.host.state, call.viewer.appId));
    return call.viewer.kind === 'anonymous'
      ? unauthenticated
      : refuse({ kind: 'unauthorized', message: 'A JSON web token could not be decoded' });
  };
}

const installationsOf = (call: Call, app: App): Installation[] =>
  [...call.host.state.installations.values()].filter((row) => row.appId === app.id);

function installationParam(call: Call, app: App): Installation | null {
  const installation = call.host.state.installations.get(numberParam(call, 'id'));
  return installation?.appId === app.id ? installation : null;
}

function installationFor(call: Call, app: App, accountId: number | undefined): Answer {
  const installation = accountId === undefined ? null : installationOn(call.host.state, app.id, accountId);
  return installation === null ? missing : ok(renderInstallation(call.host, installation));
}

const tokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
});

const ranks: Record<Level, number> = { read: 1, write: 2, admin: 3 };

/** Mints an installation token; it may be narrowed to repositories and permissions, never widened. */
const createToken = asApp((call, app) => {
  const installation = installationParam(call, app);
  if (installation === null) return missing;
  const body = readBody(call, tokenRequest);
  if (!body.ok) return refuse(body.fault);
  const own = [...call.host.state.repositories.values()].filter(
    (row) => row.ownerId === installation.accountId,
  );
  const { repositories: names, repository_ids: ids, permissions: wished } = body.value;
  const chosen = own.filter((row) => names?.includes(row.name) || ids?.includes(row.id));
  const limited = names !== undefined || ids !== undefined;
  if (limited && chosen.length < (names?.length ?? 0) + (ids?.length ?? 0))
    return refuse({
      kind: 'invalid',
      message:
        'There is at least one repository that does not exist or is not accessible to the parent installation.',
      errors: [],
    });
  const granted: Record<string, Level> = { ...app.permissions, metadata: 'read' };
  const tooMuch = Object.entries(wished ?? {}).some(
    ([name, level]) => ranks[level] > ranks[granted[name] ?? 'read'] || !(name in granted),
  );
  if (tooMuch)
    return refuse({
      kind: 'invalid',
      message: 'The permissions requested are not granted to this installation.',
      errors: [],
    });
  const permissions = wished === undefined ? granted : { ...wished, metadata: 'read' as const };
  const repositoryIds = limited ? chosen.map((row) => row.id) : null;
  const { text, expiresAt } = mintToken(call.host, {
    kind: 'installation',
    installationId: installation.id,
    permissions,
    repositoryIds,
  });
  return created({
    token: text,
    expires_at: expiresAt,
    permissions,
    repository_selection: limited ? 'selected' : 'all',
    ...(limited ? { repositories: chosen.map((row) => renderRepository(call.host, row)) } : {}),
  });
});

const listRepositories: Handler = (call) => {
  const { viewer, host } = call;
  if (viewer.kind !== 'installation')
    return refuse({
      kind: 'forbidden',
      message:
        'You must authenticate with an installation access token in order to list repositories for an installation.',
    });
  const account = host.state.installations.get(viewer.installationId)?.accountId;
  const mine = (row: Repository) =>
    row.ownerId === account && canSee(host, viewer, row) && (viewer.repositoryIds?.includes(row.id) ?? true);
  const rows = [...host.state.repositories.values()].filter(mine);
  return listed(
    call,
    rows,
    (row) => renderRepository(host, row),
    (repositories) => ({
      total_count: rows.length,
      repository_selection: viewer.repositoryIds === null ? 'all' : 'selected',
      repositories,
    }),
  );
};

export const appRoutes = [
  route(
    'GET /app',
    asApp((call, app) =>
      ok({ ...renderApp(call.host, app), installations_count: installationsOf(call, app).length }),
    ),
  ),
  route(
    'GET /app/installations',
    asApp((call, app) =>
      listed(call, installationsOf(call, app), (row) => renderInstallation(call.host, row)),
    ),
  ),
  route(
    'GET /app/installations/{id}',
    asApp((call, app) => {
      const installation = installationParam(call, app);
      return installation === null ? missing : ok(renderInstallation(call.host, installation));
    }),
  ),
  route('POST /app/installations/{id}/access_tokens', createToken),
  route(
    'GET /repos/{owner}/{repo}/installation',
    asApp((call, app) =>
      installationFor(
        call,
        app,
        repositoryByName(call.host.state, param(call, 'owner'), param(call, 'repo'))?.ownerId,
      ),
    ),
  ),
  route(
    'GET /orgs/{login}/installation',
    asApp((call, app) =>
      installationFor(call, app, accountByLogin(call.host.state, param(call, 'login'))?.id),
    ),
  ),
  route(
    'GET /users/{login}/installation',
    asApp((call, app) =>
      installationFor(call, app, accountByLogin(call.host.state, param(call, 'login'))?.id),
    ),
  ),
  route('GET /installation/repositories', listRepositories),
];
