import { present } from '../written/present.ts';
import type { Activity, Manifest, Phase } from './manifest.ts';
import { normalizeFailure, normalizePhaseFailure } from './normalize-failure.ts';
import { normalizeInput } from './normalize-input.ts';
import { normalizeJudgement, normalizeRule } from './normalize-rule.ts';
import { type Owners, parsePrincipal, parsePrincipals, withOwners } from './principal.ts';
import type { WrittenActivity, WrittenManifest, WrittenPhase } from './written-manifest.ts';

/** What people wrote with every default applied, in the order they wrote it. */
export const normalizeManifest = (written: WrittenManifest): Manifest => ({
  release: written.release,
  title: written.title ?? written.release,
  ...present({ owner: written.owner === undefined ? undefined : parsePrincipal(written.owner) }),
  target:
    written.target.sha === undefined
      ? // The rules demand one of the two.
        { kind: 'ref', ref: written.target.ref as string }
      : { kind: 'sha', sha: written.target.sha },
  phases: Object.entries(written.phases).map(([id, phase]) => normalizePhase(id, phase, written.owner)),
});

const normalizePhase = (id: string, written: WrittenPhase, owner: string | undefined): Phase => ({
  id,
  title: written.title ?? id,
  ...present({ owner: written.owner === undefined ? undefined : parsePrincipal(written.owner) }),
  needs: names(written.needs),
  ...present({ onFailure: normalizePhaseFailure(written['on-failure']) }),
  activities: Object.entries(written.activities).map(([activity, body]) =>
    normalizeActivity(activity, id, body, { release: owner, phase: written.owner }),
  ),
});

const names = (written: string | readonly string[] | undefined): readonly string[] => [
  ...new Set([written ?? []].flat() as readonly string[]),
];

const normalizeActivity = (
  id: string,
  phase: string,
  written: WrittenActivity,
  owners: Owners,
): Activity => ({
  id,
  phase,
  title: written.title ?? id,
  ...present({ instructions: written.instructions }),
  needs: names(written.needs),
  approvers: [written.approvers].flat().map((rule) => normalizeRule(rule, owners)),
  // The author is excluded whether this says so or not.
  exclude: parsePrincipals(
    withOwners(names(written.exclude), owners).filter((excluded) => excluded !== 'author'),
  ),
  inputs: Object.entries(written.inputs ?? {}).map(([input, body]) => normalizeInput(input, body)),
  ...present({ onFailure: normalizeFailure(written['on-failure']) }),
  ...normalizeJudgement(written),
});
