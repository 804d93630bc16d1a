import type { CallEnding } from '../github/connection.ts';
import type { AppendResult, RecordStore } from '../ports/record-store.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import type { Memory } from '../reconcile/memory.ts';
import type { Run } from './log-ending.ts';
import { createMetrics } from './metrics.ts';
import type { SweepEnding } from './sweeper.ts';

/** What happened to a webhook: it made us look, it could matter to nothing, it was not from GitHub, or too large. */
export type WebhookResult = 'asked' | 'nothing' | 'refused' | 'too-large';

/** Everything that is counted. No label carries a name or a text of people (T19): who may scrape is another question. */
export type Instruments = ReturnType<typeof createInstruments>;

const secondsBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createInstruments() {
  const metrics = createMetrics();
  const runs = metrics.counter<{ kind: string; outcome: string }>(
    'countersign_reconciles_total',
    'Looks at a repository or a release, by how they ended.',
  );
  const seconds = metrics.histogram<{ kind: string }>(
    'countersign_reconcile_seconds',
    'Time that one look took, with everything that followed from it.',
    secondsBounds,
  );
  const calls = metrics.counter<{ api: string; kind: string; result: string }>(
    'countersign_api_calls_total',
    'Calls of the API of the host, without those for tokens.',
  );
  const appends = metrics.counter<{ result: string }>(
    'countersign_appends_total',
    'Attempts to append to the record of a release.',
    [{ result: 'appended' }, { result: 'moved' }, { result: 'fault' }, { result: 'failed' }],
  );
  const events = metrics.counter<{ kind: string }>(
    'countersign_events_recorded_total',
    'Events that were committed, by kind.',
  );
  const writes = metrics.counter<Record<never, string>>(
    'countersign_surface_writes_total',
    'Changes of issues, comments, reactions and checks.',
    [{}],
  );
  const webhooks = metrics.counter<{ result: WebhookResult }>(
    'countersign_webhooks_total',
    'Webhooks that arrived, by what became of them.',
    [{ result: 'asked' }, { result: 'nothing' }, { result: 'refused' }, { result: 'too-large' }],
  );
  const sweeps = metrics.counter<{ kind: SweepEnding['kind']; result: SweepEnding['result'] }>(
    'countersign_sweeps_total',
    'Rounds of the sweeper, by how they ended.',
  );
  const sweepCalls = metrics.counter<{ kind: SweepEnding['kind'] }>(
    'countersign_sweep_api_calls_total',
    'Calls of the API that rounds of the sweeper made themselves.',
  );
  const redeliveries = metrics.counter<Record<never, string>>(
    'countersign_redeliveries_total',
    'Failed deliveries that the host was asked to repeat.',
    [{}],
  );
  const dropped = metrics.counter<Record<never, string>>(
    'countersign_queue_dropped_total',
    'Requests that a full queue did not take; the next sweep makes up for them.',
    [{}],
  );
  return {
    text: metrics.text,
    ran: ({ key, ending, ms, pass }: Run) => {
      runs.add({ kind: key.kind, outcome: ending.kind });
      seconds.observe({ kind: key.kind }, ms / 1000);
      for (const kind of pass?.recorded ?? []) events.add({ kind });
      writes.add({}, pass?.writes ?? 0);
    },
    called: ({ api, kind, result }: CallEnding) => calls.add({ api, kind, result }),
    received: (result: WebhookResult) => webhooks.add({ result }),
    dropped: () => dropped.add({}),
    swept: ({ kind, result, calls: made, redeliveries: asked }: SweepEnding) => {
      sweeps.add({ kind, result });
      sweepCalls.add({ kind }, made);
      redeliveries.add({}, asked);
    },
    appended: (result: AppendResult['kind'] | 'failed') => appends.add({ result }),
    /** Gauges, read from what the process remembers. */
    watch: (queue: Pick<WorkQueue, 'load'>, memory: Memory) => {
      metrics.gauge('countersign_queue_keys', 'Keys of the work queue, by what they do.', () =>
        Object.entries(queue.load()).map(([state, value]) => ({ labels: { state }, value })),
      );
      metrics.gauge('countersign_repositories', 'Repositories that were looked at.', () => [
        { labels: {}, value: memory.heads.size },
      ]);
      metrics.gauge('countersign_open_releases', 'Releases that have not ended.', () => [
        { labels: {}, value: sum([...memory.open.values()].map(({ size }) => size)) },
      ]);
      metrics.gauge('countersign_waiting_activities', 'Activities that wait for people.', () => [
        { labels: {}, value: sum([...memory.waiting.values()]) },
      ]);
      metrics.gauge('process_resident_memory_bytes', 'Memory of this process.', () => [
        { labels: {}, value: process.memoryUsage.rss() },
      ]);
    },
  };
}

/** The same store, whose appends are counted. */
export function countAppends(store: RecordStore, instruments: Pick<Instruments, 'appended'>): RecordStore {
  return {
    read: store.read,
    append: async (place, append, at) => {
      try {
        const result = await store.append(place, append, at);
        instruments.appended(result.kind);
        return result;
      } catch (error) {
        instruments.appended('failed');
        throw error;
      }
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
