import { ok } from './call.ts';
import { route } from './route.ts';

export const metaRoutes = [
  route('GET /rate_limit', (call) => {
    const core = { ...call.budget, resource: 'core' };
    return ok({
      resources: { core, graphql: { ...core, resource: 'graphql' }, search: { ...core, resource: 'search' } },
      rate: core,
    });
  }),
  route('GET /meta', () =>
    ok({
      verifiable_password_authentication: false,
      installed_version: '3.19.0',
      hooks: ['127.0.0.0/8'],
      web: ['127.0.0.0/8'],
      api: ['127.0.0.0/8'],
      git: ['127.0.0.0/8'],
    }),
  ),
  route('GET /', (call) =>
    ok({
      current_user_url: `${call.host.url()}/api/v3/user`,
      rate_limit_url: `${call.host.url()}/api/v3/rate_limit`,
    }),
  ),
];
