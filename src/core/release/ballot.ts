import type { Activity } from '../manifest/manifest.ts';
import { type ExcludedPeople, electorate, excludedPeople } from '../policy/eligibility.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Elector, Verdict } from '../policy/policy.ts';
import type { Resolutions } from '../policy/principals.ts';
import type { Directory } from '../policy/resolve.ts';
import type { Author, Binding } from './event.ts';
import type { Attempt, OpenRelease } from './state.ts';

/** The names of a release, looked up with what GitHub says now and what was first recorded. */
export const directoryOf = (state: OpenRelease, resolutions: Resolutions): Directory => ({
  roles: state.revision.roles,
  resolutions,
  bindings: Object.entries(state.bindings).map(([principal, id]) => ({ principal, id })),
});

/** Who may vote on an activity now, or the names that keep anybody from knowing. */
export type Electors =
  | {
      readonly kind: 'known';
      /** The roster: everybody who can approve. */
      readonly electors: readonly Elector[];
      /** The same with people who may only reject (T16). */
      readonly voters: readonly Elector[];
      readonly excluded: ExcludedPeople;
      readonly bindings: readonly Binding[];
    }
  | { readonly kind: 'unclear'; readonly obstacles: readonly Obstacle[] };

/** A name that cannot be used: it must be cleared before anybody is counted (design 3.1, T13). */
export type Obstacle = { readonly kind: 'unknown' | 'missing' | 'rebound'; readonly principal: string };

/** Looks up everybody whom an activity asks. */
export function electorsOf(activity: Activity, directory: Directory, authors: readonly Author[]): Electors {
  const excluded = excludedPeople(activity.exclude, directory, authors);
  const all = electorate(activity.approvers, directory, excluded.bar);
  const obstacles = [excluded, all].flatMap((found) => [
    ...found.unknown.map((principal) => ({ kind: 'unknown' as const, principal })),
    ...found.missing.map((principal) => ({ kind: 'missing' as const, principal })),
    ...found.rebound.map((principal) => ({ kind: 'rebound' as const, principal })),
  ]);
  if (obstacles.length > 0) return { kind: 'unclear', obstacles };
  return {
    kind: 'known',
    electors: all.electors.filter((elector) => !excluded.barApproval.has(elector.person.id)),
    voters: all.electors,
    excluded,
    bindings: [...excluded.bindings, ...all.bindings],
  };
}

/**
 * The verdict on an attempt. `unknown` are facts that could not be established in this pass. Votes of people who became
 * authors after voting are set aside; they stay in the denominator, which never falls within an attempt (T12).
 */
export function verdictOf(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  unknown: readonly string[],
): Verdict {
  const barred = new Map(state.authors.map((author) => [author.person.id, author.proof]));
  const votes = attempt.votes.filter(({ elector, choice }) => {
    const proof = barred.get(elector.person.id);
    return proof === undefined || (proof === 'claimed' && choice === 'reject');
  });
  return evaluate(
    { rules: activity.approvers },
    { roster: attempt.roster, votes, doubts: attempt.doubts, barred: new Set(barred.keys()), unknown },
  );
}
