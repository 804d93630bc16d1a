import type { CheckRuns } from '../checks/check-run.ts';
import { type EndedRun, standingOf } from '../checks/standing.ts';
import { type CheckDemand, isAdvisory } from '../manifest/check-demand.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Instant, Known } from '../values.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { unmetBy } from './preconditions.ts';
import { type Attempt, activitiesOf, isClosed, type OpenRelease, waitingAttempt } from './state.ts';

type Waiting = { readonly attempt: Attempt; readonly demands: readonly CheckDemand[] };

/** Attempts that wait for checks of others, with all that each of them asks for. */
const waitingIn = (state: OpenRelease): readonly Waiting[] =>
  state.ended || isClosed(state)
    ? []
    : activitiesOf(state.revision.plan).flatMap((activity) => {
        const attempt = waitingAttempt(state, activity.id);
        const demands = attempt ? demandsOf(activity, attempt) : [];
        return attempt && demands.length > 0 ? [{ attempt, demands }] : [];
      });

const demandsOf = ({ preconditions = [] }: Activity, { ready }: Attempt): readonly CheckDemand[] =>
  ready ? [] : preconditions;

/** Names of the checks that the release waits for on its target, each once. */
export const checksWaitedFor = (state: OpenRelease): readonly string[] => [
  ...new Set(waitingIn(state).flatMap(({ demands }) => demands.map(({ name }) => name))),
];

/** Checks that nobody has asked the host for yet. */
export function checksToAsk(state: OpenRelease, { checkRuns }: Facts): readonly string[] {
  const names = checksWaitedFor(state);
  const asked =
    checkRuns?.kind === 'unknown' || checkRuns?.value.commit !== state.target.commit
      ? undefined
      : checkRuns.value.names;
  if (checkRuns?.kind === 'unknown' || names.every((name) => asked?.includes(name))) return [];
  return names;
}

/**
 * What is to be recorded of the checks that attempts wait for: all of them once they have all passed, and before that the
 * first failure of each, so that whoever can make a check run again and again cannot fill the record (T17).
 */
export function dueChecks(state: OpenRelease, { checkRuns }: Facts, at: Instant): readonly Happening[] {
  const runs = runsOn(state, checkRuns);
  return waitingIn(state).flatMap(({ attempt, demands }) => {
    const standings = demands.map((demand) => ({ demand, standing: standingOf(demand, runs) }));
    const passed = standings.flatMap(({ demand, standing }) =>
      standing.kind === 'passed' ? [{ demand, run: standing.run }] : [],
    );
    const failed = standings.flatMap(({ demand, standing }) =>
      standing.kind === 'failed' && !attempt.seen.some(({ name }) => name === demand.name)
        ? [{ demand, run: standing.run }]
        : [],
    );
    const due =
      passed.length === demands.length && unmetBy(demands, attempt.seen).length > 0 ? passed : failed;
    return due.map(({ demand, run }) => seen(attempt, demand, run, at));
  });
}

const runsOn = (state: OpenRelease, found: Known<CheckRuns> | undefined): CheckRuns['runs'] =>
  found?.kind === 'known' && found.value.commit === state.target.commit ? found.value.runs : [];

const seen = (
  { activity, attempt }: Attempt,
  demand: CheckDemand,
  run: EndedRun,
  at: Instant,
): Happening => ({
  at,
  kind: 'check-seen',
  body: { activity, attempt, run, ...(isAdvisory(demand) ? { advisory: true } : {}) },
});
