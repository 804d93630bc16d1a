import { createHash, randomBytes } from 'node:crypto';
import type { Host, Viewer } from './host.ts';
import { accountByLogin } from './lookup.ts';
import type { Level, Token } from './types.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const lifetime = { installation: 3_600_000, 'user-to-server': 8 * 3_600_000 } as const;
const userPrefix = 'ghp_local_';

export type NewToken =
  | {
      readonly kind: 'installation';
      readonly installationId: number;
      readonly permissions: Readonly<Record<string, Level>>;
      readonly repositoryIds: readonly number[] | null;
    }
  | { readonly kind: 'user-to-server'; readonly userId: number; readonly appId: number };

/** Mints a token; its text is returned once and only its digest is kept. */
export function mintToken(
  host: Host,
  input: NewToken,
): { readonly text: string; readonly expiresAt: string } {
  const prefix = input.kind === 'installation' ? 'ghs_' : 'ghu_';
  const text = `${prefix}${randomBytes(48).toString('base64url').replace(/[-_]/g, 'x')}`;
  const expires = new Date(host.now().getTime() + lifetime[input.kind]).toISOString();
  const expiresAt = `${expires.slice(0, 19)}Z`;
  const token: Token = { ...input, id: digest(text), expiresAt };
  host.state.tokens.set(token.id, token);
  host.touched();
  return { text, expiresAt };
}

/** Ends a person's token of this App at once; false when it is not one of them. */
export function revokeToken(host: Host, text: string, appId: number): boolean {
  const token = host.state.tokens.get(digest(text));
  if (token?.kind !== 'user-to-server' || token.appId !== appId) return false;
  host.touched();
  return host.state.tokens.delete(token.id);
}

export const userToken = (login: string): string => `${userPrefix}${login}`;

/** Whom a token stands for; null when it is unknown or has expired. */
export function viewerOfToken(host: Host, text: string): Viewer | null {
  if (text.startsWith(userPrefix)) {
    const account = accountByLogin(host.state, text.slice(userPrefix.length));
    if (account === null || account.kind === 'Organization' || account.login.endsWith('[bot]')) return null;
    return { kind: 'user', userId: account.id, viaAppId: null };
  }
  const token = host.state.tokens.get(digest(text));
  if (token === undefined) return null;
  if (Date.parse(token.expiresAt) <= host.now().getTime()) {
    host.state.tokens.delete(token.id);
    return null;
  }
  if (token.kind === 'user-to-server') return { kind: 'user', userId: token.userId, viaAppId: token.appId };
  const appId = host.state.installations.get(token.installationId)?.appId;
  if (appId === undefined) return null;
  const { installationId, permissions, repositoryIds } = token;
  return { kind: 'installation', appId, installationId, permissions, repositoryIds };
}
