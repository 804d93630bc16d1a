import type { Appended } from '../messages/commit-message.ts';
import { recordsReadme, renderRecord } from '../messages/record.ts';
import type { Happening, ReleaseEvent } from '../release/event.ts';
import type { Digest, Instant, Json, Repository, Sha } from '../values.ts';
import { wellFormed } from './canonical.ts';
import { encodeCheckpoint, signingBytes, tipsDigest } from './checkpoint.ts';
import { digestOf } from './digest.ts';
import { decodeEvent, encodeEvent } from './event-codec.ts';
import {
  checkpointPath,
  eventPath,
  evidencePath,
  keyPath,
  manifestPath,
  pagePath,
  readmePath,
} from './layout.ts';
import type { Line } from './line.ts';
import { encodeKey, type PublicKey } from './public-key.ts';
import type { Checkpoint, Tip } from './record.ts';

/** A release's new events, with the manifests they accept and the evidence they store. */
export type Addition = Appended & {
  readonly manifests: ReadonlyMap<Digest, Uint8Array>;
  readonly evidence: ReadonlyMap<Digest, Uint8Array>;
};

/** A commit ready to be made: the tree it leaves is exactly the covered tree. */
export type ComposedCommit = {
  readonly checkpoint: Checkpoint;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly deletions: readonly string[];
};

export type Composing = {
  readonly repository: Repository;
  readonly host: string;
  readonly at: Instant;
  readonly key: PublicKey;
  readonly sign: (bytes: Uint8Array) => string;
  /** Covered files whose damage is repaired, by blob id: see `damagedFiles`. */
  readonly covered: ReadonlyMap<Sha, Uint8Array>;
};

/**
 * Numbers happenings and chains them on to a release. Broken surrogate pairs in people's text become U+FFFD. Throws a
 * `TypeError` where a happening has no valid event: only a bug of ours makes one.
 */
export function chainEvents(
  release: string,
  events: readonly ReleaseEvent[],
  happenings: readonly Happening[],
  repository: Repository,
): readonly ReleaseEvent[] {
  const last = events.at(-1);
  let previous = last === undefined ? undefined : digestOf(encodeEvent(last));
  return happenings.map((happening, index) => {
    const sequence = events.length + index + 1;
    const numbered = { version: 1 as const, repository, release, sequence };
    const event = { ...repaired(happening), ...numbered, ...(previous === undefined ? {} : { previous }) };
    const bytes = encodeEvent(event);
    const decoded = decodeEvent(bytes);
    if (decoded.kind === 'invalid')
      throw new TypeError(`${happening.kind} makes no valid event: ${decoded.why}`);
    previous = digestOf(bytes);
    return decoded.event;
  });
}

/** Blob ids of the covered files that foreign commits changed or deleted. */
export function damagedFiles(line: Line): readonly Sha[] {
  return [...line.strays.keys()].flatMap((path) => line.files.get(path) ?? []);
}

type Before = Pick<Line, 'checkpoints' | 'releases' | 'files' | 'strays' | 'after'>;

const nothing: Before = {
  checkpoints: [],
  releases: new Map(),
  files: new Map(),
  strays: new Map(),
  after: [],
};

/** Composes the next commit on a line, or the genesis where there is none. Every addition has at least one event. */
export function composeCommit(
  line: Line | undefined,
  additions: readonly Addition[],
  how: Composing,
): ComposedCommit {
  const before = line ?? nothing;
  const files = line === undefined ? firstFiles(how) : repairs(line, how);
  const changed = additions.map((addition) => addRelease(files, before, addition));
  const checkpoint = sealed(before, changed, how);
  files.set(checkpointPath(checkpoint.number), encodeCheckpoint(checkpoint));
  const strays = [...before.strays].flatMap(([path, blob]) => (blob === undefined ? [] : [path]));
  const deletions = strays.filter((path) => !files.has(path) && isDeletable(path));
  return { checkpoint, files, deletions };
}

function firstFiles({ repository, key }: Composing): Map<string, Uint8Array> {
  return new Map([
    [readmePath, Buffer.from(recordsReadme(repository.name))],
    [keyPath(key.fingerprint), encodeKey(key)],
  ]);
}

/** What foreign commits changed or deleted, as it was. */
function repairs(line: Line, how: Composing): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const path of line.strays.keys()) {
    const bytes = how.covered.get(line.files.get(path) ?? '');
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/**
 * Names that are not UTF-8 cannot be named in a request, and workflows need a permission we do not ask for. They stay:
 * a file at a path that means nothing is never read.
 */
function isDeletable(path: string): boolean {
  return !path.includes('\u{FFFD}') && !path.startsWith('.github/workflows/');
}

function addRelease(files: Map<string, Uint8Array>, before: Before, addition: Addition): Tip {
  const { release, events, manifests, evidence } = addition;
  for (const event of events) files.set(eventPath(release, event.sequence), encodeEvent(event));
  const attached = [
    ...[...manifests].map(([digest, bytes]) => [manifestPath(release, digest), bytes] as const),
    ...[...evidence].map(([digest, bytes]) => [evidencePath(release, digest), bytes] as const),
  ];
  for (const [path, bytes] of attached) if (!before.files.has(path)) files.set(path, bytes);
  const all = [...(before.releases.get(release)?.events ?? []), ...events];
  files.set(pagePath(release), Buffer.from(renderRecord(all)));
  const last = all.at(-1) as ReleaseEvent;
  return { release, sequence: last.sequence, event: digestOf(encodeEvent(last)) };
}

function sealed(before: Before, changed: readonly Tip[], how: Composing): Checkpoint {
  const tips = new Map([...before.releases].map(([release, record]) => [release, record.tip]));
  for (const tip of changed) tips.set(tip.release, tip);
  const previous = before.checkpoints.at(-1);
  const unsigned = {
    version: 1 as const,
    number: before.checkpoints.length + 1,
    ...(previous === undefined ? {} : { previous }),
    repository: how.repository,
    host: how.host,
    at: how.at,
    tips: tipsDigest(tips.values()),
    changed,
    foreign: before.after.map(({ commit }) => commit),
    key: how.key.fingerprint,
  };
  return { ...unsigned, signature: how.sign(signingBytes(unsigned)) };
}

/** People's text may hold what UTF-8 cannot. */
function repaired(happening: Happening): Happening {
  return repairedValue(happening) as Happening;
}

function repairedValue(value: Json): Json {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map((item: Json) => repairedValue(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, repairedValue(member)]));
}
