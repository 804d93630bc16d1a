import {
  renderAccountId,
  renderFullOrganization,
  renderFullTeam,
  renderProfile,
  renderTeam,
} from '../render/account.ts';
import { apiUrl } from '../render/urls.ts';
import { accountById, accountByLogin, teamBySlug } from '../state/lookup.ts';
import { permitMembers, seesTeam } from '../state/permissions.ts';
import { childTeams, teamMembers } from '../state/teams.ts';
import type { Account, Team } from '../state/types.ts';
import {
  type Answer,
  type Call,
  type Handler,
  missing,
  noContent,
  numberParam,
  ok,
  param,
  refuse,
  unauthenticated,
} from './call.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const me: Handler = (call) => {
  if (call.viewer.kind === 'anonymous') return unauthenticated;
  if (call.viewer.kind !== 'user')
    return refuse({ kind: 'forbidden', message: 'Resource not accessible by integration' });
  return ok(renderProfile(call.host, accountById(call.host.state, call.viewer.userId)));
};

const showAccount = (call: Call, account: Account | null | undefined): Answer =>
  account ? ok(renderProfile(call.host, account)) : missing;

function organizationOf(call: Call): Account | null {
  const byId = call.params['org_id'];
  const account =
    byId === undefined
      ? accountByLogin(call.host.state, param(call, 'org'))
      : call.host.state.accounts.get(Number(byId));
  return account?.kind === 'Organization' ? account : null;
}

/** For endpoints about members and teams, which outsiders get as 404. */
function inOrganization(handle: (call: Call, organization: Account) => Answer): Handler {
  return (call) => {
    const organization = organizationOf(call);
    if (organization === null) return missing;
    const allowed = permitMembers(call.host, call.viewer, organization.id);
    return allowed.ok ? handle(call, organization) : refuse(allowed.fault);
  };
}

/** Secret teams do not exist for those who are not in them. */
function inTeam(handle: (call: Call, team: Team) => Answer): Handler {
  return inOrganization((call, organization) => {
    const byId = call.params['team_id'];
    const team =
      byId === undefined
        ? teamBySlug(call.host.state, organization.id, param(call, 'slug'))
        : call.host.state.teams.get(Number(byId));
    if (!team || team.organizationId !== organization.id) return missing;
    return seesTeam(call.viewer, team) ? handle(call, team) : missing;
  });
}

const listTeamMembers = inTeam((call, team) => {
  const role = call.query.get('role') ?? 'all';
  const active = teamMembers(call.host.state, team).filter((member) => member.state === 'active');
  const rows = active.filter((member) => role === 'all' || member.role === role);
  return listed(call, rows, (member) => ({
    ...renderAccountId(call.host, member.userId),
    role: member.role,
    inherited: member.inherited,
  }));
});

const showMembership = inTeam((call, team) => {
  const account = accountByLogin(call.host.state, param(call, 'username'));
  const member = teamMembers(call.host.state, team).find((row) => row.userId === account?.id);
  if (member === undefined || account === null) return missing;
  const url = `${apiUrl(call.host)}/organizations/${team.organizationId}/team/${team.id}/memberships/${account.login}`;
  return ok({ url, role: member.role, state: member.state });
});

const listMembers = inOrganization((call, organization) =>
  listed(call, call.host.state.memberships.get(organization.id)?.userIds ?? [], (id) =>
    renderAccountId(call.host, id),
  ),
);

const checkMember = inOrganization((call, organization) => {
  const account = accountByLogin(call.host.state, param(call, 'username'));
  const members = call.host.state.memberships.get(organization.id)?.userIds ?? [];
  return account !== null && members.includes(account.id) ? noContent : missing;
});

const listTeams = inOrganization((call, organization) => {
  const rows = [...call.host.state.teams.values()].filter(
    (row) => row.organizationId === organization.id && seesTeam(call.viewer, row),
  );
  return listed(call, rows, (row) => renderTeam(call.host, row));
});

const teamRoutes = (base: string) => [
  route(
    `GET ${base}`,
    inTeam((call, team) => ok(renderFullTeam(call.host, team))),
  ),
  route(`GET ${base}/members`, listTeamMembers),
  route(`GET ${base}/memberships/{username}`, showMembership),
  route(
    `GET ${base}/teams`,
    inTeam((call, team) =>
      listed(call, childTeams(call.host.state, team), (row) => renderTeam(call.host, row)),
    ),
  ),
];

export const accountRoutes = [
  route('GET /user', me),
  route('GET /users/{login}', (call) =>
    showAccount(call, accountByLogin(call.host.state, param(call, 'login'))),
  ),
  route('GET /user/{id}', (call) => showAccount(call, call.host.state.accounts.get(numberParam(call, 'id')))),
  route('GET /orgs/{org}', (call) => {
    const organization = organizationOf(call);
    return organization === null ? missing : ok(renderFullOrganization(call.host, organization));
  }),
  route('GET /organizations/{org_id}', (call) => {
    const organization = organizationOf(call);
    return organization === null ? missing : ok(renderFullOrganization(call.host, organization));
  }),
  route('GET /orgs/{org}/members', listMembers),
  route('GET /orgs/{org}/members/{username}', checkMember),
  route('GET /orgs/{org}/teams', listTeams),
  ...teamRoutes('/orgs/{org}/teams/{slug}'),
  ...teamRoutes('/organizations/{org_id}/team/{team_id}'),
];
