import type { Flip, Foreseen, Shift } from '../preview/foresight.ts';
import { terminal } from './escape.ts';
import { listed, logins, ruleWords } from './people.ts';
import { environmentWords, statusIn, statusThen } from './preview-words.ts';
import { releaseWords } from './status-words.ts';

/** Text as it is: lines are made inert as a whole (T18). */
const plain = (text: string): string => text;

/** What would become of a release, as lines for a terminal. */
export const foresightLines = (one: Foreseen): readonly string[] =>
  ['', ...linesOf(one), 'A preview from the record; nothing of it has happened.'].map(terminal);

function linesOf(one: Foreseen): readonly string[] {
  const { release } = one;
  switch (one.kind) {
    case 'stalls':
      return [`${release} would stop, until somebody mends it:`, ...one.why.map((why) => `  ${why}`)];
    case 'cancelled':
      return [`${release} would be cancelled.`];
    case 'changes':
      return [
        one.from === one.to
          ? `${release} stays ${releaseWords[one.from]}.`
          : `${release}: ${releaseWords[one.from]} → ${releaseWords[one.to]}.`,
        ...(one.flips.length + one.shifts.length === 0 ? ['  Nothing changes for anybody.'] : []),
        ...one.flips.flatMap(flipLines),
        ...one.shifts.map(shiftLine),
      ];
    case 'opens':
      return [`${release} is not on record: it would open.`];
    case 'goes-on':
      return [`${release} would go on as it was accepted.`];
  }
}

function flipLines(flip: Flip): readonly string[] {
  const { activity, from, lapsed, asks, begins, unknown, differences } = flip;
  const now = from === undefined ? 'not there' : statusIn(flip, from);
  const to = statusThen(flip);
  const again = from === undefined || from === 'pending' ? 'asks' : 'asks again';
  return [
    `  ${activity}: ${now} → ${to === undefined ? 'gone' : statusIn(flip, to)}`,
    ...(lapsed.length === 0 ? [] : [`    votes that lapse: ${logins(lapsed, plain)}`]),
    ...environmentWords(flip, plain).map((words) => `    ${words}`),
    ...(asks.length === 0
      ? []
      : [
          `    ${again}${begins ? '' : ' when its turn comes'}: ${listed(asks.map((rule) => ruleWords(rule, plain)))}`,
        ]),
    ...(unknown ? ['    who they are is known only then'] : []),
    ...differences.map(
      ({ path, before = 'nothing', after = 'nothing' }) => `    ${path}: ${before} → ${after}`,
    ),
  ];
}

const shiftLine = ({ what, activity, before = 'nothing', after = 'nothing', reaches }: Shift): string => {
  const where = activity === undefined ? '' : `${activity}, `;
  const when = reaches === 'next-attempt' ? '; takes effect with the next attempt' : '';
  return `  ${where}${what}: ${before} → ${after}${when}`;
};
