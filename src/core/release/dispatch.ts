import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import { earliest } from '../time/earliest.ts';
import type { Instant, Known } from '../values.ts';
import { type DispatchAnswer, isOf, type WorkflowRun, workflowPath } from '../workflow/workflow-run.ts';
import { type Moment, passed } from './clockwork.ts';
import type { Happening, HappeningOf } from './event.ts';
import type { Facts } from './facts.ts';
import { feedsOf } from './feeds.ts';
import type { MachineFailure } from './machine-event.ts';
import { barrierTo, noHolds, type Opener } from './opening.ts';
import {
  type Attempt,
  attemptsOf,
  type Dispatch,
  isClosed,
  type OpenRelease,
  standingAttempts,
  standingOpening,
  waitingAttempt,
} from './state.ts';

/** An activity that starts a workflow once its environment is open. */
export type Dispatcher = Opener & { readonly workflow: string };

/** The rules see to it that whatever starts a workflow names its environment (T1). */
export const isDispatcher = (activity: Activity): activity is Dispatcher => activity.workflow !== undefined;

/** Longer than any call can take: whoever recorded an order and has not sent it by then never will. */
const lostAfterMs = 2 * 60_000;

/** The host shows a run seconds after it took the order. */
const missingAfterMs = 10 * 60_000;

const after = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

/** Nobody knows whether an order that has no answer was ever sent. */
const isLost = ({ order, answer }: Dispatch, moment: Moment): boolean =>
  answer === undefined && passed(after(order.at, lostAfterMs), moment);

type Order = HappeningOf<'workflow-ordered'>;

/** Dispatchers whose environment is open and that have not been ordered, or whose order was lost. */
const unordered = (state: OpenRelease, moment: Moment): readonly (readonly [Dispatcher, Attempt])[] =>
  state.ended || isClosed(state) || !moment.trusted
    ? []
    : activitiesOf(state.revision.plan)
        .filter(isDispatcher)
        .flatMap((activity) => {
          const attempt = waitingAttempt(state, activity.id);
          if (attempt === undefined || standingOpening(attempt) === undefined) return [];
          const isDue = attempt.dispatch === undefined || isLost(attempt.dispatch, moment);
          return isDue ? [[activity, attempt] as const] : [];
        });

/**
 * Workflows that the record calls for: once the environment is open and nothing that is recorded would shut it (T1, T2).
 * What the facts of the moment say against it is another question: `holdsOnDispatch`.
 */
export const dueOrders = (state: OpenRelease, moment: Moment): readonly Order[] =>
  unordered(state, moment).flatMap(([activity, attempt]): readonly Order[] => {
    if (barrierTo(state, activity, attempt, noHolds, moment)) return [];
    const order = orderOf(state, activity, attempt);
    return order.kind === 'known' ? [{ at: moment.at, kind: 'workflow-ordered', body: order.value }] : [];
  });

function orderOf(state: OpenRelease, activity: Dispatcher, { attempt }: Attempt): Known<Order['body']> {
  const { ref, commit } = state.target;
  if (ref === undefined)
    return { kind: 'unknown', why: 'a workflow is started on a branch or a tag, and the target is a commit' };
  const inputs = feedsOf(state, activity);
  if (inputs.kind === 'unknown') return inputs;
  const { id, environment, workflow } = activity;
  return {
    kind: 'known',
    value: { activity: id, attempt, environment, workflow, ref, commit, inputs: inputs.value },
  };
}

/** Why a workflow is not started, or not followed, though its environment is open. */
export type DispatchHold =
  | { readonly kind: 'forbidden' | 'unreadable' | 'unfilled'; readonly why: string }
  | { readonly kind: 'moved'; readonly ref: string }
  /** A run is there that another order may have started just as well. */
  | { readonly kind: 'contested'; readonly run: number }
  /** Other releases of the same commit have not opened the environment, or were rejected (T5). */
  | { readonly kind: 'others'; readonly releases: readonly string[] };

