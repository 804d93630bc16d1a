import type { Configuration } from '../configuration/configuration.ts';
import type { QuorumRule } from '../manifest/manifest.ts';
import { present } from '../written/present.ts';
import { builtInCatalog } from './approval-types.ts';
import type { CatalogEntry } from './catalog-entry.ts';

/** An entry as a repository has it: who approves where a manifest does not say, empty where nobody said. */
export type UsableEntry = CatalogEntry & { readonly approvers: readonly QuorumRule[] };

/** Entries by id. */
export type UsableCatalog = ReadonlyMap<string, UsableEntry>;

/** The built-in entries, with what the configuration changes in them, and those that it adds (S-052). */
export const usableCatalog = ({ catalog }: Pick<Configuration, 'catalog'>): UsableCatalog => {
  const entries = new Map<string, UsableEntry>(
    [...builtInCatalog].map(([id, entry]) => [id, { ...entry, approvers: [] }]),
  );
  for (const [id, configured] of Object.entries(catalog)) {
    const { title = id, inputs = {}, data = [], instructions } = entries.get(id) ?? {};
    entries.set(id, {
      title: configured.title ?? title,
      ...present({ instructions: configured.instructions ?? instructions }),
      inputs: { ...inputs, ...configured.inputs },
      data,
      approvers: configured.approvers,
    });
  }
  return entries;
};
