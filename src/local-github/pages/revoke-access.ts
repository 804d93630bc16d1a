import { revokeToken } from '../state/tokens.ts';
import { sameText } from './session.ts';
import type { PageContext } from './visit.ts';

/**
 * `DELETE /applications/{client_id}/token`: an App gives a person's token back. It proves itself by its client id and
 * secret, which no other address takes, so this one stands beside the sign-in. 204, or 404 for whatever is not its own.
 */
export async function revokeAccess(context: PageContext): Promise<Response> {
  const { host } = context.get('visit');
  const app = [...host.state.apps.values()].find((row) => row.clientId === context.req.param('client'));
  const proof = /^basic\s+(\S+)$/i.exec(context.req.header('authorization')?.trim() ?? '')?.[1] ?? '';
  const pair = Buffer.from(proof, 'base64').toString('utf8');
  if (app?.oauth === undefined || !sameText(pair, `${app.clientId}:${app.oauth.clientSecret}`))
    return context.json({ message: 'Not Found' }, 404);
  const body: unknown = await context.req.json().catch(() => null);
  const text = typeof body === 'object' && body !== null && 'access_token' in body ? body.access_token : null;
  if (typeof text !== 'string') return context.json({ message: 'Invalid request.' }, 422);
  if (!revokeToken(host, text, app.id)) return context.json({ message: 'Not Found' }, 404);
  return context.body(null, 204);
}
