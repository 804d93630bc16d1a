import { defaultConfiguration } from '../core/configuration/configuration.ts';
import {
  asInherited,
  type Inheritance,
  type Inherited,
  inheritsFrom,
} from '../core/configuration/inheritance.ts';
import { configurationPath } from '../core/configuration/parse-configuration.ts';
import { faultSentence } from '../core/messages/fault-words.ts';
import { inheritedBroken } from '../core/messages/inheritance-words.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { amendmentsIn } from '../core/repository/amendment.ts';
import {
  type FoundAbove,
  judgeInheritance,
  lastInherited,
  recordedInheritance,
  type SeenAbove,
} from '../core/repository/inherited.ts';
import { ForgeError, type Heads, type InheritedHeads } from '../ports/forge.ts';
import type { Stock } from './memory.ts';
import { stockOf } from './newest-stock.ts';
import { placeOf, readRecords } from './place.ts';
import { ruledStock } from './ruled-stock.ts';
import type { World } from './world.ts';

type Present = Extract<InheritedHeads, { readonly kind: 'present' }>;

/** Name of the records branch of what a repository inherits from, as far as it is known; undefined: it inherits nothing. */
export const inheritedRecords = (world: World, repository: string): string | undefined => {
  const from = inheritsFrom(repository);
  if (from === undefined) return undefined;
  const stock = world.memory.stocks.get(from);
  return (stock?.inventory ?? defaultConfiguration).records.branch;
};

/**
 * What a repository inherits, by the heads that came with its own (T7). What rules in the organization's repository is what
 * its own record says there; that is read over git, and only where something moved.
 */
async function inheritanceOf(
  world: World,
  repository: string,
  { inherited }: Pick<Heads, 'inherited'>,
  reading: RecordsReading,
): Promise<Inheritance> {
  const from = inheritsFrom(repository);
  if (from === undefined || inherited === undefined) return { kind: 'none' };
  const recorded = recordedInheritance(seenIn(world, reading));
  const found = inherited.kind === 'absent' ? inherited : await remembered(world, from, inherited, recorded);
  return judgeInheritance(found, recorded, from);
}

/** Releases whose record has not moved are not gone through again. */
function seenIn({ memory: { seenAbove } }: World, { releases }: RecordsReading): readonly SeenAbove[] {
  return [...releases.values()].flatMap((record) => {
    const known = seenAbove.get(record);
    if (known) return known;
    const last = lastInherited(record.events);
    const seen = last ? [last] : [];
    seenAbove.set(record, seen);
    return seen;
  });
}

/** A stock held against what rules, by the record and by what is inherited. */
export const stockInForce = async (
  world: World,
  repository: string,
  stock: Stock,
  reading: RecordsReading,
  heads: Pick<Heads, 'inherited'>,
): Promise<Stock> =>
  ruledStock(world, repository, stock, reading, await inheritanceOf(world, repository, heads, reading));

/** One look serves every repository that inherits from there and has seen the same. */
async function remembered(
  world: World,
  from: string,
  heads: Present,
  recorded: Inherited | undefined,
): Promise<FoundAbove> {
  const { repository, head, records } = heads;
  const witness = recorded?.repository.id === repository.id ? recorded.checkpoint : undefined;
  const at = [repository.id, head, records].join(' ');
  const seen = `${witness?.number} ${witness?.digest}`;
  const before = world.memory.inherited.get(from);
  const known = before?.at === at ? before : { at, found: new Map<string, FoundAbove>() };
  world.memory.inherited.set(from, known);
  const found = known.found.get(seen) ?? (await find(world, from, heads, witness));
  known.found.set(seen, found);
  return found;
}

async function find(
  world: World,
  from: string,
  { repository, head, records, recordsBranch }: Present,
  witness: Inherited['checkpoint'],
): Promise<FoundAbove> {
  if (head === undefined) return { kind: 'absent' };
  const name = repository.name;
  try {
    const written = await stockOf(world, name, head);
    const place = placeOf(world, repository, written.inventory.records);
    // Its configuration names another branch than was asked about: the next question will name that one.
    if (place.branch !== recordsBranch) await world.mirror.fetch(name);
    const tip =
      place.branch === recordsBranch ? records : (await world.mirror.branches(name)).get(place.branch);
    const result = await readRecords(
      world,
      place,
      written.inventory.records,
      tip,
      [],
      witness ? [witness] : [],
    );
    if (result.kind === 'fault')
      return { kind: 'unknown', why: inheritedBroken(from, faultSentence(result.fault)) };
    const { reading } = result;
    const ruled = await ruledStock(world, name, written, reading, { kind: 'none' });
    const { adopted } = amendmentsIn(reading.releases);
    const { inventory } = ruled;
    if (adopted === undefined && !written.paths.has(configurationPath)) return { kind: 'absent' };
    if (inventory.configuration === undefined || (adopted === undefined && inventory.written === undefined))
      return { kind: 'unknown', why: inheritedBroken(from, `${configurationPath} has errors.`) };
    const commit = adopted?.commit ?? (await world.mirror.lastChange(name, head, configurationPath)) ?? head;
    const digest = adopted?.digest ?? inventory.written?.digest ?? '';
    const checkpoint = reading.anchor === undefined ? {} : { checkpoint: reading.anchor };
    return {
      kind: 'known',
      configuration: asInherited(inventory.configuration, name),
      from: { repository, commit, digest, ...checkpoint },
    };
  } catch (error) {
    // Seen, for it is public, and not ours to read: whoever never inherited from it goes on without.
    if (error instanceof ForgeError && error.code === 'forbidden') return { kind: 'absent' };
    throw error;
  }
}

/**
 * Has every repository looked at that inherits from this one, where what it demands is not what it was. What a webhook
 * did not tell is found by each of them at its next look anyway.
 */
export function handDown(world: World, repository: string, { inventory, paths }: Stock): void {
  if (inheritsFrom(repository) !== undefined) return;
  const { memory, enqueue } = world;
  // The App may have been kept from reading it until now.
  memory.inherited.delete(repository);
  // A file that demands nothing is not the same as none.
  const now = JSON.stringify([paths.has(configurationPath), inventory.configuration]);
  const before = memory.handedDown.get(repository);
  memory.handedDown.set(repository, now);
  if (before === now) return;
  // Those that were not looked at since the start will be, and find it themselves.
  for (const heir of world.heirs(repository))
    if (memory.heads.has(heir)) enqueue({ kind: 'repository', repository: heir });
}
