import { type Asked, askedOf } from '../manifest/asked.ts';
import { type Activity, isManual, type Phase } from '../manifest/manifest.ts';
import { runAddress } from '../messages/dispatch-words.ts';
import { barrierSentence, machineState } from '../messages/machine-words.ts';
import type { Verdict } from '../policy/policy.ts';
import type { Instant, Person } from '../values.ts';
import { keptApart, type Reason } from './apart.ts';
import { objectorsTo, verdictOf } from './ballot.ts';
import { type Coming, comingOf, nextMoment } from './clockwork.ts';
import { type Grounds, groundsOf } from './condition.ts';
import { contingencies, hasFailed, hasPassed, isComplete } from './resolution.ts';
import {
  type Attempt,
  activitiesOf,
  type CastVote,
  deferralOf,
  isClosed,
  latestAttempt,
  type OpenRelease,
  standingOpening,
} from './state.ts';
import {
  type ActivityStatus,
  activityStatus,
  type ReleaseStatus,
  releaseStatus,
  statusesOf,
} from './status.ts';
import { startOf } from './timetable.ts';
import { unguardedIn } from './unguarded.ts';

/** Why a release stands where it stands, and what comes next by itself. */
export type ReleaseExplanation = {
  readonly release: string;
  readonly title: string;
  readonly at: Instant;
  readonly status: ReleaseStatus;
  /** Absent: only people can move it. */
  readonly next?: Instant;
  readonly activities: readonly Explanation[];
};

/** Why an activity stands where it stands: the tree of reasons behind its status (house style 4). */
export type Explanation = {
  readonly activity: string;
  readonly title: string;
  readonly phase: string;
  readonly asked: Asked;
  readonly status: ActivityStatus;
  /** What keeps it from beginning; empty where it has begun. */
  readonly waitsFor: readonly Wait[];
  /** Why it was left out; absent where it was not. */
  readonly skipped?: Skip;
  /** The newest attempt, if any began. */
  readonly attempt?: ExplainedAttempt;
};

/** Which condition was false, and which failures brought its phase about at all. */
export type Skip = Grounds & { readonly begunBy: readonly string[] };

export type ExplainedAttempt = Pick<
  Attempt,
  'attempt' | 'scope' | 'activatedAt' | 'votes' | 'doubts' | 'lapses' | 'ending' | 'overruled' | 'timetable'
> & {
  /** What the votes add up to: rules, who counts for them, and the smallest set that would be enough. */
  readonly verdict: Verdict;
  readonly setAside: readonly SetAside[];
  /** Who rejected the attempt before on the same scope, and has said nothing since (T3). */
  readonly objectors: readonly Person[];
  readonly deferred?: { readonly until: Instant; readonly person: Person; readonly reason: string };
  /** Present where nobody is asked: what is done there now. */
  readonly machine?: readonly string[];
  /** Soonest first; what is overdue is due as soon as anybody looks. */
  readonly coming: readonly Coming[];
};

/** A vote that was cast and does not count: its author is kept apart (T16), or the seats are taken. */
export type SetAside = { readonly vote: CastVote; readonly why: Reason | { readonly kind: 'no-seat' } };

export type Wait =
  | { readonly kind: 'closed' | 'ended' | 'people' }
  | { readonly kind: 'start'; readonly at: Instant }
  | { readonly kind: 'phase'; readonly phase: string }
  | { readonly kind: 'activity'; readonly activity: string }
  /** The phase runs only if one of these fails. */
  | { readonly kind: 'failure'; readonly of: readonly string[] };

/** Explains a release at a moment. `unknown` are activities about which something cannot be established. */
export function explainRelease(
  state: OpenRelease,
  at: Instant,
  unknown: ReadonlySet<string> = new Set(),
): ReleaseExplanation {
  const next = nextMoment(state, at);
  return {
    release: state.release,
    title: state.revision.plan.title,
    at,
    status: releaseStatus(state, statusesOf(state, new Map())),
    ...(next === undefined ? {} : { next }),
    activities: activitiesOf(state.revision.plan).map((activity) => explain(state, activity, at, unknown)),
  };
}

/** Why an activity stands where it stands at a moment. */
export function explain(
  state: OpenRelease,
  activity: Activity,
  at: Instant,
  unknown: ReadonlySet<string> = new Set(),
): Explanation {
  const status = activityStatus(state, activity.id, new Map());
  const attempt = latestAttempt(state, activity.id);
  return {
    activity: activity.id,
    title: activity.title,
    phase: activity.phase,
    asked: askedOf(activity),
    status,
    waitsFor: status === 'pending' ? waitsFor(state, activity, at) : [],
    ...(status === 'skipped' ? { skipped: skipOf(state, activity) } : {}),
    ...(attempt === undefined ? {} : { attempt: explainAttempt(state, activity, attempt, unknown) }),
  };
}

