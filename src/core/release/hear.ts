import type { Command } from '../command/command.ts';
import { nearCommand } from '../command/near-command.ts';
import { isAct, parseCommands } from '../command/parse-commands.ts';
import type { Activity, QuorumRule } from '../manifest/manifest.ts';
import type { Elector } from '../policy/policy.ts';
import type { Instant, Person } from '../values.ts';
import { present } from '../written/present.ts';
import { type ActCommand, hearAct } from './act.ts';
import { actsIn } from './acts-in.ts';
import { advise } from './advise.ts';
import { keptApart } from './apart.ts';
import { answer, attested, type Meaning, nothing, sourceOf } from './attest.ts';
import { type Electors, openRulesOf } from './ballot.ts';
import { deadlineOf } from './deadline.ts';
import { delegate, handOn } from './delegate.ts';
import type { CommentSource } from './event.ts';
import type { Comment, Facts, Spoken, Thread } from './facts.ts';
import { holdingsOf } from './holdings.ts';
import { namesIn } from './names-in.ts';
import { readySince } from './preconditions.ts';
import { readForm } from './read-form.ts';
import type { Answer } from './refusal.ts';
import { type Attempt, type Heard, isLater, type Notice, type OpenRelease, placeOfNotice } from './state.ts';
import { voterIn } from './voter-in.ts';

/** Where a comment is heard: the attempt whose thread it stands on, and who may vote there now. */
export type Hearing = {
  readonly state: OpenRelease;
  readonly activity: Activity;
  readonly attempt: Attempt;
  readonly thread: Thread;
  readonly electors: Extract<Electors, { readonly kind: 'known' }>;
  /** Whom escalations let vote, of those who still may. */
  readonly guests: readonly Elector[];
  readonly facts: Facts;
  readonly at: Instant;
  /** Why it is not known whom an escalation lets vote too; absent: it is. */
  readonly untold?: string;
};

/** Reading Markdown costs time that people who may not act must not be able to spend; UTF-16 units (T17). */
const MOST_OF_STRANGERS = 2_000;

/** Hears one comment that is not settled yet; what somebody said earlier than their last word is past. */
export function hear(hearing: Hearing, comment: Spoken): Meaning {
  const { state, attempt } = hearing;
  const { person } = comment.writer;
  if (comment.edited) {
    const doubted = attempt.doubts.some((doubt) => doubt.what === 'edited' && doubt.comment === comment.id);
    return doubted ? answer({ code: 'edited' }) : nothing;
  }
  if (wasHeard(attempt, person, comment))
    return isTakenBack(attempt, comment) ? answer({ code: 'took-back' }) : nothing;
  const elector = voterIn(hearing, person);
  const held = holdingsOf(attempt, person.id);
  const untold = elector ? undefined : untoldOf(hearing, person);
  if (!elector && !held && comment.body.length > MOST_OF_STRANGERS) return untold ?? nothing;
  const fields = hearing.activity.inputs.map(({ id }) => id);
  const commands = parseCommands(comment.body, namesIn(state), fields);
  if (commands.length === 0) return elector ? misspelt(comment) : nothing;
  const [first, ...others] = commands.filter(isDecision);
  const only = others.length === 0 ? first : undefined;
  if (only !== undefined && isAct(only)) {
    if (actsIn(state).has(comment.id)) return nothing;
    const { facts, at, activity } = hearing;
    const meaning = hearAct({ state, facts, at, here: { activity, attempt } }, comment, only);
    const isStranger =
      meaning.kind === 'answer' && meaning.answer.code === 'not-yours' && meaning.answer.who === 'owner';
    return (isStranger ? untold : undefined) ?? meaning;
  }
  if (!elector)
    return (
      untold ??
      takeBack(hearing, comment, only) ??
      adviceIn(hearing, comment, only) ??
      answer(refusalOf(hearing, person))
    );
  if (first === undefined) return answer({ code: 'help' });
  if (only === undefined) return answer({ code: 'several-decisions' });
  return obey(hearing, comment, { ...elector, person }, only);
}

/** Somebody who may act, and meant to: they are told, and nothing is taken for a vote (design 4). */
const misspelt = ({ body }: Comment): Meaning => {
  const near = nearCommand(body);
  return near === undefined ? nothing : answer({ code: 'misspelt', ...near });
};

/** Whoever may turn out to be let vote by an escalation is nobody yet, and no stranger either (design 3.1). */
const untoldOf = ({ untold, electors }: Hearing, person: Person): Meaning | undefined =>
  untold === undefined || electors.excluded.bar.has(person.id) ? undefined : { kind: 'unknown', why: untold };

type Decision = Exclude<Command, { readonly kind: 'help' }>;

const isDecision = (command: Command): command is Decision => command.kind !== 'help';

