import type { Configuration } from '../configuration/configuration.ts';
import { demandSource, floorWords, sourceWords } from '../configuration/floor.ts';
import { guardedBy } from '../floors/guarded.ts';
import type { Activity, Manifest, OnFailure, Phase } from '../manifest/manifest.ts';
import { contingencies, failurePolicy } from '../release/resolution.ts';
import { startOf, type Timetable, timetableOf } from '../release/timetable.ts';
import { type Hold, heldBy, holdsOn } from '../time/holds.ts';
import { nextOpenMoment } from '../time/next-open-moment.ts';
import type { Instant } from '../values.ts';

/** What a manifest will ask of whom, in the order written; with moments where the opening was given (S-129, G-39). */
export type Timeline = {
  readonly release: string;
  readonly title: string;
  /** The moment of opening that the moments are counted from. */
  readonly opensAt?: Instant;
  /** Nothing begins before it. */
  readonly start?: Instant;
  readonly phases: readonly PlannedPhase[];
  /** When the last activity could have passed. */
  readonly ends?: Instant;
};

export type PlannedPhase = {
  readonly phase: Omit<Phase, 'activities'>;
  /** Activities whose failure runs this phase; without one of them it never begins. */
  readonly onlyAfter: readonly string[];
  readonly activities: readonly PlannedActivity[];
};

export type PlannedActivity = {
  readonly activity: Activity;
  readonly onFailure: OnFailure | { readonly kind: 'hold' };
  /** Floors that demand that GitHub guards its environment itself, in words; absent where none does (T14). */
  readonly guardedBy?: readonly string[];
  /** Absent where nobody says when the release opens, or only a failure would bring the activity about. */
  readonly moments?: Moments;
};

/** The earliest moments: as if everybody answered at once. */
export type Moments = {
  readonly begins: Instant;
  readonly timetable?: Timetable;
  /** What keeps its environment shut when its turn comes; `until` is undefined where no end is in sight (design 3.9). */
  readonly held?: { readonly by: Hold; readonly until: Instant | undefined };
  /** When it could have passed: at once, in its session, in a window, or when the shortest voting time is over. */
  readonly passes: Instant;
  /** Its deadline is over before it could pass, even if everybody answered at once. */
  readonly tooLate: boolean;
};

type Rules = Pick<Configuration, 'calendar' | 'freezes' | 'windows' | 'floors'>;

/** The earliest possible timeline of a plan whose release opens at a moment; without one it has no moments. */
export function timelineOf(plan: Manifest, rules: Rules, opensAt?: Instant): Timeline {
  const start = startOf({ plan, calendar: rules.calendar });
  const apart = contingencies(plan);
  const moments =
    opensAt === undefined
      ? new Map<string, Moments>()
      : momentsOf(plan, rules, later([opensAt, start]), apart);
  const ends = [...moments.values()].map(({ passes }) => passes);
  return {
    release: plan.release,
    title: plan.title,
    ...(opensAt === undefined ? {} : { opensAt }),
    ...(start === undefined ? {} : { start }),
    phases: plan.phases.map(({ activities, ...phase }) => ({
      phase,
      onlyAfter: (apart.get(phase.id) ?? []).map(({ id }) => id),
      activities: activities.map((activity) => {
        const its = moments.get(activity.id);
        const onFailure = failurePolicy(plan, activity);
        const guards = guardedBy(rules.floors, activity.environment).map(
          (floor) => `${floorWords(floor)} (${sourceWords(demandSource(floor, 'guarded'))})`,
        );
        return {
          activity,
          onFailure,
          ...(guards.length === 0 ? {} : { guardedBy: guards }),
          ...(its === undefined ? {} : { moments: its }),
        };
      }),
    })),
    ...(ends.length === 0 ? {} : { ends: later(ends) }),
  };
}

/** By activity. Phases that only a failure runs have no moments, and neither has what needs one of them. */
function momentsOf(
  plan: Manifest,
  rules: Rules,
  from: Instant,
  apart: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Moments> {
  const moments = new Map<string, Moments>();
  const done = new Map<string, Instant>();
  const left = new Set(plan.phases.filter(({ id }) => !apart.has(id)));
  // Needs have no circles, so each round finishes something until nothing can be finished.
  for (let before = -1; before !== moments.size + done.size; ) {
    before = moments.size + done.size;
    for (const { id, needs, activities } of left) {
      if (done.has(id) || !needs.every((need) => done.has(need))) continue;
      const opens = later([from, ...needs.map((need) => done.get(need))]);
      for (const activity of activities) {
        if (moments.has(activity.id) || !activity.needs.every((need) => moments.has(need))) continue;
        const begins = later([opens, ...activity.needs.map((need) => moments.get(need)?.passes)]);
        moments.set(activity.id, momentsFrom(activity, begins, rules));
      }
      const all = activities.map((activity) => moments.get(activity.id)?.passes);
      if (all.every((passes) => passes !== undefined)) done.set(id, later([opens, ...all]));
    }
  }
  return moments;
}

function momentsFrom(activity: Activity, begins: Instant, rules: Rules): Moments {
  const timetable = timetableOf(activity, begins, rules.calendar);
  const held = holdOn(activity, begins, rules);
  const passes = later([begins, timetable?.opens, timetable?.openUntil, held?.until]);
  const { deadline } = timetable ?? {};
  const tooLate = deadline !== undefined && Date.parse(deadline) < Date.parse(passes);
  return {
    begins,
    ...(timetable === undefined ? {} : { timetable }),
    ...(held === undefined ? {} : { held }),
    passes,
    tooLate,
  };
}

function holdOn({ environment }: Activity, at: Instant, rules: Rules): Moments['held'] {
  if (environment === undefined) return undefined;
  const holds = holdsOn(rules, environment);
  const by = heldBy(holds, environment, at);
  return by && { by, until: nextOpenMoment(holds.freezes, holds.windows, environment, at) };
}

/** The latest of some moments, of which at least one is there. */
const later = (moments: readonly (Instant | undefined)[]): Instant =>
  moments.reduce<Instant>(
    (latest, one) => (one !== undefined && Date.parse(one) > Date.parse(latest) ? one : latest),
    '1970-01-01T00:00:00Z',
  );
