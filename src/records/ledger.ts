import { type Authenticated, authenticate } from '../core/record/authenticate.ts';
import type { Trust } from '../core/record/judge-commit.ts';
import { anchorOf, bearsOut, type Line, withoutStrays } from '../core/record/line.ts';
import type { Anchor } from '../core/record/record.ts';
import type { Sha } from '../core/values.ts';
import type { RecordsFault, RecordsPlace } from '../ports/record-store.ts';
import type { History } from './history.ts';
import { readContents } from './line-contents.ts';

/** Where a branch stands: its line, or that it does not exist, or why it cannot be used. */
export type Standing =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'absent' }
  | { readonly kind: 'fault'; readonly fault: RecordsFault };

/** What one process knows of one records branch. */
export type Ledger = {
  /** The newest line known here. */
  current(): Line | undefined;
  /** Brings the ledger to `head`; where that contradicts what is known, to where the host really is, or to a fault. */
  catchUp(place: RecordsPlace, head: Sha | undefined, anchors: readonly Anchor[]): Promise<Standing>;
  /** Brings the ledger to where the host is now. */
  catchUpWithHost(place: RecordsPlace): Promise<Standing>;
  /** Takes over the line after a commit of our own, unless reading was faster. */
  advance(from: Line | undefined, to: Line): Promise<void>;
};

type Followed = Standing | { readonly kind: 'astray' };

export function createLedger(history: History, host: string): Ledger {
  let line: Line | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const adopt = async (place: RecordsPlace, found: Line): Promise<void> => {
    const moved = line?.ours !== found.ours;
    line = found;
    const { name } = place.repository;
    if (moved && (await history.has(name, found.ours)))
      await history.remember(name, place.branch, found.ours);
  };

  const judged = async (
    place: RecordsPlace,
    followed: Followed,
    anchors: readonly Anchor[],
  ): Promise<Followed> => {
    if (followed.kind === 'absent') return anchors.length > 0 ? { kind: 'astray' } : followed;
    if (followed.kind !== 'line') return followed;
    if (!anchors.every((anchor) => bearsOut(followed.line, anchor))) return { kind: 'astray' };
    await adopt(place, followed.line);
    return followed;
  };

  const withHost = async (place: RecordsPlace, anchors: readonly Anchor[]): Promise<Standing> => {
    const { name } = place.repository;
    await history.fetch(name);
    const tip = await history.tip(name, place.branch);
    const standing = await judged(place, await follow(history, host, place, line, tip), anchors);
    if (standing.kind !== 'astray') return standing;
    return { kind: 'fault', fault: await rolledBack(history, host, place, line, tip, anchors) };
  };

  return {
    current: () => line,
    catchUp: (place, head, anchors) =>
      exclusively(async () => {
        const standing = await judged(place, await follow(history, host, place, line, head), anchors);
        // What the host said may be older than what we know by now: only the host itself can tell (T8).
        return standing.kind === 'astray' ? withHost(place, anchors) : standing;
      }),
    catchUpWithHost: (place) => exclusively(() => withHost(place, [])),
    advance: (from, to) =>
      exclusively(async () => {
        if (line === from) line = to;
      }),
  };
}

async function follow(
  history: History,
  host: string,
  place: RecordsPlace,
  from: Line | undefined,
  head: Sha | undefined,
): Promise<Followed> {
  const { name } = place.repository;
  const known = from?.ours ?? (await history.known(name, place.branch));
  if (head === undefined) return known === undefined ? { kind: 'absent' } : { kind: 'astray' };
  if (from?.head === head) return trusted(place, from);
  if (!(await history.has(name, head)) || (from !== undefined && !(await history.has(name, from.head)))) {
    await history.fetch(name);
    if (!(await history.has(name, head))) return { kind: 'astray' };
  }
  const found = from === undefined ? undefined : await continued(history, host, place, from, head);
  if (found !== undefined) return found;
  if (from !== undefined) return { kind: 'astray' };
  const commits = await history.line(name, undefined, head);
  if (commits === undefined || (known !== undefined && !commits.some((commit) => commit.sha === known))) {
    return { kind: 'astray' };
  }
  const contents = await readContents(history, name, commits);
  return standingOf(place, authenticate(undefined, commits, contents, trustOf(place, host)));
}

/** Goes on from a line; from our newest commit on it where foreign commits were taken away again. */
async function continued(
  history: History,
  host: string,
  place: RecordsPlace,
  from: Line,
  head: Sha,
): Promise<Standing | undefined> {
  const { name } = place.repository;
  for (const start of [from, withoutStrays(from)]) {
    const commits = await history.line(name, start.head, head);
    if (commits === undefined) continue;
    const contents = await readContents(history, name, commits);
    return standingOf(place, authenticate(start, commits, contents, trustOf(place, host)));
  }
  return undefined;
}

function standingOf(place: RecordsPlace, result: Authenticated): Standing {
  if (result.kind === 'line') return trusted(place, result.line);
  const { flaw, key } = result;
  return key === undefined
    ? { kind: 'fault', fault: { kind: 'damaged', where: flaw.place, why: flaw.why } }
    : { kind: 'fault', fault: { kind: 'unanchored', key, trusted: place.trustedKeys } };
}

/** The configuration may have changed since the line was read. */
function trusted(place: RecordsPlace, line: Line): Standing {
  const key = line.key.fingerprint;
  return place.trustedKeys.includes(key)
    ? { kind: 'line', line }
    : { kind: 'fault', fault: { kind: 'unanchored', key, trusted: place.trustedKeys } };
}

async function rolledBack(
  history: History,
  host: string,
  place: RecordsPlace,
  line: Line | undefined,
  tip: Sha | undefined,
  anchors: readonly Anchor[],
): Promise<RecordsFault> {
  const { name } = place.repository;
  const remembered = line === undefined ? await history.known(name, place.branch) : undefined;
  const own = line === undefined ? await anchorAt(history, host, place, remembered) : anchorOf(line);
  const found = await anchorAt(history, host, place, tip);
  const newest = (a: Anchor, b: Anchor): Anchor => (b.number > a.number ? b : a);
  const known = [...anchors, ...(own === undefined ? [] : [own])].reduce(newest, { number: 0, digest: '' });
  return found === undefined ? { kind: 'rolled-back', known } : { kind: 'rolled-back', known, found };
}

async function anchorAt(
  history: History,
  host: string,
  place: RecordsPlace,
  head: Sha | undefined,
): Promise<Anchor | undefined> {
  if (head === undefined) return undefined;
  const commits = await history.line(place.repository.name, undefined, head);
  if (commits === undefined) return undefined;
  const contents = await readContents(history, place.repository.name, commits);
  const result = authenticate(undefined, commits, contents, trustOf(place, host));
  return result.kind === 'line' ? anchorOf(result.line) : undefined;
}

export function trustOf(place: RecordsPlace, host: string): Trust {
  return { keys: place.trustedKeys, repository: place.repository.id, host };
}
