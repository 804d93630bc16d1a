import { expect, test } from 'vitest';
import { createInstruments } from '../../src/app/instruments.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { createMemory } from '../../src/reconcile/memory.ts';

test('a counter begins at 0 where its series are known, and adds up', () => {
  const metrics = createMetrics();
  const counter = metrics.counter<{ result: string }>('some_total', 'Some.', [{ result: 'done' }]);
  counter.add({ result: 'failed' });
  counter.add({ result: 'failed' }, 2);
  expect(metrics.text()).toBe(`# HELP some_total Some.
# TYPE some_total counter
some_total{result="done"} 0
some_total{result="failed"} 3
`);
});

test('a gauge is read when somebody asks', () => {
  const metrics = createMetrics();
  let open = 1;
  metrics.gauge('open_things', 'Open.', () => [{ labels: {}, value: open }]);
  open = 7;
  expect(metrics.text()).toContain('\nopen_things 7\n');
});

test('buckets of a histogram hold everything up to their bound', () => {
  const metrics = createMetrics();
  const seconds = metrics.histogram<{ kind: string }>('run_seconds', 'Time.', [0.1, 1]);
  for (const value of [0.1, 0.5, 30]) seconds.observe({ kind: 'release' }, value);
  expect(metrics.text().split('\n').slice(2, -1)).toEqual([
    'run_seconds_bucket{kind="release",le="0.1"} 1',
    'run_seconds_bucket{kind="release",le="1"} 2',
    'run_seconds_bucket{kind="release",le="+Inf"} 3',
    'run_seconds_sum{kind="release"} 30.6',
    'run_seconds_count{kind="release"} 3',
  ]);
});

test('quotes, backslashes and line ends cannot break a line', () => {
  const metrics = createMetrics();
  metrics.counter('some_total', 'One\ntwo \\.').add({ name: 'a "b"\\\nc' });
  expect(metrics.text()).toContain('# HELP some_total One\\ntwo \\\\.\n');
  expect(metrics.text()).toContain('some_total{name="a \\"b\\"\\\\\\nc"} 1');
});

test('every line of ours is well formed, and none names a repository, a release or a person', () => {
  const instruments = createInstruments();
  const memory = createMemory();
  memory.open.set('acme/payments', new Set(['r1', 'r2']));
  memory.waiting.set('acme/payments r1', 3);
  instruments.watch({ load: () => ({ ready: 1, running: 2, resting: 3 }) }, memory);
  instruments.ran({
    key: { kind: 'release', repository: 'acme/payments', release: 'r1' },
    ending: { kind: 'settled' },
    ms: 40,
    pass: {
      outcome: { kind: 'settled' },
      calls: 4,
      recorded: ['vote-cast', 'activity-approved'],
      decided: [{ activity: 'signoff', became: 'approved' }],
      writes: 3,
    },
  });
  instruments.called({ api: 'rest', kind: 'read', result: 'unavailable' });
  instruments.swept({ kind: 'redelivery', result: 'done', calls: 1, redeliveries: 2 });
  instruments.appended('appended');
  const lines = instruments.text().trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.]+)$/,
    );
  expect(lines).toEqual(
    expect.arrayContaining([
      'countersign_reconciles_total{kind="release",outcome="settled"} 1',
      'countersign_reconcile_seconds_bucket{kind="release",le="0.05"} 1',
      'countersign_api_calls_total{api="rest",kind="read",result="unavailable"} 1',
      'countersign_events_recorded_total{kind="vote-cast"} 1',
      'countersign_surface_writes_total 3',
      'countersign_appends_total{result="appended"} 1',
      'countersign_queue_keys{state="running"} 2',
      'countersign_open_releases 2',
      'countersign_waiting_activities 3',
      'countersign_redeliveries_total 2',
    ]),
  );
  expect(instruments.text()).not.toMatch(/acme|signoff|r1/);
});
