import type { Hono } from 'hono';
import { accountByLogin, appBySlug, fullName, teamBySlug } from '../state/lookup.ts';
import { canSee } from '../state/permissions.ts';
import { teamMembers } from '../state/teams.ts';
import type { Account, Repository, Team } from '../state/types.ts';
import { show, When, Who } from './layout.tsx';
import { people } from './sign-in.tsx';
import { type PagesEnv, pathOf, type Visit } from './visit.ts';

function Repositories({ visit, owner }: { readonly visit: Visit; readonly owner?: Account }) {
  const { host, viewer } = visit;
  const rows = [...host.state.repositories.values()].filter(
    (row) => canSee(host, viewer, row) && (owner === undefined || row.ownerId === owner.id),
  );
  if (rows.length === 0)
    return (
      <p class="note plain">
        {visit.account === null ? (
          <>
            Nothing public here. <a href="/login">Sign in</a> to see more.
          </>
        ) : (
          'No repository you may see.'
        )}
      </p>
    );
  return (
    <div class="box">
      <ul class="list">
        {rows.map((row: Repository) => (
          <li>
            <span class="grow">
              <a href={pathOf(host, row)}>
                <strong>{fullName(host.state, row)}</strong>
              </a>{' '}
              <span class="badge soft">{row.isPrivate ? 'Private' : 'Public'}</span>
              <br />
              <span class="soft">{row.description ?? ''}</span>
            </span>
            <When at={row.pushedAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function AccountPage({ visit, account }: { readonly visit: Visit; readonly account: Account }) {
  const { state } = visit.host;
  const teams = [...state.teams.values()].filter((team) =>
    account.kind === 'Organization'
      ? team.organizationId === account.id && team.privacy === 'closed'
      : team.privacy === 'closed' && team.members.some((member) => member.userId === account.id),
  );
  return (
    <>
      <h1>
        {account.name ?? account.login} <span class="soft">{account.login}</span>
      </h1>
      <h2>Repositories</h2>
      <Repositories visit={visit} owner={account} />
      {teams.length === 0 ? null : (
        <>
          <h2>Teams</h2>
          <ul>
            {teams.map((team) => (
              <li>
                <a href={teamPath(visit, team)}>{team.name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const teamPath = (visit: Visit, team: Team): string =>
  `/orgs/${visit.host.state.accounts.get(team.organizationId)?.login ?? ''}/teams/${team.slug}`;

function TeamPage({ visit, team }: { readonly visit: Visit; readonly team: Team }) {
  return (
    <>
      <h1>Team {team.name}</h1>
      <ul>
        {teamMembers(visit.host.state, team).flatMap((member) => {
          const account = visit.host.state.accounts.get(member.userId);
          if (account === undefined) return [];
          const notes = [
            member.inherited ? 'through a nested team' : '',
            member.state === 'pending' ? 'invited' : '',
          ];
          return [
            <li>
              <Who account={account} /> <span class="soft">{notes.filter(Boolean).join(', ')}</span>
            </li>,
          ];
        })}
      </ul>
    </>
  );
}

function Host({ visit }: { readonly visit: Visit }) {
  const { state } = visit.host;
  const teamsOf = (account: Account) =>
    [...state.teams.values()].filter((team) => team.members.some(({ userId }) => userId === account.id));
  return (
    <>
      <h1>This host</h1>
      <p>
        A local stand-in for GitHub at <code>{visit.host.url()}</code>. REST is at <code>/api/v3</code>,
        GraphQL at <code>/api/graphql</code>, git at <code>/OWNER/REPOSITORY.git</code>.
      </p>
      <h2>People</h2>
      <table class="plain">
        <tr>
          <th scope="col">Login</th>
          <th scope="col">Name</th>
          <th scope="col">Teams</th>
          <th scope="col">Token</th>
        </tr>
        {people(visit).map((account) => (
          <tr>
            <td>
              <Who account={account} />
            </td>
            <td>{account.name ?? ''}</td>
            <td>
              {teamsOf(account)
                .map((team) => team.slug)
                .join(', ')}
            </td>
            <td>
              <code>ghp_local_{account.login}</code>
            </td>
          </tr>
        ))}
      </table>
      <h2>Apps</h2>
      <ul>
        {[...state.apps.values()].map((app) => (
          <li>
            <a href={`/apps/${app.slug}`}>{app.name}</a>:{' '}
            <a href={`/settings/apps/${app.slug}/advanced`}>recent deliveries</a>
          </li>
        ))}
      </ul>
      <h2>What people do by hand on github.com</h2>
      <p>These take JSON by POST and need no credentials: whoever reaches this host owns it.</p>
      <ul>
        {localActs.map(([path, about]) => (
          <li>
            <code>POST /_local/{path}</code> {about}
          </li>
        ))}
      </ul>
    </>
  );
}

const localActs = [
  ['user-token', 'a token of an App acting for a person'],
  ['comment-by-email', 'a reply to a notification mail'],
  ['press-button', 'a button of a check run'],
  ['team-member', 'a change of a team’s members'],
  ['install', 'an App installed on one more account'],
  ['faults', 'trouble on request'],
] as const;

const avatarColors = ['#3b6ea5', '#7a5195', '#a2541f', '#2f7d5b', '#9b3d57', '#56772b', '#32758a', '#6a5d4d'];

export function homeRoutes(app: Hono<PagesEnv>): void {
  app.get('/', (context) =>
    show(
      context,
      'Repositories',
      <>
        <h1>Repositories</h1>
        <Repositories visit={context.get('visit')} />
      </>,
    ),
  );
  app.on('GET', ['/_local', '/_local/'], (context) =>
    show(context, 'This host', <Host visit={context.get('visit')} />),
  );
  app.get('/avatars/:id', (context) => {
    const account = context.get('visit').host.state.accounts.get(Number(context.req.param('id')));
    if (account === undefined) return context.notFound();
    const letter = account.login.charAt(0).toUpperCase();
    const fill = avatarColors[account.id % avatarColors.length];
    const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="${fill}"/><text x="20" y="27" font-family="sans-serif" font-size="20" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
    return context.body(image, 200, { 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff' });
  });
  app.get('/orgs/:org/teams/:team', (context) => {
    const visit = context.get('visit');
    const organization = accountByLogin(visit.host.state, context.req.param('org'));
    const team = organization && teamBySlug(visit.host.state, organization.id, context.req.param('team'));
    if (team === null || visit.account === null || team.privacy === 'secret') return context.notFound();
    return show(context, `Team ${team.name}`, <TeamPage visit={visit} team={team} />);
  });
  app.get('/apps/:slug', (context) => {
    const found = appBySlug(context.get('visit').host.state, context.req.param('slug'));
    return found === null
      ? context.notFound()
      : context.redirect(`/settings/apps/${found.slug}/advanced`, 303);
  });
  app.get('/:owner', (context) => {
    const visit = context.get('visit');
    const { state } = visit.host;
    const name = context.req.param('owner');
    const app = appBySlug(state, name);
    const account = accountByLogin(state, name) ?? (app && (state.accounts.get(app.botId) ?? null));
    if (account === null) return context.notFound();
    return show(context, account.login, <AccountPage visit={visit} account={account} />);
  });
}