/** By activity: what keeps its workflow from being started, or its run from being read. */
export function holdsOnDispatch(
  state: OpenRelease,
  facts: Facts,
  moment: Moment,
): ReadonlyMap<string, DispatchHold> {
  const holds = new Map<string, DispatchHold>();
  const { workflowRuns } = facts;
  for (const attempt of standingAttempts(state)) {
    const { activity, dispatch } = attempt;
    const [run] = dispatch && isOpen(dispatch) ? candidates(state, dispatch.order, facts, moment.at) : [];
    if (dispatch && workflowRuns?.kind === 'unknown')
      holds.set(activity, { kind: 'unreadable', why: workflowRuns.why });
    else if (run) holds.set(activity, { kind: 'contested', run: run.id });
  }
  for (const [activity, attempt] of unordered(state, moment)) {
    const hold = holdOn(state, activity, attempt, facts);
    if (hold !== undefined && !holds.has(activity.id)) holds.set(activity.id, hold);
  }
  return holds;
}

function holdOn(
  state: OpenRelease,
  activity: Dispatcher,
  attempt: Attempt,
  facts: Facts,
): DispatchHold | undefined {
  const { target, elsewhere, mayDispatch, workflowRuns } = facts;
  const order = orderOf(state, activity, attempt);
  if (order.kind === 'unknown') return { kind: 'unfilled', why: order.why };
  if (target?.commit !== state.target.commit) return { kind: 'moved', ref: order.value.ref };
  if (mayDispatch?.kind !== 'known') return { kind: 'forbidden', why: whyOf(mayDispatch) };
  // Before anything is ordered again its run has to have been looked for.
  if (attempt.dispatch && workflowRuns?.kind !== 'known')
    return { kind: 'unreadable', why: whyOf(workflowRuns) };
  const name = activity.environment.toLowerCase();
  const releases = elsewhere
    .filter(({ ended, commit }) => !ended && commit === state.target.commit)
    .filter(({ environments }) =>
      environments.some((one) => one.name === name && (one.stand === 'waits' || one.stand === 'rejected')),
    )
    .map(({ release }) => release);
  return releases.length === 0 ? undefined : { kind: 'others', releases };
}

const whyOf = (fact: { readonly why: string } | undefined): string => fact?.why ?? 'nobody has asked yet';

/** What the host said to orders, and what became of their runs, as far as it is not recorded yet (T6). */
export const dueAnswers = (state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] =>
  standingAttempts(state).flatMap((attempt) =>
    attempt.dispatch ? newsOf(state, attempt, attempt.dispatch, facts, at) : [],
  );

function newsOf(
  state: OpenRelease,
  { activity, attempt }: Attempt,
  dispatch: Dispatch,
  facts: Facts,
  at: Instant,
): readonly Happening[] {
  const { answers = [], workflowRuns, elsewhere } = facts;
  const { order, answer } = dispatch;
  const ref = { activity, attempt };
  const runs = workflowRuns?.kind === 'known' ? workflowRuns.value : [];
  const said = answers.find((one) => one.activity === activity && one.attempt === attempt)?.answer;
  const others = [...openOrdersIn(state), ...elsewhere.flatMap(({ orders = [] }) => orders)].filter(
    (other) => other !== order,
  );
  const own = candidates(state, order, facts, at).filter(
    (run) => !others.some((other) => mayHaveStarted(run, other)),
  );
  const fresh = isOpen(dispatch) ? (said ?? answerOf(own)) : undefined;
  const now = fresh ?? answer;
  const run = now?.kind === 'run' ? runs.find(({ id }) => id === now.run) : undefined;
  return [
    ...(fresh === undefined || fresh.kind === answer?.kind
      ? []
      : [{ at, kind: 'workflow-answered' as const, body: { ...ref, answer: fresh } }]),
    ...(run?.ended === undefined || dispatch.ended
      ? []
      : [{ at, kind: 'workflow-ended' as const, body: { ...ref, run: { ...run, ended: run.ended } } }]),
  ];
}

/** An order of which nobody knows yet what it started, if anything. */
export type OpenOrder = Pick<Dispatch['order'], 'workflow' | 'commit' | 'at'>;

const isOpen = ({ answer }: Dispatch): boolean => answer === undefined || answer.kind === 'accepted';

/** Such orders of a release, also of attempts that are over: what they started may still show. */
export const openOrdersIn = (state: OpenRelease): readonly OpenOrder[] =>
  dispatchesIn(state).flatMap((dispatch) => (isOpen(dispatch) ? [dispatch.order] : []));

/**
 * Runs that an order may have started, and that are nobody's yet. The host tells of none which order it followed: where
 * several are open whose run it may be, it is taken to be nobody's, so that none takes another's for its own (T14). Nor is
 * one that began since the record was read, at `at`: the order behind it may have been recorded since.
 */
