import type { ReleaseEvent } from '../release/event.ts';
import type { Digest, Repository, Sha } from '../values.ts';
import type { Contents } from './covered-events.ts';
import type { Flaw } from './flaw.ts';
import { brokenSeal, type Judgement, judgeCommit, type Trust } from './judge-commit.ts';
import { releaseTouched } from './layout.ts';
import type { Line, LineCommit } from './line.ts';
import type { PublicKey } from './public-key.ts';
import type { ForeignCommit, ReleaseRecord, Tip } from './record.ts';

/** A commit that is not the controller's, and what kept it from being so. */
export type Remark = { readonly commit: LineCommit; readonly flaw: Flaw };

export type Authenticated =
  | { readonly kind: 'line'; readonly line: Line; readonly remarks: readonly Remark[] }
  /** The first commit is not a genesis of a trusted key: nothing here is ours. */
  | { readonly kind: 'refused'; readonly flaw: Flaw; readonly key?: string };

type Ours = Extract<Judgement, { kind: 'ours' }>;

/** Paths of a foreign commit that are kept, for each release; more would only swell what is recorded (T17). */
const pathsKept = 100;

/** The walk's own state: copied from the line once, then moved from commit to commit. */
type Walk = {
  genesis: { key: PublicKey; repository: number; host: string } | undefined;
  repository: Repository;
  head: Sha;
  ours: Sha;
  readonly checkpoints: Digest[];
  readonly releases: Map<string, ReleaseRecord>;
  readonly grown: Map<string, ReleaseEvent[]>;
  readonly files: Map<string, Sha>;
  readonly strays: Map<string, Sha | undefined>;
  after: ForeignCommit[];
  foreign: readonly ForeignCommit[];
  readonly remarks: Remark[];
  unsealed: { readonly judgement: Ours; readonly commit: LineCommit } | undefined;
};

/**
 * Walks commits of the branch's first-parent line, oldest first, on from `start` (undefined: from the root). Only what
 * a valid checkpoint covers enters the line. A signature vouches for all before it, so the newest one is checked first
 * and the others only where it does not hold, or where `every` asks for them.
 */
export function authenticate(
  start: Line | undefined,
  commits: readonly LineCommit[],
  contents: Contents,
  trust: Trust,
  every = false,
): Authenticated {
  const quick = every ? undefined : attempt(start, commits, contents, trust, false);
  return quick ?? attempt(start, commits, contents, trust, true) ?? { kind: 'refused', flaw: nothing };
}

const nothing: Flaw = { code: 'chain', place: 'the branch', why: 'it holds no commit' };

function attempt(
  start: Line | undefined,
  commits: readonly LineCommit[],
  contents: Contents,
  trust: Trust,
  seal: boolean,
): Authenticated | undefined {
  const walk = beginWalk(start, trust, seal);
  walk.follow(commits, contents);
  return walk.end();
}

/** An authentication under way, for commits that are judged while later ones are still being read. */
export type Authentication = {
  /** The next commits, oldest first; `contents` has the files they brought, and what `unsettled` names. */
  readonly follow: (commits: readonly LineCommit[], contents: Contents) => void;
  /** Files of earlier commits that a later one may still cover. */
  readonly unsettled: () => readonly Sha[];
  /**
   * What came of it. Undefined: there was no commit, or one that only looks like ours may hide one that is. Then every
   * signature has to speak for itself, and all is to be gone through again with `everySignature`.
   */
  readonly end: () => Authenticated | undefined;
};

/** Begins to authenticate a branch at its root; see `authenticate`. */
export const beginAuthentication = (trust: Trust, everySignature: boolean): Authentication =>
  beginWalk(undefined, trust, everySignature);

function beginWalk(start: Line | undefined, trust: Trust, seal: boolean): Authentication {
  const walk = walkFrom(start);
  let refusal: Authenticated | undefined;
  return {
    follow: (commits, contents) => {
      for (const commit of commits) refusal ??= walkOn(walk, commit, contents, trust, seal);
    },
    unsettled: () => [...walk.strays.values()].filter((blob) => blob !== undefined),
    end: () => refusal ?? (seal || isSealed(walk) ? finish(walk) : undefined),
  };
}

