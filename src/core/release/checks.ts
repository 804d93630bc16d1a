import type { CheckRuns } from '../checks/check-run.ts';
import { type EndedRun, type Standing, standingOf } from '../checks/standing.ts';
import { type CheckDemand, isAdvisory } from '../manifest/check-demand.ts';
import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import { untoldSentence } from '../messages/machine-words.ts';
import type { Instant, Known } from '../values.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { unmetBy } from './preconditions.ts';
import { type Attempt, isClosed, type OpenRelease, waitingAttempt } from './state.ts';
import { isWatcher, watched } from './watch.ts';

type Waiting = {
  readonly activity: Activity;
  readonly attempt: Attempt;
  readonly demands: readonly CheckDemand[];
};

/** Attempts that wait for checks of others, with all that each of them asks for. */
const waitingIn = (state: OpenRelease): readonly Waiting[] =>
  state.ended || isClosed(state)
    ? []
    : activitiesOf(state.revision.plan).flatMap((activity) => {
        const attempt = waitingAttempt(state, activity.id);
        const demands = attempt ? demandsOf(activity, attempt) : [];
        return attempt && demands.length > 0 ? [{ activity, attempt, demands }] : [];
      });

const demandsOf = ({ checks, preconditions = [] }: Activity, { ready }: Attempt): readonly CheckDemand[] =>
  checks ?? (ready ? [] : preconditions);

/** Names of the checks that the release waits for on its target, each once. */
export const checksWaitedFor = (state: OpenRelease): readonly string[] => [
  ...new Set(waitingIn(state).flatMap(({ demands }) => demands.map(({ name }) => name))),
];

/**
 * Checks that nobody has asked the host for yet, with those that are told: what is asked next takes their place, and what
 * was decided with them waits for others.
 */
export function checksToAsk(state: OpenRelease, { checkRuns }: Facts): readonly string[] {
  const names = checksWaitedFor(state);
  if (checkRuns?.kind === 'unknown' || names.every((name) => isTold(state, checkRuns, name))) return [];
  const told = checkRuns?.value.commit === state.target.commit ? checkRuns.value.names : [];
  return [...new Set([...told, ...names])];
}

const isTold = (state: OpenRelease, found: Known<CheckRuns> | undefined, name: string): boolean =>
  found?.kind === 'known' && found.value.commit === state.target.commit && found.value.names.includes(name);

/**
 * Activities that wait for checks of which nobody knows how they stand: a deadline must not end what a check that is there
 * would have brought to its end (T20).
 */
export const untoldChecks = (state: OpenRelease, { checkRuns }: Facts): readonly string[] =>
  waitingIn(state)
    .filter(({ demands }) => !demands.every(({ name }) => isTold(state, checkRuns, name)))
    .map(({ activity }) => activity.id);

/** Why automated activities that wait for checks cannot go on, in words: nobody can tell how their checks stand. */
export const blindWatchers = (state: OpenRelease, { checkRuns }: Facts): ReadonlyMap<string, string> =>
  new Map(
    checkRuns?.kind === 'unknown'
      ? waitingIn(state)
          .filter(({ activity }) => isWatcher(activity))
          .map(({ activity }) => [activity.id, untoldSentence(checkRuns.why)])
      : [],
  );

/**
 * What is to be recorded of the checks that attempts wait for: all of them once they have all passed, and before that the
 * first failure of each, so that whoever can make a check run again and again cannot fill the record (T17).
 */
export function dueChecks(state: OpenRelease, { checkRuns }: Facts, at: Instant): readonly Happening[] {
  const runs = runsOn(state, checkRuns);
  return waitingIn(state).flatMap((one) => {
    const { attempt, demands } = one;
    const standings = standingsIn(state, one, runs);
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

const standingsIn = (
  state: OpenRelease,
  { activity, attempt, demands }: Waiting,
  runs: CheckRuns['runs'],
): readonly { readonly demand: CheckDemand; readonly standing: Standing }[] =>
  isWatcher(activity)
    ? watched(state, activity, attempt, runs)
    : demands.map((demand) => ({ demand, standing: standingOf(demand, runs) }));

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