const wasHeard = (attempt: Attempt, person: Person, comment: Comment): boolean => {
  const words = [
    attempt.heard[person.id],
    // What was said without weight does not gain any when its author joins (design 3.3).
    ...attempt.advice.filter((one) => one.person.id === person.id).map(({ source }) => placeOf(source)),
  ];
  return words.some(
    (last) => last !== undefined && !isLater({ comment: comment.id, at: comment.createdAt }, last),
  );
};

/** Was it a rejection that could only take back an approval? Its answer may have been lost. */
const isTakenBack = ({ heard }: Attempt, { id, writer }: Spoken): boolean => {
  const last = heard[writer.person.id];
  return last?.comment === id && last.said !== undefined;
};

const placeOf = ({ id, createdAt }: CommentSource): Heard => ({ comment: id, at: createdAt });

/** What somebody who is not asked would do, where that is welcome and meant for what is asked now (T11). */
function adviceIn(hearing: Hearing, comment: Spoken, command: Decision | undefined): Meaning | undefined {
  const { advisory } = hearing.activity;
  if (command === undefined || !advisory) return undefined;
  if (command.kind !== 'approve' && command.kind !== 'reject' && command.kind !== 'withdraw')
    return undefined;
  // Advice is taken on approvals only, and nothing of those is done (S-009).
  if (command.kind === 'approve' && command.done) return undefined;
  return aim(hearing, comment, command) ? undefined : advise(hearing, comment, command);
}

function refusalOf({ electors, state, activity, attempt }: Hearing, person: Person): Answer {
  const delegation = attempt.delegations.find(({ to }) => to.id === person.id);
  if (!electors.excluded.bar.has(person.id))
    return delegation === undefined
      ? { code: holdingsOf(attempt, person.id) ? 'may-take-back' : 'not-eligible' }
      : { code: 'delegation-over', from: delegation.from.person };
  const apart = keptApart(state, activity).find((one) => one.person.id === person.id);
  return apart?.proof === 'proven' ? { code: 'excluded', why: apart.why } : { code: 'excluded' };
}

function obey(
  hearing: Hearing,
  comment: Spoken,
  elector: Elector,
  command: Exclude<Decision, ActCommand>,
): Meaning {
  if (command.kind === 'unsupported') return answer({ code: 'unsupported', verb: command.verb });
  if (command.kind === 'malformed')
    return answer({ code: 'malformed', verb: command.verb, why: command.why });
  const misdirected = aim(hearing, comment, command);
  if (misdirected) return answer(misdirected);
  const isDone = command.kind === 'approve' && command.done;
  // Whoever says that something is done may not know that they would approve it.
  if (isDone && hearing.activity.task === undefined) return answer({ code: 'no-task' });
  if (comment.byEmail) return answer({ code: 'by-email' });
  const deadline = deadlineOf(hearing.activity, hearing.attempt);
  if (
    deadline !== undefined &&
    Date.parse(comment.createdAt) > Date.parse(deadline) &&
    !speaksAgainst(command)
  )
    return answer({ code: 'too-late', deadline });
  if (command.kind === 'delegate') return delegate(hearing, comment, elector, command);
  const opens = hearing.attempt.timetable?.opens;
  const isEarly = opens !== undefined && Date.parse(comment.createdAt) < Date.parse(opens);
  if (isEarly && !contradicts(hearing.attempt, command)) return answer({ code: 'too-early', opens });
  const premature = command.kind === 'withdraw' ? undefined : prematurely(hearing, comment);
  if (premature) return premature;
  return command.kind === 'withdraw' ? withdraw(hearing, comment) : vote(hearing, comment, elector, command);
}

/** After the deadline nothing is added; while nothing is decided, what speaks against an approval counts (T15). */
const speaksAgainst = (command: Decision): boolean =>
  command.kind === 'reject' ||
  command.kind === 'withdraw' ||
  (command.kind === 'delegate' && command.to === undefined);

/**
 * Before its session nobody has voted, and there is nothing to speak against; unless a deferral kept votes, which will count
 * the moment it opens (T15, decision 0040).
 */
const contradicts = ({ votes }: Attempt, command: Decision): boolean =>
  command.kind === 'withdraw' || (command.kind === 'reject' && votes.length > 0);

/** A vote counts from the moment on at which the last of the checks that it waits for had passed (design 2). */
function prematurely({ activity, attempt, facts }: Hearing, comment: Comment): Meaning | undefined {
  if (activity.preconditions === undefined) return undefined;
  if (!attempt.ready && facts.checkRuns?.kind === 'unknown')
    return { kind: 'unknown', why: `Whether its preconditions hold is not known: ${facts.checkRuns.why}.` };
  const since = attempt.ready && readySince(attempt);
  return since !== undefined && Date.parse(comment.createdAt) >= Date.parse(since)
    ? undefined
    : answer({ code: 'premature', checks: activity.preconditions });
}

