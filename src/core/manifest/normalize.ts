import { present } from '../written/present.ts';
import type { Activity, Manifest, Phase, QuorumRule, Requirement } from './manifest.ts';
import { normalizeFailure, normalizePhaseFailure } from './normalize-failure.ts';
import { normalizeInput } from './normalize-input.ts';
import { parsePrincipal, parsePrincipals } from './principal.ts';
import type { WrittenActivity, WrittenManifest, WrittenPhase, WrittenRule } from './written-manifest.ts';

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
  phases: Object.entries(written.phases).map(([id, phase]) => normalizePhase(id, phase)),
});

const normalizePhase = (id: string, written: WrittenPhase): Phase => ({
  id,
  title: written.title ?? id,
  ...present({ owner: written.owner === undefined ? undefined : parsePrincipal(written.owner) }),
  needs: names(written.needs),
  ...present({ onFailure: normalizePhaseFailure(written['on-failure']) }),
  activities: Object.entries(written.activities).map(([activity, body]) =>
    normalizeActivity(activity, id, body),
  ),
});

const names = (written: string | readonly string[] | undefined): readonly string[] => [
  ...new Set([written ?? []].flat() as readonly string[]),
];

const normalizeActivity = (id: string, phase: string, written: WrittenActivity): Activity => ({
  id,
  phase,
  title: written.title ?? id,
  ...present({ instructions: written.instructions }),
  needs: names(written.needs),
  approvers: [written.approvers].flat().map(normalizeRule),
  // The author is excluded whether this says so or not.
  exclude: parsePrincipals(names(written.exclude).filter((excluded) => excluded !== 'author')),
  inputs: Object.entries(written.inputs ?? {}).map(([input, body]) => normalizeInput(input, body)),
  ...present({ onFailure: normalizeFailure(written['on-failure']) }),
});

const normalizeRule = ({ from, require = 1 }: WrittenRule): QuorumRule => ({
  from: parsePrincipals(from),
  require: normalizeRequirement(require),
});

const normalizeRequirement = (written: number | 'majority' | 'unanimous'): Requirement =>
  typeof written === 'number' ? { kind: 'count', count: written } : { kind: written };
