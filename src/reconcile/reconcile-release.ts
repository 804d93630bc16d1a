import { faultSentence } from '../core/messages/fault-words.ts';
import type { Anchor } from '../core/record/record.ts';
import { closeGates, unopenedWrites } from '../core/release/close.ts';
import type { Decision } from '../core/release/decide.ts';
import type { Happening } from '../core/release/event.ts';
import type { Facts, Thread } from '../core/release/facts.ts';
import { show } from '../core/release/show.ts';
import { leavingWrites } from '../core/release/show-environments.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { Digest, Instant, Sha } from '../core/values.ts';
import type { ReleaseView } from '../ports/forge.ts';

import type { Append, AppendResult } from '../ports/record-store.ts';
import type { Outcome } from '../ports/work-queue.ts';
import { afterWrites } from './after-writes.ts';
import { decideInformed } from './decide-informed.ts';
import { storedIn } from './evidence.ts';
import { gatherFacts } from './facts.ts';
import { answerGates, leaveGates, type Visit } from './gates.ts';
import { targetKey } from './memory.ts';
import { meetNeighbours, wakeNeighbours } from './neighbours.ts';
import { type Observation, type Observed, observe } from './observe.ts';
import { marksAgainMs, withinBudget } from './reaction-budget.ts';
import { remember, rememberVoters } from './remember.ts';
import { sendOrders } from './workflows.ts';
import { type Decided, nothingDone, type Reconciled, type World } from './world.ts';

/** Opening objects, recording them and linking them takes three rounds; more means that we go round in circles. */
const MOST_ROUNDS = 6;

/** Looks in a row that another replica's record may spoil before we wait a little. */
const MOST_LOOKS = 10;

/** Observe, decide, append, apply, for one release (design 6). */
export async function reconcileRelease(
  world: World,
  repository: string,
  release: string,
): Promise<Reconciled> {
  const { searches } = world.memory;
  const key = targetKey(repository, release);
  const searched = searches.has(key);
  const made: Thread[] = [];
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const reconciled = await pass(world, repository, release, made);
    // Losing a race is normal: what the winner recorded is looked at, and what is still due is done then.
    if (reconciled === 'outrun') continue;
    if (searched && reconciled.outcome.kind !== 'retry') searches.delete(key);
    return reconciled;
  }
  return nothingDone({ kind: 'retry', why: 'other replicas go on recording first' });
}

/** `made`: issues that earlier looks of this pass opened and may not have recorded; this one adds its own. */
async function pass(
  world: World,
  repository: string,
  release: string,
  made: Thread[],
): Promise<Reconciled | 'outrun'> {
  const observed = await observe(world, repository, release);
  switch (observed.kind) {
    case 'empty':
      return nothingDone({ kind: 'settled' });
    case 'unsteady':
      return nothingDone({ kind: 'retry', why: 'the repository moved while it was looked at' });
    case 'fault':
      return close(world, repository, release, observed);
    case 'observed': {
      const visit: Visit = { told: new Set() };
      const done = await carryOut(world, repository, release, observed.observation, made, visit);
      if (done === 'outrun') return done;
      const again = leaveGates(world, repository, release, visit);
      if (again === undefined) return done;
      return { ...done, outcome: lookingAgain(done.outcome, observed.observation.view.at, again) };
    }
  }
}

type Progress = {
  readonly state: ReleaseState;
  readonly facts: Facts;
  readonly anchor: Anchor | undefined;
  /** Where the records branch was when it was read, or with what this pass recorded. */
  readonly head: Sha | undefined;
  /** Events that were recorded. */
  readonly events: readonly Happening[];
  readonly writes: number;
};

async function carryOut(
  world: World,
  repository: string,
  release: string,
  seen: Observation,
  made: Thread[],
  visit: Visit,
): Promise<Reconciled | 'outrun'> {
  const { stock, state, reading } = seen;
  const view = withMade(seen.view, made);
  rememberVoters(world, repository, release, view);
  const facts = await gatherFacts(world, repository, release, state, stock, view, reading, visit);
  meetNeighbours(world, repository, state);
  const branches = { records: seen.place.branch, published: view.defaultBranch?.name ?? '' };
  let now: Progress = { state, facts, anchor: reading.anchor, head: reading.head, events: [], writes: 0 };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const {
      decision,
      facts: informed,
      bytes,
      unread,
    } = await decideInformed(world, repository, branches, now, view.at);
    await leave(world, repository, view, now, informed, decision.state);
    if (unread) visit.failed = unread;
    const evidence = storedIn(decision.events, bytes);
    const appended = await record(world, release, seen, now.state, { ...decision, evidence }, view.at);
    if (appended?.kind === 'moved' || appended?.kind === 'fault') return 'outrun';
    const anchor = appended?.anchor ?? now.anchor;
    const events = [...now.events, ...decision.events];
    const isUnseen = appended !== undefined && (appended.together || appended.onto !== now.head);
    const head = appended?.head ?? now.head;
    now = { ...now, facts: informed, state: decision.state, anchor, head, events };
    remember(world, repository, view.repository.id, now.state, appended?.head);
    if (appended) wakeNeighbours(world, repository, state, now.state, isUnseen);
    if (isUnseen) visit.unseen = true;
    await answerGates(world, repository, decision.state, informed, view.at, visit);
    const answers = await sendOrders(world, repository, decision.events);
    if (answers.length > 0) {
      now = { ...now, facts: { ...informed, answers } };
      continue;
    }
    if (decision.state.kind === 'unopened' || anchor === undefined) {
      const writes = await showUnopened(world, repository, release, view, informed, decision);
      return done({ ...now, writes }, outcomeOf(decision));
    }
    // What is known of checks was read on the old target; only another look tells what the new one shows.
    if (state.kind === 'opened' && state.target.commit !== decision.state.target.commit)
      return done(now, { kind: 'retry', afterMs: 0, why: 'the target is another one now' });
    const { due, later } = withinBudget(
      show({
        state: decision.state,
        facts: informed,
        refusals: decision.refusals,
        hindrances: decision.hindrances,
        organization: repository.split('/')[0] ?? '',
        anchor,
      }),
    );
    const rest = outcomeOf(decision);
    const outcome = later > 0 ? lookingAgain(rest, view.at, marksAgainMs) : rest;
    if (due.length === 0) return done(now, outcome);
    const written = await world.forge.apply(view.repository, due);
    made.push(...written.flatMap((one) => (one.kind === 'issue' ? [one.thread] : [])));
    now = { ...now, facts: afterWrites(informed, due, written), writes: now.writes + due.length };
    // Only what came into being can make more events or views due.
    if (!written.some(({ kind }) => kind === 'issue' || kind === 'comment')) return done(now, outcome);
  }
  throw new Error(`release ${release} of ${repository} does not come to rest`);
}