/** A vote answers the newest notice before it, on the scope that still holds when it is recorded (T11). */
function aim(
  { activity, attempt }: Hearing,
  comment: Comment,
  command: { readonly activity?: string; readonly scope?: string },
): Answer | undefined {
  if (command.activity !== undefined && command.activity !== activity.id) {
    return { code: 'other-activity', here: activity.id, named: command.activity };
  }
  if (command.scope !== undefined && !attempt.scope.startsWith(command.scope)) {
    return { code: 'wrong-scope', given: command.scope, current: attempt.scope };
  }
  const answered = attempt.notices.filter((notice) => isBefore(notice, comment)).at(-1);
  // What went away and came back took effect anew: who answered it before did not see what lay between.
  if (answered?.scope === attempt.scope && answered.changes === attempt.lapses.length) return undefined;
  return {
    code: 'stale-notice',
    current: attempt.scope,
    differences: attempt.lapses.slice(-1).flatMap((lapse) => lapse.differences),
  };
}

const isBefore = (notice: Notice, { id, createdAt }: Comment): boolean =>
  isLater({ comment: id, at: createdAt }, placeOfNotice(notice));

/** `said`: what they wrote, where it was something else than `/withdraw`. */
function withdraw(hearing: Hearing, comment: Spoken, said?: 'reject'): Meaning {
  const { attempt, at } = hearing;
  const { person } = comment.writer;
  const held = holdingsOf(attempt, person.id);
  if (!held) return answer({ code: 'nothing-to-withdraw' });
  // Whoever has nothing else to take back takes back their seat, and with it what was said there.
  if (held.delegation && !held.objects) return handOn(hearing, comment, held.delegation.from);
  return attested(hearing.facts, comment, person, () => ({
    at,
    kind: 'vote-withdrawn',
    body: { ...refOf(attempt), person, source: sourceOf(comment), ...present({ said }) },
  }));
}

/**
 * Who may not vote any more can still take back what they hold: their approval would go on counting against their word (T15,
 * decision 0056). A rejection of theirs is none any more, so it only takes the approval back. Nothing here adds one.
 */
function takeBack(hearing: Hearing, comment: Spoken, command: Decision | undefined): Meaning | undefined {
  const held = holdingsOf(hearing.attempt, comment.writer.person.id);
  const isNo = command?.kind === 'reject' && held?.vote?.choice === 'approve';
  const isBack = command?.kind === 'delegate' && command.to === undefined && held?.delegation !== undefined;
  if (!held || !(command?.kind === 'withdraw' || isNo || isBack)) return undefined;
  const misdirected = aim(hearing, comment, command);
  if (misdirected) return answer(misdirected);
  if (comment.byEmail) return answer({ code: 'by-email' });
  return isBack && held.delegation
    ? handOn(hearing, comment, held.delegation.from)
    : withdraw(hearing, comment, isNo ? 'reject' : undefined);
}

function vote(
  hearing: Hearing,
  comment: Comment,
  elector: Elector,
  command: Extract<Command, { readonly kind: 'approve' | 'reject' }>,
): Meaning {
  const { state, attempt, activity, facts, at } = hearing;
  const apart = keptApart(state, activity).find((one) => one.person.id === elector.person.id);
  if (command.kind === 'approve' && apart) return answer({ code: 'claimed', why: apart.why });
  const seat = seatNow(hearing, elector);
  if ('code' in seat) return answer(seat);
  const form = readForm(activity.inputs, command, comment, facts);
  if (form.kind !== 'answered') return form;
  return attested(facts, comment, elector.person, () => ({
    at,
    kind: 'vote-cast',
    body: {
      ...refOf(attempt),
      scope: attempt.scope,
      elector: seat,
      choice: command.kind,
      inputs: form.answers,
      source: sourceOf(comment),
      seenAt: at,
      ...(command.reason === undefined ? {} : { reason: command.reason }),
    },
  }));
}

/** The voter with the rules that are open by now and those an earlier vote of theirs counts for, or whose turn it is. */
function seatNow({ state, activity, attempt }: Hearing, elector: Elector): Elector | Answer {
  const open = openRulesOf(state, activity, attempt);
  const earlier = attempt.votes.find(({ elector: { person } }) => person.id === elector.person.id);
  const counted = new Set(earlier?.elector.rules.map(({ rule }) => rule));
  const rules = elector.rules.filter(({ rule }) => rule < open || counted.has(rule));
  const turn = activity.approvers[open - 1] as QuorumRule;
  return rules.length === 0 ? { code: 'not-your-turn', turn } : { ...elector, rules };
}

const refOf = ({ activity, attempt }: Attempt) => ({ activity, attempt });
