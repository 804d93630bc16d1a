import type { Difference } from '../release/event.ts';
import { markdown } from './escape.ts';
import { wordedDifferences } from './worded-differences.ts';

/** What changed, a line a place, both values shown (T11). Long lists are cut, and say so. */
export function differenceLines(differences: readonly Difference[], most = 20): readonly string[] {
  const all = wordedDifferences(differences);
  const shown = all.slice(0, most).map(({ path, before, after }) => {
    if (before === undefined) return `- ${markdown(path)}: added ${value(after)}`;
    if (after === undefined) return `- ${markdown(path)}: removed ${value(before)}`;
    return `- ${markdown(path)}: ${value(before)} → ${value(after)}`;
  });
  const rest = all.length - shown.length;
  return rest > 0 ? [...shown, `- … and ${rest} more`] : shown;
}

const LONGEST = 200;

const value = (text = ''): string => markdown(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
