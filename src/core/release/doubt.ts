import type { Instant, Person } from '../values.ts';
import type { Happening } from './event.ts';
import type { Thread, Writer } from './facts.ts';
import { holdersIn } from './holdings.ts';
import { type Attempt, type Heard, isLater, placeOfDoubt, placeOfNotice } from './state.ts';

/**
 * An edited or deleted comment of somebody who may vote, or whose vote counts, could have been anything, a withdrawal too: what
 * they want is in doubt until they speak again (T15). A recorded rejection or withdrawal stands whatever becomes of its comment.
 */
export function newDoubts(
  attempt: Attempt,
  thread: Thread,
  mayMatter: ReadonlySet<number>,
  at: Instant,
): readonly Happening[] {
  const known = new Set(attempt.doubts.map((doubt) => `${doubt.what} ${doubt.comment}`));
  const touched = [
    ...thread.comments
      .filter((comment) => comment.edited && !comment.ours)
      .map((comment) => ({
        what: 'edited' as const,
        comment: comment.id,
        writer: comment.writer,
        since: comment.createdAt,
      })),
    ...thread.deletions.map((deletion) => ({
      what: 'deleted' as const,
      comment: deletion.comment,
      writer: deletion.writer,
      since: deletion.at,
    })),
  ];
  return touched.flatMap(({ what, comment, writer, since }) => {
    const person = voter(writer, mayMatter);
    if (!person || known.has(`${what} ${comment}`)) return [];
    const place = placeOfDoubt({ what, comment, since });
    if (!answersThis(attempt, place) || isBeforeTheirTime(attempt, person.id, since)) return [];
    const last = attempt.heard[person.id];
    const counted = what === 'edited' && last?.comment === comment;
    // Words later than the deletion, or than the edited comment, end the doubt before it begins.
    if (last && !counted && isLater(last, place)) return [];
    if (counted && !lets(attempt, comment)) return [];
    const body = { activity: attempt.activity, attempt: attempt.attempt, person, what, comment, since };
    return [{ at, kind: 'doubt-raised', body }];
  });
}

/**
 * No word from before a new scope took effect can vote on it, or take a vote on it back (T11): it leaves no doubt about it. Nor
 * does what was gone by then; of what was deleted later nobody knows when it had been written.
 */
const answersThis = ({ lapses, notices }: Attempt, place: Heard): boolean => {
  const first = notices.find(({ changes }) => changes === lapses.length);
  return lapses.length === 0 || (first !== undefined && isLater(place, placeOfNotice(first)));
};

/**
 * Whether it was over before an escalation, or whoever handed on a seat, let somebody speak who was not asked: it had no weight
 * then, and gains none (T12).
 */
const isBeforeTheirTime = (attempt: Attempt, person: number, since: Instant): boolean => {
  const isOwn = attempt.roster.some((elector) => elector.person.id === person);
  const begins = [
    ...attempt.escalations
      .filter(({ granted }) => granted.some((elector) => elector.person.id === person))
      .map(({ rung }) => escalatedAt(attempt, rung)),
    ...attempt.delegations.filter(({ to }) => to.id === person).map(({ source }) => source.createdAt),
  ];
  const isEarly = (begin: Instant | undefined) =>
    begin !== undefined && Date.parse(since) < Date.parse(begin);
  return !isOwn && !holdersIn(attempt).includes(person) && begins.length > 0 && begins.every(isEarly);
};

/** The moment from which on those count whom a rung lets vote; undefined: a deferral has moved the times since. */
const escalatedAt = ({ timetable, deferrals }: Attempt, rung: number): Instant | undefined =>
  deferrals.length === 0 ? timetable?.escalations[rung]?.at : undefined;

/** Whether what somebody said in a comment may bring about an approval: their own, or that of whom they let speak. */
const lets = ({ votes, delegations }: Attempt, comment: number): boolean =>
  votes.some(({ source, choice }) => source.id === comment && choice === 'approve') ||
  delegations.some(({ source }) => source.id === comment);

const voter = (writer: Writer, mayMatter: ReadonlySet<number>): Person | undefined =>
  writer.kind === 'person' && mayMatter.has(writer.person.id) ? writer.person : undefined;
