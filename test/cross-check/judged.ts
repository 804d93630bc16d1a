import { readFileSync } from 'node:fs';
import type { Comparison } from './compare.ts';

/** Cells of the table below a heading; the first two lines of a table are its head. */
const rowsBelow = (page: string, heading: string): readonly (readonly string[])[] => {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/cross-check.md has no heading "${heading}"`);
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
};

export type Judged = {
  /** Differences in the form that `toldStatuses` and `toldKeys` give them. */
  readonly statuses: readonly string[];
  readonly keys: readonly string[];
  /** Names of the tests of the contract that the emulator fails. */
  readonly contract: readonly string[];
  /** Rows without a reason. */
  readonly unexplained: readonly string[];
};

/** Reads the differences that people have judged. */
export const readJudged = (): Judged => {
  const page = readFileSync(new URL('../../docs/cross-check.md', import.meta.url), 'utf8');
  const statuses = rowsBelow(page, 'Statuses');
  const keys = rowsBelow(page, 'Keys and types');
  const contract = rowsBelow(page, 'The contract of the adapter');
  return {
    statuses: statuses.map(([request = '', local = '', emulate = '']) => `${request}: ${local}, ${emulate}`),
    keys: keys.flatMap(([where, list = '', local, emulate, right]) =>
      list.split(', ').map((key) => `${where}: ${key}: ${local}, ${emulate}: ${right}`),
    ),
    contract: contract.map(([name = '']) => name),
    unexplained: [...statuses, ...keys, ...contract]
      .filter((cells) => (cells.at(-1) ?? '') === '')
      .map((cells) => cells.join(' | ')),
  };
};

export const toldStatuses = ({ statuses }: Comparison): readonly string[] =>
  statuses.map(({ request, local, emulate }) => `${request}: ${local}, ${emulate}`);

export const toldKeys = ({ keys }: Comparison): readonly string[] =>
  keys.map(({ where, key, local, emulate, right }) => `${where}: ${key}: ${local}, ${emulate}: ${right}`);
