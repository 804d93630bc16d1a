// Judges outcomes a second time, from what people did and nothing else: written on its own, to disagree where it must.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { type Brought, type Chronicle, membershipsWithin, type Said } from './chronicle.ts';
import { type ActivitySpec, bots, type Rule, roles } from './subject.ts';

type Teams = ReadonlyMap<string, ReadonlySet<string>>;
type Decided = Extract<ReleaseEvent, { readonly kind: 'activity-approved' | 'activity-rejected' }>;

/** What held when an outcome was recorded, as the events before it tell. */
type Ground = {
  readonly spec: ActivitySpec;
  /** Who changed the manifest since it was last removed; and who ever did, at most all of them authors (T16). */
  readonly authors: ReadonlySet<string>;
  readonly touchers: ReadonlySet<string>;
  readonly notices: readonly { readonly scope: string; readonly from: number }[];
  /** When the people of the attempt were last counted, in milliseconds. */
  readonly countedAt: number;
};

const second = 1_000;
const isBot = (login: string): boolean => (bots as readonly string[]).includes(login);

function means(principal: string, login: string, teams: Teams): boolean {
  const [kind, name = ''] = principal.split(':');
  if (kind === 'user') return login === name;
  if (kind === 'team') return teams.get(name)?.has(login) === true;
  const role = roles[name];
  return (
    role?.users.includes(login) === true || role?.teams.some((team) => teams.get(team)?.has(login)) === true
  );
}

/** Rules of the activity that a person could be counted for, while the teams are such. */
export function rulesFor(
  spec: ActivitySpec,
  login: string,
  teams: Teams,
  authors: ReadonlySet<string>,
): readonly number[] {
  const barred = isBot(login) || authors.has(login) || spec.exclude.some((one) => means(one, login, teams));
  if (barred) return [];
  return spec.rules.flatMap(({ from }, rule) => (from.some((one) => means(one, login, teams)) ? [rule] : []));
}

export function groundFor(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  activity: string,
  attempt: number,
): Ground | undefined {
  let spec: ActivitySpec | undefined;
  const authors = new Set<string>();
  const touchers = new Set<string>();
  const notices: { scope: string; from: number }[] = [];
  let countedAt = 0;
  for (const event of before) {
    if (event.kind === 'release-opened' || event.kind === 'manifest-revised') {
      const { manifest, commit } = event.body.revision;
      const activities = chronicle.manifests.get(manifest)?.activities;
      spec = activities?.find(({ id }) => id === activity);
      const changes = changesUpTo(chronicle, event.release, commit);
      const removed = changes.findLastIndex(({ text }) => text === undefined);
      for (const login of changes.flatMap(({ people }) => people)) touchers.add(login);
      for (const login of changes.slice(removed + 1).flatMap(({ people }) => people)) authors.add(login);
    }
    const own = 'activity' in event.body && event.body.activity === activity;
    if (!own || !('attempt' in event.body) || event.body.attempt !== attempt) continue;
    if (event.kind === 'activity-activated' || event.kind === 'scope-changed')
      countedAt = Date.parse(event.at);
    if (event.kind === 'notice-posted')
      notices.push({ scope: event.body.scope, from: Date.parse(event.body.at) });
  }
  return spec && { spec, authors, touchers, notices, countedAt };
}

/** Every change of a release's manifest up to a commit. */
function changesUpTo({ brought }: Chronicle, release: string, commit: string): readonly Brought[] {
  const all = [...brought];
  const last = all.findIndex(([sha]) => sha === commit);
  return all.slice(0, last + 1).flatMap(([, change]) => (change.release === release ? [change] : []));
}

/** Did the person see this scope, and no other, when they spoke? Times are as exact as GitHub's, a second. */
export function answersScope({ notices }: Ground, said: Said, scope: string): boolean {
  const seen = notices.filter(({ from }) => from <= said.at);
  const last = seen.findLast((notice) => notice.scope === scope);
  return (
    last !== undefined &&
    !seen.some((other) => other.scope !== scope && other.from > last.from && other.from + second <= said.at)
  );
}

const gone = (said: Said, at: number): boolean =>
  Math.min(said.edited ?? Infinity, said.erased ?? Infinity) < at;

/** An outcome with all that was said on its activity by then, and how to look at a word. */
type Case = {
  readonly chronicle: Chronicle;
  readonly ground: Ground;
  readonly event: Decided;
  readonly at: number;
  readonly lagging: boolean;
  readonly answers: (said: Said) => boolean;
  /** Rules that the person could be counted for at some moment between speaking and the outcome. */
  readonly possibleRules: (said: Said) => readonly number[];
};

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
      said.at < at + second,
  );
  const judged: Case = {
    chronicle,
    ground,
    event,
    at,
    lagging,
    answers: (said) => answersScope(ground, said, scope),
    possibleRules: (said) => {
      const spans = membershipsWithin(chronicle, said.at, at + second - 1);
      const rules = spans.flatMap(({ teams }) => rulesFor(ground.spec, said.login, teams, ground.authors));
      return [...new Set(rules)];
    },
  };
  if (event.kind === 'activity-rejected') return unfounded(judged, words);
  // Words count one after the other: whichever approval completed it, what came later changes nothing any more.
  const last = unapproved(judged, words);
  const earlier = words.filter(({ verb }) => verb === 'approve').map(({ id }) => id);
  const decisive = earlier.some(
    (upTo) =>
      unapproved(
        judged,
        words.filter(({ id }) => id <= upTo),
      ) === undefined,
  );
  return decisive ? undefined : last;
}

