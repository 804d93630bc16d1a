import { activitiesOf } from '../manifest/manifest.ts';
import { unansweredSentence } from '../messages/admission-words.ts';
import type { Instant } from '../values.ts';
import { isSameTry, type PlacedJob, type RunAttempt, runsItsCommit } from '../workflow/waiting-job.ts';
import type { Admitted } from './admission-event.ts';
import { type Moment, passed } from './clockwork.ts';
import { isDispatcher, mayHaveStarted, openOrdersIn } from './dispatch.ts';
import type { Happening, HappeningOf } from './event.ts';
import type { Facts } from './facts.ts';
import { hasRule } from './guard.ts';
import { barrierTo, isOpener, noHolds, type Opener } from './opening.ts';
import { environmentsIn } from './stand.ts';
import { conclusionOf, othersOn, standingsOn } from './standings.ts';
import {
  type Attempt,
  isClosed,
  latestAttempts,
  type OpenRelease,
  type ReleaseState,
  standingAttempts,
  standingOpening,
  waitingAttempt,
} from './state.ts';

/** An attempt whose environment stands open. */
export type Opened = {
  readonly activity: Opener;
  readonly attempt: Attempt;
  /** In lower case. */
  readonly environment: string;
  readonly until?: Instant;
};

/** What stands open, in the order of the manifest. */
export const openedBy = (state: OpenRelease): readonly Opened[] =>
  activitiesOf(state.revision.plan)
    .filter(isOpener)
    .flatMap((activity) => {
      const attempt = waitingAttempt(state, activity.id);
      const opening = attempt && standingOpening(attempt);
      if (!opening) return [];
      const environment = activity.environment.toLowerCase();
      return [{ activity, attempt, environment, ...(opening.until && { until: opening.until }) }];
    });

/** GitHub compares names of environments ignoring case. */
const isIn = (environment: string, job: PlacedJob): boolean => job.environment.toLowerCase() === environment;

/** Jobs that wait on the target for an environment that the release names. */
export function jobsBefore({ target, revision }: OpenRelease, { waitingJobs }: Facts): readonly PlacedJob[] {
  if (waitingJobs?.commit !== target.commit || waitingJobs.jobs.kind === 'unknown') return [];
  const names = environmentsIn(revision.plan);
  return waitingJobs.jobs.value.flatMap((job) =>
    job.environment !== undefined && names.includes(job.environment.toLowerCase())
      ? [{ ...job, environment: job.environment }]
      : [],
  );
}

/**
 * Whether the host has to be asked what waits: where somebody said that something does, and, because others may have been
 * told in our stead, where our rule is on and an opening has let nothing in yet or the release has come to its end.
 */
export const asksForJobs = (before: ReleaseState, state: OpenRelease, facts: Facts): boolean =>
  facts.waitingJobs?.commit !== state.target.commit &&
  environmentsIn(state.revision.plan).length > 0 &&
  (facts.knocked === true ||
    (state.ended ? newestIn(before, state) : unusedIn(state)).some(({ guard }) => hasRule(guard)));

const unusedIn = (state: OpenRelease): readonly Attempt[] =>
  openedBy(state).flatMap(({ attempt }) => (attempt.admitted ? [] : [attempt]));

/** The newest attempts of a release that ends now. */
const newestIn = (before: ReleaseState, state: OpenRelease): readonly Attempt[] =>
  before.kind === 'opened' && before.ended ? [] : latestAttempts(state);

type Admissible = { readonly opened: Opened; readonly job: PlacedJob };

/** What would be let in now, one try of a run for an opening. Whether our rule is on there is asked for last. */
function admissible(state: OpenRelease, facts: Facts, moment: Moment): readonly Admissible[] {
  const jobs = jobsBefore(state, facts);
  if (jobs.length === 0 || state.ended || isClosed(state) || !moment.trusted) return [];
  return openedBy(state).flatMap((opened) => {
    const { attempt, environment, until } = opened;
    if (attempt.admitted || (until !== undefined && passed(until, moment))) return [];
    if (conclusionOf(standingsOn({ state, facts }, environment)) !== 'success') return [];
    const own = jobs.filter((job) => isIn(environment, job) && isFor(state, facts, opened, job));
    const [job] = own.toSorted(byAge);
    return job ? [{ opened, job }] : [];
  });
}

const byAge = (a: PlacedJob, b: PlacedJob): number =>
  Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.run - b.run || a.attempt - b.attempt;

/**
 * Whether an opening may let a job in. What starts a workflow lets in that run only, and its first try. Everything else lets
 * in what nobody else has started, while no other opening of the environment has let anything in (T5, T14).
 */
function isFor(
  state: OpenRelease,
  { elsewhere }: Facts,
  { activity, attempt, environment }: Opened,
  job: PlacedJob,
): boolean {
  if (!runsItsCommit(job)) return false;
  if (isDispatcher(activity)) return isOrdered(attempt, job);
  // A release that has started something there may not name the environment any more.
  const others = elsewhere.filter(
    ({ environments, openings }) =>
      environments.some(({ name }) => name === environment) ||
      openings.some((one) => one.environment === environment),
  );
  const started = others.flatMap(({ runs = [] }) => runs);
  const orders = [...openOrdersIn(state), ...others.flatMap(({ orders: open = [] }) => open)];
  const run = { ...job, commit: state.target.commit };
  const isUsed = othersOn({ state, facts: { elsewhere } }, environment).some(({ used }) => used);
  if (isUsed || isSpokenFor(state, environment, job)) return false;
  return !started.includes(job.run) && !orders.some((order) => mayHaveStarted(run, order));
}

