import { closest } from '../written/closest.ts';
import type { Act } from './command.ts';
import { type DelegateLine, readDelegateLine } from './delegate-line.ts';

type Named = { readonly activity?: string; readonly scope?: string; readonly reason?: string };

/** A line that asks for something, before the lines below it are read. */
export type CommandLine =
  | ({ readonly kind: 'approve' | 'reject' | Act; readonly done?: true } & Named)
  | ({ readonly kind: 'withdraw' } & Named)
  | DelegateLine
  | { readonly kind: 'help' }
  | { readonly kind: 'unsupported'; readonly verb: string }
  | { readonly kind: 'malformed'; readonly verb: string; readonly why: string };

/** Verbs of the design (4) that this version does not know yet. */
const laterVerbs = new Set(['evidence']);

/** Their reasons may begin with any word, as those of a rejection may. */
const reasoned = new Map<string, 'reject' | Act>(
  (['reject', 'abort', 'retry', 'ignore', 'override', 'acknowledge', 'defer'] as const).map((verb) => [
    verb,
    verb,
  ]),
);

/** What they ask for is theirs where they stand, so a name after them is a word of the reason first (decision 0063). */
export const outright: ReadonlySet<string> = new Set(['reject', 'abort']);

/**
 * Reads the first line of a command: `/approve [activity] [@digest] [reason]`. The verb ends at a space or at the end
 * of the line, so longer words are none; keyboards of phones begin lines with a capital letter, so case is ignored.
 * Undefined where the line is no command of ours.
 */
export const readCommandLine = (line: string, activities: readonly string[]): CommandLine | undefined => {
  const match = /^ {0,3}\/([a-z]+)(?:[ \t]+(.*))?$/isu.exec(line);
  if (match === null) return undefined;
  const verb = (match[1] as string).toLowerCase();
  if (verb === 'help') return { kind: 'help' };
  if (verb === 'delegate') return readDelegateLine(match[2] ?? '', activities);
  if (laterVerbs.has(verb)) return { kind: 'unsupported', verb };
  const done = verb === 'done';
  const plain = verb === 'approve' || verb === 'withdraw' ? verb : undefined;
  const kind = reasoned.get(verb) ?? (done ? 'approve' : plain);
  if (kind === undefined) return undefined;
  const words = match[2] ?? '';
  const { activity, scope, rest } = (outright.has(verb) ? readOutright : readArguments)(words, activities);
  const named = {
    ...(activity === undefined ? {} : { activity }),
    ...(scope === undefined ? {} : { scope }),
    ...(rest === '' ? {} : { reason: rest }),
    ...(done ? { done } : {}),
  };
  // A rejection of the wrong activity only makes people ask.
  const misspelt =
    activity === undefined && !reasoned.has(verb) ? closest(firstWord(rest), activities) : undefined;
  const stray = reasoned.has(verb) ? undefined : strayScope(rest, activities);
  if (stray !== undefined) {
    const meant = 'A scope is @ and 7 to 64 hexadecimal digits, with a space before it.';
    return { kind: 'malformed', verb, why: `"${stray}" cannot be read as a scope. ${meant}` };
  }
  if (misspelt === undefined) return { kind, ...named };
  const why = `"${firstWord(rest)}" is not an activity here. Did you mean "${misspelt}"?`;
  return { kind: 'malformed', verb, why };
};

type Arguments = { readonly activity?: string; readonly scope?: string; readonly rest: string };

/** The activity and the digest in either order, each once at most; everything after them is the reason. */
const readArguments = (text: string, activities: readonly string[]): Arguments => {
  let read: Arguments = { rest: text.trim() };
  for (;;) {
    const word = firstWord(read.rest);
    const rest = read.rest.slice(word.length).trim();
    if (read.activity === undefined && activities.includes(word)) read = { ...read, activity: word, rest };
    else if (read.scope === undefined && /^@[0-9a-f]{7,64}$/i.test(word)) {
      read = { ...read, scope: word.slice(1).toLowerCase(), rest };
    } else return read;
  }
};

/**
 * An id addresses a word against approval only where a scope follows it, or nothing else does: a rejection must not lose
 * its force, nor its reason a word, because it begins with an id (T15).
 */
const readOutright = (text: string, activities: readonly string[]): Arguments => {
  const read = readArguments(text, activities);
  const isAddressed = read.rest === '' || /^\s*[^\s@]\S*\s+@[0-9a-f]{7,64}(?:\s|$)/i.test(text);
  return isAddressed ? read : readArguments(text, []);
};

const firstWord = (text: string): string => text.split(/\s/u, 1)[0] as string;

/**
 * A word that was probably meant as a scope and cannot be read as one: whoever names what they approve must not have it
 * taken for a remark (T11).
 */
const strayScope = (rest: string, activities: readonly string[]): string | undefined =>
  rest.split(/\s+/u).find((word, place) => {
    const digits = /^[^\w@]*@[0-9a-f]{4,}\W*$/i.test(word);
    const glued = word.includes('@') && activities.includes(word.slice(0, word.indexOf('@')));
    return digits || glued || (place === 0 && word.startsWith('@'));
  });
