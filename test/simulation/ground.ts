// What the specification says holds for an attempt, from what people wrote and what was recorded before.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { type Brought, type Chronicle, membershipsWithin, type Said } from './chronicle.ts';
import { objectorsIn } from './objectors.ts';
import { type ActivitySpec, bots, custodians, type ReleaseSpec, roles, type TimingSpec } from './subject.ts';

export type Teams = ReadonlyMap<string, ReadonlySet<string>>;

/** What held when an outcome was recorded, as the events before it tell. Times in milliseconds. */
export type Ground = {
  readonly release: ReleaseSpec;
  readonly spec: ActivitySpec;
  /** Who changed the manifest since it was last removed; and who ever did, at most all of them authors (T16). */
  readonly authors: ReadonlySet<string>;
  readonly touchers: ReadonlySet<string>;
  readonly notices: readonly { readonly scope: string; readonly from: number; readonly issue: number }[];
  /** When the people of the attempt were last counted, and nothing kept votes from counting any more. */
  readonly countedAt: number;
  /** Before this moment no vote counts: a check that had to pass first passed then; never, where one has not. */
  readonly readyAt: number;
  /** From when its times count: the activation, or the end of the last deferral; and what they were then. */
  readonly timedFrom: number;
  readonly timing: TimingSpec | undefined;
  /** The same for how long a vote is open: it counts from the last change of what is asked. */
  readonly asked: { readonly from: number; readonly timing: TimingSpec | undefined };
  /** The escalation: whom, and how many hours after its times began to count; what is written alone moves nobody. */
  readonly ladder: Ladder | undefined;
  /** People whom an escalation lets vote too, as long as they are what it names. */
  readonly granted: ReadonlyMap<string, readonly string[]>;
  /** People whose rejections a retry keeps, until they speak again (T3). */
  readonly objectors: readonly string[];
};

export type Ladder = { readonly to?: string; readonly grant: boolean; readonly at: number };

/** The escalation that is written, or the one that a deadline brings along: that tells the owner. */
function ladderIn(timing: TimingSpec | undefined, deadline: number | undefined): Ladder | undefined {
  if (timing?.escalate) return timing.escalate;
  const isDue = timing?.deadline !== undefined && deadline !== undefined;
  return isDue ? { grant: false, at: deadline * 0.75 } : undefined;
}

/** Whether an escalation lets somebody vote who is still what it names. */
export const isGuest = ({ granted }: Pick<Ground, 'granted'>, login: string, teams: Teams): boolean =>
  granted.get(login)?.some((principal) => means(principal, login, teams)) === true;

export const second = 1_000;
export const hour = 3_600_000;
const isBot = (login: string): boolean => (bots as readonly string[]).includes(login);

export function means(principal: string, login: string, teams: Teams): boolean {
  const [kind, name = ''] = principal.split(':');
  if (kind === 'user') return login === name;
  if (kind === 'team') return teams.get(name)?.has(login) === true;
  const role = roles[name];
  return (
    role?.users.includes(login) === true || role?.teams.some((team) => teams.get(team)?.has(login)) === true
  );
}

export const isBarred = (
  spec: ActivitySpec,
  login: string,
  teams: Teams,
  authors: ReadonlySet<string>,
): boolean =>
  isBot(login) ||
  (spec.task !== 'authors-may' && authors.has(login)) ||
  spec.exclude.some((one) => means(one, login, teams));

/** Rules of the activity that a person could be counted for, while the teams are such. */
export function rulesFor(
  spec: ActivitySpec,
  login: string,
  teams: Teams,
  authors: ReadonlySet<string>,
): readonly number[] {
  if (isBarred(spec, login, teams, authors)) return [];
  return spec.rules.flatMap(({ from }, rule) => (from.some((one) => means(one, login, teams)) ? [rule] : []));
}

