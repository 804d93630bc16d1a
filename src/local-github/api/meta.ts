import { ok } from './call.ts';
import { route } from './route.ts';

const hourly = 5_000;

export const rateLimit = (now: Date) => {
  const reset = Math.floor(now.getTime() / 3_600_000 + 1) * 3_600;
  return { limit: hourly, remaining: hourly, used: 0, reset };
};

export const metaRoutes = [
  route('GET /rate_limit', (call) => {
    const core = { ...rateLimit(call.host.now()), resource: 'core' };
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
