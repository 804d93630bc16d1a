import type { RawAnswer } from '../command/command.ts';
import type { InputOf } from '../manifest/input.ts';
import { show } from '../written/check-shape.ts';
import { listed } from './expectation.ts';
import { namesIn } from './read-choice.ts';
import { given, type Reading, took, wrong } from './reading.ts';

/** One box; whether it had to be ticked is the decision's business (S-093). */
export const readCheckbox = (input: InputOf<'checkbox'>, raw: RawAnswer['value']): Reading =>
  typeof raw === 'boolean' ? took(raw) : wrong('not-a-checkbox', input, given(raw));

/** Boxes that were ticked one by one (`ready.backup`), or named as a list under the id of the field. */
export const readCheckboxes = (
  input: InputOf<'checkboxes'>,
  answers: readonly RawAnswer[],
  required: boolean,
): Reading => {
  const ticked = new Set<string>();
  for (const { name, value } of answers) {
    const item = name.slice(input.id.length + 1);
    if (item !== '' && typeof value !== 'boolean') return wrong('not-a-checkbox', input, given(value));
    if (item === '' && typeof value === 'boolean') return wrong('not-a-checkbox', input, given(value));
    if (value === true) ticked.add(item);
    if (item === '') for (const named of namesIn(value as Exclude<typeof value, boolean>)) ticked.add(named);
  }
  const known = input.items.map(({ id }) => id);
  const stranger = [...ticked].find((item) => !known.includes(item));
  if (stranger !== undefined) return wrong('not-an-option', input, show(stranger));
  return enough(input, known, ticked, required);
};

const enough = (
  input: InputOf<'checkboxes'>,
  known: readonly string[],
  ticked: ReadonlySet<string>,
  required: boolean,
): Reading => {
  const least = input.min ?? (required ? known.length : 0);
  const kept = known.filter((item) => ticked.has(item));
  if (kept.length >= least) return took(kept);
  const open = known.filter((item) => !ticked.has(item));
  return wrong('not-confirmed', input, `no tick at ${listed(open, 'and')}`, kept);
};
