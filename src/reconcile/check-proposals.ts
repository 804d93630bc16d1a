import { defaultConfiguration } from '../core/configuration/configuration.ts';
import { releaseNamePosition } from '../core/manifest/cross-check.ts';
import { proposalLines } from '../core/messages/amendment-words.ts';
import { demandLines } from '../core/messages/origin-words.ts';
import type { Outlook } from '../core/preview/foresight.ts';
import type { Problem } from '../core/problem.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { anchorWords } from '../core/release/anchor.ts';
import type { CheckView } from '../core/release/facts.ts';
import { checkWrite } from '../core/release/show-checks.ts';
import type { Write } from '../core/release/surface.ts';
import { CONFIGURATION_PATH, type Inventory, isManifestPath } from '../core/repository/inventory.ts';
import { MANIFEST_CHECK, manifestCheck, type Proposal } from '../core/repository/manifest-check.ts';
import { reusedNames } from '../core/repository/reused-names.ts';
import type { Sha } from '../core/values.ts';
import type { PullView, RepositoryView } from '../ports/forge.ts';
import { foreseeProposal, type Outset, openIn } from './foresee-proposal.ts';
import type { Stock } from './memory.ts';
import { stockAt } from './stock.ts';
import type { World } from './world.ts';

/** The checks to write; `unseen`: some heads could not be looked at yet, and unknown is never a success. */
export type Checked = {
  /** A success that no longer holds, and what stands on the default branch. */
  readonly pressing: readonly Write[];
  /** What a pull request can wait for: until then it has no success (T17). */
  readonly patient: readonly Write[];
  readonly unseen: boolean;
};

/** The manifest check on the head of every open pull request, and on the default branch where it is in error. */
export async function checkProposals(
  world: World,
  repository: string,
  view: RepositoryView,
  stock: Stock,
  reading: RecordsReading | undefined,
): Promise<Checked> {
  const heads = grouped(view.pulls);
  const outset = reading && {
    ...{ world, repository, reading, at: view.at },
    ruled: stock,
    open: openIn(world, repository, reading),
  };
  const pressing: Write[] = [];
  const patient: Write[] = [];
  let unseen = false;
  for (const [head, pulls] of heads) {
    if (!(await world.mirror.has(repository, head))) {
      unseen = true;
      continue;
    }
    const proposals = await Promise.all(
      pulls.map((pull) => proposalOf(world, repository, view, pull, stock, outset)),
    );
    const checks = pulls[0]?.checks ?? [];
    const isGreen = checks.some(
      ({ name, conclusion }) => name === MANIFEST_CHECK && conclusion === 'success',
    );
    (isGreen ? pressing : patient).push(...checkOf(head, proposals, checks, reading));
  }
  const onDefault = { number: 0, changed: [], problems: stock.inventory.problems };
  const shown = view.checks.some((check) => check.name === MANIFEST_CHECK);
  if ((stock.inventory.problems.size > 0 || shown) && !heads.has(stock.commit)) {
    pressing.push(...checkOf(stock.commit, [onDefault], view.checks, reading));
  }
  return { pressing, patient, unseen };
}

function grouped(pulls: readonly PullView[]): ReadonlyMap<Sha, readonly PullView[]> {
  const heads = new Map<Sha, readonly PullView[]>();
  for (const pull of pulls) heads.set(pull.head, [...(heads.get(pull.head) ?? []), pull]);
  return heads;
}

function checkOf(
  head: Sha,
  proposals: readonly Proposal[],
  checks: readonly CheckView[],
  reading: RecordsReading | undefined,
): readonly Write[] {
  const anchor = reading?.anchor ? ` ${anchorWords(reading.anchor)}` : '';
  const check = manifestCheck(head, proposals, `manifest${anchor}`);
  return checkWrite(
    checks.find(({ name }) => name === check.name),
    check,
  );
}

/** What a pull request would bring in, judged as the tree of its head stands; nothing of it is obeyed (T10). */
async function proposalOf(
  world: World,
  repository: string,
  view: RepositoryView,
  pull: PullView,
  ruled: Stock,
  outset: Outset | undefined,
): Promise<Proposal> {
  const base = view.defaultBranch;
  const none: Proposal = { number: pull.number, changed: [], problems: new Map() };
  if (!base || pull.base !== base.name) return none;
  const touched = await world.mirror.changedSince(repository, base.head, pull.head);
  const ruling = ruled.inventory.configuration;
  // Manifests are held against what rules; with another configuration, against that one, which may come to rule.
  const amends = touched.includes(CONFIGURATION_PATH);
  const { inheritance } = ruled;
  const rule = {
    ...(inheritance ? { inheritance } : {}),
    ...(ruled.ruledBy !== undefined && ruling && !amends ? { ruling } : {}),
  };
  const stock = await stockAt(world, repository, pull.head, rule);
  const { inventory } = stock;
  const changed = touched.filter((path) => path === CONFIGURATION_PATH || isRelevant(inventory, path));
  const removed = touched.filter((path) => path !== CONFIGURATION_PATH && isRemoved(ruled, stock, path));
  if (changed.length + removed.length === 0) return none;
  const looked = { head: pull.head, touched, stock };
  const outlooks = outset ? await foreseeProposal(outset, looked) : 'unknown';
  // A changed configuration can break manifests that the pull request does not touch.
  const whole = changed.includes(CONFIGURATION_PATH);
  const found = [
    ...inventory.problems,
    ...reusedNames(inventory, outset?.reading),
    ...belowFloors(inventory, outlooks),
  ];
  const problems = new Map<string, readonly Problem[]>();
  for (const [path, more] of found) {
    if (whole || changed.includes(path) || more.some(isInherited))
      problems.set(path, [...(problems.get(path) ?? []), ...more]);
  }
  const proposed = amends ? inventory.written?.configuration : undefined;
  const brought = [...inventory.manifests.values()].filter(({ path }) => changed.includes(path));
  const notes = [...(ruling && proposed ? proposalLines(ruling, proposed) : []), ...demandLines(brought)];
  return { number: pull.number, changed, removed, problems, notes, outlooks };
}

/** Whatever a pull request changes is held against what is inherited: where that is not known, nothing is right (T7). */
const isInherited = ({ code }: Problem): boolean =>
  code === 'inherited-unknown' || code === 'below-inherited';

/** Releases keep the floors that they were opened under, so a manifest that falls below them is in error (T7). */
const belowFloors = (
  inventory: Inventory,
  outlooks: readonly Outlook[] | 'unknown',
): readonly (readonly [string, readonly Problem[]])[] =>
  outlooks === 'unknown'
    ? []
    : outlooks.flatMap(({ foreseen }) =>
        foreseen.flatMap((one) => {
          const file = inventory.manifests.get(one.release);
          if (one.kind !== 'stalls' || !one.belowFloors || file === undefined) return [];
          const position = releaseNamePosition(file.bytes);
          const problems = one.why.map(
            (message): Problem => ({ severity: 'error', code: 'below-floor', position, message }),
          );
          return [[file.path, problems] as const];
        }),
      );

/** A manifest of the default branch, usable or not, that the pull request takes away. */
const isRemoved = ({ inventory, paths }: Stock, head: Stock, path: string): boolean =>
  paths.has(path) &&
  !head.paths.has(path) &&
  isManifestPath((inventory.configuration ?? defaultConfiguration).manifests, path);

const isRelevant = (inventory: Inventory, path: string): boolean =>
  inventory.problems.has(path) || [...inventory.manifests.values()].some((file) => file.path === path);
