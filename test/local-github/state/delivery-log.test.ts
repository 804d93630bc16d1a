import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  keptDeliveries,
  openDeliveryLog,
  readDeliveries,
} from '../../../src/local-github/state/delivery-log.ts';
import type { Delivery } from '../../../src/local-github/state/types.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const delivery = (id: number): Delivery => ({
  id,
  appId: 1,
  guid: `guid-${id}`,
  event: 'push',
  action: null,
  installationId: 1,
  repositoryId: 1,
  redelivery: false,
  deliveredAt: '2026-11-23T09:00:00Z',
  duration: 0,
  status: 'OK',
  statusCode: 200,
  url: 'http://127.0.0.1:1/',
  request: { headers: {}, body: '{}' },
  response: { headers: {}, body: '' },
});

async function logged(count: number): Promise<void> {
  const log = openDeliveryLog(data, () => undefined);
  for (let id = 1; id <= count; id += 1) log.append(delivery(id));
  await log.flush();
}

describe('the delivery log', () => {
  it('is read back in order, and is empty at first', async () => {
    expect(readDeliveries(data)).toEqual([]);
    await logged(3);
    expect(readDeliveries(data)).toEqual([delivery(1), delivery(2), delivery(3)]);
  });

  it('survives a line torn by a crash', async () => {
    await logged(1);
    appendFileSync(join(data, 'deliveries.jsonl'), '{"id":2,"gu');
    expect(readDeliveries(data).map((row) => row.id)).toEqual([1]);
    await logged(1);
    expect(readDeliveries(data)).toHaveLength(2);
  });

  it('drops the oldest, from the file too', async () => {
    await logged(keptDeliveries + 2);
    expect(readDeliveries(data)[0]?.id).toBe(3);
    expect(readFileSync(join(data, 'deliveries.jsonl'), 'utf8').trim().split('\n')).toHaveLength(
      keptDeliveries,
    );
  });
});
