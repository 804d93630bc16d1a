import { activitiesOf } from '../manifest/manifest.ts';
import type { Facts } from './facts.ts';
import { isOpener } from './opening.ts';
import { environmentsIn } from './stand.ts';
import { latestAttempt, type OpenRelease, standingOpening } from './state.ts';

/**
 * A newer release that takes the place of this one, which only waits for an environment that both name (G-16). What has
 * opened it goes on: a deployment may be on its way.
 */
export function successorOf(state: OpenRelease, { elsewhere }: Facts): string | undefined {
  const ours = new Set(environmentsIn(state.revision.plan));
  if (hasOpened(state)) return undefined;
  return elsewhere.find(
    (one) =>
      one.supersedes &&
      one.environments.some(({ name }) => ours.has(name)) &&
      isNewer(one.openedAt, one.release, state),
  )?.release;
}

/** Names break the tie within a second, the same way whoever asks. */
const isNewer = (openedAt: string, release: string, state: OpenRelease): boolean =>
  Date.parse(openedAt) === Date.parse(state.openedAt)
    ? release > state.release
    : Date.parse(openedAt) > Date.parse(state.openedAt);

const hasOpened = (state: OpenRelease): boolean =>
  activitiesOf(state.revision.plan)
    .filter(isOpener)
    .some(({ id }) => {
      const attempt = latestAttempt(state, id);
      return attempt !== undefined && standingOpening(attempt) !== undefined;
    });
