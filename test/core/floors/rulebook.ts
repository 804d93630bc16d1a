import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { type Configuration, defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import type { Activity, Manifest, Phase } from '../../../src/core/manifest/manifest.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import type { Problem } from '../../../src/core/problem.ts';

const valid = <T>(
  parsed: { readonly kind: 'valid'; readonly value: T } | { readonly kind: 'invalid' },
): T => {
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed));
  return parsed.value;
};

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const configurationOf = (text: string): Configuration => valid(parseConfiguration(bytesOf(text)));

export const planOf = (text: string, configuration: Configuration): Manifest =>
  valid(parseManifest(bytesOf(text), usableCatalog(configuration)));

/** Everything that is wrong with a manifest under a configuration. */
export const wrongWith = (
  file: Uint8Array,
  configuration: Configuration = defaultConfiguration,
): readonly Problem[] => {
  const parsed = parseManifest(file, usableCatalog(configuration));
  return parsed.kind === 'invalid'
    ? parsed.problems
    : resolvePlan(file, parsed.value, configuration).problems;
};

export const rulebookOf = (configuration: Configuration) => ({
  floors: configuration.floors,
  roles: configuration.roles,
  catalog: usableCatalog(configuration),
});

/** A plan in which some activities, or phases, have more than their file can say. */
export const patched = (
  plan: Manifest,
  patches: { readonly [id: string]: Readonly<Record<string, unknown>> },
): Manifest => ({
  ...plan,
  phases: plan.phases.map(
    (phase): Phase => ({
      ...phase,
      ...patches[phase.id],
      activities: phase.activities.map((activity): Activity => ({ ...activity, ...patches[activity.id] })),
    }),
  ),
});

export const activityIn = (plan: Manifest, id: string): Activity => {
  const found = plan.phases.flatMap(({ activities }) => activities).find((activity) => activity.id === id);
  if (found === undefined) throw new Error(`no activity ${id}`);
  return found;
};

const productionPhase = (production: string) => `release: r1
target: { ref: main }
phases:
  production:
    activities:
      ${production.trim().replaceAll('\n', '\n      ')}
`;
/** A release with one phase of these activities, held against a configuration. */
export const judge = (floors: string, production: string, patches = {}) => {
  const configuration = configurationOf(floors);
  const text = productionPhase(production);
  return resolvePlan(bytesOf(text), patched(planOf(text, configuration), patches), configuration);
};
