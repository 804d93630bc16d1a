import type { Command, Act as Verb } from '../command/command.ts';
import type { Activity } from '../manifest/manifest.ts';
import { dutySentence } from '../messages/duty-words.ts';
import { obstacleWords } from '../messages/obstacle-words.ts';
import { heldBy, holdsOn } from '../time/holds.ts';
import { readMoment } from '../time/moment.ts';
import type { Instant, Known, Person } from '../values.ts';
import { standingOf } from './act-standing.ts';
import { involvedIn } from './apart.ts';
import { answer, attested, type Meaning, sourceOf } from './attest.ts';
import { directoryOf, officeOf } from './ballot.ts';
import { deadlineOf } from './deadline.ts';
import { overrulingGap } from './duties.ts';
import type { Overruling } from './event.ts';
import type { Facts, Spoken } from './facts.ts';
import { hadFailed, hasBegunBefore } from './failed-before.ts';
import { isOpener } from './opening.ts';
import { readForm } from './read-form.ts';
import type { Answer } from './refusal.ts';
import type { Attempt, OpenRelease } from './state.ts';
import { calendarOf, timetableOf } from './timetable.ts';

/** Where an act is heard; without an activity it is the tracking issue of the release. */
export type Ground = {
  readonly state: OpenRelease;
  readonly facts: Facts;
  readonly at: Instant;
  readonly here?: Here;
};

type Here = { readonly activity: Activity; readonly attempt: Attempt };

export type ActCommand = Extract<Command, { readonly kind: Verb }>;

/** What somebody may do beside voting, by the table of trust: `Who may do what`. */
export function hearAct(ground: Ground, comment: Spoken, command: ActCommand): Meaning {
  switch (command.kind) {
    case 'abort':
      return abort(ground, comment, command);
    case 'defer':
      return defer(ground, comment, command);
    case 'acknowledge':
      return acknowledge(ground, comment, command);
    case 'retry':
      return ground.here?.attempt.ending?.kind === 'failed'
        ? retryMachine(ground, comment, command, ground.here)
        : overrule(ground, comment, command, 'retry');
    case 'ignore':
    case 'override':
      return overrule(ground, comment, command, command.kind);
  }
}

/** The way out of a release that nobody should go on with, reachable from every activity (S-021, S-049). */
function abort(ground: Ground, comment: Spoken, { reason }: ActCommand): Meaning {
  const { facts, at } = ground;
  const { person } = comment.writer;
  const standing = standingOf(ground, person, 'abort');
  if (standing.kind !== 'held') return standing;
  if (comment.byEmail) return answer({ code: 'by-email' });
  if (reason === undefined) return answer({ code: 'reason-missing', verb: 'abort' });
  return attested(facts, comment, person, () => ({
    at,
    kind: 'release-aborted',
    body: {
      person,
      as: standing.as,
      bindings: standing.bindings,
      reason,
      source: sourceOf(comment),
      seenAt: at,
    },
  }));
}

/** Puts a decision off until a time: neither yes nor no, and the votes stay (G-18). */
function defer(ground: Ground, comment: Spoken, command: ActCommand): Meaning {
  const { state, facts, at, here } = ground;
  const { reason = '' } = command;
  const { person } = comment.writer;
  const standing = standingOf(ground, person, 'defer');
  if (standing.kind !== 'held') return standing;
  if (comment.byEmail) return answer({ code: 'by-email' });
  if (here === undefined || here.attempt.ending) return answer({ code: 'nothing-waits' });
  const wrong = misdirected(command, here);
  if (wrong) return answer(wrong);
  const ends = deadlineOf(here.activity, here.attempt);
  const { createdAt } = comment;
  // Whoever puts it off prolongs the vote: after its end nothing does (decision 0040).
  if (ends !== undefined && Date.parse(createdAt) > Date.parse(ends))
    return answer({ code: 'too-late', deadline: ends });
  const calendar = calendarOf(state.revision);
  const [, word = '', why = ''] = /^until\s+(\S+)\s*(.*)$/isu.exec(reason) ?? [];
  const until = readMoment(word, calendar.zone);
  if (until === undefined || Date.parse(until) <= Date.parse(createdAt))
    return answer({ code: 'defer-when' });
  if (why === '') return answer({ code: 'reason-missing', verb: 'defer' });
  const timetable = timetableOf(here.activity, until, calendar);
  const deadline = here.activity.timing?.expire === 'stay' ? undefined : timetable?.deadline;
  // A date does not begin anew: nobody could vote any more when the time comes (decision 0040).
  if (deadline !== undefined && Date.parse(deadline) <= Date.parse(until))
    return answer({ code: 'defer-beyond', deadline });
  return attested(facts, comment, person, () => ({
    at,
    kind: 'activity-deferred',
    body: {
      activity: here.activity.id,
      attempt: here.attempt.attempt,
      until,
      person,
      as: standing.as,
      bindings: standing.bindings,
      reason: why,
      source: sourceOf(comment),
      seenAt: at,
      ...(timetable === undefined ? {} : { timetable }),
    },
  }));
}

type Office = Extract<ReturnType<typeof officeOf>, { readonly kind: 'known' }>;

