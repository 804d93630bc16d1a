import { contentType } from '../core/form/content-type.ts';
import { type FileFact, largestEvidence, largestStored } from '../core/form/evidence.ts';
import { type FileName, fileKey } from '../core/form/file-name.ts';
import { digestOf } from '../core/record/digest.ts';
import { storedBy } from '../core/release/cited.ts';
import type { Happening } from '../core/release/event.ts';
import type { Digest, Known, Sha } from '../core/values.ts';
import { ForgeError } from '../ports/forge.ts';
import type { Mirror } from '../ports/mirror.ts';

/** What git says about files, and the bytes of those that are small enough to be stored. */
export type FoundFiles = {
  readonly files: ReadonlyMap<string, Known<FileFact>>;
  readonly bytes: ReadonlyMap<Digest, Uint8Array>;
};

/**
 * Looks up files that answers name, in the local copy: no call to the host's API (G-22). A commit that is not there is
 * fetched for once; where the host is away, that is not known for now.
 */
export async function lookUpFiles(
  mirror: Mirror,
  repository: string,
  names: readonly FileName[],
): Promise<FoundFiles> {
  const files = new Map<string, Known<FileFact>>();
  const bytes = new Map<Digest, Uint8Array>();
  for (const name of names) {
    if (files.has(fileKey(name))) continue;
    const commits = await commitsOf(mirror, repository, name.commit);
    if (commits.kind === 'unknown') files.set(fileKey(name), commits);
    else {
      const found = await fileAt(mirror, repository, commits.value, name.path);
      files.set(fileKey(name), { kind: 'known', value: found.fact });
      if (found.content && found.content.byteLength <= largestStored)
        bytes.set(digestOf(found.content), found.content);
    }
  }
  return { files, bytes };
}

async function commitsOf(mirror: Mirror, repository: string, digits: string): Promise<Known<readonly Sha[]>> {
  const here = await mirror.commitsNamed(repository, digits);
  if (here.length > 0) return { kind: 'known', value: here };
  try {
    await mirror.fetch(repository);
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    return { kind: 'unknown', why: 'the repository could not be fetched' };
  }
  return { kind: 'known', value: await mirror.commitsNamed(repository, digits) };
}

type FileAt = { readonly fact: FileFact; readonly content?: Uint8Array };

const absent = (what: Extract<FileFact, { kind: 'absent' }>['what']): FileAt => ({
  fact: { kind: 'absent', what },
});

/** The size is asked for first: what is too large is never read (T17). */
async function fileAt(
  mirror: Mirror,
  repository: string,
  commits: readonly Sha[],
  path: string,
): Promise<FileAt> {
  const [commit] = commits;
  if (commit === undefined) return absent('commit');
  if (commits.length > 1) return absent('one-commit');
  if ((await mirror.irregular(repository, commit)).has(path)) return absent('plain-file');
  const size = (await mirror.sizes(repository, commit, [path])).get(path);
  if (size === undefined) return absent('path');
  if (size > largestEvidence) return { fact: { kind: 'too-large', size } };
  const content = (await mirror.read(repository, commit, [path])).get(path);
  if (content === undefined) return absent('path');
  const fact = {
    kind: 'file',
    commit,
    sha256: digestOf(content),
    size,
    type: contentType(path, content),
  } as const;
  return { fact, content };
}

/** The bytes that go on the record with these events. */
export const storedIn = (
  events: readonly Happening[],
  bytes: ReadonlyMap<Digest, Uint8Array>,
): ReadonlyMap<Digest, Uint8Array> =>
  new Map(
    events.flatMap(storedBy).flatMap(({ sha256 }) => {
      const content = bytes.get(sha256);
      return content === undefined ? [] : [[sha256, content] as const];
    }),
  );
