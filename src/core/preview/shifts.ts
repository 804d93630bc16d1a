import { type Activity, activitiesOf, type Escalation, type Timing } from '../manifest/manifest.ts';
import { listed, principalsWords, principalWords, ruleWords } from '../messages/people.ts';
import { latestAttempt, type OpenRelease } from '../release/state.ts';
import type { Shift } from './foresight.ts';

/** Text as it is: whoever shows it escapes it for its place (T18). */
const plain = (text: string): string => text;

type Parts = { readonly [what: string]: string | undefined };

/** What differs between two states of a release besides what approvers agree to: time, order, owners (T2). */
export const shiftsBetween = (before: OpenRelease, after: OpenRelease): readonly Shift[] => [
  ...between(partsOfRelease(before), partsOfRelease(after)).map((one) => ({
    ...one,
    reaches: 'at-once' as const,
  })),
  ...activitiesOf(after.revision.plan).flatMap((then) => {
    const now = activitiesOf(before.revision.plan).find(({ id }) => id === then.id);
    return now === undefined ? [] : shiftsOf(now, then, after);
  }),
];

const between = (before: Parts, after: Parts): readonly Pick<Shift, 'what' | 'before' | 'after'>[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((what) => {
    const [old, now] = [before[what], after[what]];
    if (old === now) return [];
    return [
      { what, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) },
    ];
  });

function partsOfRelease({ revision: { plan, custodians, calendar } }: OpenRelease): Parts {
  return {
    owner: plan.owner && principalWords(plan.owner, plain),
    custodians: custodians && ruleWords(custodians, plain),
    'schedule.start': plan.start,
    'time-zone': calendar?.zone,
    holidays: calendar && listOf(calendar.holidays),
    ...Object.fromEntries(plan.phases.map(({ id, needs }) => [`phases.${id}.needs`, listOf(needs)])),
  };
}

const listOf = (words: readonly string[]): string | undefined =>
  words.length === 0 ? undefined : listed(words);

/** Asked about while it waits, so that they reach an attempt that has begun (decision 0040). */
const live = new Set(['needs', 'if', 'expire']);

function shiftsOf(now: Activity, then: Activity, state: OpenRelease): readonly Shift[] {
  const attempt = latestAttempt(state, then.id);
  // Nothing of it is asked about any more.
  if (attempt?.ending?.kind === 'approved') return [];
  const begun = attempt !== undefined && attempt.ending === undefined;
  return between(partsOf(now), partsOf(then)).map((one) => ({
    ...one,
    activity: then.id,
    reaches: begun && !live.has(one.what) ? 'next-attempt' : 'at-once',
  }));
}

const partsOf = ({ needs, if: condition, timing }: Activity): Parts => ({
  needs: listOf(needs),
  if: condition,
  ...(timing && partsOfTiming(timing)),
});

const partsOfTiming = ({
  session,
  openFor,
  deadline,
  remind,
  escalate,
  expire,
  autoApprove,
}: Timing): Parts => ({
  session,
  'open-for': openFor,
  deadline,
  remind: listOf(remind),
  escalate: listOf(escalate.map(escalationWords)),
  expire,
  'auto-approve': autoApprove?.at,
});

const escalationWords = ({ at, to, grant }: Escalation): string =>
  `${at} to ${principalsWords(to, 'and', plain)}${grant === undefined ? '' : ', who may vote'}`;