/** The custodians, where the person is one of them; else what to answer. Authors and committers never are (T3). */
function custodianship(
  { state, facts }: Ground,
  person: Person,
  verb: Verb,
):
  | { readonly kind: 'held'; readonly office: Office; readonly elector: Office['electors'][number] }
  | Meaning {
  const { custodians } = state.revision;
  if (custodians === undefined) return answer({ code: 'no-custodians', verb });
  const office = officeOf(custodians, directoryOf(state, facts), involvedIn(state));
  if (office.kind === 'unclear') {
    const why = obstacleWords(office.obstacles);
    return office.obstacles.some(({ kind }) => kind === 'unknown')
      ? { kind: 'unknown', why }
      : answer({ code: 'malformed', verb, why });
  }
  const elector = office.electors.find((one) => one.person.id === person.id);
  if (elector === undefined) return answer({ code: 'not-yours', verb, who: 'custodians' });
  const gap = overrulingGap(state, facts);
  if (gap === undefined) return { kind: 'held', office, elector };
  if (gap === 'ask') return { kind: 'ask-committers' };
  const why = dutySentence(gap, 'overrule');
  // What does not mend itself is no reason to wait: whoever asks is told.
  const isLasting = gap.kind === 'unattributable' || gap.lasting === true;
  return isLasting ? answer({ code: 'malformed', verb, why }) : { kind: 'unknown', why };
}

/** An act on one activity must not be taken for one on another, or on what it was before a change (T11). */
function misdirected({ activity, scope }: ActCommand, here: Here): Answer | undefined {
  if (activity !== undefined && activity !== here.activity.id)
    return { code: 'other-activity', here: here.activity.id, named: activity };
  return scope === undefined || here.attempt.scope.startsWith(scope)
    ? undefined
    : { code: 'wrong-scope', given: scope, current: here.attempt.scope };
}

/** Failures can be overruled. */
const isOpenTo = (act: Overruling, here: Here, comment: Spoken, facts: Facts): Known<boolean> =>
  act === 'override'
    ? wasHeld(here, comment, facts)
    : { kind: 'known', value: hadFailed(here.attempt, comment) };

/**
 * What holds an environment shut can be lifted, once, by who speaks of it while it does: nobody answers for a freeze that is
 * still to come (T3).
 */
function wasHeld(
  { activity, attempt }: Here,
  { createdAt }: Spoken,
  { configuration }: Facts,
): Known<boolean> {
  if (!isOpener(activity) || attempt.ending || attempt.lifted || !hasBegunBefore(attempt, createdAt))
    return { kind: 'known', value: false };
  if (configuration.kind === 'unknown') return configuration;
  const holds = holdsOn(configuration.value, activity.environment);
  return { kind: 'known', value: heldBy(holds, activity.environment, createdAt) !== undefined };
}

/** What a machine did badly is the owner's to try again; no person said no (trust: Who may do what). */
function retryMachine(ground: Ground, comment: Spoken, { reason }: ActCommand, { attempt }: Here): Meaning {
  const { person } = comment.writer;
  const standing = standingOf(ground, person, 'retry');
  if (standing.kind !== 'held') return standing;
  if (comment.byEmail) return answer({ code: 'by-email' });
  if (!hadFailed(attempt, comment)) return answer({ code: 'nothing-failed', verb: 'retry' });
  const { at } = ground;
  const ref = { activity: attempt.activity, attempt: attempt.attempt };
  const why = reason === undefined ? {} : { reason };
  return attested(ground.facts, comment, person, () => ({
    at,
    kind: 'retry-ordered',
    body: { ...ref, person, bindings: standing.bindings, ...why, source: sourceOf(comment), seenAt: at },
  }));
}

/** A retry keeps rejections on an unchanged scope; to ignore lets what follows go on without an approval (T3). */
function overrule(ground: Ground, comment: Spoken, command: ActCommand, act: Overruling): Meaning {
  const { facts, at, here } = ground;
  const { person } = comment.writer;
  const held = custodianship(ground, person, act);
  if (held.kind !== 'held') return held;
  if (comment.byEmail) return answer({ code: 'by-email' });
  const wrong = here && misdirected(command, here);
  if (wrong) return answer(wrong);
  if (here === undefined) return answer({ code: 'nothing-failed', verb: act });
  const open = isOpenTo(act, here, comment, facts);
  if (open.kind === 'unknown') return open;
  if (!open.value) return answer({ code: 'nothing-failed', verb: act });
  const { activity, attempt } = here;
  // A floor asks for people; custodians may ask them again, never do without them.
  if (act === 'ignore' && activity.floors !== undefined)
    return answer({ code: 'demanded', floors: activity.floors });
  const { reason } = command;
  if (reason === undefined) return answer({ code: 'reason-missing', verb: act });
  const form = readForm(activity.inputs, { ...command, kind: act }, comment, facts);
  if (form.kind !== 'answered') return form;
  return attested(facts, comment, person, () => ({
    at,
    kind: 'overrule-cast',
    body: {
      activity: activity.id,
      attempt: attempt.attempt,
      act,
      elector: held.elector,
      roster: held.office.electors,
      bindings: held.office.bindings,
      reason,
      inputs: form.answers,
      source: sourceOf(comment),
      seenAt: at,
    },
  }));
}

/** What somebody else wrote to the record stays foreign; custodians say that they know of it (T3, T8). */
function acknowledge(ground: Ground, comment: Spoken, { reason }: ActCommand): Meaning {
  const { state, facts, at } = ground;
  const { person } = comment.writer;
  const held = custodianship(ground, person, 'acknowledge');
  if (held.kind !== 'held') return held;
  if (comment.byEmail) return answer({ code: 'by-email' });
  const deviations = state.deviations.length;
  if (deviations === state.acknowledged) return answer({ code: 'nothing-deviates' });
  if (reason === undefined) return answer({ code: 'reason-missing', verb: 'acknowledge' });
  return attested(facts, comment, person, () => ({
    at,
    kind: 'acknowledgement-cast',
    body: {
      elector: held.elector,
      roster: held.office.electors,
      bindings: held.office.bindings,
      reason,
      deviations,
      source: sourceOf(comment),
      seenAt: at,
    },
  }));
}
