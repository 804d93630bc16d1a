import type { Configuration } from '../configuration/configuration.ts';
import type { CheckDemand } from '../manifest/check-demand.ts';
import type { QuorumRule } from '../manifest/manifest.ts';
import { present } from '../written/present.ts';
import { builtInCatalog } from './approval-types.ts';
import type { CatalogEntry } from './catalog-entry.ts';

/** An entry as a repository has it. */
export type UsableEntry = CatalogEntry & {
  /** Who approves where a manifest does not say, empty where nobody said. */
  readonly approvers: readonly QuorumRule[];
  /** Checks that have to pass first, with those of the manifest. */
  readonly preconditions: readonly CheckDemand[];
};

/** Entries by id. */
export type UsableCatalog = ReadonlyMap<string, UsableEntry>;

/** The built-in entries, with what the configuration changes in them, and those that it adds (S-052). */
export const usableCatalog = ({ catalog }: Pick<Configuration, 'catalog'>): UsableCatalog => {
  const entries = new Map<string, UsableEntry>(
    [...builtInCatalog].map(([id, entry]) => [id, { ...entry, approvers: [], preconditions: [] }]),
  );
  for (const [id, configured] of Object.entries(catalog)) {
    const { title = id, inputs = {}, data = [], instructions } = entries.get(id) ?? {};
    entries.set(id, {
      title: configured.title ?? title,
      ...present({ instructions: configured.instructions ?? instructions }),
      inputs: { ...inputs, ...configured.inputs },
      data,
      approvers: configured.approvers,
      preconditions: configured.preconditions,
    });
  }
  return entries;
};
