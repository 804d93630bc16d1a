import type { DeliveryLog, DeliveryRow } from '../github/deliveries.ts';
import { ForgeError } from '../ports/forge.ts';

/** The host keeps deliveries for three days, and so far back it is worth to ask. */
const keptMs = 3 * 86_400_000;
/** A delivery may enter the log a little after the time that it bears. */
const overlapMs = 10 * 60_000;
/** What cannot be delivered by then never will be; the survey at the start makes up for it. */
const mostTries = 3;
/** Redeliveries in one round; the next round goes on. */
const mostAtOnce = 100;

/** What one round did. `cut`: the log went on further back than anybody should read. */
export type Redelivered = { readonly asked: number; readonly givenUp: number; readonly cut: boolean };

type Failure = { readonly row: DeliveryRow; readonly tries: number; readonly triedRow?: number };

/**
 * Asks the host to deliver again what did not arrive. It never repeats a delivery of its own, and a webhook is only a hint
 * (T6), so whatever is delivered once too often changes nothing. All times are the host's.
 */
export function createRedelivery(log: {
  read(since: (at: string) => string): Promise<DeliveryLog>;
  redeliver(id: number): Promise<void>;
}): () => Promise<Redelivered> {
  /** Failed deliveries that nobody has seen arrive, by guid. */
  let failures = new Map<string, Failure>();
  let readUpTo: number | undefined;
  return async () => {
    const { at, rows, cut } = await log.read((now) => sinceOf(now, readUpTo));
    const now = Date.parse(at);
    failures = follow(failures, rows, now - keptMs);
    readUpTo = now;
    const due = [...failures].filter(
      ([, { row, tries, triedRow }]) => tries < mostTries && triedRow !== row.id,
    );
    let asked = 0;
    for (const [guid, { row, tries }] of due.slice(0, mostAtOnce)) {
      if (await accepted(() => log.redeliver(row.id))) asked += 1;
      // Counted also where the host refuses for good, but not where it is away: then the next round asks.
      failures.set(guid, { row, tries: tries + 1, triedRow: row.id });
    }
    const givenUp = [...failures.values()].filter(({ row, tries, triedRow }) => {
      return tries >= mostTries && triedRow !== row.id;
    }).length;
    return { asked, givenUp, cut };
  };
}

function sinceOf(now: string, readUpTo: number | undefined): string {
  const oldest = Date.parse(now) - keptMs;
  return new Date(readUpTo === undefined ? oldest : Math.max(oldest, readUpTo - overlapMs)).toISOString();
}

/** What is still missing after these rows: the newest attempt of each guid tells. */
function follow(
  known: ReadonlyMap<string, Failure>,
  rows: readonly DeliveryRow[],
  oldest: number,
): Map<string, Failure> {
  const attempts = new Map<string, readonly DeliveryRow[]>();
  for (const row of rows) attempts.set(row.guid, [...(attempts.get(row.guid) ?? []), row]);
  const now = new Map([...known].filter(([, { row }]) => Date.parse(row.deliveredAt) >= oldest));
  for (const [guid, tried] of attempts) {
    const newest = tried.reduce((a, b) => (b.id > a.id ? b : a));
    const before = now.get(guid);
    // The first attempt is the host's own; after a restart the log tells how often we tried.
    const tries = Math.max(before?.tries ?? 0, tried.length - 1);
    if (tried.some(({ arrived }) => arrived)) now.delete(guid);
    else now.set(guid, { ...before, row: newest, tries });
  }
  return now;
}

/** A delivery that the host does not know any more is past; a host that is away ends the round. */
async function accepted(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof ForgeError && (error.code === 'not-found' || error.code === 'invalid')) return false;
    throw error;
  }
}
