import type { FileName } from '../form/file-name.ts';
import type { Activity } from '../manifest/manifest.ts';
import { obstacleWords } from '../messages/obstacle-words.ts';
import { instantFrom } from '../time/clock-face.ts';
import type { Instant } from '../values.ts';
import { keptApart } from './apart.ts';
import { directoryOf, electorsOf, grantedIn, type Obstacle } from './ballot.ts';
import { untoldChecks } from './checks.ts';
import { dueEscalations, escalate, type Moment } from './clockwork.ts';
import { delegatesIn } from './delegation.ts';
import { unsoughtRuns } from './dispatch.ts';
import { newDoubts } from './doubt.ts';
import { consequences, dueDecision, dueOutcomes } from './due.ts';
import type { Happening } from './event.ts';
import type { Facts, Spoken, Thread } from './facts.ts';
import { apply } from './fold.ts';
import { type Hearing, hear } from './hear.ts';
import { holdersIn } from './holdings.ts';
import type { Answer, Refusal } from './refusal.ts';
import { type Answered, answersOn, isSettled, isShared, wasGivenRecently } from './settled.ts';
import { spokenOn } from './spoken.ts';
import { type Attempt, type OpenRelease, waitingAttempt } from './state.ts';
import { guestsNow } from './voter-in.ts';

/** What listening to the threads brought. `state` has the events applied. */
export type Listened = {
  readonly state: OpenRelease;
  readonly events: readonly Happening[];
  readonly refusals: readonly Refusal[];
  /** Comments whose provenance must be read before anything here is final. */
  readonly ask: readonly number[];
  /** Principals whom people named and nobody has looked up yet. */
  readonly lookUp: readonly string[];
  /** Files that answers name, to be looked up in the same way. */
  readonly askFiles: readonly FileName[];
  /** Who committed what is released, because of what somebody wants to do. */
  readonly askCommitters: boolean;
  /** What could not be established, by activity. */
  readonly unclear: ReadonlyMap<string, string>;
  /** Comments that cannot be understood yet, because of that: nobody is told that they did not count. */
  readonly unheard: readonly number[];
  /** Whether any of that may pass by itself: a question that GitHub did not answer, not a team that is gone. */
  readonly unsure: boolean;
};

export const silence = (state: OpenRelease): Listened => ({
  state,
  events: [],
  refusals: [],
  ask: [],
  lookUp: [],
  askFiles: [],
  askCommitters: false,
  unclear: new Map(),
  unheard: [],
  unsure: false,
});

/** The current thread of an attempt: where its newest notice stands. */
export const threadOf = (attempt: Attempt, facts: Facts): Thread | undefined => {
  const notice = attempt.notices.at(-1);
  return notice ? facts.threads.get(notice.issue.number) : undefined;
};

/**
 * Hears everything said on an activity's thread, in GitHub's order, until the activity is decided (design 3.2). `only` one
 * comment where what people say on several threads has to be heard in turn.
 */
export function listen(
  heard: Listened,
  activity: Activity,
  facts: Facts,
  at: Instant,
  only?: number,
): Listened {
  const attempt = waitingAttempt(heard.state, activity.id);
  const thread = attempt ? threadOf(attempt, facts) : undefined;
  // A comment after one that is not understood yet waits with it.
  if (!attempt || !thread || heard.unclear.has(activity.id)) return heard;
  const electors = electorsOf(activity, directoryOf(heard.state, facts), keptApart(heard.state, activity));
  if (electors.kind === 'unclear') {
    const why = obstacleWords(electors.obstacles);
    const unsure = heard.unsure || electors.obstacles.some(({ kind }) => kind === 'unknown');
    return { ...heard, unclear: new Map(heard.unclear).set(activity.id, why), unsure };
  }
  const guestsIn = (state: OpenRelease, one: Attempt) => guestsNow(state, activity, one, facts);
  let { guests, unknown } = guestsIn(heard.state, attempt);
  const invited = unknown.length > 0 ? grantedIn(attempt) : guests;
  const asked = [...electors.voters, ...invited, ...delegatesIn(attempt)].map(({ person }) => person.id);
  // What was counted of somebody who has left since is as much in doubt as anything (T15).
  const mayMatter = new Set([...asked, ...holdersIn(attempt)]);
  let now = record(heard, newDoubts(attempt, thread, mayMatter, at));
  const answered = answersOn(thread);
  const unsettled = spokenOn(thread).filter(
    (comment) => (only === undefined || comment.id === only) && !isSettled(comment, answered),
  );
  for (const comment of unsettled) {
    now = record(now, untilThen(now.state, activity, comment, facts, at));
    const escalated = escalatedThen(now.state, activity, comment, facts, at);
    now = record(now, escalated.events);
    const current = waitingAttempt(now.state, activity.id);
    if (!current) break;
    if (escalated.events.length > 0) ({ guests, unknown } = guestsIn(now.state, current));
    const untold = [...unknown, ...escalated.unknown];
    const hearing: Hearing = {
      ...{ state: now.state, activity, attempt: current, thread, electors, guests, facts, at },
      ...(untold.length > 0 && { untold: obstacleWords(untold) }),
    };
    const meaning = hear(hearing, comment);
    if (meaning.kind === 'ask') now = { ...now, ask: [...now.ask, comment.id] };
    if (meaning.kind === 'look-up') now = { ...now, lookUp: [...now.lookUp, meaning.principal] };
    if (meaning.kind === 'ask-files') now = { ...now, askFiles: [...now.askFiles, ...meaning.files] };
    if (meaning.kind === 'ask-committers') now = { ...now, askCommitters: true };
    if (meaning.kind === 'answer') now = refuse(now, thread, comment, meaning.answer, answered, at);
    if (meaning.kind === 'unknown')
      return { ...now, unclear: new Map(now.unclear).set(activity.id, meaning.why), unsure: true };
    if (meaning.kind === 'event') {
      now = record(now, consequences(now.state, meaning.event));
      now = record(now, decision(now.state, activity.id, at));
      if (meaning.event.kind === 'vote-withdrawn' && meaning.event.body.said !== undefined)
        now = refuse(now, thread, comment, { code: 'took-back' }, answered, at);
    }
  }
  return now;
}

