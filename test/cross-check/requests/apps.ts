import { type Request, root } from './request.ts';

/** Apps, their installations and tokens. */
export const appRequests: readonly Request[] = [
  { name: 'the App itself', as: 'app', route: 'GET /app' },
  { name: 'the App itself, unsigned', as: 'nobody', route: 'GET /app' },
  { name: 'the App itself, with a person’s token', as: 'ada', route: 'GET /app' },
  { name: 'the App itself, with a wrong signature', as: 'wrong token', route: 'GET /app' },
  { name: 'the App itself, with a token out of date', as: 'late token', route: 'GET /app' },
  { name: 'its installations', as: 'app', route: 'GET /app/installations', keep: { id: '0.id' } },
  { name: 'one installation', as: 'app', route: 'GET /app/installations/<id>' },
  { name: 'an installation that is not there', as: 'app', route: 'GET /app/installations/987654' },
  { name: 'the installation of a repository', as: 'app', route: `GET ${root}/installation` },
  {
    name: 'the installation of a repository without',
    as: 'app',
    route: 'GET /repos/grace/notes/installation',
  },
  { name: 'the installation of an organization', as: 'app', route: 'GET /orgs/acme/installation' },
  { name: 'the installation of a person without', as: 'app', route: 'GET /users/grace/installation' },
  { name: 'a token', as: 'app', route: 'POST /app/installations/<id>/access_tokens' },
  {
    name: 'a token with less',
    as: 'app',
    route: 'POST /app/installations/<id>/access_tokens',
    body: () => ({ permissions: { contents: 'read' }, repositories: ['payments'] }),
  },
  {
    name: 'a token with more than granted',
    as: 'app',
    route: 'POST /app/installations/<id>/access_tokens',
    body: () => ({ permissions: { administration: 'write' } }),
  },
  { name: 'a token for nobody', as: 'nobody', route: 'POST /app/installations/<id>/access_tokens' },
];
