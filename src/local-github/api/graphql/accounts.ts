import { accountNodeId } from '../../render/account.ts';
import { accountById, accountByLogin, teamBySlug } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { permitMembers, seesTeam } from '../../state/permissions.ts';
import type { State } from '../../state/state.ts';
import { type TeamView, teamMembers } from '../../state/teams.ts';
import type { Team } from '../../state/types.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { failure, orRefuse } from './failure.ts';
import { fields, type Types } from './resolver.ts';
import { type AccountSource, type AppSource, account, type TeamSource, team, user } from './sources.ts';

/** GraphQL shows the bot of an App without the suffix that REST and the login carry. */
const shownLogin = ({ kind, row }: AccountSource): string =>
  kind === 'Bot' ? row.login.replace(/\[bot\]$/, '') : row.login;

const accountUrl = (source: AccountSource, context: Context): string =>
  source.row.login.endsWith('[bot]')
    ? `${context.host.url()}/apps/${source.row.login.replace(/\[bot\]$/, '')}`
    : `${context.host.url()}/${source.row.login}`;

const isViewer = ({ row }: AccountSource, { viewer }: Context): boolean =>
  viewer.kind === 'user' && viewer.userId === row.id;

const accountFields = {
  id: ({ row }: AccountSource) => accountNodeId(row),
  databaseId: ({ row }: AccountSource) => row.id,
  login: shownLogin,
  url: (source: AccountSource, _: unknown, context: Context) => accountUrl(source, context),
};

const nameField = { name: ({ row }: AccountSource) => row.name };

/** Teams are not readable by everybody: without `members: read` (or membership) there is no answer. */
const allowTeams = (context: Context, organizationId: number): true =>
  orRefuse(permitMembers(context.host, context.viewer, organizationId));

function teamsOf({ host, viewer }: Context, organizationId: number): TeamSource[] {
  return [...host.state.teams.values()]
    .filter((row) => row.organizationId === organizationId && seesTeam(viewer, row))
    .map(team);
}

type MembersArguments = PageArguments & { readonly membership?: 'ALL' | 'IMMEDIATE' | 'CHILD_TEAM' | null };

/** Active members only: an invited person is not in the team yet. */
function membersOf(state: State, row: Team, membership: MembersArguments['membership']): TeamView[] {
  const active = teamMembers(state, row).filter((member) => member.state === 'active');
  if (membership === 'IMMEDIATE') return active.filter((member) => !member.inherited);
  if (membership === 'CHILD_TEAM') return active.filter((member) => member.inherited);
  return active;
}

function members(row: Team, args: MembersArguments, { host }: Context) {
  const people = membersOf(host.state, row, args.membership);
  const page = paginate('members', people, args, (member) => member.userId);
  const shown = (member: TeamView) => user(accountById(host.state, member.userId));
  return {
    ...page,
    nodes: page.nodes.map(shown),
    edges: page.edges.map(({ cursor, node }) => ({
      cursor,
      node: shown(node),
      role: node.role.toUpperCase(),
    })),
  };
}

function parentTeam(row: Team, { host }: Context): TeamSource | null {
  const parent = row.parentId === null ? undefined : host.state.teams.get(row.parentId);
  return parent === undefined ? null : team(parent);
}

export const accountTypes: Types = {
  User: fields<AccountSource>({
    ...accountFields,
    ...nameField,
    isViewer: (source, _: unknown, context) => isViewer(source, context),
  }),
  Bot: fields<AccountSource>(accountFields),
  Organization: fields<AccountSource>({
    ...accountFields,
    ...nameField,
    team: ({ row }, args: { slug: string }, context) => {
      allowTeams(context, row.id);
      const found = teamBySlug(context.host.state, row.id, args.slug);
      return found === null || !seesTeam(context.viewer, found) ? null : team(found);
    },
    teams: ({ row }, args: PageArguments, context) => {
      allowTeams(context, row.id);
      return paginate('teams', teamsOf(context, row.id), args, (each) => each.row.id);
    },
  }),
  Team: fields<TeamSource>({
    id: ({ row }) => nodeId('team', row.id),
    databaseId: ({ row }) => row.id,
    slug: ({ row }) => row.slug,
    name: ({ row }) => row.name,
    combinedSlug: ({ row }, _: unknown, { host }) =>
      `${accountById(host.state, row.organizationId).login}/${row.slug}`,
    privacy: ({ row }) => (row.privacy === 'secret' ? 'SECRET' : 'VISIBLE'),
    organization: ({ row }, _: unknown, { host }) => account(host.state, row.organizationId),
    parentTeam: ({ row }, _: unknown, context) => parentTeam(row, context),
    url: ({ row }, _: unknown, { host }) =>
      `${host.url()}/orgs/${accountById(host.state, row.organizationId).login}/teams/${row.slug}`,
    members: ({ row }, args: MembersArguments, context) => members(row, args, context),
  }),
  App: fields<AppSource>({
    id: ({ row }) => nodeId('app', row.id),
    databaseId: ({ row }) => row.id,
    slug: ({ row }) => row.slug,
    name: ({ row }) => row.name,
  }),
};

/** Finds a person by login; bots and organizations are not users. */
export function userByLogin(context: Context, login: string): AccountSource {
  const row = accountByLogin(context.host.state, login);
  if (row?.kind !== 'User')
    throw failure('NOT_FOUND', `Could not resolve to a User with the login of '${login}'.`);
  return user(row);
}

export function organizationByLogin(context: Context, login: string): AccountSource {
  const row = accountByLogin(context.host.state, login);
  if (row?.kind !== 'Organization') {
    throw failure('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
  }
  return { kind: 'Organization', row };
}
