import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { usableCatalog } from '../../core/catalog/usable-catalog.ts';
import { type Configuration, defaultConfiguration } from '../../core/configuration/configuration.ts';
import type { Floor } from '../../core/configuration/floor.ts';
import { parseConfiguration, type Reading } from '../../core/configuration/parse-configuration.ts';
import { resolvePlan } from '../../core/floors/resolve-plan.ts';
import { checkTogether, type Located } from '../../core/manifest/cross-check.ts';
import type { Manifest } from '../../core/manifest/manifest.ts';
import { parseManifest } from '../../core/manifest/parse-manifest.ts';
import { terminal } from '../../core/messages/escape.ts';
import type { Problem, ProblemCode } from '../../core/problem.ts';
import { readOrganization } from './organization.ts';
import { readCapped } from './read-capped.ts';

/** A problem of a file on disk; besides what a file can say wrong, it may not be readable. */
export type Finding = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: Problem['severity'];
  readonly code: ProblemCode | 'unreadable';
  readonly message: string;
};

/**
 * Checks files as the App would: each by itself, releases against one another, roles against the configuration.
 * `organization` is the file that the repository inherits from.
 */
export async function checkFiles(
  paths: readonly string[],
  organization?: string,
): Promise<readonly Finding[]> {
  const inherited = await inheritedFrom(organization);
  if (inherited.kind === 'findings') return inherited.findings;
  const findings: Finding[][] = [];
  const manifests: Located[] = [];
  const distinct = paths.filter(
    (path, index) => paths.findIndex((one) => resolve(one) === resolve(path)) === index,
  );
  for (const path of distinct) findings.push(await checkFile(path, manifests, inherited.reading));
  const together = checkTogether(manifests);
  return distinct.flatMap((path, index) => {
    const found = [...(findings[index] ?? []), ...located(path, together.get(path) ?? [])];
    return found.toSorted((a, b) => a.line - b.line || a.column - b.column);
  });
}

async function checkFile(path: string, manifests: Located[], reading: Reading): Promise<Finding[]> {
  const file = await readCapped(path);
  if (file.kind === 'unreadable') return [unreadable(path, 'error', file.why)];
  if (isConfiguration(path)) return located(path, parseConfiguration(file.bytes, reading).problems);
  const read = judge(path, file.bytes, await configurationAbove(dirname(resolve(path)), reading));
  if (read.manifest) manifests.push({ path, manifest: read.manifest, bytes: file.bytes });
  return [...read.findings];
}

/** A manifest as it would take effect, and what was found; without errors there is always a plan. */
export type ReadPlan = {
  readonly findings: readonly Finding[];
  /** Valid by itself. */
  readonly manifest?: Manifest;
  /** With everything that the configuration adds. */
  readonly plan?: Manifest;
  readonly floors?: readonly Floor[];
  readonly configuration: Configuration;
};

/** The files that a manifest is judged by, where somebody named them. */
export type NamedRules = {
  readonly configuration?: string | undefined;
  readonly organization?: string | undefined;
};

/** Reads one manifest under a configuration: the file given, else the one above it, else the defaults. */
export async function readPlan(path: string, named: NamedRules): Promise<ReadPlan> {
  const inherited = await inheritedFrom(named.organization);
  if (inherited.kind === 'findings')
    return { findings: inherited.findings, configuration: defaultConfiguration };
  const { reading } = inherited;
  const file = await readCapped(path);
  if (file.kind === 'unreadable')
    return { findings: [unreadable(path, 'error', file.why)], configuration: defaultConfiguration };
  if (named.configuration === undefined) {
    const above = await configurationAbove(dirname(resolve(path)), reading);
    const read = judge(path, file.bytes, above);
    if (above.kind !== 'broken') return read;
    // What a manifest asks for cannot be told without its roles and floors: the errors come first.
    return { ...read, findings: [...located(above.path, above.problems), ...read.findings] };
  }
  const { findings, configuration } = await readNamed(named.configuration, reading);
  if (configuration === undefined) return { findings, configuration: defaultConfiguration };
  const read = judge(path, file.bytes, { kind: 'read', configuration });
  return { ...read, findings: [...findings, ...read.findings] };
}

/** A configuration file, and what was found in it; without errors there is a configuration. */
export type ReadRules = { readonly findings: readonly Finding[]; readonly configuration?: Configuration };

/** Reads the configuration that somebody named, with what it inherits. */
export async function readRules(path: string, organization?: string): Promise<ReadRules> {
  const inherited = await inheritedFrom(organization);
  return inherited.kind === 'findings' ? inherited : readNamed(path, inherited.reading);
}

