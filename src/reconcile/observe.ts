import { defaultConfiguration } from '../core/configuration/configuration.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { type Question, questionAfterLoss, questionOf } from '../core/release/ask.ts';
import type { CheckView } from '../core/release/facts.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { Sha } from '../core/values.ts';
import type { Heads, ReleaseView } from '../ports/forge.ts';
import type { RecordsFault, RecordsPlace } from '../ports/record-store.ts';
import { ownersIn, targetFact } from './facts.ts';
import { inheritedRecords, stockInForce } from './inheritance.ts';
import { type Stock, targetKey } from './memory.ts';
import { configurationOf, stockOf } from './newest-stock.ts';
import { placeOf, readRecords } from './place.ts';
import { askedAnew } from './reruns.ts';
import { stateOf } from './state-of.ts';
import type { World } from './world.ts';

/** A consistent look at one release: the view answers the question that the state raises. */
export type Observation = {
  readonly stock: Stock;
  readonly view: ReleaseView;
  readonly place: RecordsPlace;
  readonly state: ReleaseState;
  readonly reading: RecordsReading;
};

export type Observed =
  | { readonly kind: 'observed'; readonly observation: Observation }
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'fault';
      readonly fault: RecordsFault;
      readonly view: ReleaseView;
      /** Commits where checks of the release may stand, with those that do. */
      readonly checks: ReadonlyMap<Sha, readonly CheckView[]>;
    }
  /** Things moved while we looked, several times: look again later. */
  | { readonly kind: 'unsteady' };

/** Enough for several replicas that record at once on one branch. */
const MOST_LOOKS = 10;

/**
 * Looks at a release in one read where nothing moved since the last look (design 6). Where something did, the local copy
 * is brought up to date, and GitHub is asked again only if the question has changed with it.
 */
export async function observe(world: World, repository: string, release: string): Promise<Observed> {
  let heads: Heads = world.memory.heads.get(repository) ?? (await firstLook(world, repository));
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    if (!heads.defaultBranch) return { kind: 'empty' };
    const written = await stockOf(world, repository, heads.defaultBranch.head);
    const { records } = written.inventory;
    const place = placeOf(world, heads.repository, records);
    const before = await readRecords(world, place, records, heads.records, []);
    const stock =
      before.kind === 'read'
        ? await stockInForce(world, repository, written, before.reading, heads)
        : written;
    const raised = await raise(world, repository, release, before, stock);
    const view = await ask(world, repository, place, raised);
    world.memory.heads.set(repository, view);
    if (view.defaultBranch?.head !== stock.commit) {
      heads = view;
      continue;
    }
    const checks = await checksOn(world, repository, release, raised, view);
    const result = await readRecords(world, place, records, view.records, [...checks.values()].flat());
    if (result.kind === 'fault') return { kind: 'fault', fault: result.fault, view, checks };
    const state = stateOf(world.memory, repository, release, result.reading.releases.get(release));
    const now = await stockInForce(world, repository, written, result.reading, view);
    if (!same(raised.state, state) || now.ruledBy !== stock.ruledBy) {
      heads = view;
      continue;
    }
    if (!(await isCurrent(world, repository, view, state))) break;
    return { kind: 'observed', observation: { stock, view, place, state, reading: result.reading } };
  }
  return { kind: 'unsteady' };
}

const asked = (branch: string | undefined) => (branch === undefined ? {} : { inheritedRecords: branch });

/**
 * A default branch without the accepted revision was rewritten, or a replica of the host lags behind. To obey the second
 * would cancel a release or take back a revision for good, so git has to say the same before it is believed.
 */
async function isCurrent(
  world: World,
  repository: string,
  view: ReleaseView,
  state: ReleaseState,
): Promise<boolean> {
  const { defaultBranch } = view;
  if (state.kind === 'unopened' || state.ended || !defaultBranch) return true;
  if (await world.mirror.contains(repository, state.revision.commit, defaultBranch.head)) return true;
  await world.mirror.fetch(repository);
  const tip = await world.mirror.resolve(repository, `refs/heads/${defaultBranch.name}`);
  return tip === defaultBranch.head;
}

/** Asks once, and once more where somebody deleted issues that the release cannot do without. */
async function ask(
  world: World,
  repository: string,
  place: RecordsPlace,
  { state, question }: Raised,
): Promise<ReleaseView> {
  const where = {
    repository,
    recordsBranch: place.branch,
    ...asked(inheritedRecords(world, repository)),
  };
  const first = await world.forge.observeRelease({ ...where, ...question });
  const next = questionAfterLoss(state, question, (issue) => first.threads.has(issue));
  const view = next ? await world.forge.observeRelease({ ...where, ...next }) : first;
  return { ...view, checks: askedAnew(world, repository, question.target, view.checks) };
}

async function firstLook(world: World, repository: string): Promise<Heads> {
  const view = await world.forge.observeRepository(
    repository,
    defaultConfiguration.records.branch,
    inheritedRecords(world, repository),
  );
  world.memory.heads.set(repository, view);
  return view;
}

/**
 * Our checks wherever this release may have left some. For a release that is on record that is its target. Where the
 * record knows nothing of it, it may have been lost: checks on the commits that it would have been opened for bear
 * witness then (T8).
 */
async function checksOn(
  world: World,
  repository: string,
  release: string,
  { question, state, witnesses }: Raised,
  view: ReleaseView,
): Promise<ReadonlyMap<Sha, readonly CheckView[]>> {
  const found = new Map(question.target === undefined ? [] : [[question.target, view.checks]]);
  if (state.kind === 'opened') return found;
  const remembered = world.memory.targets.get(targetKey(repository, release));
  for (const commit of new Set([...witnesses, ...(remembered === undefined ? [] : [remembered])])) {
    if (found.has(commit)) continue;
    const checks = await world.forge.checksOn(repository, commit);
    found.set(commit, askedAnew(world, repository, commit, checks));
  }
  return found;
}

type Raised = {
  readonly question: Question;
  readonly state: ReleaseState;
  readonly witnesses: readonly Sha[];
};

async function raise(
  world: World,
  repository: string,
  release: string,
  before: Awaited<ReturnType<typeof readRecords>>,
  stock: Stock,
): Promise<Raised> {
  const record = before.kind === 'read' ? before.reading.releases.get(release) : undefined;
  const state = stateOf(world.memory, repository, release, record);
  const file = stock.inventory.manifests.get(release);
  const target = state.kind === 'opened' ? undefined : await targetFact(world, repository, file?.plan, []);
  const brought =
    file && state.kind !== 'opened'
      ? await world.mirror.broughtBy(repository, stock.commit, file.path)
      : undefined;
  const roles = [...configurationOf(stock).roles, ...ownersIn(stock, file?.plan, repository)];
  const search = world.memory.searches.has(targetKey(repository, release));
  return {
    question: {
      ...questionOf(state, file?.plan, roles, target?.commit),
      ...(state.kind === 'opened' && search ? { ownIssuesSince: state.openedAt } : {}),
    },
    state,
    witnesses: brought === undefined ? [] : [brought],
  };
}

/** The question is a function of the state, so the same number of events raises the same question. */
const same = (a: ReleaseState, b: ReleaseState): boolean => a.kind === b.kind && a.sequence === b.sequence;
