import type { Role } from '../configuration/configuration.ts';
import {
  type Activity,
  activitiesOf,
  isManual,
  type Principal,
  type QuorumRule,
} from '../manifest/manifest.ts';
import type { Choice, Elector } from '../policy/policy.ts';
import { roleIdOf } from '../policy/resolve.ts';
import { unitedElector } from '../policy/united-elector.ts';
import { canonicalize } from '../record/canonical.ts';
import { digestOf } from '../record/digest.ts';
import type { Instant, Json, Person } from '../values.ts';
import { keptApart, type Reason } from './apart.ts';
import { grantedIn, openRulesOf } from './ballot.ts';
import { abortion, dueActivations, dueOutcomes } from './due.ts';
import type { CommentSource, Happening, ResolvedTarget, Revision } from './event.ts';
import type { Facts } from './facts.ts';
import { apply } from './fold.ts';
import { nextTurnOf } from './next-turn.ts';
import { dueOpenings, type Rules } from './opening.ts';
import { restartedTimes } from './restart-times.ts';
import { scopeChange } from './revise.ts';
import { type Attempt, type OpenRelease, standingAttempts, waitingAttempt } from './state.ts';
import { supposedEscalations } from './suppose-escalations.ts';
import { targetOf } from './target.ts';

/** What somebody might say. */
export type SupposedVote = {
  readonly login: string;
  readonly choice: Choice | 'withdraw';
  readonly activity: string;
};

/** What would be, in memory only: nothing of it is ever recorded, and no host is asked. */
export type Supposed = {
  readonly state: OpenRelease;
  readonly at: Instant;
  /** What would happen on the way, in order. */
  readonly happened: readonly Happening[];
  /** Whose people the record does not tell, because a new policy asks others: nothing is decided about them. */
  readonly unknown: ReadonlySet<string>;
  /** Whom escalations let vote on the way, where the record does not tell who that is. */
  readonly untold: readonly { readonly activity: string; readonly to: readonly Principal[] }[];
};

/** Why a supposition makes no sense in this state. */
export type Impossible =
  | { readonly kind: 'no-such-activity' | 'not-waiting'; readonly activity: string }
  /** `why`: they had a hand in it, and may not vote, whoever is asked (T16). */
  | {
      readonly kind: 'not-eligible';
      readonly login: string;
      readonly activity: string;
      readonly why?: Reason;
    }
  | { readonly kind: 'not-your-turn'; readonly login: string; readonly activity: string }
  | { readonly kind: 'past'; readonly at: Instant };

export const supposing = (state: OpenRelease, at: Instant): Supposed => ({
  state,
  at,
  happened: [],
  unknown: new Set(),
  untold: [],
});

const happen = (one: Supposed, events: readonly Happening[]): Supposed => ({
  ...one,
  state: events.reduce<OpenRelease>((state, event) => apply(state, event) as OpenRelease, one.state),
  happened: [...one.happened, ...events],
});

/** Everything that follows by itself at the moment, through the same core that decides in earnest. */
export function settle(one: Supposed): Supposed {
  const moment = { at: one.at, trusted: true };
  const due = dueOutcomes(one.state, moment, one.unknown);
  if (due.length > 0) return settle(happen(one, due));
  const escalations = supposedEscalations(one.state, moment);
  if (escalations.length === 0) return one;
  const untold = escalations.filter((some) => some.untold).map(({ event }) => event.body);
  return settle({
    ...happen(
      one,
      escalations.map(({ event }) => event),
    ),
    untold: [...one.untold, ...untold.map(({ activity, to }) => ({ activity, to }))],
  });
}

/** As if somebody voted now, with a form that is filled in. */
export function supposeVote(
  one: Supposed,
  { login, choice, activity: id }: SupposedVote,
): Supposed | Impossible {
  const { state, at } = one;
  const activity = activitiesOf(state.revision.plan).find((some) => some.id === id);
  if (activity === undefined) return { kind: 'no-such-activity', activity: id };
  const attempt = waitingAttempt(state, id);
  if (attempt === undefined) return { kind: 'not-waiting', activity: id };
  const elector = electorIn(attempt, login);
  if (elector === undefined) {
    const apart = keptApart(state, activity).find(({ person }) => isLogin(person, login));
    return { kind: 'not-eligible', login, activity: id, ...(apart && { why: apart.why }) };
  }
  const ref = { activity: id, attempt: attempt.attempt };
  const { person } = elector;
  if (choice === 'withdraw')
    return settle(happen(one, [{ at, kind: 'vote-withdrawn', body: { ...ref, person, source: said(at) } }]));
  const open = openRulesOf(state, activity, attempt);
  const rules = elector.rules.filter(({ rule }) => rule < open);
  if (rules.length === 0) return { kind: 'not-your-turn', login, activity: id };
  const voter = { ...elector, rules };
  const body = {
    ...ref,
    scope: attempt.scope,
    elector: voter,
    choice,
    inputs: {},
    source: said(at),
    seenAt: at,
  };
  return settle(happen(one, [{ at, kind: 'vote-cast', body }]));
}

const electorIn = (attempt: Attempt, login: string): Elector | undefined =>
  unitedElector([...attempt.roster, ...grantedIn(attempt)].filter(({ person }) => isLogin(person, login)));

const isLogin = (person: Person, login: string): boolean =>
  person.login.toLowerCase() === login.toLowerCase();

