import type { Difference } from '../release/event.ts';
import { markdown } from './escape.ts';
import { wordedDifferences } from './worded-differences.ts';

/** What changed, a line a place, both values shown (T11). Long lists are cut, and say so. */
export function differenceLines(differences: readonly Difference[], most = 20): readonly string[] {
  const all = wordedDifferences(differences);
  const shown = all.slice(0, most).map(({ path, before, after }) => {
    const place = markdown(placeOf(path));
    if (before === undefined) return `- ${place}: added ${value(after)}`;
    if (after === undefined) return `- ${place}: removed ${value(before)}`;
    return `- ${place}: ${value(before)} → ${value(after)}`;
  });
  const rest = all.length - shown.length;
  return rest > 0 ? [...shown, `- … and ${rest} more`] : shown;
}

/** A map, because any word may be asked for, `constructor` too. */
const steps = new Map([
  ['if', (id: string) => `condition of ${id}`],
  ['after', (id: string) => `what ${id} waits for`],
  ['failureOf', (id: string) => `whose failure starts ${id}`],
  ['on-failure', (id: string) => `what a failure of ${id} brings about`],
]);

/** What comes after an approval is told in words; everything else is found in the manifest by its path. */
function placeOf(path: string): string {
  if (path === 'if') return 'condition';
  if (path === 'granted') return 'who may vote after an escalation';
  const [root, id, what] = path.split('.');
  const words = root === 'course' ? steps.get(String(what)) : undefined;
  return words?.(String(id)) ?? path;
}

const LONGEST = 200;

const value = (text = ''): string => markdown(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
