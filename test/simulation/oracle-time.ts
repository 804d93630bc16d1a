// Judges what came about because time passed: never too early, never against a word that was said in time (T20).

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { type Chronicle, membershipsWithin } from './chronicle.ts';
import {
  deadlineOf,
  type Ground,
  gone,
  groundFor,
  hour,
  isBarred,
  means,
  rulesFor,
  second,
} from './ground.ts';
import { wasWrong } from './oracle-machines.ts';
import { canSeat } from './seats.ts';
import { bots } from './subject.ts';
import { wordsThatCount } from './words.ts';

const graceMs = 30 * second;

/** What only a clock that can be trusted brings about. */
const byClock: ReadonlySet<string> = new Set([
  'activity-expired',
  'activity-resumed',
  'voting-opened',
  'voting-closed',
  'reminder-due',
  'activity-escalated',
]);

/** Why time did not call for the event; undefined: it did, or time has nothing to do with it. */
export function untimely(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  event: ReleaseEvent,
): string | undefined {
  const { body } = event;
  if (!('attempt' in body)) return undefined;
  const ground = groundFor(chronicle, before, body.activity, body.attempt);
  if (ground === undefined) return undefined;
  const { timing, timedFrom, asked } = ground;
  const at = Date.parse(event.at) + second;
  if (byClock.has(event.kind) && wasWrong(chronicle, Date.parse(event.at)))
    return 'the clock could not be trusted';
  const early = (hours: number | undefined, from = timedFrom): boolean =>
    hours === undefined || at < from + hours * hour;
  switch (event.kind) {
    case 'activity-expired':
      if (at < deadlineOf(ground) + graceMs) return 'the deadline had not passed';
      return approvedInTime(chronicle, before, event, ground);
    case 'voting-closed':
      return early(asked.timing?.openFor, asked.from) ? 'the voting time was not over' : undefined;
    case 'reminder-due': {
      const { remind = timing?.deadline === undefined ? [] : [timing.deadline / 2] } = timing ?? {};
      return early(remind.toSorted((a, b) => a - b)[event.body.rung])
        ? 'nobody was to be reminded yet'
        : undefined;
    }
    case 'activity-escalated':
      return unescalated(chronicle, ground, event);
    case 'activity-resumed':
      return at < timedFrom ? 'it was put off until later' : undefined;
    default:
      return undefined;
  }
}

type Of<K extends ReleaseEvent['kind']> = Extract<ReleaseEvent, { readonly kind: K }>;

/**
 * What expired while nobody looked, or would at once because a deadline counts by now, is over when its manifest is revised:
 * what that asks for is asked anew.
 */
export function wasOverdue(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  { at, body }: Of<'attempt-superseded'>,
): boolean {
  const revised = before.findLastIndex(({ kind }) => kind === 'manifest-revised');
  const now = Date.parse(at);
  return [before.slice(0, revised), before].some((known) => {
    const ground = groundFor(chronicle, known, body.activity, body.attempt);
    return ground !== undefined && !wasWrong(chronicle, now) && now + second >= deadlineOf(ground) + graceMs;
  });
}

/** What was said before the deadline counts, however late it was delivered. Only where that is beyond doubt. */
function approvedInTime(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  event: Of<'activity-expired'>,
  ground: Ground,
): string | undefined {
  const { activity, attempt, scope } = event.body;
  const { spec, notices, objectors } = ground;
  const issue = notices.at(-1)?.issue;
  const seats = spec.rules.flatMap(({ require }) => (typeof require === 'number' ? [require] : []));
  const plain = seats.length === spec.rules.length && spec.reject === undefined && objectors.length === 0;
  const touched = chronicle.said.some((said) => said.activity === activity && gone(said, Infinity));
  if (!plain || touched || issue === undefined) return undefined;
  const words = wordsThatCount(
    chronicle,
    before,
    event.release,
    { activity, attempt, scope },
    issue,
    Date.parse(event.at),
  );
  if (words.some(({ verb }) => verb === 'reject')) return undefined;
  const rules = words.flatMap((said) => {
    if (said.verb !== 'approve') return [];
    const spans = membershipsWithin(chronicle, said.at, Date.parse(event.at));
    const all = spans.map(({ teams }) => rulesFor(spec, said.login, teams, ground.touchers));
    return [(all[0] ?? []).filter((rule) => all.every((one) => one.includes(rule)))];
  });
  return canSeat(rules, seats) ? 'it was approved before the deadline' : undefined;
}

function unescalated(
  chronicle: Chronicle,
  { ladder, timedFrom, spec, authors }: Ground,
  event: Of<'activity-escalated'>,
): string | undefined {
  const at = Date.parse(event.at);
  if (ladder === undefined || at + second < timedFrom + ladder.at * hour) return 'nobody was to be told yet';
  const { granted } = event.body;
  if (granted.length > 0 && !ladder.grant) return 'nobody else was to vote';
  const spans = membershipsWithin(chronicle, at - second, at + second);
  // Bots that are in a team are listed with it; what they say never counts.
  const people = granted.filter(({ person: { login } }) => !(bots as readonly string[]).includes(login));
  const stranger = people.find(({ person: { login } }) =>
    spans.every(
      ({ teams }) => !means(ladder.to ?? '', login, teams) || isBarred(spec, login, teams, authors),
    ),
  );
  return stranger && `${stranger.person.login} was not to vote`;
}