/** Whether the release itself has let something else into the environment, or has started the run there. */
const isSpokenFor = (state: OpenRelease, environment: string, { run }: RunAttempt): boolean =>
  openedBy(state).some((one) => one.environment === environment && one.attempt.admitted) ||
  startedIn(state, environment).includes(run);

/** Whether a job is of the run that an attempt ordered, as it was started first. */
export const isOrdered = ({ dispatch }: Attempt, job: RunAttempt): boolean =>
  dispatch?.answer?.kind === 'run' && isSameTry({ run: dispatch.answer.run, attempt: 1 }, job);

/** Runs that a release started for an environment, in whichever attempt. */
export const startedIn = ({ attempts }: OpenRelease, environment: string): readonly number[] =>
  Object.values(attempts)
    .flat()
    .filter(({ openings }) => openings.some((one) => one.environment.toLowerCase() === environment))
    .flatMap(({ dispatch }) => (dispatch?.answer?.kind === 'run' ? [dispatch.answer.run] : []));

/** Environments of which it has to be known that our rule is on before anything is let in. */
export const rulesToAsk = (state: OpenRelease, facts: Facts, moment: Moment): readonly string[] => [
  ...new Set(
    admissible(state, facts, moment)
      .map(({ opened }) => opened.activity.environment)
      .filter((environment) => !facts.guards?.has(environment)),
  ),
];

/** The next try of a run that an opening lets in (T5): where our rule is off, the host asks somebody else. */
export const dueAdmissions = (state: OpenRelease, facts: Facts, moment: Moment): readonly Happening[] =>
  admissible(state, facts, moment)
    .filter(({ opened: { activity } }) => hasRule(facts.guards?.get(activity.environment)))
    .slice(0, 1)
    .map(({ opened: { activity, attempt }, job: { run, attempt: tried, path, event, url } }) => ({
      at: moment.at,
      kind: 'run-admitted',
      body: {
        activity: activity.id,
        attempt: attempt.attempt,
        environment: activity.environment,
        run: { run, attempt: tried, path, event, url },
      },
    }));

/** Why an admission does not follow from the record before it; undefined: it does. */
export function admissionObjection(
  state: OpenRelease,
  { at, body }: HappeningOf<'run-admitted'>,
): string | undefined {
  const opened = openedBy(state).find(
    ({ activity, attempt }) => activity.id === body.activity && attempt.attempt === body.attempt,
  );
  if (opened?.activity.environment !== body.environment)
    return `${body.activity} had not opened ${body.environment}`;
  const { activity, attempt, environment, until } = opened;
  const moment = { at, trusted: true };
  if (isClosed(state)) return 'somebody else had written into the record';
  if (attempt.admitted) return `${body.activity} had let in a run already`;
  if (until !== undefined && passed(until, moment)) return `the time of ${body.activity} was over`;
  if (barrierTo(state, activity, attempt, noHolds, moment))
    return `${body.activity} was not to let anything in`;
  if (!runsItsCommit(body.run)) return `what ${body.run.event} starts does not run the commit`;
  if (isDispatcher(activity))
    return isOrdered(attempt, body.run) ? undefined : `${body.activity} had started another run`;
  return isSpokenFor(state, environment, body.run)
    ? `another activity had started it, or had let something into ${body.environment}`
    : undefined;
}

/** Runs that were let in, decide, and are still under way as far as the record knows. */
export const admittedRuns = (state: OpenRelease): readonly Admitted[] =>
  underWay(state).map(({ admitted }) => admitted);

const underWay = (state: OpenRelease): readonly (Attempt & { readonly admitted: Admitted })[] =>
  state.ended
    ? []
    : standingAttempts(state).flatMap(({ admitted, ...attempt }) =>
        admitted && !admitted.ended && !attempt.dispatch ? [{ ...attempt, admitted }] : [],
      );

/** How runs that were let in have ended, as far as it is not recorded yet. */
export const dueRunEndings = (
  state: OpenRelease,
  { endedRuns = [] }: Facts,
  at: Instant,
): readonly Happening[] =>
  underWay(state).flatMap(({ activity, attempt, admitted }) =>
    endedRuns
      .filter((one) => isSameTry(one, admitted))
      .map(({ run, attempt: tried, conclusion, at: ended }) => ({
        at,
        kind: 'admitted-run-ended' as const,
        body: { activity, attempt, run: { run, attempt: tried, conclusion, ended } },
      })),
  );

/** By activity: why jobs that wait for its environment are not let in, though it is open. */
export function unansweredJobs(
  state: OpenRelease,
  { waitingJobs }: Facts,
): readonly (readonly [string, string])[] {
  if (waitingJobs?.jobs.kind !== 'unknown') return [];
  const sentence = unansweredSentence(waitingJobs.jobs.why);
  return openedBy(state)
    .filter(({ attempt }) => !attempt.admitted && hasRule(attempt.guard))
    .map(({ activity }) => [activity.id, sentence]);
}