/** Could the person overrule at some moment of the span? Nobody who had a hand in the manifest (T3). */
export const wasCustodian = (
  chronicle: Chronicle,
  { authors }: Pick<Ground, 'authors'>,
  login: string,
  from: number,
  to: number,
): boolean =>
  !isBot(login) &&
  !authors.has(login) &&
  membershipsWithin(chronicle, from, to).some(({ teams }) =>
    custodians.some((one) => means(one, login, teams)),
  );

/** What is known of the release at a point of its record: the newest accepted manifest and everybody who wrote one. */
export function manifestAt(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
): Pick<Ground, 'release' | 'authors' | 'touchers'> | undefined {
  let release: ReleaseSpec | undefined;
  const authors = new Set<string>();
  const touchers = new Set<string>();
  for (const event of before) {
    if (event.kind !== 'release-opened' && event.kind !== 'manifest-revised') continue;
    const { manifest, commit } = event.body.revision;
    release = chronicle.manifests.get(manifest);
    const changes = changesUpTo(chronicle, event.release, commit);
    const removed = changes.findLastIndex(({ text }) => text === undefined);
    for (const login of changes.flatMap(({ people }) => people)) touchers.add(login);
    for (const login of changes.slice(removed + 1).flatMap(({ people }) => people)) authors.add(login);
  }
  return release && { release: withReviews(release, before, chronicle.custodians), authors, touchers };
}

const phases: Readonly<Record<string, ActivitySpec['phase']>> = {
  stage: 'verify',
  deploy: 'production',
  restore: 'rollback',
};

/** What custodians lifted is reviewed afterwards, whatever the manifest says (design 3.9). */
function withReviews(release: ReleaseSpec, before: readonly ReleaseEvent[], wanted: number): ReleaseSpec {
  const known = new Set(release.activities.map(({ id }) => id));
  const overridden = new Set(
    before.flatMap((event) => (event.kind === 'holds-lifted' ? [event.body.activity] : [])),
  );
  const reviews = [...overridden].map((id): ActivitySpec => {
    const home = phases[id] ?? 'verify';
    return {
      id: `${id}-follow-up`,
      phase: release.activities.some(({ phase }) => phase === home) ? home : 'verify',
      needs: known.has(id) ? [id] : [],
      instructions: '',
      rules: [{ from: custodians, require: wanted }],
      exclude: [],
      inputs: 'none',
    };
  });
  return reviews.length === 0 ? release : { ...release, activities: [...release.activities, ...reviews] };
}

export function groundFor(
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  activity: string,
  attempt: number,
): Ground | undefined {
  const known = manifestAt(chronicle, before);
  const spec = known?.release.activities.find(({ id }) => id === activity);
  if (known === undefined || spec === undefined) return undefined;
  const notices: { scope: string; from: number; issue: number }[] = [];
  const granted = new Map<string, readonly string[]>();
  let ladder: Ladder | undefined;
  let [countedAt, timedFrom] = [0, 0];
  const { awaits = [] } = spec;
  const passed = new Map<string, number>();
  let met = awaits.length === 0;
  let timing: TimingSpec | undefined;
  let asked: Ground['asked'] = { from: 0, timing };
  let objectors: readonly string[] = [];
  for (const [index, event] of before.entries()) {
    if (!isOf(event, activity, attempt)) continue;
    const at = Date.parse(event.at);
    switch (event.kind) {
      case 'activity-activated':
        [countedAt, timedFrom] = [at, at];
        timing = timingAt(chronicle, before.slice(0, index), activity);
        asked = { from: timedFrom, timing };
        ladder = ladderIn(timing, timing?.deadline);
        objectors = objectorsIn(before.slice(0, index), activity).to(event.body.scope);
        break;
      case 'scope-changed':
        countedAt = at;
        granted.clear();
        asked = {
          from: Math.max(at, timedFrom),
          timing: timingAt(chronicle, before.slice(0, index), activity),
        };
        ladder = keptIn(ladder, ladderIn(asked.timing, timing?.deadline));
        objectors = objectorsIn(before.slice(0, index), activity).to(event.body.to);
        passed.clear();
        met = awaits.length === 0;
        break;
      case 'check-seen':
        if (event.body.run.ended.conclusion === 'success')
          passed.set(event.body.run.name, Date.parse(event.body.run.ended.at));
        break;
      case 'preconditions-met':
        countedAt = at;
        met = true;
        break;
      case 'activity-deferred':
        timedFrom = Date.parse(event.body.until);
        timing = timingAt(chronicle, before.slice(0, index), activity);
        asked = { from: timedFrom, timing };
        ladder = ladderIn(timing, timing?.deadline);
        break;
      case 'activity-escalated':
        for (const { person } of event.body.granted)
          granted.set(
            person.login,
            event.body.to.map(({ kind, name }) => `${kind}:${name}`),
          );
        break;
      case 'notice-posted':
        notices.push({
          scope: event.body.scope,
          from: Date.parse(event.body.at),
          issue: event.body.issue.number,
        });
        break;
      default:
    }
  }
  const readyAt = met ? Math.max(0, ...passed.values()) : Infinity;
  return {
    ...known,
    spec,
    notices,
    countedAt,
    readyAt,
    timedFrom,
    timing,
    asked,
    ladder,
    granted,
    objectors,
  };
}

