import type { FileName } from '../form/file-name.ts';
import { dispatchHoldSentence } from '../messages/dispatch-words.ts';
import { barrierSentence } from '../messages/machine-words.ts';
import { obstacleWords } from '../messages/obstacle-words.ts';
import { earliest } from '../time/earliest.ts';
import type { Digest, Instant, Sha } from '../values.ts';
import { asksForJobs, dueAdmissions, dueRunEndings, rulesToAsk, unansweredJobs } from './admit.ts';
import { dueAcknowledgement } from './agreed.ts';
import { blindWatchers, checksToAsk, checksWaitedFor, dueChecks, untoldChecks } from './checks.ts';
import { dueEscalations, escalate, hasTimes, nextMoment } from './clockwork.ts';
import { dueDeviations, foreignTo } from './deviate.ts';
import { dueAnswers, dueOrders, holdsOnDispatch, nextDispatchMoment, unsoughtRuns } from './dispatch.ts';
import { activate, dueActivations, dueOutcomes, undecidable } from './due.ts';
import { dueDuties } from './duties.ts';
import { dutyHindrances } from './duty-hindrances.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { apply } from './fold.ts';
import { govern } from './govern.ts';
import { dueGuards, guardsToAsk, lookedAt, nextGuardMoment } from './guard.ts';
import { hearAll } from './hear-all.ts';
import { type Listened, record, silence } from './listen.ts';
import { dueReports, unseenDeployments } from './machine.ts';
import { dueRecognitions } from './objects.ts';
import { barriersIn, dueOpenings, nextOpeningMoment, shutAll } from './opening.ts';
import type { Refusal } from './refusal.ts';
import { remark } from './remark.ts';
import { dueSuccession, followManifest, type Revised } from './revise.ts';
import type { OpenRelease, ReleaseState } from './state.ts';

/** What follows from the facts, as data; nothing is done here. */
export type Decision = {
  readonly events: readonly Happening[];
  /** The state with the events applied. */
  readonly state: ReleaseState;
  /** The manifest that the events accept, whose bytes belong into the record with them. */
  readonly accepts?: Digest;
  /** Foreign commits that the events record. */
  readonly foreign: readonly Sha[];
  readonly refusals: readonly Refusal[];
  /** Comments whose provenance must be read; decide again with it before anything is done. */
  readonly ask: readonly number[];
  /** Principals whom people named: look them up, and decide again with it before anything is done. */
  readonly lookUp: readonly string[];
  /** Files that answers name, to be looked up in the same way. */
  readonly askFiles: readonly FileName[];
  /** Who committed what is released has to be looked up, in the same way. */
  readonly askCommitters: boolean;
  /** Checks of others on the target, in the same way: all that the release waits for. */
  readonly askChecks: readonly string[];
  /** Environments whose guard the host has to be asked for, in the same way. */
  readonly askGuards: readonly string[];
  /** Jobs that wait on the target have to be asked for, in the same way. */
  readonly askJobs: boolean;
  /** Why an activity cannot begin or be decided now, in words, by activity; the empty name stands for the release. */
  readonly hindrances: ReadonlyMap<string, string>;
  /** Hindrances that may pass by themselves, so that looking again is worth it. */
  readonly unsure: boolean;
  /** When something is due by itself; absent: only people can move the release. */
  readonly lookAgainAt?: Instant;
};

/**
 * What the facts call for (design 6). Pure: the same state, facts and time give the same decision. Facts become events
 * first, then outcomes follow until nothing more does.
 */
export function decide(state: ReleaseState, known: Facts, now: Instant): Decision {
  // A time before the last event is no time to go by (T20).
  const early = state.kind === 'opened' && Date.parse(state.lastAt) > Date.parse(now);
  const at = early ? state.lastAt : now;
  const facts = early ? { ...known, timely: false } : known;
  const revised = followManifest(state, facts, at);
  const opened = revised.events.reduce(apply, state);
  if (opened.kind === 'unopened') return idle(opened, revised);
  const followed: Listened = { ...silence(opened), events: revised.events };
  const established = record(followed, dueDuties(opened, facts, at));
  const deviated = record(established, dueDeviations(established.state, facts, at));
  const noted = record(deviated, dueReports(deviated.state, facts, at));
  const answered = record(noted, dueAnswers(noted.state, facts, at));
  const returned = record(answered, dueRunEndings(answered.state, facts, at));
  const checked = record(returned, dueChecks(returned.state, facts, at));
  const recognized = record(checked, dueRecognitions(checked.state, facts, at));
  const heard = revised.unclear.length > 0 ? recognized : hearAll(recognized, facts, at);
  const governed = revised.unclear.length > 0 ? heard : govern(heard, facts, at);
  const settled = settle(governed, revised, facts, at);
  // What was answered while listening is not answered again because the activity is decided by now.
  const { refusals, unheard } = settled.heard;
  const replied = new Set([...refusals.map(({ comment }) => comment.id), ...unheard]);
  const remarks = remark(settled.heard.state, facts).filter(({ comment }) => !replied.has(comment.id));
  const accepts = revised.events.find(
    (event) => event.kind === 'release-opened' || event.kind === 'manifest-revised',
  );
  return {
    events: settled.heard.events,
    state: settled.heard.state,
    ...(accepts ? { accepts: accepts.body.revision.manifest } : {}),
    foreign: foreignTo(state.release, facts).map(({ commit }) => commit),
    refusals: [...refusals, ...remarks],
    ask: settled.heard.ask,
    lookUp: settled.heard.lookUp,
    askFiles: settled.heard.askFiles,
    askCommitters: settled.heard.askCommitters,
    askChecks: checksToAsk(settled.heard.state, facts),
    askGuards: [
      ...new Set([
        ...guardsToAsk(settled.heard.state, facts),
        ...rulesToAsk(settled.heard.state, facts, { at, trusted: facts.timely }),
      ]),
    ],
    askJobs: asksForJobs(state, settled.heard.state, facts),
    hindrances: settled.hindrances,
    unsure:
      settled.unsure ||
      (!facts.timely && hasTimes(settled.heard.state)) ||
      (facts.checkRuns?.kind === 'unknown' && checksWaitedFor(settled.heard.state).length > 0),
    ...lookAgain(settled.heard.state, facts, at),
  };
}