/**
 * Votes count one after the other, as if we had been there for each: a later word does not undo a decision. Time decides
 * only when everything that was said is heard.
 */
const decision = (state: OpenRelease, activity: string, at: Instant): readonly Happening[] =>
  dueOutcomes(state, { at, trusted: false }, new Set()).filter(
    (event) => 'activity' in event.body && event.body.activity === activity,
  );

/**
 * What time had brought before somebody spoke, though nobody was there to record it: what they said comes after it, as if
 * we had been (T20). Not reminders, which change nothing; nor an approval by nobody, which is given against no one.
 */
export function untilThen(
  state: OpenRelease,
  activity: Activity,
  comment: Spoken,
  facts: Facts,
  at: Instant,
): readonly Happening[] {
  const untold = [...untoldChecks(state, facts), ...unsoughtRuns(state, facts, at)].includes(activity.id);
  const [next] = dueDecision(state, activity, momentOf(comment, facts, at), untold).filter(
    ({ kind, body }) => kind !== 'reminder-due' && !('automatic' in body),
  );
  if (next === undefined) return [];
  const now: Happening = { ...next, at };
  return [now, ...untilThen(apply(state, now) as OpenRelease, activity, comment, facts, at)];
}

/**
 * Whom an escalation let vote by then, though nobody was there to record it: they speak with weight (S-087). `unknown`: what
 * keeps anybody from knowing whom; what others say waits for that (design 3.1).
 */
function escalatedThen(
  state: OpenRelease,
  activity: Activity,
  comment: Spoken,
  facts: Facts,
  at: Instant,
): { readonly events: readonly Happening[]; readonly unknown: readonly Obstacle[] } {
  const due = dueEscalations(state, momentOf(comment, facts, at)).filter(
    (one) => one.activity.id === activity.id,
  );
  const results = due.map((one) => escalate(state, one, facts, at));
  return {
    events: results.flatMap((result) => ('kind' in result ? [result] : [])),
    unknown: results.flatMap((result) =>
      'kind' in result ? [] : result.filter(({ kind }) => kind === 'unknown'),
    ),
  };
}

/** When somebody spoke; never later than now, for the clocks of one host may differ by a second. */
const momentOf = ({ createdAt }: Spoken, { timely }: Facts, at: Instant): Moment => ({
  at: instantFrom(Math.min(Date.parse(createdAt), Date.parse(at))),
  trusted: timely,
});

export const record = (heard: Listened, events: readonly Happening[]): Listened => ({
  ...heard,
  state: events.reduce<OpenRelease>((state, event) => apply(state, event) as OpenRelease, heard.state),
  events: [...heard.events, ...events],
});

/** One answer to a comment; people who may not act share theirs (T17). */
export function refuse(
  heard: Listened,
  thread: Thread,
  comment: Spoken,
  answer: Answer,
  answered: Answered,
  at: Instant,
): Listened {
  const earlier = heard.refusals.some(
    (one) => one.answer.code === answer.code && one.issueNodeId === thread.issue.nodeId,
  );
  const silent = isShared(answer) && (earlier || wasGivenRecently(answer, answered, at));
  const refusal: Refusal = { comment, issueNodeId: thread.issue.nodeId, answer, silent };
  return { ...heard, refusals: [...heard.refusals, refusal] };
}