export const isOf = (event: ReleaseEvent, activity: string, attempt: number): boolean =>
  'activity' in event.body &&
  event.body.activity === activity &&
  'attempt' in event.body &&
  event.body.attempt === attempt;

/** With a change of what is asked the escalation is as it is written now; for the same people it comes when it would have come. */
const keptIn = (before: Ladder | undefined, now: Ladder | undefined): Ladder | undefined =>
  now && before && now.to === before.to && now.grant === before.grant ? { ...now, at: before.at } : now;

const timingAt = (chronicle: Chronicle, before: readonly ReleaseEvent[], activity: string) =>
  manifestAt(chronicle, before)?.release.activities.find(({ id }) => id === activity)?.timing;

/** Every change of a release's manifest up to a commit. */
function changesUpTo({ brought }: Chronicle, release: string, commit: string): readonly Brought[] {
  const all = [...brought];
  const last = all.findIndex(([sha]) => sha === commit);
  return all.slice(0, last + 1).flatMap(([, change]) => (change.release === release ? [change] : []));
}

/** Did the person see this scope on this thread, and no other, when they spoke? As exact as GitHub's times, a second. */
export function answersScope({ notices, readyAt }: Ground, said: Said, scope: string): boolean {
  if (said.at + second <= readyAt) return false;
  const seen = notices.filter(({ from }) => from <= said.at);
  const last = seen.findLast((notice) => notice.scope === scope);
  return (
    last !== undefined &&
    notices.some(({ issue }) => issue === said.issue) &&
    !seen.some((other) => other.scope !== scope && other.from > last.from && other.from + second <= said.at)
  );
}

export const gone = (said: Said, at: number): boolean =>
  Math.min(said.edited ?? Infinity, said.erased ?? Infinity) < at;

/** The last moment at which a vote counts, where a missed deadline ends the attempt. */
export const deadlineOf = ({ timing, timedFrom, spec }: Ground): number =>
  timing?.deadline === undefined || spec.timing?.stays
    ? Infinity
    : Math.floor(timedFrom / second) * second + timing.deadline * hour;

/** Whether what came with a vote is what the activity asks for. */
export const isAnswered = ({ inputs }: ActivitySpec, { verb, answers }: Said): boolean => {
  if (verb === 'approve') return answers === inputs;
  return verb !== 'reject' || inputs !== 'always' || answers === 'always';
};

/** Was the person eligible all the time from speaking until then? */
export const always = (chronicle: Chronicle, ground: Ground, said: Said, until: number): boolean =>
  membershipsWithin(chronicle, said.at, until + second).every(
    ({ teams }) => rulesFor(ground.spec, said.login, teams, ground.touchers).length > 0,
  );
