// Judges outcomes a second time, from what people did and nothing else: written on its own, to disagree where it must.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { type Chronicle, membershipsWithin, type Said } from './chronicle.ts';
import {
  always,
  answersScope,
  deadlineOf,
  type Ground,
  gone,
  groundFor,
  hour,
  isAnswered,
  isBarred,
  isGuest,
  rulesFor,
  second,
} from './ground.ts';
import { canSeat } from './seats.ts';
import type { Rule } from './subject.ts';
import { clearlyAnswers } from './words.ts';

type Decided = Extract<ReleaseEvent, { readonly kind: 'activity-approved' | 'activity-rejected' }>;

/** An outcome with all that was said on its activity by then, and how to look at a word. */
type Case = {
  readonly chronicle: Chronicle;
  readonly ground: Ground;
  readonly event: Decided;
  readonly at: number;
  readonly lagging: boolean;
  /** There were times in which nothing was decided, and people could change their minds. */
  readonly paused: boolean;
  readonly answers: (said: Said) => boolean;
  /** Rules that the person could be counted for at some moment between speaking and the outcome. */
  readonly possibleRules: (said: Said) => readonly number[];
};

type Voter = { readonly login: string; readonly rules: readonly number[]; readonly instead?: string };

/** Why the outcome does not follow from what people did; undefined: it does. `lagging`: reads may have been stale. */
export function objectionTo(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  event: Decided,
  lagging: boolean,
): string | undefined {
  const { activity, attempt, scope } = event.body;
  const ground = groundFor(chronicle, before, activity, attempt);
  if (ground === undefined) return 'no manifest that anybody wrote asks for it';
  const at = Date.parse(event.at);
  const words = chronicle.said.filter(
    (said) =>
      said.release === event.release &&
      said.activity === activity &&
      said.via === 'plain' &&
      isAnswered(ground.spec, said) &&
      said.at < at + second &&
      // What speaks against an approval counts for as long as nothing is decided.
      (said.verb === 'reject' || said.verb === 'withdraw' || said.at < deadlineOf(ground) + second),
  );
  const judged: Case = {
    chronicle,
    ground,
    event,
    at,
    lagging,
    paused: before.some(({ kind }) => kind === 'deviation-recorded' || kind === 'activity-deferred'),
    answers: (said) => answersScope(ground, said, scope),
    possibleRules: (said) => {
      const spans = membershipsWithin(chronicle, said.at, at + second - 1);
      if (spans.some(({ teams }) => isGuest(ground, said.login, teams)))
        return ground.spec.rules.map((_, rule) => rule);
      const rules = spans.flatMap(({ teams }) => rulesFor(ground.spec, said.login, teams, ground.authors));
      return [...new Set(rules)];
    },
  };
  if (event.kind === 'activity-rejected') return unfounded(judged, words);
  if (event.body.automatic !== undefined) return untimely(judged, words);
  if (ground.readyAt === Infinity) return 'a check had to pass first';
  if (at < ground.asked.from + (ground.asked.timing?.openFor ?? 0) * hour - second)
    return 'the voting time was not over';
  // Words count one after the other: whichever approval completed it, what came later changes nothing any more.
  const last = unapproved(judged, words);
  const earlier = words.filter(({ verb }) => verb === 'approve' || verb === 'withdraw').map(({ id }) => id);
  const decisive = earlier.some(
    (upTo) =>
      unapproved(
        judged,
        words.filter(({ id }) => id <= upTo),
      ) === undefined,
  );
  return decisive ? undefined : last;
}

function unfounded(judged: Case, words: readonly Said[]): string | undefined {
  const rejections = judged.event.kind === 'activity-rejected' ? judged.event.body.rejections : [];
  if (rejections.length === 0) return 'nobody rejected it';
  const silent = rejections.find(
    ({ login }) =>
      !words.some(
        (said) =>
          said.login === login &&
          said.verb === 'reject' &&
          judged.answers(said) &&
          (judged.possibleRules(said).length > 0 || standsFor(judged, words, said) !== undefined),
      ),
  );
  return silent && `${silent.login} did not reject it`;
}

/** An approval by nobody comes with time alone, and never against anybody (G-11). */
function untimely(judged: Case, words: readonly Said[]): string | undefined {
  const { ground, at } = judged;
  const { timing, from } = ground.asked;
  if (timing?.approves === undefined) return 'nothing says that it approves by itself';
  if (at < from + timing.approves * hour - second) return 'it approved by itself too early';
  return objectorAmong(judged, words, 0);
}

