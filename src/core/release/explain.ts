import { type Asked, askedOf } from '../manifest/asked.ts';
import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import { runAddress } from '../messages/dispatch-words.ts';
import { barrierSentence, machineState, untoldHold } from '../messages/machine-words.ts';
import type { Verdict } from '../policy/policy.ts';
import type { Instant, Person } from '../values.ts';
import { present } from '../written/present.ts';
import { keptApart, type Reason } from './apart.ts';
import { objectorsTo, verdictOf } from './ballot.ts';
import { type Coming, comingOf } from './clockwork.ts';
import { type Grounds, groundsOf } from './condition.ts';
import { undecidable } from './due.ts';
import type { IssueRef } from './event.ts';
import { nextTurnOf } from './next-turn.ts';
import { barrierNow, isOpener, type Rules } from './opening.ts';
import { hasFailed } from './resolution.ts';
import {
  type Attempt,
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
import { startersOf, type Wait, waitsFor } from './waits.ts';

/** Why a release stands where it stands, and what comes next by itself. */
export type ReleaseExplanation = {
  readonly release: string;
  readonly title: string;
  readonly at: Instant;
  readonly status: ReleaseStatus;
  readonly isOver: boolean;
  /** Absent: the record names no moment. */
  readonly next?: Instant;
  /** Where everything is said that only GitHub tells. */
  readonly tracking?: IssueRef;
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
  | 'attempt'
  | 'scope'
  | 'activatedAt'
  | 'votes'
  | 'delegations'
  | 'escalations'
  | 'doubts'
  | 'lapses'
  | 'ending'
  | 'overruled'
  | 'timetable'
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

/** What the record does not tell, as far as somebody said it. */
export type Beside = {
  /** Activities about which something cannot be established. */
  readonly unknown?: ReadonlySet<string>;
  /** Freezes and change windows in force. */
  readonly rules?: Rules;
};

/** Explains a release at a moment, from its record and what else is given. */
export function explainRelease(state: OpenRelease, at: Instant, beside: Beside = {}): ReleaseExplanation {
  const next = nextTurnOf(state, at, beside.rules);
  const hindrances = undecidable(state, { at, trusted: true });
  const { tracking } = state;
  return {
    release: state.release,
    title: state.revision.plan.title,
    at,
    status: releaseStatus(state, statusesOf(state, hindrances)),
    isOver: state.ended !== undefined,
    ...present({ next, tracking }),
    activities: activitiesOf(state.revision.plan).map((activity) => explain(state, activity, at, beside)),
  };
}

/** Why an activity stands where it stands at a moment. */
export function explain(
  state: OpenRelease,
  activity: Activity,
  at: Instant,
  beside: Beside = {},
): Explanation {
  const hindrances = undecidable(state, { at, trusted: true });
  const status = activityStatus(state, activity.id, hindrances);
  const attempt = latestAttempt(state, activity.id);
  return {
    activity: activity.id,
    title: activity.title,
    phase: activity.phase,
    asked: askedOf(activity),
    status,
    waitsFor: status === 'pending' || hindrances.has(activity.id) ? waitsFor(state, activity, at) : [],
    ...(status === 'skipped' ? { skipped: skipOf(state, activity) } : {}),
    ...(attempt === undefined ? {} : { attempt: explainAttempt(state, activity, attempt, at, beside) }),
  };
}

const skipOf = (state: OpenRelease, activity: Activity): Skip => ({
  ...groundsOf(state, activity),
  begunBy: startersOf(state, activity.phase).filter((id) => hasFailed(state, id)),
});

function explainAttempt(
  state: OpenRelease,
  activity: Activity,
  one: Attempt,
  at: Instant,
  { unknown, rules }: Beside,
): ExplainedAttempt {
  const { attempt, scope, activatedAt, votes, doubts, lapses, ending, overruled, timetable } = one;
  const { delegations, escalations } = one;
  const verdict = verdictOf(state, activity, one, unknown?.has(activity.id) ? [activity.id] : []);
  const deferral = deferralOf(one);
  const isStill = ending !== undefined || state.ended !== undefined || isClosed(state);
  const coming = isStill ? [] : comingOf(one, activity.timing?.expire === 'stay');
  return {
    ...{ attempt, scope, activatedAt, votes, delegations, escalations, doubts, lapses },
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
            isStill ? [] : heldWords(state, activity, one, at, rules),
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

/** Why its environment is shut, though the turn of the activity has come. */
function heldWords(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  at: Instant,
  rules: Rules | undefined,
): readonly string[] {
  if (!isOpener(activity) || standingOpening(attempt)) return [];
  const shut = attempt.openings.at(-1)?.shut;
  const known = rules ?? (attempt.lifted ? { freezes: [], windows: [] } : undefined);
  const barrier = barrierNow(state, activity, attempt, known, at);
  return [
    ...(shut === undefined ? [] : [`Shut at ${shut.at}. ${barrierSentence(shut.why)}`]),
    barrier === undefined ? untoldHold(known !== undefined) : barrierSentence(barrier),
  ];
}

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
