import type { Node, Path } from './tree.ts';

/** The keys that a place of a file may hold, and those that the syntax has but this version does not. */
export type Place = { readonly keys: readonly string[]; readonly later: readonly string[] };

/** What a schema cannot say about a kind of file. Places are paths with `*` for an id; list indexes are left out. */
export type Grammar = {
  readonly places: { readonly [path: string]: Place };
  /** Whether the text at a path belongs to the syntax but not to this version. */
  readonly isLater: (path: Path, text: string) => boolean;
  /** Whether a key need not be reported missing, because another one already says why. */
  readonly mayMiss: (parent: Node | undefined, key: string) => boolean;
};

/** The place at a path: names under `phases`, `activities`, `inputs` and `roles` are ids. */
export const placeAt = (grammar: Grammar, path: Path): Place =>
  grammar.places[placeName(path)] ?? { keys: [], later: [] };

const keyedById = new Set<string | number>(['phases', 'activities', 'inputs', 'roles']);

export const placeName = (path: Path): string => {
  const names: (string | number)[] = [];
  for (const step of path) {
    if (typeof step === 'number') continue;
    const holder = names.at(-1);
    names.push(holder !== undefined && keyedById.has(holder) ? '*' : step);
  }
  return names.join('.');
};
