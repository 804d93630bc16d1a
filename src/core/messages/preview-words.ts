import type { Asked, Flip, Foreseen, Outlook, Shift } from '../preview/foresight.ts';
import type { ActivityStatus } from '../release/status.ts';
import { differenceLines } from './difference-words.ts';
import { markdown, tableCell } from './escape.ts';
import { fitting } from './fitting.ts';
import { barrierSentence } from './machine-words.ts';
import { type Escaper, listed, plural, ruleWords } from './people.ts';
import { activityMark, releaseWords, statusWords } from './status-words.ts';

/** Bytes of UTF-8 that a preview may take: GitHub takes 65,535 for all that a check says (T17). */
const MOST_BYTES = 30_000;
const MOST_ROWS = 20;
const MOST_PEOPLE = 10;

/** The headline of what would happen, such as `1 open release would stop, 2 would change`; empty: nothing would. */
export const outlookPhrase = (outlooks: readonly Outlook[]): string => {
  const foreseen = outlooks.flatMap((outlook) => outlook.foreseen);
  const counts = (['stalls', 'cancelled', 'changes', 'opens'] as const).flatMap((kind) => {
    const count = new Set(foreseen.filter((one) => one.kind === kind).map(({ release }) => release)).size;
    return count === 0 ? [] : [{ kind, count }];
  });
  return counts
    .map(({ kind, count }, index) => {
      const open = kind === 'opens' ? '' : 'open ';
      const what = index === 0 ? plural(count, `${open}release`, `${open}releases`) : String(count);
      return `${what} would ${deeds[kind]}`;
    })
    .join(', ');
};

const deeds = { stalls: 'stop', cancelled: 'be cancelled', changes: 'change', opens: 'open' } as const;

/** What a change would do to releases, as blocks of Markdown, the gravest first. */
export const outlookBlocks = (outlooks: readonly Outlook[]): readonly string[] => [
  ...outlooks.flatMap((outlook) => {
    if (outlook.foreseen.length + outlook.untouched === 0) return [];
    const { shown, rest } = fitting(outlook.foreseen.map(blockOf), MOST_BYTES / outlooks.length);
    const more = rest > 0 ? [`… and ${plural(rest, 'more release', 'more releases')}.`] : [];
    return [headings[outlook.step], ...shown, ...more, ...endOf(outlook)];
  }),
  ...caveatOf(outlooks.flatMap(({ foreseen }) => foreseen)),
];

const headings: { readonly [S in Outlook['step']]: string } = {
  merged: '### If this is merged',
  agreed: '### Once the custodians agree',
};

function endOf({ foreseen, untouched }: Outlook): readonly string[] {
  const others = foreseen.some(({ kind }) => kind !== 'opens') ? 'other open release' : 'open release';
  if (untouched === 0) return [];
  return [untouched === 1 ? `1 ${others} stays as it is.` : `${untouched} ${others}s stay as they are.`];
}

/** What a preview cannot know: who will have had a hand in it (T16), and what people do meanwhile. */
function caveatOf(foreseen: readonly Foreseen[]): readonly string[] {
  if (foreseen.length === 0) return [];
  const authors = foreseen.some((one) => one.kind === 'changes' && one.by === 'manifest')
    ? ' Whoever writes or merges the change counts as an author from then on, and their votes there no longer count; that is not reckoned here.'
    : '';
  return [`*A preview from what is on record now; nothing of it has happened.${authors}*`];
}

function blockOf(one: Foreseen): string {
  const name = `**${markdown(one.release)}** (${markdown(cut(one.title))})`;
  switch (one.kind) {
    case 'stalls':
      return [
        `⛔ ${name} would stop: it could not take this over, and nothing would be decided there until somebody mends it.`,
        '',
        ...capped(one.why.map((why) => `- ${markdown(cut(why, 500))}`)),
      ].join('\n');
    case 'cancelled':
      return `🚫 ${name} would be cancelled: nothing would define it any more. ${cancelledWords(one)}`;
    case 'changes':
      return changesBlock(name, one);
    case 'opens': {
      const yet = one.missing === undefined ? '' : `, but not yet: ${markdown(cut(one.missing))}`;
      const asks = one.asks.length === 0 ? [] : ['', ...capped(one.asks.map(askedLine))];
      return [`🆕 ${name} would open${yet === '' ? '.' : yet}`, ...asks].join('\n');
    }
    case 'goes-on':
      return `▶️ ${name} would go on as it was accepted: ${markdown(one.path)} has errors or is of another release.`;
  }
}

function cancelledWords({ waiting, lapsed }: Extract<Foreseen, { readonly kind: 'cancelled' }>): string {
  const titles = listed(few(waiting.map((title) => markdown(cut(title)))));
  const stops = waiting.length === 0 ? 'Nothing waits there.' : `No longer asked: ${titles}.`;
  return lapsed.length === 0 ? stops : `${stops} ${votesWords(lapsed)}`;
}

function changesBlock(name: string, one: Extract<Foreseen, { readonly kind: 'changes' }>): string {
  const { from, to, flips, shifts, adopts } = one;
  const stands =
    from === to ? `stays ${releaseWords[from]}` : `${releaseWords[from]} → **${releaseWords[to]}**`;
  const quiet = flips.length + shifts.length === 0 ? ', and nothing changes for anybody' : '';
  return [
    `🔁 ${name}: ${stands}${quiet}.`,
    ...(adopts.length === 0 ? [] : ['', `It adopts ${listed(adopts.map((floor) => markdown(floor)))}.`]),
    ...(flips.length === 0 ? [] : ['', ...flipTable(flips)]),
    ...differencesOf(flips),
    ...(shifts.length === 0 ? [] : ['', 'Also different:', '', ...capped(shifts.map(shiftLine))]),
  ].join('\n');
}

