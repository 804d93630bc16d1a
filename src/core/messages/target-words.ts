import type { Target } from '../manifest/manifest.ts';
import type { ResolvedTarget } from '../release/event.ts';
import { markdown } from './escape.ts';

/** What is released, in Markdown: the commit, what it was written as, and what was built from it. */
export function targetWords({ commit, ref }: ResolvedTarget, { artifacts = [] }: Target): string {
  const written = ref === undefined ? '' : ` (${markdown(ref)})`;
  const built = artifacts.map(({ name, digest }) => `, ${markdown(name)} \`${digest}\``).join('');
  return `\`${commit}\`${written}${built}`;
}
