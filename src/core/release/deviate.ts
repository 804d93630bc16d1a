import type { Instant, Sha } from '../values.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import type { OpenRelease } from './state.ts';

/** What the release does not explain: foreign commits on its record (T8), and a tag that means another commit now (T2). */
export function dueDeviations(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  return [...foreignCommits(state, facts, at), ...movedTag(state, facts, at)];
}

/** Foreign commits that touch this release's folder; each is recorded once, in every release it touches (T17). */
export function foreignTo(
  release: string,
  facts: Pick<Facts, 'foreign'>,
): readonly { readonly commit: Sha; readonly paths: readonly string[] }[] {
  const folder = `releases/${release}/`;
  return facts.foreign.flatMap(({ commit, paths }) => {
    const ours = paths.filter((path) => path.startsWith(folder));
    return ours.length > 0 ? [{ commit, paths: ours }] : [];
  });
}

function foreignCommits(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  const known = new Set(
    state.deviations.flatMap((one) => (one.what === 'foreign-commit' ? [one.commit] : [])),
  );
  return foreignTo(state.release, facts)
    .filter(({ commit }) => !known.has(commit))
    .map(({ commit, paths }) => ({
      at,
      kind: 'deviation-recorded',
      body: { what: 'foreign-commit', commit, paths: paths.slice(0, 100) },
    }));
}

/** Branches move all the time; a tag is meant to stay. The release keeps its commit in any case (design 2). */
function movedTag(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  const { target } = state;
  if (state.ended || target.ref === undefined || !facts.target?.tag || facts.target.commit === target.commit)
    return [];
  const to = facts.target.commit;
  const last = state.deviations.filter((one) => one.what === 'target-moved').at(-1);
  if (last?.to === to) return [];
  return [
    {
      at,
      kind: 'deviation-recorded',
      body: { what: 'target-moved', ref: target.ref, from: target.commit, to },
    },
  ];
}
