import { mintToken } from '../state/tokens.ts';
import { sameText } from './session.ts';
import type { PageContext } from './visit.ts';

const descriptions = {
  incorrect_client_credentials: 'The client_id and/or client_secret passed are incorrect.',
  redirect_uri_mismatch: 'The redirect_uri MUST match the registered callback URL for this application.',
  bad_verification_code: 'The code passed is incorrect or expired.',
  unsupported_grant_type: 'The grant_type is not supported.',
} as const;

/**
 * `POST /login/oauth/access_token`: a code becomes a token that acts for a person through the App and expires after
 * eight hours. Refusals are answers with status 200 and an `error`, as GitHub gives them. Takes JSON or a form, and
 * answers as `Accept` says.
 */
export async function exchangeCode(context: PageContext): Promise<Response> {
  const { host, keep } = context.get('visit');
  const sent = await readParameters(context);
  const refuse = (error: keyof typeof descriptions) =>
    reply(context, { error, error_description: descriptions[error] });
  if (sent('grant_type') !== '' && sent('grant_type') !== 'authorization_code')
    return refuse('unsupported_grant_type');
  const app = [...host.state.apps.values()].find((row) => row.clientId === sent('client_id'));
  if (app?.oauth === undefined || !sameText(app.oauth.clientSecret, sent('client_secret')))
    return refuse('incorrect_client_credentials');
  const grant = keep.codes.redeem(sent('code'), sent('code_verifier') || null, host.now());
  if (grant?.appId !== app.id) return refuse('bad_verification_code');
  const redirectUri = sent('redirect_uri');
  if (redirectUri !== '' && redirectUri !== grant.redirectUri) return refuse('redirect_uri_mismatch');
  const token = mintToken(host, { kind: 'user-to-server', userId: grant.userId, appId: app.id });
  const seconds = Math.round((Date.parse(token.expiresAt) - host.now().getTime()) / 1000);
  return reply(context, {
    access_token: token.text,
    expires_in: seconds,
    scope: '',
    token_type: 'bearer',
  });
}

async function readParameters(context: PageContext): Promise<(name: string) => string> {
  const text = await context.req.text();
  const query = new URL(context.req.url).searchParams;
  const json = context.req.header('content-type')?.startsWith('application/json') === true;
  const body = json ? readJson(text) : Object.fromEntries(new URLSearchParams(text));
  return (name) => {
    const value = body[name] ?? query.get(name);
    return typeof value === 'string' ? value : '';
  };
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function reply(context: PageContext, fields: Readonly<Record<string, string | number>>): Response {
  context.header('cache-control', 'no-store');
  const accept = context.req.header('accept') ?? '';
  if (accept.includes('json')) return context.json(fields);
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return context.body(new URLSearchParams(pairs).toString(), 200, {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  });
}
