/** A part of a pattern, and how a path may pass it. `none or` stands before `folders` and lets them be left out. */
type Part =
  | { readonly kind: 'none or' | 'folders' | 'anything' | 'within a folder' | 'one' }
  | { readonly kind: 'itself'; readonly letter: string };

/**
 * Does the path fit the pattern? `*` stands for anything within one folder and `?` for one character there, `**` for
 * anything, `**` and a slash for any folders or none; everything else stands for itself.
 *
 * All ways to read the path are followed side by side, so the work is at most the pattern's length times the path's: a
 * regular expression could be made to run for hours by the configuration of a pull request (T10, T17).
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const parts = pattern.split(/(\*\*\/|\*\*|\*|\?)/).flatMap(partsOf);
  let places = reached(parts, [0]);
  for (const letter of path) {
    const next = [...places].flatMap((place) => after(parts[place], place, letter));
    places = reached(parts, next);
  }
  return places.has(parts.length);
}

function partsOf(words: string): readonly Part[] {
  switch (words) {
    case '**/':
      return [{ kind: 'none or' }, { kind: 'folders' }];
    case '**':
      return [{ kind: 'anything' }];
    case '*':
      return [{ kind: 'within a folder' }];
    case '?':
      return [{ kind: 'one' }];
    default:
      return [...words].map((letter) => ({ kind: 'itself', letter }));
  }
}

/** These places, and those behind parts that may be passed without a letter. */
function reached(parts: readonly Part[], from: readonly number[]): ReadonlySet<number> {
  const places = new Set(from);
  // A set hands out what is added while it is walked through.
  for (const place of places) {
    const kind = parts[place]?.kind;
    if (kind === 'none or') places.add(place + 1).add(place + 2);
    if (kind === 'anything' || kind === 'within a folder') places.add(place + 1);
  }
  return places;
}

/** Where a letter leads from a place; nowhere if it does not fit. */
function after(part: Part | undefined, place: number, letter: string): readonly number[] {
  switch (part?.kind) {
    case 'folders':
      return letter === '/' ? [place, place + 1] : [place];
    case 'anything':
      return [place];
    case 'within a folder':
      return letter === '/' ? [] : [place];
    case 'one':
      return letter === '/' ? [] : [place + 1];
    case 'itself':
      return part.letter === letter ? [place + 1] : [];
    default:
      return [];
  }
}