/** Why these words do not make an approval; undefined: they do. */
function unapproved(judged: Case, words: readonly Said[]): string | undefined {
  const { chronicle, ground, event, at, lagging } = judged;
  const voters: Voter[] = [];
  const approvals = event.kind === 'activity-approved' ? event.body.approvals : [];
  for (const { login } of approvals) {
    const own = words.filter((said) => said.login === login);
    const said = own.findLast((one) => one.verb === 'approve' && judged.answers(one) && !gone(one, at));
    if (said === undefined) return `${login} did not approve this`;
    const rules = judged.possibleRules(said);
    const place = standsFor(judged, words, said);
    // Who has a seat by now may sit in somebody's place as well.
    const seat =
      rules.length > 0 ? { login, rules: [...new Set([...rules, ...(place?.rules ?? [])])] } : place;
    if (seat === undefined) return `${login} may not approve this`;
    const back = own.some(
      (one) =>
        (one.verb === 'reject' || one.verb === 'withdraw') &&
        one.id > said.id &&
        one.at < at &&
        !gone(one, at),
    );
    if (back && !lagging) return `${login} took the approval back before it counted`;
    voters.push(seat);
  }
  const instead = voters.flatMap((voter) => voter.instead ?? []);
  const twice = instead.find((login, index) => instead.indexOf(login) !== index);
  if (twice !== undefined) return `the seat of ${twice} was filled twice`;
  const objection = objectorAmong(judged, words, approvals.length) ?? heldBack(judged, words);
  if (objection !== undefined) return objection;
  const seats = ground.spec.rules.map((rule, index) => seatsOf(chronicle, ground, rule, index));
  const all = voters.map(({ rules }) => rules);
  return canSeat(all, seats) ? undefined : `${all.length} approvals fill no ${seats.join(' + ')} seats`;
}

/** The seat of somebody else that a person may speak for: handed on to them, before, by whoever had it (T12). */
function standsFor({ ground, ...judged }: Case, words: readonly Said[], said: Said): Voter | undefined {
  const spans = membershipsWithin(judged.chronicle, said.at, judged.at + second - 1);
  if (spans.every(({ teams }) => isBarred(ground.spec, said.login, teams, ground.authors))) return undefined;
  const handed = words
    .filter(
      (one) => one.verb === 'delegate' && one.to === said.login && one.id < said.id && judged.answers(one),
    )
    .map((one) => ({ from: one.login, rules: judged.possibleRules(one) }))
    // Whoever speaks for somebody does not hand that on.
    .findLast(({ rules }) => rules.length > 0);
  if (handed === undefined || ground.spec.delegation === 0) return undefined;
  return { login: said.login, rules: handed.rules, instead: handed.from };
}

/** More people who clearly rejected than an approval allows; `approvals` of how many others. */
function objectorAmong(judged: Case, words: readonly Said[], approvals: number): string | undefined {
  const { chronicle, ground, event, at, lagging } = judged;
  const rejecting = words.filter(
    (said) =>
      said.verb === 'reject' &&
      said.at < at &&
      !gone(said, at) &&
      clearlyAnswers(ground, said, event.body.scope) &&
      always(chronicle, ground, said, at) &&
      // Where one does not end it, what the person said later takes its place.
      !(
        (ground.spec.reject !== undefined || judged.paused) &&
        words.some(({ login, id }) => login === said.login && id > said.id)
      ),
  );
  const people = [...new Set(rejecting.map(({ login }) => login))];
  const { reject } = ground.spec;
  const allowed = reject === undefined ? 0 : reject === 2 ? 1 : Math.max(0, approvals - 1);
  // Seats that were handed on may have taken rejections with them.
  const moved = ground.spec.reject !== undefined && words.some(({ verb }) => verb === 'delegate');
  return people.length > allowed && !lagging && !moved ? `${people[0]} had rejected it` : undefined;
}

/** Who hands on a seat has taken nothing back. */
const takesBack: ReadonlySet<string> = new Set(['approve', 'reject', 'withdraw']);

/** Whoever rejected the same before has to speak again (T3). */
function heldBack({ ground }: Case, words: readonly Said[]): string | undefined {
  const from = Math.max(0, ground.notices[0]?.from ?? 0);
  const silent = ground.objectors.find(
    (login) => !words.some((said) => said.login === login && takesBack.has(said.verb) && said.at >= from),
  );
  return silent && `${silent} rejected the same before, and said nothing since`;
}

/** The fewest seats that the rule can have had, given who was there when the attempt's people were counted. */
function seatsOf(chronicle: Chronicle, ground: Ground, rule: Rule, index: number): number {
  if (typeof rule.require === 'number') return rule.require;
  const spans = membershipsWithin(chronicle, ground.countedAt, ground.countedAt + second - 1);
  const counts = spans.map(({ teams }) => {
    const people = new Set(
      [...teams.values()].flatMap((members) => [...members]).concat('pat', 'radia', 'mona'),
    );
    return [...people].filter((login) => rulesFor(ground.spec, login, teams, ground.touchers).includes(index))
      .length;
  });
  const eligible = Math.min(...counts);
  return rule.require === 'unanimous' ? eligible : Math.floor(eligible / 2) + 1;
}
