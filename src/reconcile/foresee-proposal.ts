import type { Configuration } from '../core/configuration/configuration.ts';
import { isSameMeaning } from '../core/messages/amendment-words.ts';
import { codeownersPaths } from '../core/policy/codeowners.ts';
import { foresee, type Proposed } from '../core/preview/foresee.ts';
import type { Outlook } from '../core/preview/foresight.ts';
import { isMoved, merge, openingIn, type Tree } from '../core/preview/merge.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { isAmendmentName } from '../core/release/amendment-name.ts';
import type { OpenRelease } from '../core/release/state.ts';
import { amendmentFile, amendmentsIn } from '../core/repository/amendment.ts';
import { CONFIGURATION_PATH, type ManifestFile } from '../core/repository/inventory.ts';
import type { Instant, Sha } from '../core/values.ts';
import { ownersIn, targetFact } from './facts.ts';
import { glancesAt } from './glance.ts';
import type { Stock } from './memory.ts';
import { stateOf } from './state-of.ts';
import { stockAt } from './stock.ts';
import type { World } from './world.ts';

/** Everything a preview looks at: all of it is in git and in the record, so that the host is not asked (T10). */
export type Outset = {
  readonly world: World;
  readonly repository: string;
  /** The default branch, held against the configuration in force. */
  readonly ruled: Stock;
  readonly reading: RecordsReading;
  /** Asked only where a pull request touches releases: folding all of them takes its time. */
  readonly open: () => readonly OpenRelease[];
  readonly at: Instant;
};

/** A pull request whose files were looked at. */
export type Looked = {
  readonly head: Sha;
  /** Paths that it adds, changes or removes, beginning where it left the default branch. */
  readonly touched: readonly string[];
  /** Its tree: by its own configuration where it changes that, else by the one in force. */
  readonly stock: Stock;
};

/** The releases that are open, by their record, read once. Those that have ended are told by what is remembered of them. */
export function openIn(
  world: Pick<World, 'memory'>,
  repository: string,
  reading: RecordsReading,
): () => readonly OpenRelease[] {
  let open: readonly OpenRelease[] | undefined;
  return () => {
    open ??= readOpen(world, repository, reading);
    return open;
  };
}

function readOpen(
  { memory }: Pick<World, 'memory'>,
  repository: string,
  { releases }: RecordsReading,
): readonly OpenRelease[] {
  return [...glancesAt(memory, repository, releases)].flatMap(([release, { ended }]) => {
    const state = ended ? undefined : stateOf(memory, repository, release, releases.get(release));
    return state?.kind === 'opened' ? [state] : [];
  });
}

/**
 * What a pull request would do to open releases once it is merged, and, where it changes the configuration, once the
 * custodians agree to that (T7). A preview: nothing is asked, nothing is written, nothing of it is obeyed (T10).
 */
export async function foreseeProposal(
  outset: Outset,
  looked: Looked,
): Promise<readonly Outlook[] | 'unknown'> {
  const { world, repository, ruled, open } = outset;
  const ruling = ruled.inventory.configuration;
  if (ruling === undefined) return 'unknown';
  const today = { tree: treeOf(ruled), states: open() };
  const amends = looked.touched.includes(CONFIGURATION_PATH);
  if (!amends) return [(await take(outset, looked, 'merged', today, looked.stock, ruling)).outlook];
  const written = looked.stock.inventory.written?.configuration;
  // Its errors are shown; nobody can say what a configuration that cannot be read would do.
  if (written === undefined) return [];
  if (ruling.custodians === undefined || isSameMeaning(ruling, written))
    return [(await take(outset, looked, 'merged', today, looked.stock, written)).outlook];
  const stock = await stockAt(world, repository, looked.head, { ruling });
  const merged = await take(outset, looked, 'merged', today, stock, ruling);
  const agreed = await take(outset, looked, 'agreed', merged.standing, looked.stock, written);
  const telling = [merged.outlook, agreed.outlook].filter(({ foreseen }) => foreseen.length > 0);
  return telling.length > 0 ? telling : [agreed.outlook];
}

type Standing = { readonly tree: Tree; readonly states: readonly OpenRelease[] };

const treeOf = ({ inventory: { manifests }, paths }: Stock): Tree => ({ manifests, paths });

/** One step from how things stand; `stock` is the pull request's tree, read by the configuration that would rule. */
async function take(
  outset: Outset,
  looked: Looked,
  step: Outlook['step'],
  { tree, states }: Standing,
  stock: Stock,
  configuration: Configuration,
): Promise<{ readonly outlook: Outlook; readonly standing: Standing }> {
  const { ruled, reading, at } = outset;
  const touched = new Set(looked.touched);
  const merged = merge(tree, treeOf(stock), touched, configuration.manifests);
  const then = step === 'merged' ? await withAmendment(outset, looked, merged) : merged;
  const rulesAnew = configuration !== ruled.inventory.configuration;
  const concerned = states.filter(({ release, revision }) =>
    // The custodians' agreement is what ends it.
    isAmendmentName(release)
      ? step === 'merged' && isMoved(tree, then, release)
      : rulesAnew || isMoved(tree, then, release) || touched.has(revision.path),
  );
  const opening = openingIn(tree, then, reading.releases.keys());
  const manifests = new Map<string, Proposed>();
  for (const [release, file] of then.manifests) {
    const isNew = isMoved(tree, then, release);
    manifests.set(release, await proposedFrom(outset, looked, file, stock, isNew));
  }
  const rules = { today: ruled.inventory.configuration ?? configuration, configuration };
  const tomorrow = { manifests, paths: then.paths, ...rules, fileless: isAmendmentName };
  const news = opening.flatMap(({ plan }) => manifests.get(plan.release) ?? []);
  const { foreseen, after } = foresee(concerned, news, tomorrow, at);
  const told = new Set(foreseen.map(({ release }) => release));
  const untouched = states.filter(({ release }) => !told.has(release) && !isAmendmentName(release)).length;
  const others = states.filter((state) => !concerned.includes(state));
  return { outlook: { step, foreseen, untouched }, standing: { tree: then, states: [...others, ...after] } };
}

/** A change of the configuration that already waits for the custodians would be about this one then, or be over (T7). */
async function withAmendment(
  { world, repository, ruled, reading }: Outset,
  { head, touched, stock }: Looked,
  tree: Tree,
): Promise<Tree> {
  const written = stock.inventory.written;
  if (!touched.includes(CONFIGURATION_PATH) || written === undefined || ruled.ruledBy === undefined)
    return tree;
  const manifests = new Map([...tree.manifests].filter(([release]) => !isAmendmentName(release)));
  const commit = (await world.mirror.lastChange(repository, head, CONFIGURATION_PATH)) ?? head;
  const amendments = amendmentsIn(reading.releases);
  const file = amendmentFile(amendments, ruled.inventory.configuration, { ...written, commit });
  return { ...tree, manifests: file ? manifests.set(amendments.next, file) : manifests };
}

async function proposedFrom(
  { world, repository, ruled }: Outset,
  { touched }: Looked,
  { path, digest, plan, floors }: ManifestFile,
  stock: Stock,
  isNew: boolean,
): Promise<Proposed> {
  const owned = codeownersPaths.some((one) => touched.includes(one)) ? stock : ruled;
  return {
    ...{ path, digest, plan },
    owners: ownersIn(owned, plan, repository),
    ...(floors.length === 0 ? {} : { floors }),
    // What an accepted manifest means was settled when it was accepted.
    target: isNew ? await targetFact(world, repository, plan, []) : undefined,
  };
}