/** Later than every comment of the record. */
const said = (at: Instant): CommentSource => ({
  kind: 'comment',
  id: Number.MAX_SAFE_INTEGER,
  url: '',
  createdAt: at,
  body: digestOf(''),
});

/**
 * As if nobody said anything until a moment: what is due on the way happens when it is due. Without rules nobody knows what
 * freezes and change windows do, so no environment opens.
 */
export function supposeTime(one: Supposed, until: Instant, rules?: Rules): Supposed | Impossible {
  if (Date.parse(until) < Date.parse(one.at)) return { kind: 'past', at: one.at };
  const arrive = (there: Supposed): Supposed => (rules ? supposeOpenings(there, rules) : settle(there));
  const settled = arrive(settle(one));
  const next = nextTurnOf(settled.state, settled.at, rules);
  return next === undefined || Date.parse(next) > Date.parse(until)
    ? arrive(settle({ ...settled, at: until }))
    : supposeTime({ ...settled, at: next }, until, rules);
}

/**
 * As if the manifest or the roles changed: votes whose scope changes lapse (T2). `found` is what a new target means; where
 * nobody looked, it is shown by its name.
 */
export function supposeRevision(one: Supposed, revision: Revision, found?: Facts['target']): Supposed {
  const { state, at } = one;
  const target = targetAfter(state, revision, found);
  const next = { revision, target };
  const activities = activitiesOf(revision.plan);
  const kept = new Set(activities.map(({ id }) => id));
  const strangers = new Set<string>();
  const changes = activities.flatMap((activity): readonly Happening[] => {
    const changed = scopeChange(state, next, activity);
    if (changed === undefined) return [];
    const { attempt, change } = changed;
    const ref = { activity: activity.id, attempt: attempt.attempt };
    if (attempt.ending || !isManual(activity))
      return [{ at, kind: 'attempt-superseded', body: { ...ref, ...change } }];
    const before = activitiesOf(state.revision.plan).filter(({ id }) => id === activity.id);
    const roster = carried(
      attempt.roster,
      asking(before, state.revision.roles),
      asking([activity], revision.roles),
    );
    if (roster === undefined) strangers.add(activity.id);
    const lapsed = attempt.votes.map(({ elector }) => elector.person);
    const times = restartedTimes(revision, activity, attempt, at);
    const body = { ...ref, ...change, lapsed, roster: roster ?? [], bindings: [], ...times };
    return [{ at, kind: 'scope-changed', body }];
  });
  const removed = standingAttempts(state).filter(({ activity }) => !kept.has(activity));
  const revised = happen({ ...one, unknown: new Set([...one.unknown, ...strangers]) }, [
    { at, kind: 'manifest-revised', body: next },
    ...changes,
    ...removed.map((attempt) => abortion(attempt, 'removed', at)),
  ]);
  return settle(revised);
}

/** As if freezes and windows were these: environments open that nothing holds, and those are shut that something holds. */
export function supposeOpenings(one: Supposed, rules: Rules): Supposed {
  const { state, at } = one;
  return settle(happen(one, dueOpenings(state, { kind: 'known', value: rules }, { at, trusted: true })));
}

/** What is written as before keeps its commit. */
function targetAfter(state: OpenRelease, { plan }: Revision, known: Facts['target']): ResolvedTarget {
  const { target } = plan;
  const commit = target.kind === 'sha' ? target.sha : `the commit of ${target.ref}`;
  const since = target.since === undefined ? {} : { since: `the commit of ${target.since}` };
  const found = { commit, tag: false, ...since, ...known };
  return (targetOf(state, plan, found) as { readonly target: ResolvedTarget }).target;
}

/** Whom an activity asks and whom it leaves out, with what the roles mean, whatever the numbers. */
type Asking = { readonly rules: readonly string[]; readonly without: string };

const asking = (activities: readonly Activity[], roles: readonly Role[]): Asking => ({
  rules: activities.flatMap(({ approvers }) => approvers.map((rule) => whom(rule, roles))),
  without: meaning(
    activities.flatMap(({ exclude }) => exclude),
    roles,
  ),
});

/** The people of the record under new rules; undefined where a rule asks people whom the record does not tell. */
function carried(roster: readonly Elector[], before: Asking, after: Asking): readonly Elector[] | undefined {
  const places = after.rules.map((rule) => before.rules.indexOf(rule));
  if (places.includes(-1) || before.without !== after.without) return undefined;
  return roster.flatMap(({ person, rules }) => {
    const seats = places.flatMap((place, rule) =>
      rules.filter((seat) => seat.rule === place).map((seat) => ({ ...seat, rule })),
    );
    return seats.length === 0 ? [] : [{ person, rules: seats }];
  });
}

const whom = ({ require: _, ...rule }: QuorumRule, roles: readonly Role[]): string => {
  const { from, except = [], backups = [] } = rule;
  return canonicalize([rule as unknown as Json, meaning([...from, ...except, ...backups], roles)]);
};

/** A role is whoever it names: the same word may ask others under another configuration (G-39). */
const meaning = (principals: readonly Principal[], roles: readonly Role[]): string => {
  const named = new Set(principals.map(roleIdOf));
  const meant = roles.filter(({ id }) => named.has(id));
  return canonicalize([principals, meant] as unknown as Json);
};

/** Activities that would begin then; who may vote there is only known when they do. */
export const wouldBegin = ({ state, at }: Supposed): readonly string[] =>
  dueActivations(state, { at, trusted: true }).map(({ id }) => id);
