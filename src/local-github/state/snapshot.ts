import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyState, type State } from './state.ts';

const version = 1;
const fileName = 'state.json';

export const hasSnapshot = (data: string): boolean => existsSync(join(data, fileName));

/** Reads the tables back. Throws when the file is not a snapshot of this version. */
export function readSnapshot(data: string): State {
  const stored: unknown = JSON.parse(readFileSync(join(data, fileName), 'utf8'));
  const state = emptyState();
  if (!isSnapshot(stored)) throw new Error(`${join(data, fileName)} is not a snapshot of version ${version}`);
  for (const [name, rows] of Object.entries(stored.tables)) {
    const table = tablesOf(state)[name];
    for (const row of rows) table?.set(row.id, row);
  }
  Object.assign(state.counters, stored.counters);
  return state;
}

type Row = { readonly id: number | string };
type Snapshot = { version: number; counters: Record<string, number>; tables: Record<string, Row[]> };

const isSnapshot = (value: unknown): value is Snapshot =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  value.version === version &&
  'tables' in value;

/** The delivery log is kept in a file of its own. */
function tablesOf(state: State): Record<string, Map<number | string, Row>> {
  const { counters: _counters, deliveries: _deliveries, ...tables } = state;
  return tables as unknown as Record<string, Map<number | string, Row>>;
}

/** Writes a snapshot beside the old one and swaps them, so a crash leaves one whole file. */
export async function writeSnapshot(data: string, state: State): Promise<void> {
  const tables = Object.fromEntries(
    Object.entries(tablesOf(state)).map(([name, table]) => [name, [...table.values()]]),
  );
  const file = join(data, fileName);
  const handle = await open(`${file}.next`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify({ version, counters: state.counters, tables }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.next`, file);
}

export type Keeper = { readonly touched: () => void; readonly flush: () => Promise<void> };

/** Writes snapshots in the background, never more than a tenth of the time; `flush` writes what is pending. */
export function keepSnapshots(data: string, state: State, log: (line: string) => void): Keeper {
  let dirty = false;
  let timer: NodeJS.Timeout | null = null;
  let restUntil = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    timer = null;
    dirty = false;
    const started = performance.now();
    writing = writing
      .then(() => writeSnapshot(data, state))
      .then(() => {
        restUntil = performance.now() + 10 * (performance.now() - started);
      })
      .catch((error: unknown) => log(`snapshot failed: ${String(error)}`));
  };
  return {
    touched: () => {
      dirty = true;
      // After a quiet time at once: what git has for good should not be ahead of the tables for long.
      timer ??= setTimeout(write, Math.max(0, restUntil - performance.now()));
    },
    flush: async () => {
      if (timer !== null) clearTimeout(timer);
      if (dirty) write();
      await writing;
    },
  };
}
