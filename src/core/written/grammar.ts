import type { Path } from './tree.ts';

/** The keys that a place of a file may hold, and those that the syntax has but this version does not. */
export type Place = { readonly keys: readonly string[]; readonly later: readonly string[] };

/** What a schema cannot say about a kind of file. Places are paths with `*` for an id; list indexes are left out. */
export type Grammar = {
  readonly places: { readonly [path: string]: Place };
  /** Places whose keys are ids, besides those that are everywhere. */
  readonly keyed?: readonly string[];
};

/** The place at a path: names under `phases`, `activities`, `inputs` and `roles` are ids. */
export const placeAt = (grammar: Grammar, path: Path): Place =>
  // Every strict object of a schema has its place.
  grammar.places[placeName(path, grammar.keyed ?? [])] as Place;

const keyedById = new Set<string | number | undefined>(['phases', 'activities', 'inputs', 'roles']);

const placeName = (path: Path, keyed: readonly string[]): string => {
  const names: string[] = [];
  for (const step of path) {
    const isId = keyedById.has(names.at(-1)) || keyed.includes(names.join('.'));
    if (typeof step === 'string') names.push(isId ? '*' : step);
  }
  return names.join('.');
};
