import type { Obstacle } from '../release/ballot.ts';

/** Why a name keeps anybody from knowing who may vote, and with that from deciding (design 3.1, T13). */
export function obstacleSentence(obstacle: Obstacle): string {
  const { principal } = obstacle;
  switch (obstacle.kind) {
    case 'missing':
      return `${principal} does not exist or may not be seen.`;
    case 'rebound':
      return `${principal} names somebody else than when it was first used.`;
    case 'taken':
      return `${principal} names somebody else than in release ${obstacle.release}, which used it first. Write another name, or have the custodians agree to a change of .github/countersign.yml: the name may mean somebody new under the next revision.`;
    case 'unknown':
      return `GitHub could not be asked who ${principal} is.`;
  }
}

/** The same of several names, each said once. */
export const obstacleWords = (obstacles: readonly Obstacle[]): string =>
  [...new Set(obstacles.map(obstacleSentence))].join(' ');
