import type { Activity } from '../manifest/manifest.ts';
import { markdown } from './escape.ts';

/** What each source adds to an activity, in the order in which they first appear. */
export const partsBySource = ({
  origins = [],
}: Pick<Activity, 'origins'>): ReadonlyMap<string, readonly string[]> => {
  const parts = new Map<string, readonly string[]>();
  for (const { from, part } of origins) parts.set(from, [...(parts.get(from) ?? []), part]);
  return parts;
};

/** Where the parts of an activity come from that its manifest does not say, each source once, for example a floor. */
export const originLines = (activity: Activity): readonly string[] =>
  [...partsBySource(activity)].map(
    ([from, all]) => `- ${all.map((part) => `\`${part}\``).join(', ')}: ${markdown(from)}`,
  );
