import type { Bound, BoundNames } from '../policy/resolve.ts';
import { isAmendmentName } from '../release/amendment-name.ts';
import type { OpenRelease } from '../release/state.ts';
import type { Instant } from '../values.ts';

/** A configuration that took force; `weighed`: whoever had to agree to its meaning was asked (T7). */
export type Reform = { readonly at: Instant; readonly weighed: boolean };

/** What one release says of names and of the configuration. */
export type Naming = {
  readonly bound: readonly Bound[];
  /** Only of a release that brought a configuration into force. */
  readonly reform?: Reform;
};

/** The configuration that a release brought into force; empty: it brought none. */
export function reformIn({
  release,
  ended,
  revision,
}: Pick<OpenRelease, 'release' | 'ended' | 'revision'>): Pick<Naming, 'reform'> {
  if (!isAmendmentName(release) || ended?.kind !== 'succeeded') return {};
  // What only moves lines asks no custodian: it must not let a name mean somebody else (T13).
  const weighed = revision.plan.phases.length > 0 || revision.custodians === undefined;
  return { reform: { at: ended.at, weighed } };
}

/**
 * The release that brought the configuration in force: the newest that was agreed to, else the first. Undefined where the
 * record knows of none.
 */
export function reformInForce(
  namings: ReadonlyMap<string, Naming>,
): { readonly release: string; readonly at: Instant } | undefined {
  const reforms = [...namings]
    .flatMap(([release, { reform }]) => (reform === undefined ? [] : [{ release, ...reform }]))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return reforms.findLast(({ weighed }) => weighed) ?? reforms[0];
}

/**
 * What each name meant first under the configuration in force, in whichever release: the earliest binding, and of several
 * at one moment that of the release whose name comes first. Those that agreed to the configuration keep their meaning, or
 * its custodians could be replaced by taking over their name (T7, T13).
 */
export function firstBindings(namings: ReadonlyMap<string, Naming>): BoundNames {
  const force = reformInForce(namings);
  const since = force === undefined ? Number.NEGATIVE_INFINITY : Date.parse(force.at);
  const first = new Map<string, Omit<Bound, 'principal'> & { readonly release: string }>();
  for (const [release, { bound }] of namings) {
    for (const { principal, id, at } of bound) {
      const time = Date.parse(at);
      if (time < since && release !== force?.release) continue;
      const name = principal.toLowerCase();
      const known = first.get(name);
      const ahead = known === undefined ? -1 : time - Date.parse(known.at);
      if (known === undefined || ahead < 0 || (ahead === 0 && release < known.release))
        first.set(name, { id, at, release });
    }
  }
  return first;
}