/** A commit that is no longer the target keeps no environment open (T5). */
async function leave(
  { forge }: World,
  repository: string,
  view: ReleaseView,
  { state, anchor }: Progress,
  facts: Facts,
  next: ReleaseState,
): Promise<void> {
  if (state.kind === 'unopened' || next.kind === 'unopened' || anchor === undefined) return;
  if (state.target.commit === next.target.commit) return;
  const organization = repository.split('/')[0] ?? '';
  const showing = { state, facts, refusals: [], hindrances: new Map<string, string>(), organization, anchor };
  const writes = leavingWrites(showing);
  if (writes.length > 0) await forge.apply(view.repository, writes);
}

function withMade(view: ReleaseView, made: readonly Thread[]): ReleaseView {
  const known = new Set(view.ownIssues.map(({ issue }) => issue.number));
  const more = made.filter(({ issue }) => !known.has(issue.number) && !view.threads.has(issue.number));
  return more.length === 0 ? view : { ...view, ownIssues: [...view.ownIssues, ...more] };
}

/** A release that cannot open says so where people look: on the commit it would be opened for. */
async function showUnopened(
  world: World,
  repository: string,
  release: string,
  view: ReleaseView,
  facts: Facts,
  { hindrances }: Decision,
): Promise<number> {
  const hindrance = hindrances.get('');
  if (hindrance === undefined) return 0;
  const shown = facts.target ? facts.checks : await world.forge.checksOn(repository, facts.head);
  const writes = unopenedWrites(release, facts.target?.commit ?? facts.head, shown, hindrance);
  if (writes.length > 0) await world.forge.apply(view.repository, writes);
  return writes.length;
}

const done = ({ events, writes }: Progress, outcome: Outcome): Reconciled => ({
  outcome,
  recorded: events.map(({ kind }) => kind),
  decided: events.flatMap(decidedIn),
  writes,
});

const endings: ReadonlySet<string> = new Set(['activity-approved', 'activity-rejected', 'activity-aborted']);

const decidedIn = ({ kind, body }: Happening): readonly Decided[] =>
  endings.has(kind) && 'activity' in body
    ? [{ activity: body.activity, became: kind.slice('activity-'.length) }]
    : [];

function outcomeOf({ hindrances, unsure, lookAgainAt }: Decision): Outcome {
  const what = [...hindrances]
    .map(([activity, why]) => (activity === '' ? why : `${activity}: ${why}`))
    .join(' ');
  if (unsure) return { kind: 'retry', why: what === '' ? 'our clock and that of the host differ' : what };
  // What is due by itself is not forgotten because a person has to act too.
  if (lookAgainAt !== undefined) return { kind: 'waiting', until: lookAgainAt };
  return hindrances.size === 0
    ? { kind: 'settled' }
    : { kind: 'stalled', who: 'the owner of the release', what };
}

/** A pass that left something for later comes back for it, unless something else wants it back anyway. */
function lookingAgain(outcome: Outcome, at: Instant, afterMs: number): Outcome {
  const again = Date.parse(at) + afterMs;
  const sooner = outcome.kind === 'waiting' && Date.parse(outcome.until) <= again;
  if ((outcome.kind !== 'settled' && outcome.kind !== 'waiting') || sooner) return outcome;
  return { kind: 'waiting', until: new Date(again).toISOString() };
}

async function record(
  world: World,
  release: string,
  { place, stock }: Observation,
  before: ReleaseState,
  decision: Decision & Pick<Append, 'evidence'>,
  at: string,
): Promise<AppendResult | undefined> {
  if (decision.events.length === 0) return undefined;
  const file = stock.inventory.manifests.get(release);
  const manifests = new Map<Digest, Uint8Array>(
    decision.accepts !== undefined && file?.digest === decision.accepts ? [[file.digest, file.bytes]] : [],
  );
  const append = {
    release,
    after: before.sequence,
    happenings: decision.events,
    manifests,
    evidence: decision.evidence,
    foreign: decision.foreign,
  };
  return world.store.append(place, append, at);
}

/** The record cannot be believed: nothing is decided, and no check of this release stays green (T8). */
async function close(
  world: World,
  repository: string,
  release: string,
  { fault, view, checks }: Extract<Observed, { readonly kind: 'fault' }>,
): Promise<Reconciled> {
  world.memory.surveyed.delete(repository);
  world.memory.closed.add(repository);
  const writes = [...checks].flatMap(([commit, shown]) => closeGates(release, commit, shown, fault));
  if (writes.length > 0) await world.forge.apply(view.repository, writes);
  const outcome: Outcome = {
    kind: 'stalled',
    who: 'an administrator of the repository',
    what: faultSentence(fault),
  };
  return nothingDone(outcome, writes.length);
}
