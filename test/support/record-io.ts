import type { Io } from '../../src/cli/verb.ts';

/** Keeps what a verb writes. */
export type RecordedIo = Io & { readonly out: string[]; readonly err: string[] };

export function recordIo(): RecordedIo {
  const out: string[] = [];
  const err: string[] = [];
  return { out, err, stdout: (line) => void out.push(line), stderr: (line) => void err.push(line) };
}
