import type { ReleaseEvent } from '../release/event.ts';
import type { Digest, Sha } from '../values.ts';
import { decodeCheckpoint, signingBytes, tipsDigest } from './checkpoint.ts';
import { type Contents, readCoveredEvents } from './covered-events.ts';
import { digestOf } from './digest.ts';
import type { Flaw, FlawCode } from './flaw.ts';
import { checkpointPath, keyPath, type Place, placeOf } from './layout.ts';
import type { LineCommit } from './line.ts';
import { decodeKey, isSignedBy, type PublicKey } from './public-key.ts';
import type { Checkpoint, ForeignCommit, ReleaseRecord, Tip } from './record.ts';

/** Whose checkpoints count. `any` takes the key found on the branch: fit for a look, not for a gate (T9). */
export type Trust = {
  readonly keys: readonly string[] | 'any';
  /** The repository and host the branch must belong to, where they are known (T8). */
  readonly repository?: number;
  readonly host?: string;
};

/** The line so far, as judging one more commit needs it. */
export type Standing = {
  readonly genesis:
    | { readonly key: PublicKey; readonly repository: number; readonly host: string }
    | undefined;
  readonly checkpoints: readonly Digest[];
  readonly releases: ReadonlyMap<string, Pick<ReleaseRecord, 'tip'>>;
  readonly files: ReadonlyMap<string, Sha>;
  /** Differences of the tree after this commit from the covered tree. */
  readonly strays: ReadonlyMap<string, Sha | undefined>;
  readonly after: readonly ForeignCommit[];
};

/** A release that a checkpoint moved, with its new events. */
export type Grown = { readonly tip: Tip; readonly events: readonly ReleaseEvent[] };

export type Judgement =
  | {
      readonly kind: 'ours';
      readonly checkpoint: Checkpoint;
      readonly digest: Digest;
      readonly key: PublicKey;
      readonly grown: readonly Grown[];
      /** What the commit adds to the covered tree. */
      readonly covered: ReadonlyMap<string, Sha>;
    }
  /** `key`: the one that would have to be trusted. */
  | { readonly kind: 'foreign'; readonly flaw: Flaw; readonly key?: string };

type Step<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'flawed'; readonly flaw: Flaw };

/**
 * Judges whether a commit is the controller's: it adds exactly the next checkpoint, chained and signed, and its tree is
 * exactly the tree covered before plus what that checkpoint covers. Everything else is foreign and never folded (T8, T9).
 * With `seal` false the signature and the digest over all tips are left for the caller: a later signature vouches for them.
 */
export function judgeCommit(
  standing: Standing,
  commit: LineCommit,
  contents: Contents,
  trust: Trust,
  seal: boolean,
): Judgement {
  const found = findCheckpoint(standing, commit, contents);
  if (found.kind === 'flawed') return foreign(found.flaw);
  const { checkpoint, digest, path } = found.value;
  const key = findKey(standing, checkpoint, contents, path);
  if (key.kind === 'flawed') return foreign(key.flaw);
  const misplaced =
    mischained(standing, checkpoint, path) ??
    distrusted(standing, checkpoint, trust, path) ??
    unforeseen(standing, checkpoint);
  if (misplaced !== undefined) {
    return misplaced.code === 'unanchored'
      ? { ...foreign(misplaced), key: checkpoint.key }
      : foreign(misplaced);
  }
  const events = readEvents(standing, checkpoint, contents);
  if (events.kind === 'flawed') return foreign(events.flaw);
  const tree = judgeTree(standing, commit, checkpoint, events.value.attached, contents);
  if (tree.kind === 'flawed') return foreign(tree.flaw);
  const broken = seal ? brokenSeal(standing.releases, checkpoint, key.value) : undefined;
  if (broken !== undefined) return foreign(broken);
  return { kind: 'ours', checkpoint, digest, key: key.value, grown: events.value.grown, covered: tree.value };
}

/** What is wrong with the signature of a checkpoint, or with its digest over the tips of all releases. */
export function brokenSeal(
  before: ReadonlyMap<string, Pick<ReleaseRecord, 'tip'>>,
  checkpoint: Checkpoint,
  key: PublicKey,
): Flaw | undefined {
  const path = checkpointPath(checkpoint.number);
  if (!isSignedBy(key, signingBytes(checkpoint), checkpoint.signature)) {
    return { code: 'signature', place: path, why: `not signed with ${key.fingerprint}` };
  }
  const tips = new Map([...before].map(([release, record]) => [release, record.tip]));
  for (const tip of checkpoint.changed) tips.set(tip.release, tip);
  if (tipsDigest(tips.values()) === checkpoint.tips) return undefined;
  return { code: 'checkpoint', place: path, why: 'the digest over the tips of all releases is another' };
}

function findCheckpoint(
  standing: Standing,
  commit: LineCommit,
  contents: Contents,
): Step<{ readonly checkpoint: Checkpoint; readonly digest: Digest; readonly path: string }> {
  const path = checkpointPath(standing.checkpoints.length + 1);
  const blob = commit.changes.find((change) => change.path === path)?.blob;
  if (blob === undefined) return flawed('foreign-commit', commit.sha, 'the commit adds no checkpoint');
  const bytes = contents(blob);
  if (bytes === undefined) return flawed('checkpoint', path, 'the checkpoint cannot be read');
  const decoded = decodeCheckpoint(bytes);
  if (decoded.kind === 'invalid') return flawed('canonical', path, decoded.why);
  if (commit.parents.length > 1) return flawed('linear', commit.sha, 'the commit merges another line');
  return { kind: 'ok', value: { checkpoint: decoded.checkpoint, digest: digestOf(bytes), path } };
}

