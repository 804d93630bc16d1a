import { editDistance } from '../written/closest.ts';
import { bodyLines, type Container, type Line } from './body-lines.ts';
import { longestBody, parseCommands } from './parse-commands.ts';

/** A line that looks like a command and is none. */
export type NearCommand = {
  /** As it was written, up to the end of the word: letters, a space or punctuation only. */
  readonly written: string;
  /** The verb that was probably meant. */
  readonly meant: string;
  /** It is a command, and Markdown takes its line into this: people see no mark on the line itself. */
  readonly within?: Container;
};

const verbs = [
  ...['approve', 'reject', 'withdraw', 'delegate', 'defer', 'done', 'help'],
  ...['abort', 'retry', 'ignore', 'override', 'acknowledge', 'evidence'],
];

/** No other bot's command resembles these, so two slips are forgiven; elsewhere `/delete` and `/revert` are near. */
const forgiving: ReadonlySet<string> = new Set(['approve', 'withdraw', 'acknowledge']);

/** Other words for the same, as other bots have them. */
const synonyms: ReadonlyMap<string, string> = new Map([['lgtm', 'approve']]);

/**
 * The first line of a comment that somebody probably meant as a command (design 4): a slip in the verb, an ending such as
 * in `/approved`, `/approve:`, `/ approve`; or a command that dashes below it make a heading, or a line above it part of a
 * quotation or a list. What is visibly quoted is none, and other bots' commands are none (pitfall 3). Ask only where the
 * comment holds no command, and never take it for one.
 */
export const nearCommand = (body: string): NearCommand | undefined => {
  if (body.length > longestBody || !/^ {0,3}\/ ?[a-z]/im.test(body)) return undefined;
  for (const line of bodyLines(body)) {
    const near = line.role === 'prose' ? readNear(line.text) : readSwallowed(line);
    if (near !== undefined) return near;
  }
  return undefined;
};

const readNear = (line: string): NearCommand | undefined => {
  const match = /^ {0,3}(\/( ?)([a-z]{3,16})[:.,;!?]*)(?:\s|$)/iu.exec(line);
  if (match === null) return undefined;
  const [, written = '', space, word = ''] = match;
  const spoken = word.toLowerCase();
  // After a space it may be any word of a sentence.
  const meant = space === '' ? meantBy(spoken) : verbs.find((verb) => verb === spoken);
  return meant === undefined ? undefined : { written: written.trim(), meant };
};

/** Marks of a quotation, a list or a heading on the line itself are meant; a line that begins with a verb was not. */
const readSwallowed = ({ text, within }: Line): NearCommand | undefined => {
  const word = /^ {0,3}\/([a-z]+)(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
  const meant = verbs.find((verb) => verb === word);
  return meant === undefined || within === undefined ? undefined : { written: `/${meant}`, meant, within };
};

const meantBy = (word: string): string | undefined =>
  synonyms.get(word) ??
  verbs.find((verb) => {
    const slips = Math.min(...[word, word.replace(/(?:e?d|s|n)$/, '')].map((one) => editDistance(one, verb)));
    return word[0] === verb[0] && slips <= (forgiving.has(verb) ? 2 : 1);
  });

/** Whether a comment may be worth an answer: it holds a command, or a line that was probably meant as one. */
export const mayCommand = (body: string): boolean =>
  parseCommands(body, []).length > 0 || nearCommand(body) !== undefined;
