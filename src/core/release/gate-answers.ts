import { isSameTry, type PlacedJob, runsItsCommit } from '../workflow/waiting-job.ts';
import { isOrdered, jobsBefore, type Opened, openedBy, startedIn } from './admit.ts';
import { type Moment, passed } from './clockwork.ts';
import { isDispatcher } from './dispatch.ts';
import type { Facts } from './facts.ts';
import { conclusionOf, type Standing, standingsOn } from './standings.ts';
import { type OpenRelease, standingAttempts } from './state.ts';

/** Why a job is not let in, for good. */
export type GateRefusal =
  /** What started the run runs something else than the commit (T14). */
  | 'event'
  /** No release of the commit has it open, or is going to (T5). */
  | 'over'
  /** A run that a release started is let in once, and only while it is the newest that was ordered. */
  | 'again'
  /** The end that the manifest gives the opening has come. */
  | 'late';

/** What is said about a job that waits. Only what is final is answered: the host takes one answer and no other. */
export type GateWord =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly why: GateRefusal }
  | { readonly kind: 'waits'; readonly stands: readonly Standing[] };

export type GateAnswer = { readonly job: PlacedJob; readonly word: GateWord };

/**
 * What to say about every job that waits for an environment of the release on its target, by the record as it stands now.
 * A job is let in only where the record says so already (T5).
 */
export const gateAnswers = (state: OpenRelease, facts: Facts, moment: Moment): readonly GateAnswer[] =>
  jobsBefore(state, facts).map((job) => ({ job, word: wordOn(state, facts, job, moment) }));

function wordOn(state: OpenRelease, facts: Facts, job: PlacedJob, moment: Moment): GateWord {
  const environment = job.environment.toLowerCase();
  const stands = standingsOn({ state, facts }, environment);
  const conclusion = conclusionOf(stands);
  const refused = (why: GateRefusal): GateWord => ({ kind: 'refused', why });
  if (!runsItsCommit(job)) return refused('event');
  const open = openedBy(state).filter((one) => one.environment === environment);
  // What a freeze or a doubt has shut opens again, and lets in what it has started then.
  const isAwaited = standingAttempts(state).some((attempt) => isOrdered(attempt, job));
  if (!isAwaited && startedIn(state, environment).includes(job.run)) return refused('again');
  const isOver = conclusion === 'cancelled' && !stands.some(({ dormant }) => dormant);
  if (isOver && !facts.expected) return refused('over');
  const admitted = open.find(({ attempt }) => attempt.admitted && isSameTry(attempt.admitted, job));
  const until = (admitted ?? open.find(({ attempt }) => isOrdered(attempt, job)))?.until;
  if (until !== undefined && passed(until, moment)) return refused('late');
  // While nobody knows the time nothing goes in whose time may be over (T20).
  const isTimely = until === undefined || moment.trusted;
  return admitted && isTimely && conclusion === 'success' && isFirst(state, admitted, stands)
    ? { kind: 'admitted' }
    : { kind: 'waits', stands };
}

/**
 * Two releases that were recorded at one time may each have let in another run. The earlier one goes in, and the other once
 * that is over; what a release started itself has its own way (decision 0052).
 */
function isFirst(state: OpenRelease, { activity, attempt }: Opened, stands: readonly Standing[]): boolean {
  const { admitted } = attempt;
  if (isDispatcher(activity) || !admitted) return true;
  return stands.every(({ release, used }) => {
    if (release === state.release || !used || isSameTry(used, admitted)) return true;
    const [own, other] = [Date.parse(admitted.at), Date.parse(used.at)];
    return own === other ? state.release < release : own < other;
  });
}
