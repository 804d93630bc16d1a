import type { Clock } from '../ports/clock.ts';
import type { Forge } from '../ports/forge.ts';
import type { Key, WorkQueue } from '../ports/work-queue.ts';
import { keyText } from '../reconcile/work-queue.ts';

/**
 * Asks for work that decides nothing: at once, or where the rest of the hour's quota is kept for decisions (T17) when
 * there is a new one, and then once, however often it was asked for meanwhile.
 */
export function createUpkeep(world: {
  readonly spareTime: Forge['spareTime'];
  readonly queue: Pick<WorkQueue, 'enqueue'>;
  readonly clock: Clock;
}): (key: Key) => void {
  const waiting = new Set<string>();
  const ask = (key: Key): void => {
    const wait = world.spareTime(key.repository);
    if (wait === 0) {
      world.queue.enqueue(key);
      return;
    }
    const text = keyText(key);
    if (waiting.has(text)) return;
    waiting.add(text);
    world.clock.after(wait, () => {
      waiting.delete(text);
      ask(key);
    });
  };
  return ask;
}