const lookAgain = (state: OpenRelease, facts: Facts, at: Instant): Pick<Decision, 'lookAgainAt'> => {
  const moments = [
    nextMoment(state, at),
    nextOpeningMoment(state, facts.configuration, at),
    nextDispatchMoment(state, at),
    nextGuardMoment(state, facts, at),
  ];
  const lookAgainAt = earliest(moments);
  return lookAgainAt === undefined ? {} : { lookAgainAt };
};

const idle = (state: ReleaseState, { unclear, unsure }: Revised): Decision => ({
  events: [],
  state,
  foreign: [],
  refusals: [],
  ask: [],
  lookUp: [],
  askFiles: [],
  askCommitters: false,
  askChecks: [],
  askGuards: [],
  askJobs: false,
  hindrances: unclear.length > 0 ? new Map([['', unclear.join(' ')]]) : new Map(),
  unsure,
});

type Settled = {
  readonly heard: Listened;
  readonly hindrances: ReadonlyMap<string, string>;
  readonly unsure: boolean;
};

/** Outcomes and activations until nothing more follows. */
function settle(heard: Listened, revised: Revised, facts: Facts, at: Instant): Settled {
  const { unclear } = revised;
  // While a revision cannot take effect, nobody knows what an approval would mean: decide nothing (T2).
  if (unclear.length > 0) {
    const why = unclear.join(' ');
    const shut = record(heard, shutAll(heard.state, why, at));
    const yielded = dueSuccession(shut.state, facts, at);
    if (yielded.length > 0) return settle(record(shut, yielded), { ...revised, unclear: [] }, facts, at);
    return { heard: shut, hindrances: new Map([['', why]]), unsure: revised.unsure };
  }
  const unknown = new Set([
    ...heard.unclear.keys(),
    ...untoldChecks(heard.state, facts),
    ...unsoughtRuns(heard.state, facts, at),
  ]);
  const moment = { at, trusted: facts.timely };
  const seen = [
    ...dueReports(heard.state, facts, at),
    ...dueChecks(heard.state, facts, at),
    ...dueGuards(heard.state, facts, at),
  ];
  if (seen.length > 0) return settle(record(heard, seen), revised, facts, at);
  const outcomes = [...dueAcknowledgement(heard.state, at), ...dueOutcomes(heard.state, moment, unknown)];
  const decided = record(heard, outcomes);
  const begun = [
    ...dueActivations(decided.state, moment).map((activity) => ({
      activity: activity.id,
      result: activate(decided.state, activity, facts, at),
    })),
    ...dueEscalations(decided.state, moment).map((due) => ({
      activity: due.activity.id,
      result: escalate(decided.state, due, facts, at),
    })),
  ];
  const rules = facts.configuration;
  const activations = [
    ...begun.flatMap(({ result }) => ('kind' in result ? [result] : [])),
    ...lookedAt(dueOpenings(decided.state, rules, moment), decided.state, facts),
  ];
  const obstacles = begun.flatMap(({ activity, result }) => ('kind' in result ? [] : [{ activity, result }]));
  const next = record(decided, activations);
  if (outcomes.length + activations.length > 0) return settle(next, revised, facts, at);
  const holds = holdsOnDispatch(next.state, facts, moment);
  const orders = dueOrders(next.state, moment).filter(({ body }) => !holds.has(body.activity));
  if (orders.length > 0) return settle(record(next, orders), revised, facts, at);
  const admissions = dueAdmissions(next.state, facts, moment);
  if (admissions.length > 0) return settle(record(next, admissions), revised, facts, at);
  const yielded = dueSuccession(next.state, facts, at);
  if (yielded.length > 0) return settle(record(next, yielded), revised, facts, at);
  const shut = barriersIn(next.state, rules, moment);
  const hindrances = new Map([
    ...dutyHindrances(next.state, facts, moment),
    ...heard.unclear,
    ...undecidable(next.state, moment),
    ...blindWatchers(next.state, facts),
    ...unseenDeployments(next.state, facts),
    ...unansweredJobs(next.state, facts),
    ...[...shut].map(([activity, barrier]) => [activity, barrierSentence(barrier)] as const),
    ...[...holds].map(([activity, hold]) => [activity, dispatchHoldSentence(hold)] as const),
  ]);
  for (const { activity } of obstacles) {
    const its = obstacles.flatMap((one) => (one.activity === activity ? one.result : []));
    hindrances.set(activity, obstacleWords(its));
  }
  const unsure =
    heard.unsure ||
    // Clocks come right by themselves, and nobody else would look again (T20).
    (!moment.trusted && [...shut.values()].includes('unknown')) ||
    [...holds.values()].some(({ kind }) => kind === 'unreadable') ||
    obstacles.some(({ result }) => result.some(({ kind }) => kind === 'unknown'));
  return { heard: next, hindrances, unsure };
}
