import type { Configuration } from '../core/configuration/configuration.ts';
import { aboveOf, type Inheritance } from '../core/configuration/inheritance.ts';
import { parseConfiguration } from '../core/configuration/parse-configuration.ts';
import { digestOf } from '../core/record/digest.ts';
import { manifestPath } from '../core/record/layout.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { type Adopted, amendmentFile, amendmentsIn } from '../core/repository/amendment.ts';
import { CONFIGURATION_PATH, type Rule, withoutFile } from '../core/repository/inventory.ts';
import type { Stock } from './memory.ts';
import { stockAt } from './stock.ts';
import type { World } from './world.ts';

/**
 * A stock held against the configuration in force, which is the newest that the record says was adopted (T7), on top of
 * what is inherited: what is written on the default branch rules only while nothing was recorded.
 */
export async function ruledStock(
  world: World,
  repository: string,
  alone: Stock,
  reading: RecordsReading,
  inheritance: Inheritance,
): Promise<Stock> {
  const amendments = amendmentsIn(reading.releases);
  const { adopted, next } = amendments;
  const inherits = inheritance.kind !== 'none';
  const hasCustodians = ({ inventory }: Stock) => inventory.written?.configuration.custodians !== undefined;
  if (!inherits && adopted === undefined && !hasCustodians(alone)) return alone;
  const ruledBy = [adopted?.digest, next, ...inheritedBy(inheritance)].join(' ');
  const known = world.memory.ruled.get(repository);
  if (known?.commit === alone.commit && known.ruledBy === ruledBy) return known;
  const keep = (stock: Stock): Stock => {
    const ruled = { ...stock, ruledBy };
    world.memory.ruled.set(repository, ruled);
    return ruled;
  };
  const written = inherits ? await stockAt(world, repository, alone.commit, { inheritance }) : alone;
  if (inheritance.kind === 'unknown') return keep(written);
  const proposed = written.inventory.written;
  // A repository that only inherits and releases nothing needs no record of that.
  const isIdle = !written.paths.has(CONFIGURATION_PATH) && written.inventory.manifests.size === 0;
  if (adopted === undefined && (isIdle || !hasCustodians(written))) return keep(written);
  const ruling = adopted && (await rulingOf(world, repository, adopted, alone, reading, inheritance));
  // What rules cannot be read: then nothing is known to be allowed, and nothing new begins.
  if (adopted && !ruling) {
    const { problems, records } = written.inventory;
    const inventory = { manifests: new Map(), configuration: undefined, records, problems };
    return { ...written, inventory, ruledBy };
  }
  const commit = await world.mirror.lastChange(repository, written.commit, CONFIGURATION_PATH);
  const amendment =
    proposed && amendmentFile(amendments, ruling, { ...proposed, commit: commit ?? written.commit });
  const rule: Rule = {
    ...(inherits ? { inheritance } : {}),
    ...(ruling ? { ruling } : {}),
    ...(amendment ? { amendment } : {}),
  };
  const stock = await stockAt(world, repository, written.commit, rule);
  return keep(proposed && !amendment ? { ...stock, settled: true } : stock);
}

/** What is inherited, as far as it makes a difference. */
const inheritedBy = (inheritance: Inheritance): readonly string[] => {
  switch (inheritance.kind) {
    case 'none':
      return [];
    case 'unknown':
      return ['unknown', inheritance.why];
    case 'known': {
      const { repository, digest, commit } = inheritance.from;
      return [String(repository.id), commit, digest];
    }
  }
};

/** The configuration in force, from wherever its bytes still are; what the record names by digest is believed only so. */
async function rulingOf(
  { mirror, memory }: World,
  repository: string,
  { digest, commit, release }: Adopted,
  alone: Stock,
  { head }: RecordsReading,
  inheritance: Inheritance,
): Promise<Configuration | undefined> {
  const read = (bytes: Uint8Array): Configuration | undefined => {
    const parsed =
      bytes.length === 0
        ? undefined
        : parseConfiguration(memory.readings(bytes), { ...aboveOf(inheritance), adopted: true });
    if (parsed === undefined) return withoutFile(inheritance);
    return parsed.kind === 'valid' ? parsed.value : undefined;
  };
  const now = alone.inventory.written;
  if (now?.digest === digest) return read(now.bytes);
  const places = [{ commit, path: CONFIGURATION_PATH }].concat(
    head === undefined ? [] : [{ commit: head, path: manifestPath(release, digest) }],
  );
  for (const place of places) {
    if (!(await mirror.has(repository, place.commit))) await mirror.fetch(repository);
    if (!(await mirror.has(repository, place.commit))) continue;
    const bytes =
      (await mirror.read(repository, place.commit, [place.path])).get(place.path) ?? new Uint8Array();
    if (digestOf(bytes) === digest) return read(bytes);
  }
  return undefined;
}
