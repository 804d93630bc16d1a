import type { Configuration } from '../configuration/configuration.ts';
import { configurationPath } from '../configuration/parse-configuration.ts';
import type { Activity, Manifest, QuorumRule } from '../manifest/manifest.ts';
import { amendmentInstructions, isSameMeaning } from '../messages/amendment-words.ts';
import type { RecordsReading } from '../record/record.ts';
import { amendmentPrefix, isAmendmentName } from '../release/amendment-name.ts';
import { fold } from '../release/fold.ts';
import type { Digest, Sha } from '../values.ts';
import type { ManifestFile } from './inventory.ts';

/** The revision of the configuration that the record says is in force. */
export type Adopted = { readonly digest: Digest; readonly commit: Sha; readonly release: string };

/** What the record knows of configurations; `next` is the release that the next change of them belongs to. */
export type Amendments = { readonly adopted?: Adopted; readonly next: string };

/** Looks up which configuration is in force: the newest whose release succeeded. */
export const amendmentsIn = (releases: RecordsReading['releases']): Amendments => {
  const records = [...releases.values()]
    .filter(({ release }) => isAmendmentName(release))
    .map(({ release, events }) => ({
      release,
      events,
      number: Number(release.slice(amendmentPrefix.length)),
    }))
    .sort((a, b) => b.number - a.number);
  const newest = records[0]?.number ?? 0;
  let next = `${amendmentPrefix}${newest + 1}`;
  for (const { release, events, number } of records) {
    const state = fold(release, events);
    if (state.kind !== 'opened') continue;
    if (number === newest && state.ended === undefined) next = release;
    if (state.ended?.kind !== 'succeeded') continue;
    const { manifest, commit } = state.revision;
    return { adopted: { digest: manifest, commit, release }, next };
  }
  return { next };
};

/** A configuration as it stands on the default branch; a file that is gone is empty. */
export type WrittenRevision = {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly configuration: Configuration;
  /** The commit that last changed the file. */
  readonly commit: Sha;
};

/**
 * The release that brings a configuration into force; undefined where nothing has to be decided. The first one with
 * custodians is trusted on first use and recorded. `ruling` is the configuration that `adopted` means.
 */
export const amendmentFile = (
  { adopted, next }: Amendments,
  ruling: Configuration | undefined,
  written: WrittenRevision,
): ManifestFile | undefined => {
  const { bytes, digest, configuration, commit } = written;
  const file = (title: string, activities: readonly Activity[]): ManifestFile => ({
    path: configurationPath,
    digest,
    bytes,
    plan: planOf(next, title, commit, activities),
    floors: [],
    ...(adopted === undefined ? {} : { since: adopted.commit }),
  });
  if (adopted === undefined || ruling === undefined)
    return configuration.custodians === undefined
      ? undefined
      : file('Configuration, trusted on first use', []);
  if (adopted.digest === digest) return undefined;
  if (isSameMeaning(ruling, configuration)) return file('Configuration, written in another way', []);
  if (ruling.custodians === undefined) return file('Configuration, changed without custodians', []);
  return file('Change of the configuration', [
    amend(ruling.custodians, amendmentInstructions(ruling, configuration)),
  ]);
};

const planOf = (release: string, title: string, commit: Sha, activities: readonly Activity[]): Manifest => ({
  release,
  title,
  target: { kind: 'sha', sha: commit },
  phases:
    activities.length === 0 ? [] : [{ id: 'configuration', title: 'Configuration', needs: [], activities }],
});

const amend = (custodians: QuorumRule, instructions: string): Activity => ({
  id: 'amend',
  phase: 'configuration',
  title: 'Change of the configuration',
  instructions,
  needs: [],
  approvers: [custodians],
  exclude: [],
  inputs: [],
  floors: ['configuration'],
});
