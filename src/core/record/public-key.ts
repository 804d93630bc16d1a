import { createHash, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalize } from './canonical.ts';

/** An Ed25519 public key by its fingerprint: `SHA256:` and the base64 SHA-256 of its SubjectPublicKeyInfo, unpadded. */
export type PublicKey = { readonly fingerprint: string; readonly publicKey: string };

/** What comes before the 32 key bytes in the SubjectPublicKeyInfo of every Ed25519 key (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

const keyFile = z.strictObject({
  version: z.literal(1),
  fingerprint: z.string(),
  publicKey: z.string().max(1_000),
});

/** The fingerprint of a public key in PEM, or undefined where it is not an Ed25519 key in its usual spelling. */
export function fingerprintOf(publicKey: string): string | undefined {
  const base64 = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n$/.exec(
    publicKey,
  )?.[1];
  if (base64 === undefined) return undefined;
  const der = Buffer.from(base64, 'base64');
  if (!der.subarray(0, ed25519Prefix.length).equals(ed25519Prefix)) return undefined;
  return `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`;
}

/** Whether `signature` (base64) over `bytes` was made with the key. Never throws. */
export function isSignedBy(key: PublicKey, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(signature, 'base64');
  return raw.toString('base64') === signature && verify(null, bytes, key.publicKey, raw);
}

/** The bytes of `keys/<fingerprint>.json`. */
export function encodeKey(key: PublicKey): Uint8Array {
  return Buffer.from(canonicalize({ version: 1, fingerprint: key.fingerprint, publicKey: key.publicKey }));
}

/** The key in a key file; undefined unless it is exactly what `encodeKey` writes for it. */
export function decodeKey(bytes: Uint8Array): PublicKey | undefined {
  const parsed = keyFile.safeParse(parse(bytes));
  if (!parsed.success || fingerprintOf(parsed.data.publicKey) !== parsed.data.fingerprint) return undefined;
  const key = { fingerprint: parsed.data.fingerprint, publicKey: parsed.data.publicKey };
  return Buffer.from(encodeKey(key)).equals(bytes) ? key : undefined;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
