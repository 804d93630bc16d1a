import { activitiesOf } from '../manifest/manifest.ts';
import { unseenSentence } from '../messages/machine-words.ts';
import type { Instant } from '../values.ts';
import { type Moment, passed } from './clockwork.ts';
import { dispatchOutcome, isDispatcher } from './dispatch.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { hasRule } from './guard.ts';
import type { MachineFailure } from './machine-event.ts';
import { isOpener, type Opener } from './opening.ts';
import { type Attempt, type OpenRelease, standingOpening, waitingAttempt } from './state.ts';

/** How a machine's work ends: as it was reported, or because nothing was deployed while it could be. */
export function machineOutcome(attempt: Attempt, moment: Moment): readonly Happening[] {
  const { at } = moment;
  const ref = { activity: attempt.activity, attempt: attempt.attempt };
  const failed = (why: MachineFailure): readonly Happening[] => [
    { at, kind: 'activity-failed', body: { ...ref, why } },
  ];
  const { report } = attempt;
  const until = standingOpening(attempt)?.until;
  if (report?.kind === 'taken') return failed('environment-taken');
  if (attempt.dispatch) {
    const outcome = dispatchOutcome(attempt.dispatch, moment, until);
    if (outcome === undefined) return [];
    return outcome === 'succeeded' ? [{ at, kind: 'activity-succeeded', body: ref }] : failed(outcome);
  }
  if (report?.state === 'success') return [{ at, kind: 'activity-succeeded', body: ref }];
  if (report?.state === 'failure') return failed('deployment-failed');
  const { admitted } = attempt;
  if (admitted?.ended)
    return admitted.ended.conclusion === 'success'
      ? [{ at, kind: 'activity-succeeded', body: ref }]
      : failed('run-failed');
  // What was let in in time decides, however long it takes.
  return !admitted && until !== undefined && passed(until, moment) ? failed('not-deployed') : [];
}

/** What became of open environments outside, as far as it is not recorded yet (T5). */
export function dueReports(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  if (state.ended) return [];
  return activitiesOf(state.revision.plan)
    .filter(isOpener)
    .flatMap((activity) => {
      const attempt = waitingAttempt(state, activity.id);
      return attempt && !attempt.report ? reportOn(state, attempt, activity, facts, at) : [];
    });
}

/** By activity: why it will not be noticed that something was deployed while its environment is open. */
export const unseenDeployments = (
  state: OpenRelease,
  { deployments }: Facts,
): readonly (readonly [string, string])[] =>
  deployments.kind === 'known'
    ? []
    : activitiesOf(state.revision.plan)
        .filter((activity) => isOpener(activity) && !isDispatcher(activity))
        .flatMap(({ id }) => {
          const attempt = waitingAttempt(state, id);
          return attempt && standingOpening(attempt) ? [[id, unseenSentence(deployments.why)]] : [];
        });

function reportOn(
  state: OpenRelease,
  attempt: Attempt,
  opener: Opener,
  { deployments, elsewhere }: Facts,
  at: Instant,
): readonly Happening[] {
  const { environment } = opener;
  const opening = standingOpening(attempt);
  if (opening === undefined) return [];
  const ref = { activity: attempt.activity, attempt: attempt.attempt, environment };
  const opened = Date.parse(opening.at);
  // A job that waited for the environment began before it: what counts is when it ended.
  // Where a workflow is started, its run decides, whatever else is deployed.
  const known = deployments.kind === 'known' && !isDispatcher(opener) ? deployments.value : [];
  const taken = deploymentsIn(state);
  const ended = known.find(
    (one) =>
      isSame(one.environment, environment) &&
      Date.parse(one.ended) >= opened &&
      !taken.has(one.id) &&
      (one.state === 'success' || isBelieved(attempt)),
  );
  if (ended) {
    const { id, state: how, ended: when } = ended;
    const body = { ...ref, deployment: id, state: how, ended: when };
    return [{ at, kind: 'deployment-seen', body }];
  }
  const other = elsewhere
    .filter(({ release }) => release !== state.release)
    .flatMap(({ release, openings }) => openings.map((one) => ({ release, ...one })))
    .find(
      (one) =>
        isSame(one.environment, environment) &&
        one.commit !== opening.commit &&
        isAfter(one.at, one.release, opening.at, state.release),
    );
  return other
    ? [{ at, kind: 'environment-taken', body: { ...ref, by: other.release, commit: other.commit } }]
    : [];
}

/**
 * Whether a deployment that failed says anything. Where the host asks us, what was turned away or given up at the gate leaves
 * one behind and never was in (T5); once the run that was in has ended without one that succeeded, it was its own.
 */
const isBelieved = ({ admitted, guard }: Attempt): boolean =>
  admitted ? admitted.ended !== undefined : !hasRule(guard);

/** Deployments that are on record: what ended one attempt is not what the next one deployed in the same second (T5). */
const deploymentsIn = (state: OpenRelease): ReadonlySet<number> =>
  new Set(
    Object.values(state.attempts)
      .flat()
      .flatMap(({ report }) => (report?.kind === 'deployment' ? [report.deployment] : [])),
  );

/** Names break the tie within a second, the same way whoever asks. */
const isAfter = (at: Instant, name: string, before: Instant, other: string): boolean =>
  Date.parse(at) === Date.parse(before) ? name > other : Date.parse(at) > Date.parse(before);

/** GitHub compares names of environments ignoring case. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
