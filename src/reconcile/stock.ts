import { defaultConfiguration } from '../core/configuration/configuration.ts';
import { parseConfiguration } from '../core/configuration/parse-configuration.ts';
import { CONFIGURATION_PATH, inventoryOf, isManifestPath } from '../core/repository/inventory.ts';
import type { Sha } from '../core/values.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { Stock } from './memory.ts';

/** More than any manifest may have, so that a file that is too large is still reported as such. */
const READ_AT_MOST = 1024 * 1024;
const MOST_MANIFESTS = 2_000;

/** Takes stock of what a commit defines, from the local copy. */
export async function stockAt(mirror: Mirror, repository: string, commit: Sha): Promise<Stock> {
  const paths = await mirror.list(repository, commit);
  const configured = await mirror.read(repository, commit, [CONFIGURATION_PATH]);
  const bytes = configured.get(CONFIGURATION_PATH);
  const parsed = bytes ? parseConfiguration(bytes) : undefined;
  const pattern = parsed?.kind === 'valid' ? parsed.value.manifests : defaultConfiguration.manifests;
  const candidates = paths.filter((path) => isManifestPath(pattern, path)).slice(0, MOST_MANIFESTS);
  const sizes = await mirror.sizes(repository, commit, candidates);
  const readable = candidates.filter((path) => (sizes.get(path) ?? 0) <= READ_AT_MOST);
  const contents = await mirror.read(repository, commit, readable);
  const oversized = candidates
    .filter((path) => !readable.includes(path))
    .map((path) => [path, tooLarge] as const);
  return {
    commit,
    inventory: inventoryOf(new Map([...configured, ...contents, ...oversized])),
    paths: new Set(paths),
  };
}

/** Stands for a file that is too large to be read at all: the parser reports it by its size. */
const tooLarge = new Uint8Array(READ_AT_MOST + 1);
