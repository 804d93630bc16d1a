import type { Obstacle } from '../release/ballot.ts';

/** Why a name keeps anybody from knowing who may vote, and with that from deciding (design 3.1, T13). */
export function obstacleSentence({ kind, principal }: Obstacle): string {
  switch (kind) {
    case 'missing':
      return `${principal} does not exist or may not be seen.`;
    case 'rebound':
      return `${principal} names somebody else than when it was first used.`;
    case 'unknown':
      return `GitHub could not be asked who ${principal} is.`;
  }
}
