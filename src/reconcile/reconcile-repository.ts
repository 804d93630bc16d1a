import { defaultConfiguration } from '../core/configuration/configuration.ts';
import { faultSentence } from '../core/messages/fault-words.ts';
import type { RepositoryView } from '../ports/forge.ts';
import type { Outcome } from '../ports/work-queue.ts';
import { type Checked, checkProposals } from './check-proposals.ts';
import { dueReleases } from './due-releases.ts';
import { wakeGates } from './gates.ts';
import { glancesAt } from './glance.ts';
import { handDown, inheritedRecords, stockInForce } from './inheritance.ts';
import type { Stock } from './memory.ts';
import { stockOf } from './newest-stock.ts';
import { placeOf, readRecords } from './place.ts';
import { askedAnew } from './reruns.ts';
import { nothingDone, type Reconciled, type World } from './world.ts';

/** Looks at a repository as a whole: checks its pull requests and names the releases that are due (design 6). */
export async function reconcileRepository(world: World, repository: string): Promise<Reconciled> {
  const first = await look(world, repository);
  if (!first.view.defaultBranch) return nothingDone({ kind: 'settled' });
  const { view } = first;
  const { records } = first.stock.inventory;
  const place = placeOf(world, view.repository, records);
  const result = await readRecords(world, place, records, view.records, [
    ...view.checks,
    ...view.pulls.flatMap(({ checks }) => checks),
  ]);
  const reading = result.kind === 'read' ? result.reading : undefined;
  const stock = reading ? await stockInForce(world, repository, first.stock, reading, view) : first.stock;
  handDown(world, repository, stock);
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
  await wakeGates(world, repository, glancesAt(world.memory, repository, result.reading.releases));
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
  let branch = known?.inventory.records.branch ?? '';
  for (;;) {
    const asked = branch === '' ? 'countersign-records' : branch;
    const seen = await world.forge.observeRepository(repository, asked, inheritedRecords(world, repository));
    const view = wished(world, repository, seen);
    world.memory.heads.set(repository, view);
    if (!view.defaultBranch) return { view, stock: emptyStock };
    // Tags have no heads in the view: a repository pass always brings the local copy up to date.
    await world.mirror.fetch(repository);
    const stock = await stockOf(world, repository, view.defaultBranch.head);
    branch = stock.inventory.records.branch;
    if (branch === asked) return { view, stock };
  }
}

/** With the checks marked that somebody asked for anew. */
const wished = (world: World, repository: string, view: RepositoryView): RepositoryView => ({
  ...view,
  checks: askedAnew(world, repository, view.defaultBranch?.head, view.checks),
  pulls: view.pulls.map((pull) => ({
    ...pull,
    checks: askedAnew(world, repository, pull.head, pull.checks),
  })),
});

const emptyStock: Stock = {
  commit: '',
  paths: new Set(),
  inventory: {
    configuration: undefined,
    records: defaultConfiguration.records,
    manifests: new Map(),
    problems: new Map(),
  },
};