function candidates(
  state: OpenRelease,
  order: OpenOrder,
  { workflowRuns, elsewhere }: Facts,
  at: Instant,
): readonly WorkflowRun[] {
  const taken = new Set([...runsIn(state), ...elsewhere.flatMap(({ runs = [] }) => runs)]);
  const runs = workflowRuns?.kind === 'known' ? workflowRuns.value : [];
  const isOld = (run: WorkflowRun): boolean => Date.parse(run.createdAt) < Date.parse(at);
  return runs.filter((run) => mayHaveStarted(run, order) && isOld(run) && !taken.has(run.id));
}

/** Activities about which time decides nothing: nobody has looked for what they started, or can tell whose it is. */
export const unsoughtRuns = (state: OpenRelease, facts: Facts, at: Instant): readonly string[] =>
  standingAttempts(state).flatMap(({ activity, dispatch }) =>
    dispatch &&
    isOpen(dispatch) &&
    (facts.workflowRuns?.kind !== 'known' || candidates(state, dispatch.order, facts, at).length > 0)
      ? [activity]
      : [],
  );

/** A run that an order may have started: never one that was there before it. */
export const mayHaveStarted = (
  run: Pick<WorkflowRun, 'path' | 'event' | 'commit' | 'createdAt'>,
  order: OpenOrder,
): boolean => isOf(order, run) && Date.parse(run.createdAt) >= Math.floor(Date.parse(order.at) / 1000) * 1000;

/** The oldest that fits; the host lists the newest first. */
const answerOf = (runs: readonly WorkflowRun[]): DispatchAnswer | undefined => {
  const run = runs.at(-1);
  return run && { kind: 'run', run: run.id, url: run.url };
};

/** Runs that attempts of a release have as theirs. */
export const runsIn = (state: OpenRelease): readonly number[] =>
  dispatchesIn(state).flatMap(({ answer }) => (answer?.kind === 'run' ? [answer.run] : []));

const dispatchesIn = (state: OpenRelease): readonly Dispatch[] =>
  Object.keys(state.attempts)
    .flatMap((id) => attemptsOf(state, id))
    .flatMap(({ dispatch }) => dispatch ?? []);

/**
 * How a machine's work ends that is a run of a workflow; undefined: it goes on. What was not started by the end of the
 * opening is not started any more (T5).
 */
export function dispatchOutcome(
  dispatch: Dispatch,
  moment: Moment,
  until: Instant | undefined,
): 'succeeded' | MachineFailure | undefined {
  const { order, answer, ended } = dispatch;
  if (isLost(dispatch, moment))
    return until !== undefined && passed(until, moment) ? 'not-deployed' : undefined;
  if (ended !== undefined) {
    if (!isOf(order, ended)) return 'run-of-another';
    return ended.ended.conclusion === 'success' ? 'succeeded' : 'run-failed';
  }
  if (answer?.kind === 'refused') return 'workflow-refused';
  const isMissing = answer?.kind === 'accepted' && passed(after(order.at, missingAfterMs), moment);
  return isMissing ? 'run-missing' : undefined;
}

/** From when on it can be over: its run ended, or none showed in time, or the order itself came to nothing. */
export const overSince = ({ order, answer, ended }: Dispatch): Instant => {
  if (ended !== undefined) return ended.ended.at;
  return answer?.kind === 'accepted' ? after(order.at, missingAfterMs) : order.at;
};

/** Paths of the workflows whose runs a release waits for, each once. */
export const workflowsFollowed = (state: OpenRelease): readonly string[] => [
  ...new Set(
    standingAttempts(state).flatMap(({ dispatch, admitted }) =>
      dispatch ? [workflowPath(dispatch.order.workflow)] : admitted ? [admitted.path] : [],
    ),
  ),
];

/** When an order without a run is looked at again; undefined: there is none. */
export function nextDispatchMoment(state: OpenRelease, at: Instant): Instant | undefined {
  const moments = standingAttempts(state)
    .flatMap(({ dispatch }) => {
      if (dispatch === undefined || dispatch.answer?.kind === 'run') return [];
      return [after(dispatch.order.at, dispatch.answer === undefined ? lostAfterMs : missingAfterMs)];
    })
    .filter((moment) => Date.parse(moment) > Date.parse(at));
  return earliest(moments);
}
