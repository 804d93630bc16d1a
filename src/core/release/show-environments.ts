import { environmentCheckWords } from '../messages/environment-words.ts';
import { checkWrites } from './show-checks.ts';
import type { Showing } from './showing.ts';
import { environmentsIn } from './stand.ts';
import { conclusionOf, othersOn, standingsOn } from './standings.ts';
import type { Write } from './surface.ts';

const prefix = 'countersign/environment/';

/** The check that CI gates on: the AND over every open release that names this environment and this commit (T4, T5). */
export const environmentCheckName = (environment: string): string => `${prefix}${environment}`;

export const isEnvironmentCheck = (name: string): boolean => name.startsWith(prefix);

/** The checks of all environments that releases of this commit name, and of those that none names any more. */
export function environmentCheckWrites(showing: Showing): readonly Write[] {
  const { state, facts } = showing;
  const shown = facts.checks
    .filter(({ name }) => isEnvironmentCheck(name))
    .map(({ name }) => name.slice(prefix.length));
  const own = environmentsIn(state.revision.plan);
  return [...new Set([...own, ...shown])].flatMap((environment) => {
    const stands = standingsOn(showing, environment);
    // Others keep it, and are woken for it. What this one saw of them may be past when it writes (T5).
    if (stands.length > 0 && stands.every(({ release }) => release !== state.release)) return [];
    const name = environmentCheckName(environment);
    // What has ended before anybody saw it needs no check.
    if (stands.every(({ stand }) => stand === 'done') && !shown.includes(environment)) return [];
    const words = environmentCheckWords(environment, stands);
    return checkWrites(showing, name, conclusionOf(stands), words, `environment/${environment}`);
  });
}

/**
 * The same checks on a commit that the release leaves for another. They are written before that is recorded: what is open
 * for the old commit is shut in time, whatever happens in between (T5).
 */
export function leavingWrites(showing: Showing): readonly Write[] {
  return showing.facts.checks
    .filter(({ name }) => isEnvironmentCheck(name))
    .flatMap(({ name }) => {
      const environment = name.slice(prefix.length);
      const stands = othersOn(showing, environment);
      const words = environmentCheckWords(environment, stands);
      return checkWrites(showing, name, conclusionOf(stands), words, `environment/${environment}`);
    });
}
