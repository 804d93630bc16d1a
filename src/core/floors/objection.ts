import { demandSource, type Floor, floorWords, sourceWords } from '../configuration/floor.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Path } from '../written/tree.ts';

/** A demand of a floor that a manifest does not meet, with the place in the manifest to point at. */
export type Objection = { readonly at: Path; readonly message: string };

/** One line of an objection: what is wrong, which floor says so, and what to write. */
export const objection = (
  floor: Floor,
  demand: string,
  at: Path,
  { wrong, write }: { readonly wrong: string; readonly write: string },
): Objection => ({
  at,
  message: `${wrong} ${capital(floorWords(floor))} demands it (${sourceWords(demandSource(floor, demand))}). ${write}`,
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The place of an activity, or of a key of it, in a manifest. */
export const placeOf = ({ phase, id }: Pick<Activity, 'phase' | 'id'>, ...keys: Path): Path => [
  'phases',
  phase,
  'activities',
  id,
  ...keys,
];
