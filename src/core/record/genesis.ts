import { decodeCheckpoint, signingBytes } from './checkpoint.ts';
import { checkpointPath, keyPath } from './layout.ts';
import { decodeKey, isSignedBy } from './public-key.ts';

/** The files that tell whose record a branch holds: its first checkpoint, and the key that is said to have signed it. */
export const genesisPaths = (fingerprint: string): readonly string[] => [
  checkpointPath(1),
  keyPath(fingerprint),
];

/** Do these files begin a record of this key for this repository? Anybody can push a copy; nobody else can sign (T8). */
export function isGenesisOf(
  files: ReadonlyMap<string, Uint8Array>,
  fingerprint: string,
  repository: number,
): boolean {
  const [first = '', second = ''] = genesisPaths(fingerprint);
  const decoded = decodeCheckpoint(files.get(first) ?? new Uint8Array());
  const key = decodeKey(files.get(second) ?? new Uint8Array());
  if (decoded.kind === 'invalid' || key === undefined) return false;
  const { checkpoint } = decoded;
  return (
    key.fingerprint === fingerprint &&
    checkpoint.repository.id === repository &&
    isSignedBy(key, signingBytes(checkpoint), checkpoint.signature)
  );
}
