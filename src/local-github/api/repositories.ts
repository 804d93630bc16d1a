import { renderAccountId } from '../render/account.ts';
import { renderCommit } from '../render/commit.ts';
import { renderRepository } from '../render/repository.ts';
import { repositoryApi } from '../render/urls.ts';
import { rulesetsFor } from '../rules/rules-for.ts';
import { accountByLogin } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { needs, roleOf } from '../state/permissions.ts';
import type { Role } from '../state/types.ts';
import { missing, ok, param } from './call.ts';
import { inRepository } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const show = inRepository(needs.metadata, ({ host, viewer, repository }) => {
  const role = viewer.kind === 'user' ? roleOf(host.state, viewer.userId, repository) : null;
  return ok(renderRepository(host, repository, role));
});

const listBranches = inRepository(needs.readContents, async (call) => {
  const { host, repository } = call;
  const api = repositoryApi(host, repository);
  const refs = await host.git(repository).refs('refs/heads/');
  return listed(call, refs, ({ ref, sha }) => ({
    name: ref.slice('refs/heads/'.length),
    commit: { sha, url: `${api}/commits/${sha}` },
    protected: rulesetsFor(repository, ref).length > 0,
  }));
});

const showBranch = inRepository(needs.readContents, async (call) => {
  const { host, repository } = call;
  const name = param(call, 'branch');
  const git = host.git(repository);
  const sha = await git.readRef(`refs/heads/${name}`);
  const commit = sha === null ? null : await git.readCommit(sha);
  if (commit === null)
    return { ...missing, body: { message: 'Branch not found', documentation_url: '', status: '404' } };
  const api = repositoryApi(host, repository);
  return ok({
    name,
    commit: renderCommit(host, repository, commit),
    _links: { self: `${api}/branches/${name}`, html: `${host.url()}/tree/${name}` },
    protected: rulesetsFor(repository, `refs/heads/${name}`).length > 0,
    protection: {
      enabled: false,
      required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
    },
    protection_url: `${api}/branches/${name}/protection`,
  });
});

const legacy: Record<Role, string> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
};

/** The highest role by any grant; somebody without one has `none`, unless the repository is public. */
const showPermission = inRepository(needs.metadata, (call) => {
  const account = accountByLogin(call.host.state, param(call, 'username'));
  if (account === null || account.kind === 'Organization') return missing;
  const role = roleOf(call.host.state, account.id, call.repository);
  const user = { ...renderAccountId(call.host, account.id), role_name: role ?? 'none' };
  return ok({ permission: role === null ? 'none' : legacy[role], user, role_name: role ?? 'none' });
});

const listActivity = inRepository(needs.readContents, (call) => {
  const ref = call.query.get('ref');
  const actor = call.query.get('actor');
  const kind = call.query.get('activity_type');
  const actorId = actor === null ? null : accountByLogin(call.host.state, actor)?.id;
  const wanted = ref === null ? null : ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  const rows = [...call.repository.activity]
    .reverse()
    .filter(
      (row) =>
        (wanted === null || row.ref === wanted) &&
        (actor === null || row.actorId === actorId) &&
        (kind === null || row.kind === kind),
    );
  return listed(call, rows, (row) => ({
    id: row.id,
    node_id: nodeId('event', `activity${row.id}`),
    before: row.before,
    after: row.after,
    ref: row.ref,
    timestamp: row.at,
    activity_type: row.kind,
    actor: renderAccountId(call.host, row.actorId),
  }));
});

export const repositoryRoutes = [
  route('GET /repos/{owner}/{repo}', show),
  route('GET /repos/{owner}/{repo}/branches', listBranches),
  route('GET /repos/{owner}/{repo}/branches/{branch+}', showBranch),
  route('GET /repos/{owner}/{repo}/collaborators/{username}/permission', showPermission),
  route('GET /repos/{owner}/{repo}/activity', listActivity),
];
