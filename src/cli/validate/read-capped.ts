import { open } from 'node:fs/promises';
import { largestFile } from '../../core/written/decode-text.ts';

export type FileBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'unreadable'; readonly why: string };

/** At most one byte more than the largest file that is accepted, so that a huge or endless one costs nothing (T17). */
export async function readCapped(path: string): Promise<FileBytes> {
  try {
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(largestFile + 1);
      let length = 0;
      while (length < buffer.length) {
        const { bytesRead } = await file.read(buffer, length, buffer.length - length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return { kind: 'bytes', bytes: buffer.subarray(0, length) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { kind: 'unreadable', why: whyOf(error) };
  }
}

const whyOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'The file does not exist.';
  if (code === 'EISDIR') return 'This is a folder. Expected a file.';
  if (code === 'EACCES') return 'The file may not be read.';
  return `The file cannot be read (${String(code)}).`;
};
