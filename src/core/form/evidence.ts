import type { Digest, Sha } from '../values.ts';

/** What supports a decision: a file of the repository by its digest, or an attachment of the host by reference only. */
export type Evidence =
  | {
      readonly kind: 'file';
      /** Where the file stands, as somebody named it. */
      readonly name: string;
      readonly commit: Sha;
      readonly sha256: Digest;
      /** In bytes. */
      readonly size: number;
      /** Media type, of the content (G-22). */
      readonly type: string;
      /** Whether the record holds the bytes, or their digest only. */
      readonly stored: boolean;
    }
  /** Nobody looked at what is there: it may be gone or another one tomorrow. */
  | { readonly kind: 'link'; readonly url: string };

/** What git says about `path@commit`. */
export type FileFact =
  | {
      readonly kind: 'file';
      readonly commit: Sha;
      readonly sha256: Digest;
      readonly size: number;
      readonly type: string;
    }
  /** Too large to be read. */
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'absent'; readonly what: 'commit' | 'one-commit' | 'path' | 'plain-file' };

/** The largest file that is read, in bytes (G-22). */
export const largestEvidence = 26_214_400;

/** The largest file whose bytes go on the records branch; beyond it the digest has to do (G-24). */
export const largestStored = 1_048_576;
