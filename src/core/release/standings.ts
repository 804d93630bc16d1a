import type { Conclusion, EnvironmentView, Facts, Stand } from './facts.ts';
import { environmentsIn, viewOf } from './stand.ts';
import type { OpenRelease } from './state.ts';

/** Where a release of the commit stands with an environment. */
export type Standing = Omit<EnvironmentView, 'name'> & { readonly release: string };

type Look = { readonly state: OpenRelease; readonly facts: Pick<Facts, 'elsewhere'> };

/** All releases of the commit that name an environment, in the order of their names; `environment` in lower case. */
export function standingsOn(look: Look, environment: string): readonly Standing[] {
  const { state } = look;
  // Whoever looks leaves out what has ended, its own release too: otherwise they would word the check in turns.
  const names = !state.ended && environmentsIn(state.revision.plan).includes(environment);
  const own = names ? [standing(state.release, viewOf(state, environment))] : [];
  return [...own, ...othersOn(look, environment)].toSorted((a, b) => (a.release < b.release ? -1 : 1));
}

/** The same without the release itself. */
export const othersOn = ({ state, facts }: Look, environment: string): readonly Standing[] =>
  facts.elsewhere
    .filter(({ commit, ended }) => commit === state.target.commit && !ended)
    .flatMap(({ release, environments }) =>
      environments.filter(({ name }) => name === environment).map((view) => standing(release, view)),
    );

const standing = (release: string, { name: _, ...view }: EnvironmentView): Standing => ({ release, ...view });

/** Only an opening that stands is a success; where all have ended, so has the environment for the commit (T5). */
export function conclusionOf(stands: readonly Standing[]): Conclusion {
  const has = (stand: Stand): boolean => stands.some((one) => one.stand === stand);
  if (has('rejected')) return 'failure';
  if (has('waits')) return 'action_required';
  return has('open') ? 'success' : 'cancelled';
}
