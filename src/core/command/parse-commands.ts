import { withoutSecrets } from '../form/secrets.ts';
import { bodyLines, type Line } from './body-lines.ts';
import type { Act, Command, RawAnswer } from './command.ts';
import { type CommandLine, outright, readCommandLine } from './command-line.ts';
import { readAnswersBlock } from './read-answers-block.ts';

/** GitHub's own limit for a comment, in UTF-16 units. */
export const longestBody = 65_536;

/** An answer while it is being read; text may go on over several lines. */
type Gathered = RawAnswer | { readonly name: string; readonly lines: readonly string[] };

type Draft = {
  readonly line: CommandLine;
  readonly answers: Gathered[];
  /** The lines of the text answer that the next line may go on with. */
  open: string[] | undefined;
  unreadable: string | undefined;
};

/**
 * The commands of a comment or a review, in the order written; `activities` are the ids that may be named. A command
 * starts a line of an ordinary top-level paragraph, never in a quote, a list, code, HTML, a table or a heading (design
 * 4). Answers to `fields` are known by these ids however their lines are written: `Risk: Low`, `- risk:Low`. Never throws; a
 * body that is longer than GitHub's limit holds none.
 */
export const parseCommands = (
  body: string,
  activities: readonly string[],
  fields: readonly string[] = [],
): readonly Command[] => {
  if (body.length > longestBody || !/^ {0,3}\/[a-z]/im.test(body)) return [];
  const drafts: Draft[] = [];
  for (const line of bodyLines(body)) {
    const begun = line.role === 'prose' ? readCommandLine(line.text, activities) : undefined;
    const draft = drafts.at(-1);
    if (begun !== undefined)
      drafts.push({ line: begun, answers: [], open: undefined, unreadable: undefined });
    else if (draft !== undefined) readOn(draft, line, fields);
  }
  return drafts.map(finish);
};

const readOn = (draft: Draft, line: Line, fields: readonly string[]): void => {
  if (line.yaml !== undefined) readBlock(draft, line.yaml);
  else if (line.role === 'none') draft.open = undefined;
  else if (line.role === 'inside' || !readAnswer(draft, line.text, fields))
    draft.open?.push(line.text.trim());
};

const readBlock = (draft: Draft, yaml: string): void => {
  const block = readAnswersBlock(yaml);
  draft.open = undefined;
  if (block.kind === 'answers') draft.answers.push(...block.answers);
  else draft.unreadable ??= block.why;
};

const readAnswer = (draft: Draft, text: string, fields: readonly string[]): boolean => {
  const box = /^ {0,3}[-*+] \[([ x])\][ \t]+([a-z][a-z0-9-]{0,62}(?:\.[a-z][a-z0-9-]{0,62})?)[ \t]*$/i.exec(
    text,
  );
  if (box !== null) {
    draft.answers.push({ name: (box[2] as string).toLowerCase(), value: box[1] !== ' ' });
    draft.open = undefined;
    return true;
  }
  const named = readNamed(text, fields);
  if (named === undefined) return false;
  draft.open = [named.value];
  draft.answers.push({ name: named.name, lines: draft.open });
  return true;
};

/** Phones begin lines with a capital letter, and people make lists; what they answered must not be dropped silently. */
const readNamed = (
  text: string,
  fields: readonly string[],
): { readonly name: string; readonly value: string } | undefined => {
  const loose = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?([a-z][a-z0-9-]{0,62})[ \t]*:[ \t]*(.*)$/is.exec(
    text,
  );
  const field = loose?.[1]?.toLowerCase();
  if (loose !== null && field !== undefined && fields.includes(field))
    return { name: field, value: loose[2] as string };
  const strict = /^ {0,3}([a-z][a-z0-9-]{0,62}):(?:[ \t]+(.*))?$/s.exec(text);
  return strict === null ? undefined : { name: strict[1] as string, value: strict[2] ?? '' };
};

const finish = (draft: Draft): Command => discreet(commandOf(draft));

/** What is written here goes on the record for ever, or is repeated in an answer: credentials go no further (T19). */
const discreet = <C extends Command>(command: C): C => {
  if ('reason' in command && command.reason !== undefined)
    return { ...command, reason: withoutSecrets(command.reason) };
  return 'why' in command ? { ...command, why: withoutSecrets(command.why) } : command;
};

const commandOf = ({ line, answers, unreadable }: Draft): Command => {
  if (line.kind === 'withdraw') {
    const { reason, ...withdrawal } = line;
    return withdrawal;
  }
  if (line.kind === 'delegate' || line.kind === 'help') return line;
  if (line.kind === 'unsupported' || line.kind === 'malformed') return line;
  // A stop must not be lost over a block that it need not carry: what is there answers nothing (decision 0008).
  if (unreadable !== undefined && !outright.has(line.kind))
    return { kind: 'malformed', verb: line.done ? 'done' : line.kind, why: unreadable };
  return { ...line, answers: answers.map(settle) };
};

const settle = (gathered: Gathered): RawAnswer =>
  'lines' in gathered ? { name: gathered.name, value: gathered.lines.join('\n').trim() } : gathered;

const acts: ReadonlySet<string> = new Set<Act>([
  'abort',
  'retry',
  'ignore',
  'override',
  'acknowledge',
  'defer',
]);

/** Whether a command is an act on the release and no vote. */
export const isAct = (command: Command): command is Extract<Command, { readonly kind: Act }> =>
  acts.has(command.kind);