function unfounded({ event, answers, possibleRules }: Case, words: readonly Said[]): string | undefined {
  const rejections = event.kind === 'activity-rejected' ? event.body.rejections : [];
  const silent = rejections.find(
    ({ login }) =>
      !words.some(
        (said) =>
          said.login === login && said.verb === 'reject' && answers(said) && possibleRules(said).length > 0,
      ),
  );
  return silent && `${silent.login} did not reject it`;
}

/** Why these words do not make an approval; undefined: they do. */
function unapproved(judged: Case, words: readonly Said[]): string | undefined {
  const { chronicle, ground, event, at, lagging } = judged;
  const voters: { readonly said: Said; readonly rules: readonly number[] }[] = [];
  for (const { login } of event.kind === 'activity-approved' ? event.body.approvals : []) {
    const own = words.filter((said) => said.login === login);
    const said = own.findLast(
      (one) =>
        one.verb === 'approve' && one.answers === ground.spec.inputs && judged.answers(one) && !gone(one, at),
    );
    if (said === undefined) return `${login} did not approve this`;
    const rules = judged.possibleRules(said);
    if (rules.length === 0) return `${login} may not approve this`;
    const back = own.some(
      (one) =>
        (one.verb === 'reject' || one.verb === 'withdraw') &&
        one.id > said.id &&
        one.at < at &&
        !gone(one, at),
    );
    if (back && !lagging) return `${login} took the approval back before it counted`;
    voters.push({ said, rules });
  }
  const rejected = words.find(
    (said) =>
      said.verb === 'reject' &&
      said.at < at &&
      !gone(said, at) &&
      judged.answers(said) &&
      always(chronicle, ground, said, at),
  );
  if (rejected !== undefined && !lagging) return `${rejected.login} had rejected it`;
  const seats = ground.spec.rules.map((rule, index) => seatsOf(chronicle, ground, rule, index));
  const all = voters.map(({ rules }) => rules);
  return canSeat(all, seats) ? undefined : `${all.length} approvals fill no ${seats.join(' + ')} seats`;
}

/** Was the person eligible all the time from speaking until then? */
const always = (chronicle: Chronicle, ground: Ground, said: Said, until: number): boolean =>
  membershipsWithin(chronicle, said.at, until + second).every(
    ({ teams }) => rulesFor(ground.spec, said.login, teams, ground.touchers).length > 0,
  );

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

/** Tries every way to give each seat somebody of their own. */
function canSeat(voters: readonly (readonly number[])[], seats: readonly number[]): boolean {
  if (seats.every((left) => left <= 0)) return seats.length > 0;
  const [first, ...rest] = voters;
  if (first === undefined) return false;
  if (canSeat(rest, seats)) return true;
  return first.some((rule) => {
    if ((seats[rule] ?? 0) <= 0) return false;
    return canSeat(
      rest,
      seats.map((left, index) => (index === rule ? left - 1 : left)),
    );
  });
}

/** The last words of everybody that must be counted: nobody touched them, and whoever said them could vote all along. */
export function wordsThatCount(
  chronicle: Chronicle,
  events: readonly ReleaseEvent[],
  release: string,
  attempt: { readonly activity: string; readonly attempt: number; readonly scope: string },
  issue: number,
  now: number,
): readonly Said[] {
  const ground = groundFor(chronicle, events, attempt.activity, attempt.attempt);
  if (ground === undefined) return [];
  const touched = new Set(chronicle.said.filter((said) => gone(said, Infinity)).map(({ login }) => login));
  const words = chronicle.said.filter(
    (said) =>
      said.release === release &&
      said.activity === attempt.activity &&
      said.issue === issue &&
      said.via === 'plain' &&
      said.verb !== 'none' &&
      !touched.has(said.login) &&
      (said.verb !== 'approve' || said.answers === ground.spec.inputs) &&
      clearlyAnswers(ground, said, attempt.scope) &&
      always(chronicle, ground, said, now),
  );
  return [...new Map(words.map((said) => [said.login, said])).values()];
}

/** Spoken at least a second after the notice, under no other one since, and after the last change of scope: it lapses votes. */
const clearlyAnswers = ({ notices, countedAt }: Ground, said: Said, scope: string): boolean => {
  if (said.at < countedAt + second) return false;
  const seen = notices.filter(({ from }) => from + second <= said.at);
  return seen.at(-1)?.scope === scope;
};
