import { type Configuration, defaultConfiguration } from '../core/configuration/configuration.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { type Question, questionOf } from '../core/release/ask.ts';
import { fold } from '../core/release/fold.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { Heads, ReleaseView } from '../ports/forge.ts';
import type { RecordsFault, RecordsPlace } from '../ports/record-store.ts';
import { targetFact } from './facts.ts';
import type { Stock } from './memory.ts';
import { placeOf, readRecords } from './place.ts';
import { stockAt } from './stock.ts';
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
      readonly stock: Stock;
    }
  /** Things moved while we looked, several times: look again later. */
  | { readonly kind: 'unsteady' };

const MOST_LOOKS = 4;

/**
 * Looks at a release in one read where nothing moved since the last look (design 6). Where something did, the local copy
 * is brought up to date, and GitHub is asked again only if the question has changed with it.
 */
export async function observe(world: World, repository: string, release: string): Promise<Observed> {
  let heads: Heads = world.memory.heads.get(repository) ?? (await firstLook(world, repository));
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    if (!heads.defaultBranch) return { kind: 'empty' };
    const stock = await stockOf(world, repository, heads.defaultBranch.head);
    const configuration = configurationOf(stock);
    const place = placeOf(world, heads.repository, configuration);
    const before = await readRecords(world, place, configuration, heads.records, []);
    const raised = await raise(world, repository, release, before, stock);
    const view = await world.forge.observeRelease({
      repository,
      recordsBranch: place.branch,
      ...raised.question,
    });
    world.memory.heads.set(repository, view);
    if (view.defaultBranch?.head !== stock.commit) {
      heads = view;
      continue;
    }
    const result = await readRecords(world, place, configuration, view.records, view.checks);
    if (result.kind === 'fault') return { kind: 'fault', fault: result.fault, view, stock };
    const state = fold(release, result.reading.releases.get(release)?.events ?? []);
    if (!same(raised.state, state)) {
      heads = view;
      continue;
    }
    return { kind: 'observed', observation: { stock, view, place, state, reading: result.reading } };
  }
  return { kind: 'unsteady' };
}

export const configurationOf = (stock: Stock): Configuration =>
  stock.inventory.configuration ?? defaultConfiguration;

async function firstLook(world: World, repository: string): Promise<Heads> {
  const view = await world.forge.observeRepository(repository, defaultConfiguration.records.branch);
  world.memory.heads.set(repository, view);
  return view;
}

/** Takes stock of a head once; the newest one is remembered. */
export async function stockOf(world: World, repository: string, head: string): Promise<Stock> {
  const known = world.memory.stocks.get(repository);
  if (known?.commit === head) return known;
  if (!(await world.mirror.has(repository, head))) await world.mirror.fetch(repository);
  const stock = await stockAt(world.mirror, repository, head);
  world.memory.stocks.set(repository, stock);
  return stock;
}

type Raised = { readonly question: Question; readonly state: ReleaseState };

async function raise(
  world: World,
  repository: string,
  release: string,
  before: Awaited<ReturnType<typeof readRecords>>,
  stock: Stock,
): Promise<Raised> {
  const events = before.kind === 'read' ? (before.reading.releases.get(release)?.events ?? []) : [];
  const state = fold(release, events);
  const plan = stock.inventory.manifests.get(release)?.plan;
  const target = state.kind === 'opened' ? undefined : await targetFact(world, repository, plan);
  const roles = configurationOf(stock).roles;
  return { question: questionOf(state, plan, roles, target?.commit), state };
}

/** The question is a function of the state, so the same number of events raises the same question. */
const same = (a: ReleaseState, b: ReleaseState): boolean => a.kind === b.kind && a.sequence === b.sequence;
