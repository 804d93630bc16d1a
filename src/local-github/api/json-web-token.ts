import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Host, Viewer } from '../state/host.ts';
import { fail, type Outcome } from '../state/outcome.ts';
import type { App } from '../state/types.ts';

const refused = (message: string): Outcome<Viewer> => fail({ kind: 'unauthorized', message });
const undecodable = 'A JSON web token could not be decoded';

export const looksLikeJwt = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/**
 * Checks an App's token: RS256, issuer is the App's id or client id, at most ten minutes long, not from the
 * future (a minute of drift is allowed).
 */
export function viewerOfJwt(host: Host, text: string): Outcome<Viewer> {
  const [head = '', claims = '', signature = ''] = text.split('.');
  const header = decode(head);
  const payload = decode(claims);
  if (header === null || payload === null || header['alg'] !== 'RS256') return refused(undecodable);
  const app = appOf(host, payload['iss']);
  if (app === null) return refused('Integration not found');
  const key = keyOf(app);
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return refused(undecodable);
  const { exp, iat } = payload;
  const now = host.now().getTime() / 1000;
  if (typeof exp !== 'number') return refused("Missing 'expiration time' claim ('exp') in assertion");
  if (typeof iat !== 'number') return refused("Missing 'issued at' claim ('iat') in assertion");
  if (exp <= now)
    return refused(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp - now > 660) return refused("'Expiration time' claim ('exp') is too far in the future");
  if (iat > now + 60)
    return refused(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  return { ok: true, value: { kind: 'app', appId: app.id } };
}

/** Reading a key takes longer than checking a signature with it; an App never changes its key. */
const keys = new WeakMap<App, KeyObject>();

function keyOf(app: App): KeyObject {
  const key = keys.get(app) ?? createPublicKey(app.publicKey);
  keys.set(app, key);
  return key;
}

function appOf(host: Host, issuer: unknown): App | null {
  for (const app of host.state.apps.values())
    if (String(issuer) === String(app.id) || issuer === app.clientId) return app;
  return null;
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
