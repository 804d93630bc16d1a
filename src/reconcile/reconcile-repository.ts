import { faultSentence } from '../core/messages/fault-words.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { foreignTo } from '../core/release/deviate.ts';
import { fold } from '../core/release/fold.ts';
import type { OpenRelease, ReleaseState } from '../core/release/state.ts';
import type { RepositoryView } from '../ports/forge.ts';
import type { Outcome } from '../ports/work-queue.ts';
import { type Checked, checkProposals } from './check-proposals.ts';
import { targetFact } from './facts.ts';
import { issueKey, type Stock, targetKey, waitingIn } from './memory.ts';
import { configurationOf, stockOf } from './observe.ts';
import { placeOf, readRecords } from './place.ts';
import { before } from './sweep.ts';
import { nothingDone, type Reconciled, type World } from './world.ts';

/** Looks at a repository as a whole: checks its pull requests and names the releases that are due (design 6). */
export async function reconcileRepository(world: World, repository: string): Promise<Reconciled> {
  const first = await look(world, repository);
  if (!first.view.defaultBranch) return nothingDone({ kind: 'settled' });
  const { view, stock } = first;
  const configuration = configurationOf(stock);
  const place = placeOf(world, view.repository, configuration);
  const result = await readRecords(world, place, configuration, view.records, [
    ...view.checks,
    ...view.pulls.flatMap(({ checks }) => checks),
  ]);
  const reading = result.kind === 'read' ? result.reading : undefined;
  const checked = await checkProposals(world, repository, view, stock, reading);
  // What is left of the hour may be kept for decisions: then pull requests wait, and the releases below do not (T17).
  const spare = world.forge.spareTime(repository);
  const writes = spare > 0 ? checked.pressing : [...checked.pressing, ...checked.patient];
  if (writes.length > 0) await world.forge.apply(view.repository, writes);
  if (result.kind === 'fault') {
    // Once the record can be believed again, every gate that was closed has to be looked at.
    world.memory.surveyed.delete(repository);
    world.memory.closed.add(repository);
    for (const release of stock.inventory.manifests.keys())
      world.enqueue({ kind: 'release', repository, release });
    const outcome = {
      kind: 'stalled',
      who: 'an administrator of the repository',
      what: faultSentence(result.fault),
    } as const;
    return nothingDone(outcome, writes.length);
  }
  for (const release of await dueReleases(world, repository, view, stock, result.reading)) {
    world.enqueue({ kind: 'release', repository, release });
  }
  return nothingDone(nextLook(checked, spare), writes.length);
}

/** Whether to come back for pull requests, and when: with a new quota where what is left of this one is kept. */
function nextLook({ patient, unseen }: Checked, spare: number): Outcome {
  const later = spare > 0 ? { afterMs: spare } : {};
  if (unseen)
    return { kind: 'retry', why: 'a pull request has a head that the local copy has not got yet', ...later };
  return spare > 0 && patient.length > 0
    ? { kind: 'retry', why: 'checks of pull requests wait for the next quota', ...later }
    : { kind: 'settled' };
}

/** One read, and a second where the configuration names another records branch than was asked about. */
async function look(
  world: World,
  repository: string,
): Promise<{ readonly view: RepositoryView; readonly stock: Stock }> {
  const known = world.memory.stocks.get(repository);
  let branch = known ? configurationOf(known).records.branch : '';
  for (;;) {
    const asked = branch === '' ? 'countersign-records' : branch;
    const view = await world.forge.observeRepository(repository, asked);
    world.memory.heads.set(repository, view);
    if (!view.defaultBranch) return { view, stock: emptyStock };
    // Tags have no heads in the view: a repository pass always brings the local copy up to date.
    await world.mirror.fetch(repository);
    const stock = await stockOf(world, repository, view.defaultBranch.head);
    branch = configurationOf(stock).records.branch;
    if (branch === asked) return { view, stock };
  }
}

const emptyStock: Stock = {
  commit: '',
  paths: new Set(),
  inventory: { configuration: undefined, manifests: new Map(), problems: new Map() },
};

/** Releases that differ from their record; and after the start, every open one. */
async function dueReleases(
  world: World,
  repository: string,
  view: RepositoryView,
  stock: Stock,
  reading: RecordsReading,
): Promise<ReadonlySet<string>> {
  const survey = !world.memory.surveyed.has(repository);
  world.memory.surveyed.add(repository);
  if (survey) world.memory.swept.set(repository, before(view.at));
  const reopened = world.memory.closed.delete(repository);
  const states = new Map([...reading.releases].map(([name, { events }]) => [name, fold(name, events)]));
  rememberAll(world, repository, view, states);
  const isFresh = freshIn(states);
  const due = new Set<string>();
  for (const [release, file] of stock.inventory.manifests) {
    const state = states.get(release);
    if (state?.kind !== 'opened' || (!state.ended && state.revision.manifest !== file.digest))
      due.add(release);
  }
  for (const [release, state] of states) {
    if (state.kind !== 'opened') continue;
    const gone = !state.ended && !stock.inventory.manifests.has(release);
    if (
      reopened ||
      (survey && isFresh(state)) ||
      gone ||
      hasNewDeviation(state, reading) ||
      (await tagMoved(world, repository, state))
    )
      due.add(release);
  }
  return due;
}

const freshMs = 86_400_000;

/**
 * Releases whose issues and checks may lag behind their record: open ones, and those that ended within a day of the
 * newest event. Whoever recorded the end may have died before it was shown; while nobody works no event is added, so
 * that it does not matter how long that was ago.
 */
function freshIn(states: ReadonlyMap<string, ReleaseState>): (state: OpenRelease) => boolean {
  const times = [...states.values()].flatMap((state) =>
    state.kind === 'opened' ? [Date.parse(state.lastAt)] : [],
  );
  const newest = times.reduce((a, b) => Math.max(a, b), 0);
  return (state) => !state.ended || newest - Date.parse(state.lastAt) <= freshMs;
}

function rememberAll(
  world: World,
  repository: string,
  view: RepositoryView,
  states: ReadonlyMap<string, ReleaseState>,
): void {
  const open = new Set<string>();
  for (const [release, state] of states) {
    if (state.kind !== 'opened') continue;
    if (!state.ended) open.add(release);
    world.memory.waiting.set(targetKey(repository, release), waitingIn(state));
    world.memory.targets.set(targetKey(repository, release), state.target.commit);
    const notices = Object.values(state.attempts).flatMap((attempts) =>
      attempts.flatMap((attempt) => attempt.notices),
    );
    const issues = [...notices.map(({ issue }) => issue), ...(state.tracking ? [state.tracking] : [])];
    for (const { number } of issues) world.memory.issues.set(issueKey(view.repository.id, number), release);
  }
  world.memory.open.set(repository, open);
}

const hasNewDeviation = (state: OpenRelease, reading: RecordsReading): boolean => {
  const known = new Set(
    state.deviations.flatMap((one) => (one.what === 'foreign-commit' ? [one.commit] : [])),
  );
  return foreignTo(state.release, reading).some(({ commit }) => !known.has(commit));
};

async function tagMoved(world: World, repository: string, state: OpenRelease): Promise<boolean> {
  if (state.ended || state.target.ref === undefined) return false;
  const now = await targetFact(world, repository, state.revision.plan);
  return now?.tag === true && now.commit !== state.target.commit;
}
