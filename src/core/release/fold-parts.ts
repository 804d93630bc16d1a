import type { Instant } from '../values.ts';
import { present } from '../written/present.ts';
import type { Ending } from './ending.ts';
import type { Author, EventKind, HappeningOf } from './event.ts';
import { type Attempt, attemptsOf, isLater, type OpenRelease, placeOfDoubt } from './state.ts';
import { noTimes, sameRungs } from './timetable.ts';

/** How a table that is about to get one more entry is taken over: as a copy, or as it is. */
export type Take = <T extends object>(table: T) => T;

/** What one kind of event makes of a release that is open. */
export type Applier<K extends EventKind> = (
  state: OpenRelease,
  event: HappeningOf<K>,
  take: Take,
) => OpenRelease;

export const change = (
  state: OpenRelease,
  ref: { readonly activity: string; readonly attempt: number },
  take: Take,
  how: (attempt: Attempt) => Attempt,
): OpenRelease => {
  const attempts = attemptsOf(state, ref.activity);
  if (!attempts.some(({ attempt }) => attempt === ref.attempt)) return state;
  const changed = attempts.map((attempt) => (attempt.attempt === ref.attempt ? how(attempt) : attempt));
  return withAttempts(state, ref.activity, changed, take);
};

export const withAttempts = (
  state: OpenRelease,
  activity: string,
  all: readonly Attempt[],
  take: Take,
): OpenRelease => ({ ...state, attempts: Object.assign(take(state.attempts), { [activity]: all }) });

export const end = (
  state: OpenRelease,
  ref: { readonly activity: string; readonly attempt: number },
  take: Take,
  ending: Ending,
) => change(state, ref, take, (attempt) => ({ ...attempt, ending }));

/** Whoever was never heard has no vote to take away: most people speak once, and a crowd is not searched for them. */
export const without = (attempt: Attempt, person: number) =>
  person in attempt.heard ? attempt.votes.filter((vote) => vote.elector.person.id !== person) : attempt.votes;

/** Whoever speaks again ends the doubt about what they said before, and no later one (T15). */
export const heard = (
  attempt: Attempt,
  person: number,
  source: { readonly id: number; readonly createdAt: string },
  take: Take,
  said?: 'reject',
): Attempt => ({
  ...attempt,
  heard: Object.assign(take(attempt.heard), {
    [person]: { comment: source.id, at: source.createdAt, ...present({ said }) },
  }),
  doubts: attempt.doubts.filter(
    (doubt) =>
      doubt.person.id !== person ||
      !isLater({ comment: source.id, at: source.createdAt }, placeOfDoubt(doubt)),
  ),
});

/**
 * Who was let vote has to be let vote on what is asked now, and who was only told is not told again: the ladder goes on with
 * the rungs of the new scope (decision 0055).
 */
export const ungranted = (
  { escalations, rungs, timetable = noTimes }: Attempt,
  { escalations: ladder } = noTimes,
): Pick<Attempt, 'escalations' | 'rungs'> => {
  const told = sameRungs(timetable.escalations, ladder).flatMap((before, rung) =>
    before !== undefined && rungs.escalations.includes(before) && !ladder[rung]?.grant ? [rung] : [],
  );
  return {
    escalations: escalations.map((one) => ({ ...one, granted: [] })),
    rungs: { ...rungs, escalations: told },
  };
};

/** The first resolution of a name stands (T13). */
export const bind = (
  state: OpenRelease,
  bindings: readonly { readonly principal: string; readonly id: number }[],
  at: Instant,
): OpenRelease => ({
  ...state,
  bindings: {
    ...Object.fromEntries(bindings.map(({ principal, id }) => [principal, { id, at }])),
    ...state.bindings,
  },
});

export const union = (earlier: readonly Author[], later: readonly Author[]): readonly Author[] => {
  const known = new Map(earlier.map((author) => [author.person.id, author]));
  for (const author of later) {
    if (known.get(author.person.id)?.proof !== 'proven') known.set(author.person.id, author);
  }
  return [...known.values()];
};
