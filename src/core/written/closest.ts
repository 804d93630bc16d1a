/**
 * The known name that a mistyped one most likely means: at most a third of its letters differ, two at most, upper
 * and lower case aside. Undefined where none is that close.
 */
export const closest = (name: string, known: readonly string[]): string | undefined => {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const bound = Math.min(2, Math.floor(candidate.length / 3));
    if (Math.abs(candidate.length - name.length) > bound) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= bound && (best === undefined || distance < best.distance))
      best = { name: candidate, distance };
  }
  return best?.name;
};

/** A question to append to a sentence, empty where nothing is close. */
export const didYouMean = (name: string, known: readonly string[]): string => {
  const candidate = closest(name, known);
  return candidate === undefined ? '' : ` Did you mean "${candidate}"?`;
};

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
export const editDistance = (from: string, to: string): number => {
  const width = to.length + 1;
  const table = new Uint16Array((from.length + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column] as number;
  for (let row = 0; row <= from.length; row++) {
    for (let column = 0; column <= to.length; column++) {
      table[row * width + column] = cheapest(from, to, row, column, at);
    }
  }
  return at(from.length, to.length);
};

const cheapest = (
  from: string,
  to: string,
  row: number,
  column: number,
  at: (row: number, column: number) => number,
): number => {
  if (row === 0 || column === 0) return row + column;
  const differs = from[row - 1] === to[column - 1] ? 0 : 1;
  const edited = Math.min(
    at(row - 1, column) + 1,
    at(row, column - 1) + 1,
    at(row - 1, column - 1) + differs,
  );
  const swapped =
    row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
  return swapped ? Math.min(edited, at(row - 2, column - 2) + 1) : edited;
};
