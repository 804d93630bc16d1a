import type { BoundNames } from '../core/policy/resolve.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import { boundIn } from '../core/release/ballot.ts';
import { checksWaitedFor } from '../core/release/checks.ts';
import type { Elsewhere } from '../core/release/facts.ts';
import { elsewhereOf } from '../core/release/stand.ts';
import { askingAttempts, type OpenRelease } from '../core/release/state.ts';
import { firstBindings, type Naming, reformIn } from '../core/repository/first-bindings.ts';
import type { Digest, Instant, Sha } from '../core/values.ts';
import type { Memory } from './memory.ts';
import { stateOf } from './state-of.ts';

/** What a look at a whole repository needs of a release that was opened. It holds as long as the record stands where it is. */
export type Glance = Naming & {
  /** Digest of the newest event. */
  readonly tip: Digest;
  readonly ended: boolean;
  readonly lastAt: Instant;
  /** Digest of the accepted manifest. */
  readonly manifest: Digest;
  /** Where it was. */
  readonly path: string;
  readonly target: Sha;
  /** The tag that the target may have been written as, `refs/tags/v1`. */
  readonly tag: string | undefined;
  /** How many activities wait for people. */
  readonly waiting: number;
  /** Names of checks of others that it waits for on its target. */
  readonly checks: readonly string[];
  /** Numbers of every issue that was ever opened for it. */
  readonly issues: readonly number[];
  /** Foreign commits that it has recorded. */
  readonly foreign: ReadonlySet<Sha>;
  /** What other releases have to know of it; absent: nothing. */
  readonly elsewhere: Elsewhere | undefined;
};

/** Goes over every release that was opened. Those whose record has not moved are not folded again. */
export function glancesAt(
  memory: Pick<Memory, 'glances' | 'states'>,
  repository: string,
  releases: ReadonlyMap<string, ReleaseRecord>,
): ReadonlyMap<string, Glance> {
  const known = memory.glances.get(repository);
  if (known !== undefined && isCurrent(known, releases)) return known;
  const glances = new Map<string, Glance>();
  for (const [release, record] of releases) {
    const { tip } = record;
    const before = known?.get(release);
    if (before?.tip === tip.event) glances.set(release, before);
    else {
      const state = stateOf(memory, repository, release, record);
      if (state.kind === 'opened') glances.set(release, glanceOf(state, tip.event, before?.bound));
    }
  }
  memory.glances.set(repository, glances);
  return glances;
}

const isCurrent = (
  known: ReadonlyMap<string, Glance>,
  releases: ReadonlyMap<string, ReleaseRecord>,
): boolean => {
  for (const [release, { tip }] of releases) if (known.get(release)?.tip !== tip.event) return false;
  return known.size === releases.size;
};

const saysTheSame = (one: Glance | undefined, other: Glance): boolean =>
  one?.bound === other.bound && one.reform?.at === other.reform?.at;

/**
 * What every name meant first under the configuration in force (T13). Most of what is recorded binds no name: all of them
 * are gone over again only when something else is bound, or a configuration takes force.
 */
export function boundNames(
  memory: Pick<Memory, 'glances' | 'states' | 'bound'>,
  repository: string,
  releases: ReadonlyMap<string, ReleaseRecord>,
): BoundNames {
  const glances = glancesAt(memory, repository, releases);
  const known = memory.bound.get(repository);
  if (known?.glances === glances) return known.bound;
  let same = known?.glances.size === glances.size;
  for (const [release, glance] of glances) same &&= saysTheSame(known?.glances.get(release), glance);
  const bound = known !== undefined && same ? known.bound : firstBindings(glances);
  memory.bound.set(repository, { glances, bound });
  return bound;
}

/** How many activities of a release wait for people. */
export const waitingIn = (state: OpenRelease): number => (state.ended ? 0 : askingAttempts(state).length);

function glanceOf(state: OpenRelease, tip: Digest, before: Glance['bound'] | undefined): Glance {
  const bound = boundIn(state);
  const { revision, target, tracking, deviations } = state;
  const notices = Object.values(state.attempts).flatMap((attempts) =>
    attempts.flatMap((attempt) => attempt.notices),
  );
  const issues = [...notices.map(({ issue }) => issue), ...(tracking ? [tracking] : [])];
  return {
    tip,
    ended: state.ended !== undefined,
    lastAt: state.lastAt,
    manifest: revision.manifest,
    path: revision.path,
    target: target.commit,
    tag: target.ref === undefined ? undefined : tagIn(revision.plan.target),
    waiting: waitingIn(state),
    checks: checksWaitedFor(state),
    issues: [...new Set(issues.map(({ number }) => number))],
    foreign: new Set(deviations.flatMap((one) => (one.what === 'foreign-commit' ? [one.commit] : []))),
    elsewhere: elsewhereOf(state),
    bound: before !== undefined && JSON.stringify(before) === JSON.stringify(bound) ? before : bound,
    ...reformIn(state),
  };
}

/** A name without a place is the tag, where there is one, as git itself decides. */
function tagIn(target: OpenRelease['revision']['plan']['target']): string | undefined {
  if (target.kind === 'sha') return undefined;
  const ref = target.ref.startsWith('refs/') ? target.ref : `refs/tags/${target.ref}`;
  return ref.startsWith('refs/tags/') ? ref : undefined;
}