const flipTable = (flips: readonly Flip[]): readonly string[] => {
  const rows = flips.slice(0, MOST_ROWS).map((flip) => {
    const cells = [tableCell(cut(flip.title)), nowWords(flip), thenWords(flip), meaningOf(flip)];
    return `| ${cells.join(' | ')} |`;
  });
  const rest = flips.length - rows.length;
  return [
    '| Activity | Now | Then | What that means |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(rest > 0 ? [`| … and ${rest} more | | | |`] : []),
  ];
};

const nowWords = (flip: Flip): string =>
  flip.from === undefined ? '–' : `${activityMark[flip.from]} ${statusIn(flip, flip.from)}`;

const thenWords = (flip: Flip): string => {
  const then = statusThen(flip);
  return then === undefined ? '–' : `${activityMark[then]} ${statusIn(flip, then)}`;
};

/** A status of the activity in words. */
export const statusIn = ({ task }: Flip, status: ActivityStatus): string =>
  statusWords(status, task ?? 'approval');

/** What would begin at once waits, for people whom only GitHub tells, or for whatever holds its environment. */
export const statusThen = ({ to, begins, environment }: Flip): ActivityStatus | undefined => {
  if (!begins || to !== 'pending') return to;
  return environment === undefined ? 'waiting' : 'held';
};

/** Votes that end, and who is asked. */
export function meaningOf(flip: Flip, show: Escaper = markdown): string {
  const { from, to, lapsed, asks, begins, unknown } = flip;
  const again = from === undefined || from === 'pending' ? 'Asks' : 'Asks again';
  const when = begins ? '' : ' when its turn comes';
  const rules = listed(few(asks.map((rule) => ruleWords(rule, show))));
  return [
    ...(to === undefined ? ['No longer asked for.'] : []),
    ...(to === 'skipped' ? ['Its condition would be false.'] : []),
    ...(lapsed.length === 0 ? [] : [votesWords(lapsed, show)]),
    ...environmentWords(flip, show),
    ...(asks.length === 0 ? [] : [`${again}${when}: ${rules}.`]),
    ...(unknown ? ['Who they are is known only then.'] : []),
  ].join(' ');
}

/** What becomes of the environment that an activity opens. */
export function environmentWords(
  { environment, from, to, shut, begins }: Flip,
  show: Escaper,
): readonly string[] {
  if (environment === undefined) return [];
  const name = show(environment);
  const why = shut === undefined ? '' : ` ${show(barrierSentence(shut))}`;
  const opens = begins ? `Opens ${name} as soon as nothing holds it.` : `Opens ${name} when its turn comes.`;
  return [
    ...(from === 'running' && to !== 'running' ? [`Shuts ${name}.${why}`] : []),
    ...(to === 'running' ? [`Opens ${name}.`] : []),
    ...(to === 'pending' ? [opens] : []),
  ];
}

const votesWords = (people: readonly { readonly login: string }[], show: Escaper = markdown): string => {
  const who = listed(few(people.map(({ login }) => show(login))));
  return people.length === 1 ? `The vote of ${who} lapses.` : `The votes of ${who} lapse.`;
};

/** The same difference is told once for all activities that it touches. */
function differencesOf(flips: readonly Flip[]): readonly string[] {
  const keyOf = ({ differences }: Flip): string => JSON.stringify(differences);
  const told = new Map(
    flips.filter(({ differences }) => differences.length > 0).map((flip) => [keyOf(flip), flip]),
  );
  const shown = [...told].slice(0, 5).flatMap(([key, { differences }]) => {
    const group = flips.filter((flip) => keyOf(flip) === key);
    const titles = listed(few(group.map(({ title }) => markdown(cut(title)))));
    const ends = group.some(({ lapsed }) => lapsed.length > 0);
    const heading = ends ? `What ends the votes on ${titles}:` : `What would be different about ${titles}:`;
    return ['', heading, '', ...differenceLines(differences, 5)];
  });
  const rest = told.size - 5;
  return rest > 0 ? [...shown, '', `… and ${plural(rest, 'more activity', 'more activities')}.`] : shown;
}

const shiftLine = ({ what, activity, before, after, reaches }: Shift): string => {
  const where = activity === undefined ? '' : `${markdown(activity)}, `;
  const [old, now] = [before, after].map((text) => (text === undefined ? 'nothing' : markdown(cut(text))));
  const when = reaches === 'next-attempt' ? '; takes effect with the next attempt' : '';
  return `- ${where}${markdown(what)}: ${old} → ${now}${when}`;
};

const askedLine = ({ title, rules, environment, begins }: Asked): string => {
  const asks = listed(few(rules.map((rule) => ruleWords(rule))));
  const does = environment === undefined ? asks : `opens ${markdown(environment)}`;
  return `- ${markdown(cut(title))}: ${does}${begins ? ', at once' : ''}`;
};

const capped = (lines: readonly string[]): readonly string[] => {
  const shown = lines.slice(0, MOST_ROWS);
  return lines.length > shown.length ? [...shown, `- … and ${lines.length - shown.length} more`] : shown;
};

const few = (words: readonly string[]): readonly string[] =>
  words.length <= MOST_PEOPLE
    ? words
    : [...words.slice(0, MOST_PEOPLE - 1), `${words.length - MOST_PEOPLE + 1} more`];

const cut = (text: string, most = 100): string => (text.length > most ? `${text.slice(0, most)}…` : text);
