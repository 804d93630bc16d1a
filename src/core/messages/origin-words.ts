import { type Floor, floorWords, sourceWords } from '../configuration/floor.ts';
import type { Activity, Manifest } from '../manifest/manifest.ts';
import { markdown } from './escape.ts';
import { listed } from './people.ts';

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

/**
 * What a pull request asks for without writing it, activity by activity, and which floors each manifest is held to: lines
 * of Markdown.
 */
export const demandLines = (
  manifests: readonly { readonly plan: Manifest; readonly floors: readonly Floor[] }[],
): readonly string[] => manifests.flatMap(demandsOn);

const demandsOn = ({ plan, floors }: { readonly plan: Manifest; readonly floors: readonly Floor[] }) => {
  const held = floors.map((floor) => `${floorWords(floor)} (${sourceWords(floor.source)})`);
  const taken = plan.phases
    .flatMap(({ activities }) => activities)
    .flatMap((activity) => originLines(activity).map((line) => line.replace('- ', `- \`${activity.id}\`, `)));
  return [
    ...(held.length === 0 ? [] : ['', `${markdown(plan.release)} is held to ${markdown(listed(held))}.`]),
    ...(taken.length === 0 ? [] : ['', 'What it does not say itself:', '', ...taken]),
  ];
};
