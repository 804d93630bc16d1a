import { gunzipSync } from 'node:zlib';
import type { RefUpdate } from '../git/git-repository.ts';
import { zeroSha } from '../git/sha.ts';

const shaOrNull = (sha: string): string | null => (sha === zeroSha ? null : sha);

/** The ref updates that the body of a push asks for, before git has seen it. Empty where it asks for none. */
export function pushCommands(body: Buffer, encoding: string | null): RefUpdate[] {
  const bytes = encoding === 'gzip' ? gunzipSync(body) : body;
  const updates: RefUpdate[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = Number.parseInt(bytes.subarray(at, at + 4).toString('latin1'), 16);
    if (!(length > 4)) break;
    const line = bytes.subarray(at + 4, at + length).toString('utf8');
    const [, before = '', after = '', ref = ''] =
      /^([0-9a-f]{40}) ([0-9a-f]{40}) ([^\0\n]+)/.exec(line) ?? [];
    if (ref !== '') updates.push({ ref, before: shaOrNull(before), after: shaOrNull(after) });
    at += length;
  }
  return updates;
}
