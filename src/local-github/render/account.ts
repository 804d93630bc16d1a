import type { Host } from '../state/host.ts';
import { accountById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import type { Account, Team } from '../state/types.ts';
import { apiUrl } from './urls.ts';

const kinds = { User: 'user', Bot: 'bot', Organization: 'organization' } as const;
export const accountNodeId = (account: Account): string => nodeId(kinds[account.kind], account.id);

/** GitHub's "simple user". */
export function renderAccount(host: Host, account: Account) {
  const url = `${apiUrl(host)}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${host.url()}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${host.url()}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind,
    user_view_type: 'public',
    site_admin: false,
  };
}

export const renderAccountId = (host: Host, id: number) => renderAccount(host, accountById(host.state, id));
export const renderAccountOrNull = (host: Host, id: number | null) =>
  id === null ? null : renderAccountId(host, id);

/** GitHub's "public user". */
export const renderProfile = (host: Host, account: Account) => ({
  ...renderAccount(host, account),
  name: account.name,
  company: null,
  blog: '',
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: account.createdAt,
  updated_at: account.createdAt,
});

/** GitHub's "simple organization", which webhooks carry. */
export function renderOrganization(host: Host, account: Account) {
  const url = `${apiUrl(host)}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${host.url()}/avatars/${account.id}`,
    description: null,
  };
}

export const renderFullOrganization = (host: Host, account: Account) => ({
  ...renderOrganization(host, account),
  name: account.name ?? account.login,
  html_url: `${host.url()}/${account.login}`,
  type: account.kind,
  has_organization_projects: true,
  has_repository_projects: true,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: account.createdAt,
  updated_at: account.createdAt,
  archived_at: null,
});

type RenderedTeam = ReturnType<typeof renderOneTeam>;

function renderOneTeam(host: Host, team: Team) {
  const organization = accountById(host.state, team.organizationId);
  const url = `${apiUrl(host)}/organizations/${team.organizationId}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId('team', team.id),
    url,
    html_url: `${host.url()}/orgs/${organization.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    type: 'organization',
    organization_id: team.organizationId,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
  };
}

/** A team with the team it is nested in. */
export function renderTeam(host: Host, team: Team): RenderedTeam & { parent: RenderedTeam | null } {
  const parent = team.parentId === null ? undefined : host.state.teams.get(team.parentId);
  return { ...renderOneTeam(host, team), parent: parent ? renderOneTeam(host, parent) : null };
}

export function renderFullTeam(host: Host, team: Team) {
  const organization = accountById(host.state, team.organizationId);
  return {
    ...renderTeam(host, team),
    members_count: team.members.filter((member) => member.state === 'active').length,
    repos_count: 0,
    created_at: team.createdAt,
    updated_at: team.updatedAt,
    organization: renderFullOrganization(host, organization),
  };
}
