import { expect } from 'vitest';
import { type Authenticated, authenticate, beginAuthentication } from '../../src/core/record/authenticate.ts';
import { encodeCheckpoint, signingBytes } from '../../src/core/record/checkpoint.ts';
import { chainEvents, composeCommit } from '../../src/core/record/compose.ts';
import type { Contents } from '../../src/core/record/covered-events.ts';
import { blobIdOf } from '../../src/core/record/digest.ts';
import type { Trust } from '../../src/core/record/judge-commit.ts';
import { checkpointPath } from '../../src/core/record/layout.ts';
import type { Line, LineCommit } from '../../src/core/record/line.ts';
import type { Checkpoint } from '../../src/core/record/record.ts';
import type { Happening } from '../../src/core/release/event.ts';
import { newSigner, noon, openingOf, place } from './happenings.ts';

export type Files = ReadonlyMap<string, Uint8Array | undefined>;

/** A commit to be made: its files, and its checkpoint before it was signed. */
export type Draft = {
  readonly files: Map<string, Uint8Array | undefined>;
  checkpoint: Omit<Checkpoint, 'signature'>;
};

/** A records branch as data: commits and contents, with the key to sign anything, right or wrong. */
export type RecordLine = {
  readonly signer: ReturnType<typeof newSigner>;
  readonly commits: LineCommit[];
  readonly contents: Contents;
  /** Appends to a release; `spoil` changes the commit before its checkpoint is signed. */
  append(
    release: string,
    happenings?: readonly Happening[],
    spoil?: (draft: Draft) => void,
    evidence?: ReadonlyMap<string, Uint8Array>,
  ): LineCommit;
  /** A commit of somebody else. */
  push(files: Files, parents?: readonly string[]): LineCommit;
  authenticated(trust?: Partial<Trust>, every?: boolean): Authenticated;
  line(): Line;
};

/** Commit by commit, each with no other files than those it brought and those that are still asked for. */
function followed(
  commits: readonly LineCommit[],
  contents: Contents,
  trust: Trust,
  every: boolean,
): Authenticated | undefined {
  const authentication = beginAuthentication(trust, every);
  for (const commit of commits) {
    const near = new Set([...authentication.unsettled(), ...commit.changes.map(({ blob }) => blob)]);
    authentication.follow([commit], (blob) => (near.has(blob) ? contents(blob) : undefined));
  }
  return authentication.end();
}

export function createRecordLine(): RecordLine {
  const signer = newSigner();
  const commits: LineCommit[] = [];
  const blobs = new Map<string, Uint8Array>();
  const contents: Contents = (blob) => blobs.get(blob);
  const trust: Trust = { keys: [signer.fingerprint] };
  const push = (files: Files, parents = commits.slice(-1).map(({ sha }) => sha)): LineCommit => {
    const changes = [...files].map(([path, bytes]) => {
      if (bytes === undefined) return { path };
      blobs.set(blobIdOf(bytes), bytes);
      return { path, blob: blobIdOf(bytes) };
    });
    const commit = {
      sha: String(commits.length + 1).padStart(40, '0'),
      parents,
      author: 'Mallory <m@x>',
      changes,
    };
    commits.push(commit);
    return commit;
  };
  const authenticated = (other: Partial<Trust> = {}, every = false): Authenticated => {
    const trusted = { ...trust, ...other };
    const whole = authenticate(undefined, commits, contents, trusted, every);
    // However the commits come, they come to the same.
    const one = followed(commits, contents, trusted, every);
    if (one !== undefined) expect(one).toEqual(whole);
    return whole;
  };
  const line = (): Line => {
    const result = authenticated();
    if (result.kind === 'refused') throw new Error(result.flaw.why);
    return result.line;
  };
  return {
    signer,
    commits,
    contents,
    push,
    authenticated,
    line,
    append: (
      release,
      happenings = openingOf(release).happenings,
      spoil = () => undefined,
      evidence = new Map(),
    ) => {
      const before = commits.length === 0 ? undefined : line();
      const { repository } = place;
      const events = chainEvents(
        release,
        before?.releases.get(release)?.events ?? [],
        happenings,
        repository,
      );
      const { manifests } = openingOf(release);
      const composed = composeCommit(before, [{ release, events, manifests, evidence }], {
        repository,
        host: 'https://github.com',
        at: noon,
        key: signer,
        sign: signer.sign,
        covered: blobs,
      });
      const { signature: _, ...checkpoint } = composed.checkpoint;
      const draft: Draft = { files: new Map(composed.files), checkpoint };
      for (const path of composed.deletions) draft.files.set(path, undefined);
      spoil(draft);
      const signed = { ...draft.checkpoint, signature: signer.sign(signingBytes(draft.checkpoint)) };
      draft.files.set(checkpointPath(composed.checkpoint.number), encodeCheckpoint(signed));
      return push(draft.files);
    },
  };
}
