import { usableCatalog } from '../catalog/usable-catalog.ts';
import { type Configuration, defaultConfiguration, nothingOwn } from '../configuration/configuration.ts';
import type { Floor } from '../configuration/floor.ts';
import { aboveOf, type Inheritance } from '../configuration/inheritance.ts';
import { configurationPath, parseConfiguration, recordsIn } from '../configuration/parse-configuration.ts';
import { resolvePlan } from '../floors/resolve-plan.ts';
import { checkTogether } from '../manifest/cross-check.ts';
import { activitiesOf, type Manifest } from '../manifest/manifest.ts';
import { parseManifest } from '../manifest/parse-manifest.ts';
import type { Parsed, Problem } from '../problem.ts';
import { digestOf } from '../record/digest.ts';
import type { Digest, Sha } from '../values.ts';
import { type Read, readYaml } from '../written/read-yaml.ts';
import type { WrittenRevision } from './amendment.ts';
import { matchesGlob } from './glob.ts';

/** Where the configuration of a repository lives. */
export const CONFIGURATION_PATH = configurationPath;

/** A manifest that could take force. */
export type ManifestFile = {
  readonly path: string;
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  /** Resolved under the configuration: complete. */
  readonly plan: Manifest;
  /** The floors of the configuration that say anything about it. */
  readonly floors: readonly Floor[];
  /** The commit that its authors are counted from, where that is not the revision accepted before. */
  readonly since?: Sha;
};

/** What one commit of a repository defines: its configuration, its manifests, and everything wrong with either. */
export type Inventory = {
  /** Undefined while the configuration cannot be used. */
  readonly configuration: Configuration | undefined;
  /** Where the record is, by the file as it is written here. */
  readonly records: Configuration['records'];
  /** By release name; a name that two files claim, or a file with errors, is not among them. */
  readonly manifests: ReadonlyMap<string, ManifestFile>;
  /** By path, for every file that was looked at and has any. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** The configuration as it is written here, whichever rules; absent where it cannot be used. */
  readonly written?: Written;
};

type Written = Pick<WrittenRevision, 'bytes' | 'digest' | 'configuration'>;

/** A link's content is a path, not what somebody reviewed; a submodule has none at all. */
const notAFile: Problem = {
  severity: 'error',
  code: 'wrong-type',
  position: { line: 1, column: 1 },
  message: 'This is a symbolic link or a submodule. Expected a plain file.',
};

/** The configuration that is written deviates from the one that rules, and says so where people look (T7). */
const notInForce = (release: string): Problem => ({
  severity: 'warning',
  code: 'not-in-force',
  position: { line: 1, column: 1 },
  message: `This configuration does not rule yet: the custodians of the one before it decide in the release ${release}.`,
});

/** Nobody knows what is demanded, so that nothing may pass (T7). */
const inheritedUnknown = (message: string): Problem => ({
  severity: 'error',
  code: 'inherited-unknown',
  position: { line: 1, column: 1 },
  message,
});

/** What is in force whatever the tree says: its configuration, and the release that would bring in another one (T7). */
export type Rule = {
  /** What the repository inherits; absent: nothing. */
  readonly inheritance?: Inheritance;
  /** Absent: the tree's own rules. */
  readonly ruling?: Configuration;
  readonly amendment?: ManifestFile;
};

/**
 * Takes stock of a tree. `files` are the configuration, if there is one, and every file that could be a manifest;
 * `irregular` are the paths that are no plain files. Manifests are held against the configuration in force. `read` reads a
 * file; whoever has read the same bytes before may answer with that.
 */
export function inventoryOf(
  files: ReadonlyMap<string, Uint8Array>,
  irregular: ReadonlySet<string> = new Set(),
  rule: Rule = {},
  read: (bytes: Uint8Array) => Read = readYaml,
): Inventory {
  const problems = new Map<string, readonly Problem[]>();
  const note = (path: string, found: readonly Problem[]) => {
    if (found.length > 0) problems.set(path, [...(problems.get(path) ?? []), ...found]);
  };
  const linked = irregular.has(CONFIGURATION_PATH);
  if (linked) note(CONFIGURATION_PATH, [notAFile]);
  const written = linked ? undefined : files.get(CONFIGURATION_PATH);
  const { inheritance } = rule;
  if (inheritance?.kind === 'unknown') note(CONFIGURATION_PATH, [inheritedUnknown(inheritance.why)]);
  const configured = written && read(written);
  const parsed = configured && parseConfiguration(configured, aboveOf(inheritance));
  if (parsed) note(CONFIGURATION_PATH, parsed.problems);
  const own =
    linked || inheritance?.kind === 'unknown'
      ? undefined
      : parsed
        ? readFrom(parsed)
        : withoutFile(inheritance);
  const configuration = rule.ruling ?? own;
  if (rule.amendment && activitiesOf(rule.amendment.plan).length > 0)
    note(CONFIGURATION_PATH, [notInForce(rule.amendment.plan.release)]);
  const pattern = configuration?.manifests ?? defaultConfiguration.manifests;
  for (const path of irregular) if (isManifestPath(pattern, path)) note(path, [notAFile]);
  const catalog = usableCatalog(configuration ?? defaultConfiguration);
  const found: ManifestFile[] = [];
  for (const [path, bytes] of files) {
    if (!isManifestPath(pattern, path) || irregular.has(path)) continue;
    const tree = read(bytes);
    const manifest = parseManifest(tree, catalog);
    note(path, manifest.problems);
    if (manifest.kind === 'invalid') continue;
    const resolved = resolvePlan(tree, manifest.value, configuration ?? defaultConfiguration);
    // Without a configuration nobody knows what it is to be held against; the configuration's own errors are shown.
    if (configuration) note(path, resolved.problems);
    found.push({ path, digest: digestOf(bytes), bytes, plan: resolved.plan, floors: resolved.floors });
  }
  for (const [path, twice] of checkTogether(
    found.map(({ path, plan, bytes }) => ({ path, manifest: plan, bytes })),
  ))
    note(path, twice);
  const bytes = written ?? new Uint8Array();
  const faulty = new Set([...problems].filter(([, wrong]) => wrong.some(isError)).map(([path]) => path));
  const manifests = [
    ...found.filter(({ path }) => !faulty.has(path)),
    ...(rule.amendment ? [rule.amendment] : []),
  ];
  return {
    configuration,
    records: recordsIn(configured),
    manifests: new Map(manifests.map((file) => [file.plan.release, file])),
    problems,
    ...(own ? { written: { bytes, digest: digestOf(bytes), configuration: own } } : {}),
  };
}

const readFrom = <T>(parsed: Parsed<T>): T | undefined =>
  parsed.kind === 'valid' ? parsed.value : undefined;

/** What holds where a repository has no file of its own: what it inherits, but for the place of its record. */
export const withoutFile = (inheritance: Inheritance | undefined): Configuration =>
  inheritance?.kind === 'known'
    ? { ...inheritance.configuration, records: defaultConfiguration.records, own: nothingOwn }
    : defaultConfiguration;

export const isError = (problem: Problem): boolean => problem.severity === 'error';

/** Whether the configuration's `manifests` means this path. */
export const isManifestPath = (pattern: string, path: string): boolean =>
  path !== CONFIGURATION_PATH && matchesGlob(pattern, path);
