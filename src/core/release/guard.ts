import { guardedBy } from '../floors/guarded.ts';
import { activitiesOf } from '../manifest/manifest.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Instant, Known } from '../values.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { barriersIn, isOpener } from './opening.ts';
import { type Attempt, isClosed, type OpenRelease, standingOpening, waitingAttempt } from './state.ts';

/** What GitHub itself would have to be told before it keeps a deployment back. */
export type Gap = 'rule' | 'branches' | 'bypass';

/** What keeps GitHub from guarding an environment; empty: it does. Unknown is not guarded (T14). */
export type Guard = Known<readonly Gap[]>;

/** Whether the host asks us before it lets anything in, as far as it was seen. */
export const hasRule = (guard: Guard | undefined): boolean =>
  guard?.kind === 'known' && !guard.value.includes('rule');

/** GitHub tells nobody when somebody sets an environment up otherwise. */
const againMs = 15 * 60_000;

const isDemanded = ({ revision }: OpenRelease, environment: string): boolean =>
  guardedBy(revision.floors, environment).length > 0;

type Opening = { readonly attempt: Attempt; readonly environment: string };

/** Attempts that open an environment, or wait to. */
const opening = (state: OpenRelease): readonly Opening[] =>
  state.ended || isClosed(state)
    ? []
    : activitiesOf(state.revision.plan)
        .filter(isOpener)
        .flatMap(({ id, environment }) => {
          const attempt = waitingAttempt(state, id);
          return attempt ? [{ attempt, environment }] : [];
        });

/** Whether a guard is to be looked at: where that was never done; and, where a floor demands one, until it is open. */
const isToLookAt = (state: OpenRelease, { attempt, environment }: Opening): boolean =>
  attempt.guard === undefined || (isDemanded(state, environment) && !standingOpening(attempt));

/** Environments of which nobody has asked the host yet how it guards them, each once. */
export const guardsToAsk = (state: OpenRelease, { guards }: Facts): readonly string[] => [
  ...new Set(
    opening(state)
      .filter((one) => isToLookAt(state, one))
      .map(({ environment }) => environment)
      .filter((environment) => !guards?.has(environment)),
  ),
];

/** How the host guards environments that it was asked about, where the record does not say the same (T14). */
export const dueGuards = (state: OpenRelease, { guards }: Facts, at: Instant): readonly Happening[] =>
  opening(state).flatMap(
    ({ attempt: { activity, attempt, guard: known }, environment }): readonly Happening[] => {
      const guard = guards?.get(environment);
      if (guard === undefined || (known !== undefined && canonicalize(guard) === canonicalize(known)))
        return [];
      return [{ at, kind: 'guard-seen', body: { activity, attempt, environment, guard } }];
    },
  );

/** Openings without those that rest on an older look than a floor lets them: the host is asked first. */
export const lookedAt = (
  openings: readonly Happening[],
  state: OpenRelease,
  { guards }: Facts,
): readonly Happening[] =>
  openings.filter(
    ({ kind, body }) =>
      kind !== 'environment-opened' || guards?.has(body.environment) || !isDemanded(state, body.environment),
  );

/** When an environment is looked at again that nothing but a floor's demand keeps shut; undefined: there is none. */
export const nextGuardMoment = (
  state: OpenRelease,
  { configuration, timely }: Facts,
  at: Instant,
): Instant | undefined =>
  !isClosed(state) &&
  [...barriersIn(state, configuration, { at, trusted: timely }).values()].some(
    (barrier) => barrier !== 'unknown' && barrier.kind === 'unguarded',
  )
    ? new Date(Date.parse(at) + againMs).toISOString()
    : undefined;
