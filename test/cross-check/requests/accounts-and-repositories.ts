import { type Request, root } from './request.ts';

/** Accounts, teams and repositories. */
export const accountRequests: readonly Request[] = [
  { name: 'oneself', as: 'ada', route: 'GET /user' },
  { name: 'oneself, without credentials', as: 'nobody', route: 'GET /user' },
  { name: 'oneself, with a token that is none', as: 'wrong token', route: 'GET /user' },
  { name: 'oneself, as an installation', as: 'installation', route: 'GET /user' },
  { name: 'a person', as: 'ada', route: 'GET /users/grace' },
  { name: 'a person who is not there', as: 'ada', route: 'GET /users/nobody-here' },
  { name: 'an organization', as: 'ada', route: 'GET /orgs/acme' },
  { name: 'members', as: 'mona', route: 'GET /orgs/acme/members' },
  { name: 'a member', as: 'mona', route: 'GET /orgs/acme/members/ada' },
  { name: 'a member who is none', as: 'mona', route: 'GET /orgs/acme/members/grace' },
  { name: 'teams', as: 'mona', route: 'GET /orgs/acme/teams' },
  { name: 'a team', as: 'installation', route: 'GET /orgs/acme/teams/engineering' },
  { name: 'a team that is not there', as: 'installation', route: 'GET /orgs/acme/teams/nothing' },
  { name: 'members of a team', as: 'installation', route: 'GET /orgs/acme/teams/engineering/members' },
  { name: 'a membership', as: 'installation', route: 'GET /orgs/acme/teams/engineering/memberships/ada' },
  {
    name: 'a membership of a stranger',
    as: 'installation',
    route: 'GET /orgs/acme/teams/engineering/memberships/grace',
  },
  {
    name: 'members of a team, without the permission',
    as: 'viewer',
    route: 'GET /orgs/acme/teams/engineering/members',
  },
  { name: 'limits', as: 'ada', route: 'GET /rate_limit' },
  { name: 'the host', as: 'ada', route: 'GET /meta' },
  { name: 'a repository', as: 'ada', route: `GET ${root}` },
  { name: 'a repository, as an installation', as: 'installation', route: `GET ${root}` },
  { name: 'a private repository, as nobody', as: 'nobody', route: `GET ${root}` },
  { name: 'a private repository of others', as: 'ada', route: 'GET /repos/grace/notes' },
  { name: 'a permission', as: 'installation', route: `GET ${root}/collaborators/ada/permission` },
  {
    name: 'a permission of somebody who is not there',
    as: 'installation',
    route: `GET ${root}/collaborators/nobody-here/permission`,
  },
];
