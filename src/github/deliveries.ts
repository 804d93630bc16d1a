import type { Instant } from '../core/values.ts';
import type { Connection } from './connection.ts';

/** One attempt to deliver a webhook, as the host's log has it. */
export type DeliveryRow = {
  readonly id: number;
  /** The same for every attempt at one event. */
  readonly guid: string;
  readonly deliveredAt: Instant;
  readonly arrived: boolean;
};

/** What the host's log of deliveries says. `at` is the host's time when it was opened. */
export type DeliveryLog = {
  readonly at: Instant;
  /** The newest first; attempts that still run are left out. */
  readonly rows: readonly DeliveryRow[];
  /** Whether the log went on further back than was read. */
  readonly cut: boolean;
};

type WireDelivery = {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status: string;
  readonly status_code: number;
};

const pageSize = 100;
/** 5,000 deliveries: what failed before them was repaired by the survey at the start. */
const mostPages = 50;

/** Reads the App's log of deliveries back to a moment, as the App itself; one call for every hundred. */
export const readDeliveries = async (
  connection: Connection,
  since: (at: Instant) => Instant,
): Promise<DeliveryLog> => {
  const rows: DeliveryRow[] = [];
  let cursor: string | undefined;
  let opened: Instant | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const reply = await connection.asApp.rest<readonly WireDelivery[]>(
      'GET /app/hook/deliveries',
      { per_page: pageSize, ...(cursor === undefined ? {} : { cursor }) },
      'read',
    );
    opened ??= reply.at;
    const oldest = Date.parse(since(opened));
    const wanted = reply.data.filter(({ delivered_at: at }) => Date.parse(at) >= oldest);
    rows.push(...wanted.filter(hasEnded).map(rowOf));
    cursor = cursorIn(reply.next);
    if (cursor === undefined || wanted.length < reply.data.length) return { at: opened, rows, cut: false };
  }
  return { at: opened ?? '', rows, cut: true };
};

/** Asks the host to deliver once more. It answers at once and delivers later, under the same guid. */
export const redeliver = async (connection: Connection, id: number): Promise<void> => {
  await connection.asApp.rest(
    'POST /app/hook/deliveries/{delivery_id}/attempts',
    { delivery_id: id },
    'write',
  );
};

const hasEnded = ({ status }: WireDelivery): boolean => status !== 'pending';

const rowOf = (row: WireDelivery): DeliveryRow => ({
  id: row.id,
  guid: row.guid,
  deliveredAt: row.delivered_at,
  arrived: row.status_code >= 200 && row.status_code < 300,
});

const cursorIn = (next: string | undefined): string | undefined =>
  next !== undefined && URL.canParse(next)
    ? (new URL(next).searchParams.get('cursor') ?? undefined)
    : undefined;
