import type { Digest } from '../values.ts';

/** What a path on the records branch means; a path that means nothing is never ours (T18). */
export type Place =
  | { readonly kind: 'readme' }
  | { readonly kind: 'key'; readonly fingerprint: string }
  | { readonly kind: 'checkpoint'; readonly number: number }
  | { readonly kind: 'page'; readonly release: string }
  | { readonly kind: 'manifest'; readonly release: string; readonly digest: Digest }
  | { readonly kind: 'evidence'; readonly release: string; readonly digest: Digest }
  | { readonly kind: 'event'; readonly release: string; readonly sequence: number };

export const readmePath = 'README.md';
export const checkpointPath = (number: number): string => `checkpoints/${sixDigits(number)}.json`;
export const pagePath = (release: string): string => `releases/${release}/RECORD.md`;
export const eventPath = (release: string, sequence: number): string =>
  `releases/${release}/events/${sixDigits(sequence)}.json`;
export const manifestPath = (release: string, digest: Digest): string =>
  `releases/${release}/manifest/${digest}.yml`;

/** The bytes of a file that an answer named; what they are is in the event (T18). */
export const evidencePath = (release: string, digest: Digest): string =>
  `releases/${release}/evidence/${digest}`;

/** A fingerprint is `SHA256:` and base64; its file name is the base64url of it, which every file system can carry. */
export function keyPath(fingerprint: string): string {
  return `keys/${fingerprint.slice('SHA256:'.length).replaceAll('+', '-').replaceAll('/', '_')}.json`;
}

/** The grammar of release names (syntax, Grammar): a name is one harmless path segment. */
export function isReleaseName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,62}$/.test(name) && !/\.\.|\.$|\.lock$/.test(name);
}

/** The meaning of a path, and only of its one spelling. */
export function placeOf(path: string): Place | undefined {
  if (path === readmePath) return { kind: 'readme' };
  const parts = path.split('/');
  const [folder, name = '', inside = '', file] = parts;
  if (folder === 'releases' && isReleaseName(name)) {
    return parts.length <= 4 ? withinRelease(name, inside, file) : undefined;
  }
  if (parts.length !== 2) return undefined;
  if (folder === 'keys') return keyPlace(name);
  return folder === 'checkpoints' ? checkpointPlace(name) : undefined;
}

/** The release whose folder a path lies in, known or not; foreign commits close what they touch (T17). */
export function releaseTouched(path: string): string | undefined {
  const [first, release, inside] = path.split('/');
  return first === 'releases' && inside !== undefined ? release : undefined;
}

function withinRelease(release: string, inside: string, file: string | undefined): Place | undefined {
  if (file === undefined) return inside === 'RECORD.md' ? { kind: 'page', release } : undefined;
  if (inside === 'events') {
    const sequence = numbered(file);
    return sequence === undefined ? undefined : { kind: 'event', release, sequence };
  }
  if (inside === 'evidence') {
    return /^[0-9a-f]{64}$/.test(file) ? { kind: 'evidence', release, digest: file } : undefined;
  }
  const digest = /^([0-9a-f]{64})\.yml$/.exec(file)?.[1];
  return inside === 'manifest' && digest !== undefined ? { kind: 'manifest', release, digest } : undefined;
}

function keyPlace(file: string): Place | undefined {
  const name = /^([A-Za-z0-9_-]{43})\.json$/.exec(file)?.[1];
  if (name === undefined) return undefined;
  return { kind: 'key', fingerprint: `SHA256:${name.replaceAll('-', '+').replaceAll('_', '/')}` };
}

function checkpointPlace(file: string): Place | undefined {
  const number = numbered(file);
  return number === undefined ? undefined : { kind: 'checkpoint', number };
}

/** Six digits at least, more only where the number needs them, never zero. */
function numbered(file: string): number | undefined {
  const digits = /^(\d{6,15})\.json$/.exec(file)?.[1];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return number > 0 && sixDigits(number) === digits ? number : undefined;
}

function sixDigits(number: number): string {
  return String(number).padStart(6, '0');
}
