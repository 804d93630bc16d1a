import { createPrivateKey, type KeyObject } from 'node:crypto';

/**
 * A private key as PEM (PKCS #8), however it came through a settings page: with real line ends, with `\n` written out,
 * or the whole PEM once more in base64. Undefined where no private key can be read from it.
 */
export function readPrivateKey(text: string, type: 'rsa' | 'ed25519'): string | undefined {
  for (const candidate of [
    text,
    text.replaceAll('\\n', '\n'),
    Buffer.from(text, 'base64').toString('utf8'),
  ]) {
    const key = parse(candidate.trim().replaceAll('\\n', '\n'));
    if (key?.asymmetricKeyType === type) return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
  return undefined;
}

/** Whether a value is meant to be the key itself rather than the path of a file. */
export function looksLikeKey(value: string): boolean {
  return value.includes('-----BEGIN') || /^LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]+$/.test(value);
}

function parse(pem: string): KeyObject | undefined {
  if (!pem.includes('-----BEGIN')) return undefined;
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
