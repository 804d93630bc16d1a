import type { Manifest } from '../manifest/manifest.ts';
import type { Sha } from '../values.ts';
import type { ResolvedTarget } from './event.ts';
import type { Facts } from './facts.ts';
import type { OpenRelease, ReleaseState } from './state.ts';

/**
 * The target that a plan means, or the written name that means nothing. What is written as in the accepted revision keeps
 * the commit it was resolved to: a ref that moves is not a new target, nor a new beginning of one (design 2).
 */
export function targetOf(
  state: ReleaseState,
  { target: written }: Manifest,
  found: Facts['target'],
): { readonly target: ResolvedTarget } | { readonly missing: string } {
  const before = state.kind === 'opened' ? state : undefined;
  const name = written.kind === 'ref' ? written.ref : written.sha;
  const commit = before && sameTarget(before, written) ? before.target.commit : found?.commit;
  if (commit === undefined) return { missing: `The target ${name} does not exist.` };
  const ref = written.kind === 'ref' ? { ref: written.ref } : {};
  if (written.since === undefined) return { target: { commit, ...ref } };
  const kept = before?.revision.plan.target.since === written.since ? before.target.since : undefined;
  const since = kept ?? found?.since;
  if (since === undefined)
    return { missing: `The beginning of the target, ${written.since}, does not exist.` };
  return { target: { commit, ...ref, since } };
}

const sameTarget = ({ revision }: OpenRelease, written: Manifest['target']): boolean => {
  const before = revision.plan.target;
  return before.kind === 'ref'
    ? written.kind === 'ref' && before.ref === written.ref
    : written.kind === 'sha' && before.sha === written.sha;
};

/**
 * Where the commits begin whose people count as committers: what last opened the environment, where that is known, for a
 * manifest's own word could leave somebody out; else what the manifest says. Openings are not recorded yet.
 */
export const beginningOf = (target: ResolvedTarget, lastOpened?: Sha): Sha | undefined =>
  lastOpened ?? target.since;
