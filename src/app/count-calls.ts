import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

type Count = { calls: number };

const counting = new AsyncLocalStorage<Count>();
let listening = false;

/**
 * Runs some work and counts the HTTP requests that it makes itself, whichever library makes them; those of work that
 * runs beside it are not among them. Git talks through processes of its own and is not counted.
 */
export async function countCalls<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T } & Readonly<Count>> {
  listen();
  const count: Count = { calls: 0 };
  const value = await counting.run(count, work);
  return { value, calls: count.calls };
}

/** Node announces every request of its `fetch` on this channel, in the context of whoever makes it. */
function listen(): void {
  if (listening) return;
  listening = true;
  subscribe('undici:request:create', () => {
    const count = counting.getStore();
    if (count !== undefined) count.calls += 1;
  });
}