function findKey(
  standing: Standing,
  checkpoint: Checkpoint,
  contents: Contents,
  path: string,
): Step<PublicKey> {
  const known = standing.genesis?.key;
  if (known?.fingerprint === checkpoint.key) return { kind: 'ok', value: known };
  if (known !== undefined)
    return flawed('unanchored', path, `signed with ${checkpoint.key}, not ${known.fingerprint}`);
  const blob = standing.strays.get(keyPath(checkpoint.key));
  const bytes = blob === undefined ? undefined : contents(blob);
  const key = bytes === undefined ? undefined : decodeKey(bytes);
  return key === undefined || key.fingerprint !== checkpoint.key
    ? flawed('checkpoint', keyPath(checkpoint.key), 'the key that signed is not there')
    : { kind: 'ok', value: key };
}

function mischained(standing: Standing, checkpoint: Checkpoint, place: string): Flaw | undefined {
  const { checkpoints } = standing;
  if (checkpoint.number !== checkpoints.length + 1)
    return { code: 'chain', place, why: 'another number inside' };
  return checkpoint.previous === checkpoints.at(-1)
    ? undefined
    : { code: 'chain', place, why: 'the digest of the checkpoint before is another' };
}

function distrusted(
  standing: Standing,
  checkpoint: Checkpoint,
  trust: Trust,
  place: string,
): Flaw | undefined {
  if (trust.keys !== 'any' && !trust.keys.includes(checkpoint.key)) {
    return { code: 'unanchored', place, why: `signed with ${checkpoint.key}, which is not trusted` };
  }
  const repository = standing.genesis?.repository ?? trust.repository ?? checkpoint.repository.id;
  const host = standing.genesis?.host ?? trust.host ?? checkpoint.host;
  return checkpoint.repository.id === repository && checkpoint.host === host
    ? undefined
    : { code: 'checkpoint', place, why: `made for ${checkpoint.repository.name} at ${checkpoint.host}` };
}

function unforeseen(standing: Standing, checkpoint: Checkpoint): Flaw | undefined {
  const listed = checkpoint.foreign.join();
  if (listed === standing.after.map((commit) => commit.commit).join()) return undefined;
  const why = 'the foreign commits it lists are not those before it';
  return { code: 'checkpoint', place: checkpointPath(checkpoint.number), why };
}

function readEvents(
  standing: Standing,
  checkpoint: Checkpoint,
  contents: Contents,
): Step<{ readonly grown: readonly Grown[]; readonly attached: ReadonlySet<string> }> {
  const grown: Grown[] = [];
  const attached = new Set<string>();
  for (const tip of checkpoint.changed) {
    const before = standing.releases.get(tip.release)?.tip;
    const read = readCoveredEvents(before, tip, checkpoint.repository.id, standing.strays, contents);
    if (read.kind === 'flawed') return read;
    grown.push({ tip, events: read.events });
    for (const path of read.attached) attached.add(path);
  }
  for (const path of attached) {
    if (standing.strays.get(path) === undefined && !standing.files.has(path)) {
      const { kind } = placeOf(path) as Extract<Place, { readonly digest: Digest }>;
      return flawed(`${kind}-digest`, path, 'a file that the events rest on is not there');
    }
  }
  return { kind: 'ok', value: { grown, attached } };
}

/**
 * The tree may differ from the covered one only by what this checkpoint covers. A foreign file at a path that means
 * nothing may stay where it was: nobody reads it, and not every such file can be deleted (T17).
 */
function judgeTree(
  standing: Standing,
  commit: LineCommit,
  checkpoint: Checkpoint,
  attached: ReadonlySet<string>,
  contents: Contents,
): Step<ReadonlyMap<string, Sha>> {
  const tips = new Map(checkpoint.changed.map((tip) => [tip.release, tip.sequence]));
  if (tips.size !== checkpoint.changed.length) {
    return flawed('checkpoint', checkpointPath(checkpoint.number), 'a release is listed twice');
  }
  const touched = new Set(commit.changes.map((change) => change.path));
  const covered = new Map<string, Sha>();
  for (const [path, blob] of standing.strays) {
    const place = placeOf(path);
    if (place === undefined && !touched.has(path)) continue;
    if (
      blob === undefined ||
      place === undefined ||
      !isCovered(place, path, standing, checkpoint, tips, attached)
    ) {
      return flawed('tree', path, 'the commit also holds a change that its checkpoint does not cover');
    }
    if (
      (place.kind === 'manifest' || place.kind === 'evidence') &&
      digestOf(contents(blob) ?? '') !== place.digest
    ) {
      return flawed(`${place.kind}-digest`, path, 'the content is not what its name says');
    }
    covered.set(path, blob);
  }
  return { kind: 'ok', value: covered };
}

function isCovered(
  place: Place,
  path: string,
  standing: Standing,
  checkpoint: Checkpoint,
  tips: ReadonlyMap<string, number>,
  attached: ReadonlySet<string>,
): boolean {
  switch (place.kind) {
    case 'readme':
      return true;
    case 'key':
      return standing.genesis === undefined && place.fingerprint === checkpoint.key;
    case 'checkpoint':
      return place.number === checkpoint.number;
    case 'page':
      return tips.has(place.release);
    case 'manifest':
    case 'evidence':
      return attached.has(path) && !standing.files.has(path);
    case 'event': {
      const before = standing.releases.get(place.release)?.tip.sequence ?? 0;
      return place.sequence > before && place.sequence <= (tips.get(place.release) ?? 0);
    }
  }
}

function flawed(
  code: FlawCode,
  place: string,
  why: string,
): { readonly kind: 'flawed'; readonly flaw: Flaw } {
  return { kind: 'flawed', flaw: { code, place, why } };
}

function foreign(flaw: Flaw): Extract<Judgement, { kind: 'foreign' }> {
  return { kind: 'foreign', flaw };
}
