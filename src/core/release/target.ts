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
  const kept = before?.revision.plan.target.since === written.since ? before?.target.since : undefined;
  const since = kept ?? found?.since;
  if (since !== undefined) return { target: { commit, ...ref, since } };
  return written.since === undefined
    ? { target: { commit, ...ref } }
    : { missing: `The beginning of the target, ${written.since}, does not exist.` };
}

const sameTarget = ({ revision }: OpenRelease, written: Manifest['target']): boolean => {
  const before = revision.plan.target;
  return before.kind === 'ref'
    ? written.kind === 'ref' && before.ref === written.ref
    : written.kind === 'sha' && before.sha === written.sha;
};

/**
 * Where the commits begin whose people count as committers (T16): at what last opened the environment, for a manifest's
 * own word could leave somebody out; else where the manifest says. Both are resolved with the target.
 */
export const beginningOf = (target: ResolvedTarget): Sha | undefined => target.since;
