import { isMet, type Row, summaryOf } from './figure.ts';

const head = ['figure', 'unit', 'min', 'median', 'p95', 'target', 'met'];

/** The rows as a Markdown table, which terminals can read, too. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const { least, median, p95 } = summaryOf(row.samples);
  const { target } = row;
  const asked = target === undefined ? '' : `${target.of} ≤ ${numberWords(target.most)}`;
  const met = isMet(row);
  return [
    row.figure,
    row.unit,
    ...(row.samples.length === 1 ? ['', numberWords(median), ''] : [least, median, p95].map(numberWords)),
    asked,
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function numberWords(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
