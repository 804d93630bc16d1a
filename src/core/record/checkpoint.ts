import { z } from 'zod';
import type { Digest } from '../values.ts';
import { canonicalize } from './canonical.ts';
import { digestOf } from './digest.ts';
import type { Checkpoint, Tip } from './record.ts';
import { count, digest, fingerprint, instant, repository, sha } from './schema/value-schema.ts';

/** Largest checkpoint file: 16 MiB, some 80,000 releases moved by one commit. */
export const largestCheckpoint = 16_777_216;

export type DecodedCheckpoint =
  | { readonly kind: 'valid'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'invalid'; readonly why: string };

const tip = z.strictObject({ release: z.string(), sequence: count, event: digest });

const checkpointSchema: z.ZodType<Checkpoint> = z.strictObject({
  version: z.literal(1),
  number: count,
  previous: digest.exactOptional(),
  repository,
  host: z.string(),
  at: instant,
  tips: digest,
  changed: z.array(tip),
  foreign: z.array(sha),
  key: fingerprint,
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

/** The bytes of a checkpoint's file. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  return Buffer.from(canonicalize(checkpoint));
}

/** Reads a checkpoint's file; hostile bytes never throw, and only the canonical form is one (T8, T18). */
export function decodeCheckpoint(bytes: Uint8Array): DecodedCheckpoint {
  if (bytes.byteLength > largestCheckpoint) {
    return { kind: 'invalid', why: `larger than ${largestCheckpoint} bytes` };
  }
  try {
    const shaped = checkpointSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (!shaped.success) return { kind: 'invalid', why: 'not a checkpoint' };
    return Buffer.from(encodeCheckpoint(shaped.data)).equals(bytes)
      ? { kind: 'valid', checkpoint: shaped.data }
      : { kind: 'invalid', why: 'not in canonical form' };
  } catch {
    return { kind: 'invalid', why: 'not JSON in UTF-8' };
  }
}

/** What the signature of a checkpoint is over: the canonical form without the signature. */
export function signingBytes(checkpoint: Omit<Checkpoint, 'signature'>): Uint8Array {
  const { version, number, previous, repository, host, at, tips, changed, foreign, key } = checkpoint;
  const first = { version, number, repository, host, at, tips, changed, foreign, key };
  return Buffer.from(canonicalize(previous === undefined ? first : { ...first, previous }));
}

/** SHA-256 over the canonical form of all tips of the branch, ordered by release name. */
export function tipsDigest(tips: Iterable<Tip>): Digest {
  const ordered = [...tips].sort((a, b) => (a.release < b.release ? -1 : 1));
  return digestOf(canonicalize(ordered));
}
