import type { RawAnswer } from '../command/command.ts';
import type { InputOf } from '../manifest/input.ts';
import { loginPattern } from '../written/leaves.ts';
import { isDay } from './day.ts';
import { given, type Reading, textOf, took, wrong } from './reading.ts';

/** The longest link; browsers and hosts take no longer ones either. */
const longestUrl = 2_000;

/** No names or passwords, no characters that look like others: what is shown is where the link leads (T18). */
const url = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?(?:[/?#][\x21-\x7e]*)?$/i;

/** A link, by default over https only; it is recorded and never followed (S-015, T10). */
export const readUrl = (input: InputOf<'url'>, raw: RawAnswer['value']): Reading => {
  const text = textOf(raw);
  const match = text.length > longestUrl || /[<>"\\^`{|}]/.test(text) ? null : url.exec(text);
  const [, scheme = '', host = ''] = match ?? [];
  if (scheme.toLowerCase() !== 'https' && !(input.http === true && scheme !== ''))
    return wrong('not-a-url', input, given(raw));
  const allowed = input.hosts ?? [host];
  return allowed.some((one) => isAt(host.toLowerCase(), one.toLowerCase()))
    ? took(text)
    : wrong('wrong-host', input, given(raw));
};

const isAt = (host: string, allowed: string): boolean =>
  allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;

/** A day that exists; days in this form are in the order of their letters. */
export const readDate = (input: InputOf<'date'>, raw: RawAnswer['value']): Reading => {
  const text = textOf(raw);
  if (!isDay(text)) return wrong('not-a-date', input, given(raw));
  if (input.min !== undefined && text < input.min) return wrong('too-early', input, text);
  if (input.max !== undefined && text > input.max) return wrong('too-late', input, text);
  return took(text);
};

/** A login is a note for people: nobody gets a right by it, so nobody is asked who bears it (T13). */
export const readUser = (input: InputOf<'user'>, raw: RawAnswer['value']): Reading => {
  const login = textOf(raw).replace(/^@/, '');
  return loginPattern.test(login) ? took(login) : wrong('not-a-login', input, given(raw));
};