const skipOf = (state: OpenRelease, activity: Activity): Skip => ({
  ...groundsOf(state, activity),
  begunBy: startersOf(state, activity.phase).filter((id) => hasFailed(state, id)),
});

/** Activities whose failure begins a phase; none where it needs no failure. */
const startersOf = ({ revision: { plan } }: OpenRelease, phase: string): readonly string[] =>
  (contingencies(plan).get(phase) ?? []).map(({ id }) => id);

function explainAttempt(
  state: OpenRelease,
  activity: Activity,
  one: Attempt,
  unknown: ReadonlySet<string>,
): ExplainedAttempt {
  const { attempt, scope, activatedAt, votes, doubts, lapses, ending, overruled, timetable } = one;
  const verdict = verdictOf(state, activity, one, unknown.has(activity.id) ? [activity.id] : []);
  const deferral = deferralOf(one);
  const isStill = ending !== undefined || state.ended !== undefined || isClosed(state);
  const coming = isStill ? [] : comingOf(one, activity.timing?.expire === 'stay');
  return {
    ...{ attempt, scope, activatedAt, votes, doubts, lapses },
    ...(ending === undefined ? {} : { ending }),
    ...(overruled === undefined ? {} : { overruled }),
    ...(timetable === undefined ? {} : { timetable }),
    verdict,
    ...(isManual(activity)
      ? {}
      : {
          machine: [
            machineState(one, activity) ?? [],
            runAddress(one),
            isStill ? [] : unguardedWords(state, activity, one),
          ].flat(),
        }),
    setAside: setAside(state, activity, votes, verdict),
    objectors: objectorsTo(one),
    ...(deferral && {
      deferred: { until: deferral.until, person: deferral.person, reason: deferral.reason },
    }),
    coming: coming.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  };
}

/** Other barriers follow from moments and other activities, which are explained with those. */
const unguardedWords = (
  state: OpenRelease,
  { environment }: Activity,
  attempt: Attempt,
): readonly string[] => {
  const unguarded =
    environment === undefined || standingOpening(attempt)
      ? undefined
      : unguardedIn(state, environment, attempt);
  return unguarded === undefined ? [] : [barrierSentence(unguarded)];
};

const setAside = (
  state: OpenRelease,
  activity: Activity,
  votes: readonly CastVote[],
  verdict: Verdict,
): readonly SetAside[] => {
  const seated = new Set(verdict.rules.flatMap(({ counted }) => counted.map(({ id }) => id)));
  const apart = new Map(keptApart(state, activity).map((one) => [one.person.id, one]));
  return votes.flatMap((vote): readonly SetAside[] => {
    const { id } = vote.elector.person;
    const kept = apart.get(id);
    if (kept && (kept.proof === 'proven' || vote.choice === 'approve')) return [{ vote, why: kept.why }];
    return vote.choice === 'approve' && !seated.has(id) ? [{ vote, why: { kind: 'no-seat' } }] : [];
  });
};

/** What keeps an activity from beginning, the same conditions as `dueActivations` has. */
function waitsFor(state: OpenRelease, activity: Activity, at: Instant): readonly Wait[] {
  const starters = startersOf(state, activity.phase);
  if (state.ended)
    return [
      { kind: 'ended' },
      ...(starters.length === 0 ? [] : [{ kind: 'failure' as const, of: starters }]),
    ];
  if (isClosed(state)) return [{ kind: 'closed' }];
  const start = startOf(state.revision);
  const { plan } = state.revision;
  const waits: readonly Wait[] = [
    ...(start === undefined || Date.parse(start) <= Date.parse(at)
      ? []
      : [{ kind: 'start' as const, at: start }]),
    ...plan.phases.filter(({ id }) => id === activity.phase).flatMap((phase) => phaseWaits(state, phase)),
    ...activity.needs
      .filter((need) => !hasPassed(state, need))
      .map((need) => ({ kind: 'activity' as const, activity: need })),
  ];
  // Its turn has come: it begins as soon as it is known who may vote.
  return waits.length === 0 ? [{ kind: 'people' }] : waits;
}

function phaseWaits(state: OpenRelease, { id, needs }: Phase): readonly Wait[] {
  const { plan } = state.revision;
  const starters = contingencies(plan).get(id);
  if (starters === undefined) {
    return plan.phases
      .filter((phase) => needs.includes(phase.id) && !isComplete(state, phase))
      .map((phase) => ({ kind: 'phase', phase: phase.id }));
  }
  return starters.some((one) => hasFailed(state, one.id))
    ? []
    : [{ kind: 'failure', of: starters.map((one) => one.id) }];
}
