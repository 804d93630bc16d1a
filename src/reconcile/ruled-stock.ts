import { type Configuration, defaultConfiguration } from '../core/configuration/configuration.ts';
import { parseConfiguration } from '../core/configuration/parse-configuration.ts';
import { digestOf } from '../core/record/digest.ts';
import { manifestPath } from '../core/record/layout.ts';
import type { RecordsReading } from '../core/record/record.ts';
import { type Adopted, amendmentFile, amendmentsIn } from '../core/repository/amendment.ts';
import { CONFIGURATION_PATH } from '../core/repository/inventory.ts';
import type { Stock } from './memory.ts';
import { stockAt } from './stock.ts';
import type { World } from './world.ts';

/**
 * A stock held against the configuration in force, which is the newest that the record says was adopted (T7): what is
 * written on the default branch rules only while nothing was recorded.
 */
export async function ruledStock(
  world: World,
  repository: string,
  written: Stock,
  reading: RecordsReading,
): Promise<Stock> {
  const amendments = amendmentsIn(reading.releases);
  const { adopted, next } = amendments;
  const proposed = written.inventory.written;
  if (adopted === undefined && proposed?.configuration.custodians === undefined) return written;
  const ruledBy = `${adopted?.digest} ${next}`;
  const known = world.memory.ruled.get(repository);
  if (known?.commit === written.commit && known.ruledBy === ruledBy) return known;
  const ruling = adopted && (await rulingOf(world, repository, adopted, written, reading));
  // What rules cannot be read: then nothing is known to be allowed, and nothing new begins.
  if (adopted && !ruling) {
    const inventory = { manifests: new Map(), configuration: undefined, problems: new Map() };
    return { ...written, inventory, ruledBy };
  }
  const commit = await world.mirror.lastChange(repository, written.commit, CONFIGURATION_PATH);
  const amendment =
    proposed && amendmentFile(amendments, ruling, { ...proposed, commit: commit ?? written.commit });
  const stock = await stockAt(world.mirror, repository, written.commit, {
    ...(ruling ? { ruling } : {}),
    ...(amendment ? { amendment } : {}),
  });
  const settled = proposed && !amendment ? ({ settled: true } as const) : {};
  const ruled = { ...stock, ruledBy, ...settled };
  world.memory.ruled.set(repository, ruled);
  return ruled;
}

/** The configuration in force, from wherever its bytes still are; what the record names by digest is believed only so. */
async function rulingOf(
  { mirror }: World,
  repository: string,
  { digest, commit, release }: Adopted,
  written: Stock,
  { head }: RecordsReading,
): Promise<Configuration | undefined> {
  const now = written.inventory.written;
  if (now?.digest === digest) return now.configuration;
  const places = [{ commit, path: CONFIGURATION_PATH }].concat(
    head === undefined ? [] : [{ commit: head, path: manifestPath(release, digest) }],
  );
  for (const place of places) {
    if (!(await mirror.has(repository, place.commit))) await mirror.fetch(repository);
    if (!(await mirror.has(repository, place.commit))) continue;
    const bytes =
      (await mirror.read(repository, place.commit, [place.path])).get(place.path) ?? new Uint8Array();
    if (digestOf(bytes) !== digest) continue;
    const parsed = bytes.length === 0 ? undefined : parseConfiguration(bytes);
    if (parsed === undefined || parsed.kind === 'valid') return parsed?.value ?? defaultConfiguration;
  }
  return undefined;
}
