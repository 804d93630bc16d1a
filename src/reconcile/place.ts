import type { Configuration } from '../core/configuration/configuration.ts';
import { genesisPaths, isGenesisOf } from '../core/record/genesis.ts';
import type { Anchor } from '../core/record/record.ts';
import { anchorOf } from '../core/release/anchor.ts';
import type { CheckView } from '../core/release/facts.ts';
import type { Repository, Sha } from '../core/values.ts';
import type { ReadResult, RecordsPlace } from '../ports/record-store.ts';
import type { World } from './world.ts';

/** Where the record lives. Only our own key's checkpoints are folded, whatever else the configuration names (T9). */
export const placeOf = (
  world: World,
  repository: Repository,
  records: Configuration['records'],
): RecordsPlace => ({
  repository: { id: repository.id, name: repository.name },
  branch: records.branch,
  trustedKeys: [world.ownKey],
});

/**
 * Reads the record, unless the configuration trusts other keys than ours: then nothing we sign would be believed.
 * `witnesses` are checkpoints that others than its checks have seen (T8).
 */
export async function readRecords(
  world: World,
  place: RecordsPlace,
  records: Configuration['records'],
  head: Sha | undefined,
  checks: readonly CheckView[],
  witnesses: readonly Anchor[] = [],
): Promise<ReadResult> {
  const trusted = records.keys;
  if (trusted.length > 0 && !trusted.includes(world.ownKey)) {
    return { kind: 'fault', fault: { kind: 'own-key-untrusted', key: world.ownKey, trusted } };
  }
  const result = await world.store.read(place, head, [...anchorsOf(checks), ...witnesses]);
  if (result.kind === 'fault' || result.reading.anchor) return result;
  const elsewhere = await recordElsewhere(world, place);
  return elsewhere === undefined
    ? result
    : { kind: 'fault', fault: { kind: 'second-genesis', branch: elsewhere } };
}

/**
 * A configuration that names a new records branch would begin the record anew, and everything decided so far would be
 * forgotten: a record of ours on any other branch keeps that from happening (T8).
 */
async function recordElsewhere(
  world: World,
  { repository, branch }: RecordsPlace,
): Promise<string | undefined> {
  for (const [name, commit] of await world.mirror.branches(repository.name)) {
    if (name === branch) continue;
    const files = await world.mirror.read(repository.name, commit, genesisPaths(world.ownKey));
    if (isGenesisOf(files, world.ownKey, repository.id)) return name;
  }
  return undefined;
}

/** The newest checkpoints that our own checks bear witness to (T8). */
const anchorsOf = (checks: readonly CheckView[]): readonly Anchor[] =>
  checks.flatMap(({ externalId }) => {
    const anchor = anchorOf(externalId);
    return anchor ? [anchor] : [];
  });
