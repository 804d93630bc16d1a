import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Person, Sha } from '../values.ts';
import { isAmendmentName } from './amendment-name.ts';
import type { Author } from './event.ts';
import { type Attempt, latestAttempt, type OpenRelease } from './state.ts';
import { beginningOf } from './target.ts';

/** Somebody who is kept apart from an activity, and why. A mere claim bars approving, never rejecting (T16). */
export type KeptApart = Author & { readonly why: Reason };

export type Reason =
  /** `change`: of the configuration, which has no manifest of its own. */
  | { readonly kind: 'author'; readonly change?: true }
  | { readonly kind: 'committer'; readonly commits: readonly Sha[] }
  /** They approved that activity, or did it, which is kept apart from this one. */
  | { readonly kind: 'approver'; readonly activity: string; readonly task?: true };

/** Does approving the activity ask for having committed nothing? */
export const barsCommitters = ({ apartFrom = [] }: Pick<Activity, 'apartFrom'>): boolean =>
  apartFrom.some(({ kind }) => kind === 'committers');

/** May the authors of the manifest not act here? Nobody approves their own; what only has to be done they may do (T16). */
export const barsAuthors = ({ task }: Pick<Activity, 'task'>): boolean => task?.authors !== 'may-act';

/** The committers as recorded, where they are those of the target that holds now. */
export function currentDuties(state: OpenRelease): OpenRelease['duties'] {
  const { duties, target } = state;
  return duties?.target === target.commit && duties.base === beginningOf(target) ? duties : undefined;
}

/** Ids of all authors and known committers: they never overrule what others decided about their own work (T3). */
export const involvedIn = (state: OpenRelease): ReadonlySet<number> =>
  new Set([...state.authors, ...(currentDuties(state)?.committers ?? [])].map(({ person }) => person.id));

/** Everybody who is kept apart from an activity, each once, proven before claimed. */
export function keptApart(state: OpenRelease, activity: Activity): readonly KeptApart[] {
  const committers = barsCommitters(activity) ? (currentDuties(state)?.committers ?? []) : [];
  const authors = barsAuthors(activity) ? state.authors : [];
  const wrote: Reason = { kind: 'author', ...(isAmendmentName(state.release) ? { change: true } : {}) };
  const all: readonly KeptApart[] = [
    ...authors.map((author): KeptApart => ({ ...author, why: wrote })),
    ...committers.map(
      ({ person, proof, commits }): KeptApart => ({ person, proof, why: { kind: 'committer', commits } }),
    ),
    ...otherApprovers(state, activity),
  ];
  const known = new Map<number, KeptApart>();
  for (const one of all) {
    const earlier = known.get(one.person.id);
    if (!earlier || (earlier.proof === 'claimed' && one.proof === 'proven')) known.set(one.person.id, one);
  }
  return [...known.values()];
}

/**
 * Whoever approved an activity that this one is kept apart from. And the other way round: whose approval was counted there
 * may not approve here afterwards, or who comes last could undo the four eyes of an activity that is decided.
 */
function otherApprovers(state: OpenRelease, activity: Activity): readonly KeptApart[] {
  return activitiesOf(state.revision.plan).flatMap((other) => {
    const attempt = latestAttempt(state, other.id);
    if (!attempt) return [];
    const people = [
      ...(isApartFrom(activity, other) ? approvers(attempt) : []),
      ...(isApartFrom(other, activity) ? counted(attempt) : []),
    ];
    const why: Reason = {
      kind: 'approver',
      activity: other.id,
      ...(other.task === undefined ? {} : { task: true }),
    };
    return people.map((person): KeptApart => ({ person, proof: 'proven', why }));
  });
}

const isApartFrom = ({ apartFrom = [] }: Activity, other: Activity): boolean =>
  apartFrom.some((duty) => duty.kind === 'approvers' && duty.activity === other.id);

const counted = ({ ending }: Attempt): readonly Person[] => (ending?.kind === 'approved' ? ending.by : []);

/** Votes that lapsed, or whose attempt something else took the place of, are past. */
const approvers = (attempt: Attempt): readonly Person[] =>
  attempt.ending?.kind === 'superseded' || attempt.ending?.kind === 'aborted'
    ? []
    : attempt.votes.filter(({ choice }) => choice === 'approve').map(({ elector }) => elector.person);
