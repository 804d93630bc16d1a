import type { Key } from '../ports/work-queue.ts';
import { outcomeOf } from './outcome.ts';
import { reconcileRelease } from './reconcile-release.ts';
import { reconcileRepository } from './reconcile-repository.ts';
import { nothingDone, type Reconciled, type World } from './world.ts';

export type { Reconciled, World } from './world.ts';

/**
 * The loop's body. A key is only a name: every pass reads the truth again, so a lost, doubled or forged webhook changes
 * nothing but the delay (design 6, T6). Failures of the host become outcomes; anything thrown is a bug.
 */
export const createReconciler =
  (world: World) =>
  async (key: Key): Promise<Reconciled> => {
    try {
      return key.kind === 'release'
        ? await reconcileRelease(world, key.repository, key.release)
        : await reconcileRepository(world, key.repository);
    } catch (error) {
      return nothingDone(outcomeOf(error));
    }
  };