/** The configuration of the repository that a file belongs to; undefined where it has none without errors. */
export async function rulesAbove(path: string, organization?: string): Promise<Configuration | undefined> {
  const inherited = await inheritedFrom(organization);
  if (inherited.kind === 'findings') return undefined;
  const above = await configurationAbove(dirname(resolve(path)), inherited.reading);
  return above.kind === 'read' ? above.configuration : undefined;
}

async function readNamed(path: string, reading: Reading): Promise<ReadRules> {
  const given = await readCapped(path);
  if (given.kind === 'unreadable') return { findings: [unreadable(path, 'error', given.why)] };
  const parsed = parseConfiguration(given.bytes, reading);
  const findings = located(path, parsed.problems);
  return parsed.kind === 'invalid' ? { findings } : { findings, configuration: parsed.value };
}

type InheritedRules =
  | { readonly kind: 'rules'; readonly reading: Reading }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] };

async function inheritedFrom(path: string | undefined): Promise<InheritedRules> {
  if (path === undefined) return { kind: 'rules', reading: {} };
  const organization = await readOrganization(path);
  switch (organization.kind) {
    case 'given':
      return { kind: 'rules', reading: organization.reading };
    case 'unreadable':
      return { kind: 'findings', findings: [unreadable(path, 'error', organization.why)] };
    case 'invalid':
      return { kind: 'findings', findings: located(path, organization.problems) };
  }
}

function judge(path: string, bytes: Uint8Array, rules: Above): ReadPlan {
  const configuration = rules.kind === 'read' ? rules.configuration : defaultConfiguration;
  const parsed = parseManifest(bytes, usableCatalog(configuration));
  if (parsed.kind === 'invalid') return { findings: located(path, parsed.problems), configuration };
  const manifest = parsed.value;
  const { plan, floors, problems } = resolvePlan(bytes, manifest, configuration);
  return { findings: findingsOf(path, rules, problems), manifest, plan, floors, configuration };
}

function findingsOf(path: string, rules: Above, problems: readonly Problem[]): readonly Finding[] {
  switch (rules.kind) {
    case 'none':
      return located(path, unruled(problems));
    case 'broken': {
      const why = `Roles and floors were not checked, because ${rules.path} has errors.`;
      return [unreadable(path, 'warning', why)];
    }
    case 'read':
      return located(path, problems);
  }
}

/** A file on its own: its roles may be anywhere, and so may whoever approves what it takes from the catalog. */
const unruled = (problems: readonly Problem[]): readonly Problem[] =>
  problems
    .filter(({ code }) => code !== 'unknown-reference')
    .map((problem) => (problem.code === 'missing-key' ? { ...problem, severity: 'warning' } : problem));

const isConfiguration = (path: string): boolean =>
  /^countersign\.ya?ml$/.test(basename(path)) || basename(dirname(resolve(path))) === '.github';

type Above =
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly path: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'read'; readonly configuration: Configuration };

/** The configuration of the repository that a folder belongs to; what it inherits where it has none. */
async function configurationAbove(folder: string, reading: Reading): Promise<Above> {
  const path = join(folder, '.github', 'countersign.yml');
  const file = await readCapped(path);
  if (file.kind === 'unreadable') {
    const parent = dirname(folder);
    const isTop = parent === folder || existsSync(join(folder, '.git'));
    if (!isTop) return configurationAbove(parent, reading);
    const configuration = reading.above?.configuration;
    return configuration === undefined ? { kind: 'none' } : { kind: 'read', configuration };
  }
  const parsed = parseConfiguration(file.bytes, reading);
  return parsed.kind === 'valid'
    ? { kind: 'read', configuration: parsed.value }
    : { kind: 'broken', path, problems: parsed.problems };
}

/** A finding as one line. Names of files and what was found in them come from others, and a terminal obeys (T18). */
export const findingLine = ({ path, line, column, severity, code, message }: Finding): string =>
  `${terminal(path)}:${line}:${column}: ${severity} ${code}: ${terminal(message)}`;

const located = (path: string, problems: readonly Problem[]): Finding[] =>
  problems.map(({ severity, code, position, message }) => ({ path, ...position, severity, code, message }));

const unreadable = (path: string, severity: Problem['severity'], message: string): Finding => ({
  path,
  line: 1,
  column: 1,
  severity,
  code: 'unreadable',
  message,
});
