import type { Host, Viewer } from '../state/host.ts';
import { done, fail, type Outcome } from '../state/outcome.ts';
import { viewerOfToken } from '../state/tokens.ts';
import { looksLikeJwt, viewerOfJwt } from './json-web-token.ts';

/** The secret of an Authorization header, whatever the scheme's case; null when there is none. */
export function presentedToken(header: string | null): string | null {
  const match = /^(token|bearer|basic)\s+(.+)$/i.exec(header?.trim() ?? '');
  const [, scheme = '', value = ''] = match ?? [];
  if (match === null) return null;
  if (scheme.toLowerCase() !== 'basic') return value.trim();
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

/** Who a request comes from. No credentials is an anonymous viewer; wrong ones are refused. */
export function authenticate(host: Host, header: string | null): Outcome<Viewer> {
  const token = presentedToken(header);
  if (token === null) return done({ kind: 'anonymous' });
  if (looksLikeJwt(token)) return viewerOfJwt(host, token);
  const viewer = viewerOfToken(host, token);
  return viewer === null ? fail({ kind: 'unauthorized', message: 'Bad credentials' }) : done(viewer);
}
