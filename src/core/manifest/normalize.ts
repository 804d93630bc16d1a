import type { UsableCatalog, UsableEntry } from '../catalog/usable-catalog.ts';
import { present } from '../written/present.ts';
import type { Activity, Excluded, Manifest, Origin, Phase, Principal } from './manifest.ts';
import { normalizeFailure, normalizePhaseFailure } from './normalize-failure.ts';
import { normalizeJudgement, normalizeRule } from './normalize-rule.ts';
import { normalizeTiming } from './normalize-timing.ts';
import { type Owners, parsePrincipal, parsePrincipals, withOwners } from './principal.ts';
import { usedInputs, usedInstructions } from './use-catalog.ts';
import type { WrittenActivity, WrittenManifest, WrittenPhase } from './written-manifest.ts';

/** What people wrote with every default applied, in the order they wrote it. */
export const normalizeManifest = (written: WrittenManifest, catalog: UsableCatalog): Manifest => ({
  release: written.release,
  title: written.title ?? written.release,
  ...present({ owner: written.owner === undefined ? undefined : parsePrincipal(written.owner) }),
  ...present({ profile: written.profile === undefined ? undefined : names(written.profile) }),
  target:
    written.target.sha === undefined
      ? // The rules demand one of the two.
        { kind: 'ref', ref: written.target.ref as string }
      : { kind: 'sha', sha: written.target.sha },
  ...present({ start: written.schedule?.start }),
  phases: Object.entries(written.phases).map(([id, phase]) =>
    normalizePhase(id, phase, written.owner, catalog),
  ),
});

const normalizePhase = (
  id: string,
  written: WrittenPhase,
  owner: string | undefined,
  catalog: UsableCatalog,
): Phase => ({
  id,
  title: written.title ?? id,
  ...present({ owner: written.owner === undefined ? undefined : parsePrincipal(written.owner) }),
  needs: names(written.needs),
  ...present({ onFailure: normalizePhaseFailure(written['on-failure']) }),
  activities: Object.entries(written.activities).map(([activity, body]) =>
    normalizeActivity(
      activity,
      id,
      body,
      { release: owner, phase: written.owner },
      catalog.get(body.uses ?? ''),
    ),
  ),
});

const names = (written: string | readonly string[] | undefined): readonly string[] => [
  ...new Set([written ?? []].flat() as readonly string[]),
];

/** Who approves is not said in the manifest. */
const fromCatalog: Origin = { part: 'approvers', from: 'the catalog' };

const normalizeActivity = (
  id: string,
  phase: string,
  written: WrittenActivity,
  owners: Owners,
  entry: UsableEntry | undefined,
): Activity => ({
  id,
  phase,
  title: written.title ?? entry?.title ?? id,
  ...present({ instructions: usedInstructions(entry, written) }),
  needs: names(written.needs),
  approvers:
    written.approvers === undefined
      ? // The rules demand one of the two.
        (entry as UsableEntry).approvers
      : [written.approvers].flat().map((rule) => normalizeRule(rule, owners)),
  exclude: normalizeExclusions(written.exclude, owners),
  inputs: usedInputs(entry, written.inputs),
  ...present({
    onFailure: normalizeFailure(written['on-failure']),
    timing: normalizeTiming(written, parseOwner(owners.phase ?? owners.release)),
  }),
  ...normalizeJudgement(written),
  ...present({ uses: written.uses, origins: written.approvers === undefined ? [fromCatalog] : undefined }),
});

/** Who is excluded besides the author, who is whether this says so or not. */
export const normalizeExclusions = (
  written: WrittenActivity['exclude'],
  owners: Owners,
): readonly Excluded[] =>
  parsePrincipals(withOwners(names(written), owners).filter((excluded) => excluded !== 'author'));

const parseOwner = (written: string | undefined): Principal | undefined =>
  written === undefined ? undefined : parsePrincipal(written);
