import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { fingerprintOf } from '../core/record/public-key.ts';
import type { Signer } from '../ports/signer.ts';

export type SignerResult =
  | { readonly kind: 'signer'; readonly signer: Signer }
  /** `problem` is one clear sentence for whoever configured the key; it never holds the key. */
  | { readonly kind: 'problem'; readonly problem: string };

/** A signer from an Ed25519 private key in PEM, as `countersign keygen` makes it (T9). */
export function createSigner(pem: string): SignerResult {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return {
      kind: 'problem',
      problem: 'The signing key is not a private key in PEM; make one with `countersign keygen`.',
    };
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    const problem = `The signing key is of type ${key.asymmetricKeyType}, but has to be Ed25519; make one with \`countersign keygen\`.`;
    return { kind: 'problem', problem };
  }
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const fingerprint = fingerprintOf(publicKey);
  if (fingerprint === undefined) throw new TypeError('an Ed25519 key always has a fingerprint');
  return {
    kind: 'signer',
    signer: { fingerprint, publicKey, sign: (bytes) => sign(null, bytes, key).toString('base64') },
  };
}
