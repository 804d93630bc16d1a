import { createHash } from 'node:crypto';
import type { Digest, Sha } from '../values.ts';

/** SHA-256 of the bytes, or of the text as UTF-8. */
export function digestOf(content: Uint8Array | string): Digest {
  return createHash('sha256').update(content).digest('hex');
}

/** The id git gives a file with this content. Trees are compared by it; trust never rests on it. */
export function blobIdOf(content: Uint8Array): Sha {
  return createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}
