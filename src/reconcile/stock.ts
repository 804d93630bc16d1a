import { aboveOf } from '../core/configuration/inheritance.ts';
import { parseConfiguration } from '../core/configuration/parse-configuration.ts';
import { codeownersPaths, largestCodeowners } from '../core/policy/codeowners.ts';
import {
  CONFIGURATION_PATH,
  inventoryOf,
  isManifestPath,
  type Rule,
  withoutFile,
} from '../core/repository/inventory.ts';
import type { Sha } from '../core/values.ts';
import { largestFile } from '../core/written/decode-text.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { Stock } from './memory.ts';
import type { Readings } from './readings.ts';

/** All manifests of one commit together; small ones, as they are, would be tens of thousands (T17). */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_MANIFESTS = 2_000;

/** What stock is taken from. */
type Source = Pick<Mirror, 'list' | 'irregular' | 'sizes' | 'read'>;

/** Where the files are, and what they say. */
export type Sources = { readonly mirror: Source; readonly memory: { readonly readings: Readings } };

/** Takes stock of what a commit defines, from the local copy. `rule`: what is in force whatever the commit says. */
export async function stockAt(
  { mirror, memory: { readings } }: Sources,
  repository: string,
  commit: Sha,
  rule: Rule = {},
): Promise<Stock> {
  const paths = await mirror.list(repository, commit);
  const irregular = await mirror.irregular(repository, commit);
  const configured = await readConfiguration(mirror, repository, commit);
  const bytes = configured.get(CONFIGURATION_PATH);
  const parsed = bytes ? parseConfiguration(readings(bytes), aboveOf(rule.inheritance)) : undefined;
  const own = parsed?.kind === 'valid' ? parsed.value : withoutFile(rule.inheritance);
  const pattern = (rule.ruling ?? own).manifests;
  const candidates = paths.filter((path) => isManifestPath(pattern, path)).slice(0, MOST_MANIFESTS);
  const sizes = await mirror.sizes(repository, commit, candidates);
  const readable = within(candidates, sizes);
  const contents = await mirror.read(repository, commit, [...readable]);
  const oversized = candidates.filter((path) => !readable.has(path)).map((path) => [path, tooLarge] as const);
  return {
    commit,
    ...(rule.inheritance === undefined ? {} : { inheritance: rule.inheritance }),
    inventory: inventoryOf(new Map([...configured, ...contents, ...oversized]), irregular, rule, readings),
    paths: new Set(paths),
    ...(await readCodeowners(mirror, repository, commit, paths, irregular)),
  };
}

/** The first file of the name, as GitHub looks for it; one that is too large or no plain file names nobody. */
async function readCodeowners(
  mirror: Source,
  repository: string,
  commit: Sha,
  paths: readonly string[],
  irregular: ReadonlySet<string>,
): Promise<Pick<Stock, 'codeowners'>> {
  const path = codeownersPaths.find((one) => paths.includes(one));
  if (path === undefined || irregular.has(path)) return {};
  const sizes = await mirror.sizes(repository, commit, [path]);
  if ((sizes.get(path) ?? 0) > largestCodeowners) return {};
  const bytes = (await mirror.read(repository, commit, [path])).get(path);
  return bytes === undefined ? {} : { codeowners: new TextDecoder().decode(bytes) };
}

async function readConfiguration(
  mirror: Source,
  repository: string,
  commit: Sha,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const sizes = await mirror.sizes(repository, commit, [CONFIGURATION_PATH]);
  return (sizes.get(CONFIGURATION_PATH) ?? 0) > largestFile
    ? new Map([[CONFIGURATION_PATH, tooLarge]])
    : mirror.read(repository, commit, [CONFIGURATION_PATH]);
}

/** The files that are read: none larger than a manifest may be, and not more than fits. */
function within(paths: readonly string[], sizes: ReadonlyMap<string, number>): ReadonlySet<string> {
  const readable = new Set<string>();
  let total = 0;
  for (const path of paths) {
    const size = sizes.get(path) ?? 0;
    if (size > largestFile || total + size > MOST_BYTES) continue;
    total += size;
    readable.add(path);
  }
  return readable;
}

/** Stands for a file that is not read at all: the parser reports it by its size. */
const tooLarge = new Uint8Array(largestFile + 1);
