import { commitMessage } from '../core/messages/commit-message.ts';
import { authenticate } from '../core/record/authenticate.ts';
import {
  type Addition,
  type ComposedCommit,
  chainEvents,
  composeCommit,
  damagedFiles,
} from '../core/record/compose.ts';
import { blobIdOf } from '../core/record/digest.ts';
import { releaseTouched } from '../core/record/layout.ts';
import { anchorOf, foreignOf, type Line } from '../core/record/line.ts';
import type { Instant } from '../core/values.ts';
import type { BranchWriter } from '../ports/branch-writer.ts';
import type { Append, AppendResult, RecordsFault, RecordsPlace } from '../ports/record-store.ts';
import type { Signer } from '../ports/signer.ts';
import type { History } from './history.ts';
import { type Ledger, type Standing, trustOf } from './ledger.ts';

export type AppenderWorld = {
  readonly history: History;
  readonly writer: BranchWriter;
  readonly signer: Signer;
  readonly host: string;
};

type Pending = {
  readonly place: RecordsPlace;
  readonly append: Append;
  readonly at: Instant;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
};

/** A pending append with its events made. */
type Ready = { readonly pending: Pending; readonly addition: Addition };

export type Appender = (place: RecordsPlace, append: Append, at: Instant) => Promise<AppendResult>;

/** Lost races in a row after which the releases are observed again. */
const mostRaces = 8;

const placeholder = '0'.repeat(40);
const largestFile = 26_214_400;

/** One writer a branch: while a commit is in flight, further appends wait and go together into the next one (T17). */
export function createAppender(ledger: Ledger, world: AppenderWorld): Appender {
  const queue: Pending[] = [];
  let busy = false;
  const pump = async (): Promise<void> => {
    busy = true;
    // Whatever is asked for in the same turn goes into the same commit.
    await Promise.resolve();
    while (queue.length > 0) await settle(ledger, world, queue.splice(0));
    busy = false;
  };
  return (place, append, at) =>
    new Promise((resolve, reject) => {
      queue.push({ place, append, at, resolve, reject });
      if (!busy) void pump();
    });
}

/** Answers every append of a batch. Never throws: what breaks is answered, too. */
async function settle(ledger: Ledger, world: AppenderWorld, batch: readonly Pending[]): Promise<void> {
  let open = batch;
  try {
    const [first] = batch;
    if (first === undefined) return;
    let standing = await whereWeStand(ledger, first.place, batch);
    for (let race = 0; race < mostRaces; race++) {
      if (standing.kind === 'fault') return answerAll(open, { kind: 'fault', fault: standing.fault });
      const line = standing.kind === 'line' ? standing.line : undefined;
      const unfit = misfit(line, world.signer);
      if (unfit !== undefined) return answerAll(open, { kind: 'fault', fault: unfit });
      const ready = admit(line, open);
      open = ready.map(({ pending }) => pending);
      if (ready.length === 0 || (await commit(ledger, world, line, ready))) return;
      standing = await ledger.catchUpWithHost(first.place);
    }
    answerAll(open, { kind: 'moved' });
  } catch (error) {
    for (const pending of open) pending.reject(error);
  }
}

/** Where nothing was read yet, only a first event may hope for a branch that does not exist. */
async function whereWeStand(
  ledger: Ledger,
  place: RecordsPlace,
  batch: readonly Pending[],
): Promise<Standing> {
  const line = ledger.current();
  const unread = line === undefined && batch.some(({ append }) => append.after > 0);
  return unread ? ledger.catchUpWithHost(place) : ledger.catchUp(place, line?.head, []);
}

function answerAll(batch: readonly Pending[], result: AppendResult): void {
  for (const pending of batch) pending.resolve(result);
}

/** A branch is signed with one key: a second one would need the first one's signature. */
function misfit(line: Line | undefined, signer: Signer): RecordsFault | undefined {
  if (line === undefined || line.key.fingerprint === signer.fingerprint) return undefined;
  return { kind: 'own-key-untrusted', key: signer.fingerprint, trusted: [line.key.fingerprint] };
}

