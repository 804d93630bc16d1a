import { createHash, randomBytes } from 'node:crypto';
import { sameText } from './session.ts';

/** What a person agreed to, until the App exchanges the code for a token. */
export type Grant = {
  readonly userId: number;
  readonly appId: number;
  readonly redirectUri: string;
  /** PKCE, S256; null where the App sent none, which GitHub allows. */
  readonly challenge: string | null;
};

export type AuthorizationCodes = {
  readonly issue: (grant: Grant, now: Date) => string;
  /** The grant behind a code, once; null when it is unknown, used, older than ten minutes or the verifier is wrong. */
  readonly redeem: (code: string, verifier: string | null, now: Date) => Grant | null;
};

const lifetime = 10 * 60_000;

/** Codes live in memory only: they end with the process. */
export function openAuthorizationCodes(): AuthorizationCodes {
  const codes = new Map<string, { readonly grant: Grant; readonly until: number }>();
  return {
    issue: (grant, now) => {
      for (const [code, { until }] of codes) if (until <= now.getTime()) codes.delete(code);
      const code = randomBytes(20).toString('hex');
      codes.set(code, { grant, until: now.getTime() + lifetime });
      return code;
    },
    redeem: (code, verifier, now) => {
      const found = codes.get(code);
      codes.delete(code);
      if (found === undefined || found.until <= now.getTime()) return null;
      const { challenge } = found.grant;
      if (challenge === null) return found.grant;
      const computed = createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url');
      return sameText(computed, challenge) ? found.grant : null;
    },
  };
}
