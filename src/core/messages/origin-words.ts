import type { Activity } from '../manifest/manifest.ts';
import { markdown } from './escape.ts';

/** Where the parts of an activity come from that its manifest does not say, each source once, for example a floor. */
export const originLines = ({ origins = [] }: Activity): readonly string[] => {
  const parts = new Map<string, readonly string[]>();
  for (const { from, part } of origins) parts.set(from, [...(parts.get(from) ?? []), part]);
  return [...parts].map(
    ([from, all]) => `- ${all.map((part) => `\`${part}\``).join(', ')}: ${markdown(from)}`,
  );
};