/** Answers the appends whose release has moved, and makes the events of the others. */
function admit(line: Line | undefined, batch: readonly Pending[]): readonly Ready[] {
  const ready = new Map<string, Ready>();
  for (const pending of batch) {
    const { release, happenings, manifests, evidence } = pending.append;
    if (ready.has(release) || hasMoved(line, pending.append)) {
      pending.resolve({ kind: 'moved' });
      continue;
    }
    try {
      const before = line?.releases.get(release)?.events ?? [];
      const events = chainEvents(release, before, happenings, pending.place.repository);
      ready.set(release, { pending, addition: { release, before, events, manifests, evidence } });
    } catch (error) {
      pending.reject(error);
    }
  }
  return [...ready.values()];
}

/** Grown past what was observed, or touched by a foreign commit that whoever decided has not seen (T17). */
function hasMoved(line: Line | undefined, append: Append): boolean {
  const record = line?.releases.get(append.release);
  if ((record?.tip.sequence ?? 0) !== append.after) return true;
  if (line === undefined || record === undefined) return false;
  const unseen = foreignOf(line).filter(({ commit }) => !append.foreign.includes(commit));
  return unseen.some(({ paths }) => paths.some((path) => releaseTouched(path) === append.release));
}

/** Makes one commit for all of them and answers each; false: the race was lost. */
async function commit(
  ledger: Ledger,
  world: AppenderWorld,
  line: Line | undefined,
  ready: readonly Ready[],
): Promise<boolean> {
  const [{ pending }] = ready as readonly [Ready];
  const { repository, branch } = pending.place;
  const damaged = line === undefined ? [] : damagedFiles(line);
  const composed = composeCommit(
    line,
    ready.map(({ addition }) => addition),
    {
      repository,
      host: world.host,
      at: ready.map((one) => one.pending.at).reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a)),
      key: { fingerprint: world.signer.fingerprint, publicKey: world.signer.publicKey },
      sign: world.signer.sign,
      covered: await world.history.blobs(repository.name, damaged, largestFile),
    },
  );
  const next = foreseen(line, composed, pending.place, world.host);
  const result = await world.writer.commit({
    repository: repository.name,
    branch,
    ...(line === undefined ? {} : { expectedHead: line.head }),
    additions: [...composed.files].map(([path, content]) => ({ path, content })),
    deletions: composed.deletions,
    message: commitMessage(
      ready.map(({ addition }) => addition),
      composed.checkpoint.number,
    ),
  });
  if (result.kind === 'lost-race') return false;
  const { head } = result;
  const reached = { ...next, head, ours: head };
  await ledger.advance(line, reached);
  const recorded = { anchor: anchorOf(reached), head, onto: line?.head, together: ready.length > 1 };
  for (const { pending, addition } of ready)
    pending.resolve({ kind: 'appended', events: addition.events, ...recorded });
  bringHome(world.history, pending.place, reached);
  return true;
}

/** The line after the commit, judged as every reader will judge it: what would not count is never published. */
function foreseen(line: Line | undefined, composed: ComposedCommit, place: RecordsPlace, host: string): Line {
  const blobs = new Map([...composed.files].map(([path, bytes]) => [path, blobIdOf(bytes)]));
  const contents = new Map([...composed.files].map(([path, bytes]) => [blobs.get(path), bytes]));
  const changes = [
    ...[...blobs].map(([path, blob]) => ({ path, blob })),
    ...composed.deletions.map((path) => ({ path })),
  ];
  const parents = line === undefined ? [] : [line.head];
  const trial = { sha: placeholder, parents, author: '', changes };
  const result = authenticate(line, [trial], (blob) => contents.get(blob), trustOf(place, host));
  if (result.kind === 'line' && result.line.ours === placeholder) return result.line;
  const flaw = result.kind === 'line' ? result.remarks[0]?.flaw : result.flaw;
  throw new TypeError(`a commit of ours would not count: ${flaw?.place}: ${flaw?.why}`);
}

/** The fetch after our own commit is off the critical path; where it fails, the next reading fetches. */
function bringHome(history: History, place: RecordsPlace, line: Line): void {
  const { name } = place.repository;
  history
    .fetch(name)
    .then(() => history.has(name, line.ours))
    .then((there) => (there ? history.remember(name, place.branch, line.ours) : undefined))
    .catch(() => undefined);
}
