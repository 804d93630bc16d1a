import type { Instant, Known } from '../values.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { isOpener } from './opening.ts';
import { type Attempt, activitiesOf, isClosed, type OpenRelease, waitingAttempt } from './state.ts';

/** What GitHub itself would have to be told before it keeps a deployment back. */
export type Gap = 'rule' | 'branches' | 'bypass';

/** What keeps GitHub from guarding an environment; empty: it does. Unknown is not guarded (T14). */
export type Guard = Known<readonly Gap[]>;

/** Attempts that open an environment, or wait to, and about whose guard nothing is recorded. */
const unlooked = (
  state: OpenRelease,
): readonly { readonly attempt: Attempt; readonly environment: string }[] =>
  state.ended || isClosed(state)
    ? []
    : activitiesOf(state.revision.plan)
        .filter(isOpener)
        .flatMap(({ id, environment }) => {
          const attempt = waitingAttempt(state, id);
          return attempt && attempt.guard === undefined ? [{ attempt, environment }] : [];
        });

/** Environments of which nobody has asked the host yet how it guards them, each once. */
export const guardsToAsk = (state: OpenRelease, { guards }: Facts): readonly string[] => [
  ...new Set(
    unlooked(state)
      .map(({ environment }) => environment)
      .filter((environment) => !guards?.has(environment)),
  ),
];

/** How the host guards environments that are about to be opened: once an attempt, before it is (T14). */
export const dueGuards = (state: OpenRelease, { guards }: Facts, at: Instant): readonly Happening[] =>
  unlooked(state).flatMap(({ attempt: { activity, attempt }, environment }): readonly Happening[] => {
    const guard = guards?.get(environment);
    if (guard === undefined) return [];
    return [{ at, kind: 'guard-seen', body: { activity, attempt, environment, guard } }];
  });
