import type { Act } from '../command/command.ts';
import { isAct, parseCommands } from '../command/parse-commands.ts';
import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import type { Instant } from '../values.ts';
import { hearAct } from './act.ts';
import { actsIn } from './acts-in.ts';
import { newDoubts } from './doubt.ts';
import { consequences, dueAgreement } from './due.ts';
import type { Happening } from './event.ts';
import type { Facts, Spoken, Thread } from './facts.ts';
import { type Listened, record, refuse, threadOf, untilThen } from './listen.ts';
import { namesIn } from './names-in.ts';
import { releaseUntil } from './release-until.ts';
import { isFailure } from './resolution.ts';
import { answersOn, isSettled } from './settled.ts';
import { spokenOn } from './spoken.ts';
import { type Attempt, latestAttempt, type OpenRelease } from './state.ts';

type Place = {
  readonly thread: Thread;
  readonly here?: { readonly activity: Activity; readonly attempt: Attempt };
};

/** Hears acts where nothing waits for votes: on the issue of the release, and on those of decided activities. */
export function govern(heard: Listened, facts: Facts, at: Instant): Listened {
  return placesIn(heard.state, facts).reduce((now, place) => governAt(now, place, facts, at), heard);
}

function placesIn(state: OpenRelease, facts: Facts): readonly Place[] {
  const decided = activitiesOf(state.revision.plan).flatMap((activity): readonly Place[] => {
    const attempt = latestAttempt(state, activity.id);
    const thread = attempt?.ending && !isTriedAgain(attempt) ? threadOf(attempt, facts) : undefined;
    return attempt && thread ? [{ thread, here: { activity, attempt } }] : [];
  });
  const tracking = state.tracking ? facts.threads.get(state.tracking.number) : undefined;
  return [...decided, ...(tracking ? [{ thread: tracking }] : [])];
}

/** The next attempt has an issue of its own, whether it could begin yet or not. */
const isTriedAgain = ({ overruled }: Attempt): boolean => overruled?.act === 'retry';

/** What an earlier word brought about holds for the next one. */
function placeNow(state: OpenRelease, { activity }: NonNullable<Place['here']>): Place['here'] {
  const attempt = latestAttempt(state, activity.id);
  return attempt && { activity, attempt };
}

/** Machines have no issue of their own: on the issue of the release their activity is named, or the only one is meant. */
function machineMeant(
  state: OpenRelease,
  { kind, activity: named }: { readonly kind: Act; readonly activity?: string },
): Place['here'] {
  const machines = activitiesOf(state.revision.plan)
    .filter((activity) => !isManual(activity))
    .flatMap((activity) => {
      const attempt = latestAttempt(state, activity.id);
      return attempt ? [{ activity, attempt }] : [];
    });
  if (named !== undefined) return machines.find(({ activity }) => activity.id === named);
  const [only, ...more] = machines.filter(({ attempt }) =>
    kind === 'override' ? !attempt.ending : isFailure(attempt),
  );
  return more.length === 0 ? only : undefined;
}

/**
 * What the release had come to when somebody spoke, though nobody was there to record it (T20, decisions 0006, 0066). While
 * what people say of an activity is not understood, time decides nothing about it.
 */
function allUntil(heard: Listened, comment: Spoken, facts: Facts, at: Instant): Listened {
  const { state, unclear } = heard;
  const due = activitiesOf(state.revision.plan)
    .filter((activity) => !unclear.has(activity.id))
    .flatMap((activity) => untilThen(state, activity, comment, facts, at));
  const now = record(heard, due);
  return record(now, releaseUntil(now.state, comment, at));
}

/** What is said of machines is said on the issue of the release, and counts until it is acted on. */
const overruledMachines = (state: OpenRelease): readonly Attempt[] =>
  activitiesOf(state.revision.plan).flatMap((activity) => {
    const attempt = isManual(activity) ? undefined : latestAttempt(state, activity.id);
    const isOpen = attempt && (isFailure(attempt) || !(attempt.ending || attempt.lifted));
    return isOpen ? [attempt] : [];
  });

/** What custodians wrote and then edited or deleted is in doubt, as a vote is, until they speak again (T15). */
const doubtsOf = (attempt: Attempt, thread: Thread, at: Instant): readonly Happening[] =>
  newDoubts(attempt, thread, new Set(attempt.overrules.map(({ elector }) => elector.person.id)), at);

function governAt(heard: Listened, { thread, here }: Place, facts: Facts, at: Instant): Listened {
  const answered = answersOn(thread);
  const ids = namesIn(heard.state);
  const fields = here?.activity.inputs.map(({ id }) => id);
  // What was answered while something waited here does not gain force because it is decided by now.
  const refused = new Set(heard.refusals.map(({ comment }) => comment.id));
  const doubted = here ? [here.attempt].filter(isFailure) : overruledMachines(heard.state);
  const doubts = heard.state.ended ? [] : doubted.flatMap((attempt) => doubtsOf(attempt, thread, at));
  let now = record(heard, doubts);
  for (const comment of spokenOn(thread)) {
    if (now.state.ended) break;
    if (comment.edited || refused.has(comment.id) || isSettled(comment, answered)) continue;
    if (actsIn(now.state).has(comment.id)) continue;
    const decisions = parseCommands(comment.body, ids, fields).filter(({ kind }) => kind !== 'help');
    const [command] = decisions;
    if (command === undefined || decisions.length > 1 || !isAct(command)) continue;
    now = allUntil(now, comment, facts, at);
    if (now.state.ended) break;
    const meant = here ? placeNow(now.state, here) : machineMeant(now.state, command);
    if (here && meant && isTriedAgain(meant.attempt)) break;
    const ground = { state: now.state, facts, at, ...(meant === undefined ? {} : { here: meant }) };
    const meaning = hearAct(ground, comment, command);
    if (meaning.kind === 'ask') now = { ...now, ask: [...now.ask, comment.id] };
    if (meaning.kind === 'ask-files') now = { ...now, askFiles: [...now.askFiles, ...meaning.files] };
    if (meaning.kind === 'ask-committers') now = { ...now, askCommitters: true };
    if (meaning.kind === 'answer') now = refuse(now, thread, comment, meaning.answer, answered, at);
    if (meaning.kind === 'unknown') {
      const unclear = new Map(now.unclear).set(here?.activity.id ?? '', meaning.why);
      now = { ...now, unclear, unheard: [...now.unheard, comment.id], unsure: true };
    }
    if (meaning.kind === 'event') {
      now = record(now, consequences(now.state, meaning.event));
      if (meant) now = record(now, dueAgreement(now.state, meant.activity, at));
    }
  }
  return now;
}
