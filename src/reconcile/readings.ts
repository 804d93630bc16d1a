import { digestOf } from '../core/record/digest.ts';
import type { Digest } from '../core/values.ts';
import { type Read, readYaml } from '../core/written/read-yaml.ts';

/** Reads a file that a person wrote, or remembers what it said: the same bytes always say the same. */
export type Readings = (bytes: Uint8Array) => Read;

/** Most commits change one file. What was read takes up to a hundred times the room of its bytes (T17). */
const mostBytes = 1024 * 1024;

/** Remembers what files of together at most `most` bytes said, and forgets all of it before it would be more. */
export function createReadings(most = mostBytes): Readings {
  const known = new Map<Digest, Read>();
  let size = 0;
  return (bytes) => {
    const digest = digestOf(bytes);
    const before = known.get(digest);
    if (before !== undefined) return before;
    if (size + bytes.byteLength > most) {
      known.clear();
      size = 0;
    }
    const read = readYaml(bytes);
    if (bytes.byteLength > most) return read;
    known.set(digest, read);
    size += bytes.byteLength;
    return read;
  };
}
