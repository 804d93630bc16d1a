import type { UsableCatalog, UsableEntry } from '../catalog/usable-catalog.ts';
import { present } from '../written/present.ts';
import { type CheckDemand, withDemands } from './check-demand.ts';
import { isDuty, mergeDuties, parseDuties } from './duty.ts';
import type { Activity, Manifest, Origin, Phase, Principal, QuorumRule, Target } from './manifest.ts';
import { normalizeChecks, normalizePreconditions } from './normalize-checks.ts';
import { normalizeFailure, normalizePhaseFailure } from './normalize-failure.ts';
import { normalizeJudgement, normalizeRule } from './normalize-rule.ts';
import { deadlineOnly, normalizeTiming } from './normalize-timing.ts';
import { type Owners, parsePrincipal, parsePrincipals, withOwners } from './principal.ts';
import { usedInputs, usedInstructions } from './use-catalog.ts';
import type { WrittenActivity, WrittenManifest, WrittenPhase } from './written-manifest.ts';

/** What people wrote with every default applied, in the order they wrote it. */
export const normalizeManifest = (written: WrittenManifest, catalog: UsableCatalog): Manifest => ({
  release: written.release,
  title: written.title ?? written.release,
  ...present({ owner: written.owner === undefined ? undefined : parsePrincipal(written.owner) }),
  ...present({ profile: written.profile === undefined ? undefined : names(written.profile) }),
  target: normalizeTarget(written.target),
  ...present({ start: written.schedule?.start, supersedes: written.supersedes }),
  phases: Object.entries(written.phases).map(([id, phase]) =>
    normalizePhase(id, phase, written.owner, catalog),
  ),
});

const normalizeTarget = ({ ref, sha, since, artifacts }: WrittenManifest['target']): Target => ({
  // The rules demand one of the two.
  ...(sha === undefined ? { kind: 'ref', ref: ref as string } : { kind: 'sha', sha }),
  ...present({ since, artifacts }),
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
  ...normalizeTask(written),
  approvers: approversOf(written, owners, entry),
  ...normalizeExclusions(written.exclude, owners),
  inputs: usedInputs(entry, written.inputs),
  ...present({
    preconditions: preconditionsOf(written, entry),
    if: written.if,
    onFailure: normalizeFailure(written['on-failure']),
    timing:
      written.checks === undefined
        ? normalizeTiming(written, parseOwner(owners.phase ?? owners.release))
        : deadlineOnly(written),
  }),
  ...normalizeJudgement(written),
  ...present({ uses: written.uses, origins: isFromCatalog(written) ? [fromCatalog] : undefined }),
  ...present({
    environment: written.environment,
    validFor: written['valid-for'],
    workflow: written.workflow?.replace(/^.*\//, ''),
    with: written.workflow === undefined ? undefined : written.with,
  }),
  ...present({ checks: written.checks === undefined ? undefined : normalizeChecks(written.checks) }),
});

const isFromCatalog = ({ uses, approvers }: WrittenActivity): boolean =>
  uses !== undefined && approvers === undefined;

const approversOf = (
  { approvers, assignees }: WrittenActivity,
  owners: Owners,
  entry: UsableEntry | undefined,
): readonly QuorumRule[] => {
  if (approvers !== undefined) return [approvers].flat().map((rule) => normalizeRule(rule, owners));
  if (assignees === undefined) return entry?.approvers ?? [];
  return [normalizeRule({ from: assignees }, owners)];
};

/** Nobody has to wait for anything: undefined, so that scopes leave it out. */
const preconditionsOf = (
  { preconditions }: WrittenActivity,
  entry: UsableEntry | undefined,
): readonly CheckDemand[] | undefined => {
  const demands = withDemands(entry?.preconditions ?? [], normalizePreconditions(preconditions));
  return demands.length === 0 ? undefined : demands;
};

/** Whoever wrote the manifest may do what it asks for, unless it says otherwise; nobody approves their own (T16). */
const normalizeTask = ({ assignees, exclude }: WrittenActivity): Pick<Activity, 'task'> =>
  assignees === undefined
    ? {}
    : { task: { authors: names(exclude).includes('author') ? 'excluded' : 'may-act' } };

/** Who is excluded, by who they are and by what they did. The author is whether this says so or not. */
export const normalizeExclusions = (
  written: WrittenActivity['exclude'],
  owners: Owners,
): Pick<Activity, 'exclude' | 'apartFrom'> => ({
  exclude: parsePrincipals(
    withOwners(names(written), owners).filter((one) => one !== 'author' && !isDuty(one)),
  ),
  ...present({ apartFrom: mergeDuties(parseDuties(names(written))) }),
});

const parseOwner = (written: string | undefined): Principal | undefined =>
  written === undefined ? undefined : parsePrincipal(written);