/** Judges one more commit; answers why nothing here is ours, where it has to be a genesis and is none. */
function walkOn(
  walk: Walk,
  commit: LineCommit,
  contents: Contents,
  trust: Trust,
  seal: boolean,
): Authenticated | undefined {
  for (const { path, blob } of commit.changes) {
    if (walk.files.get(path) === blob) walk.strays.delete(path);
    else walk.strays.set(path, blob);
  }
  const judgement = judgeCommit(walk, commit, contents, trust, seal);
  walk.head = commit.sha;
  if (judgement.kind === 'ours') accept(walk, commit, judgement);
  else if (walk.genesis === undefined) return refused(judgement);
  else setAside(walk, commit, judgement.flaw);
  return undefined;
}

/** The newest signature vouches for all before it. */
const isSealed = ({ unsealed, releases }: Walk): boolean =>
  unsealed === undefined || !brokenSeal(releases, unsealed.judgement.checkpoint, unsealed.judgement.key);

function refused({ flaw, key }: Extract<Judgement, { kind: 'foreign' }>): Authenticated {
  return key === undefined ? { kind: 'refused', flaw } : { kind: 'refused', flaw, key };
}

function walkFrom(start: Line | undefined): Walk {
  return {
    genesis: start && { key: start.key, repository: start.repository.id, host: start.host },
    repository: start?.repository ?? { id: 0, name: '' },
    head: start?.head ?? '',
    ours: start?.ours ?? '',
    checkpoints: [...(start?.checkpoints ?? [])],
    releases: new Map(start?.releases),
    grown: new Map(),
    files: new Map(start?.files),
    strays: new Map(start?.strays),
    after: [...(start?.after ?? [])],
    foreign: start?.foreign ?? [],
    remarks: [],
    unsealed: undefined,
  };
}

function accept(walk: Walk, commit: LineCommit, judgement: Ours): void {
  const { checkpoint, key } = judgement;
  walk.genesis ??= { key, repository: checkpoint.repository.id, host: checkpoint.host };
  walk.repository = checkpoint.repository;
  walk.ours = commit.sha;
  walk.checkpoints.push(judgement.digest);
  for (const [path, blob] of judgement.covered) {
    walk.files.set(path, blob);
    walk.strays.delete(path);
  }
  for (const { tip, events } of judgement.grown) grow(walk, tip, events);
  if (walk.after.length > 0) walk.foreign = [...walk.foreign, ...walk.after];
  walk.after = [];
  walk.unsealed = { judgement, commit };
}

function grow(walk: Walk, tip: Tip, more: readonly ReleaseEvent[]): void {
  const before = walk.releases.get(tip.release)?.events ?? [];
  const events = walk.grown.get(tip.release) ?? [...before];
  walk.grown.set(tip.release, events);
  for (const event of more) events.push(event);
  walk.releases.set(tip.release, { release: tip.release, events, tip });
}

function setAside(walk: Walk, commit: LineCommit, flaw: Flaw): void {
  const kept = new Map<string | undefined, number>();
  const paths = commit.changes
    .map((change) => change.path)
    .filter((path) => {
      const release = releaseTouched(path);
      const so = (kept.get(release) ?? 0) + 1;
      kept.set(release, so);
      return so <= pathsKept;
    });
  walk.after.push({ commit: commit.sha, author: commit.author, paths });
  walk.remarks.push({ commit, flaw });
}

function finish(walk: Walk): Authenticated | undefined {
  const { genesis, repository, head, ours, checkpoints, releases, files, strays, after, foreign } = walk;
  if (genesis === undefined) return undefined;
  const { key, host } = genesis;
  const line = { head, ours, key, host, repository, checkpoints, releases, files, strays, after, foreign };
  return { kind: 'line', line, remarks: walk.remarks };
}
