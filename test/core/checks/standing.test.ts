import { describe, expect, it } from 'vitest';
import type { CheckRun } from '../../../src/core/checks/check-run.ts';
import { standingOf } from '../../../src/core/checks/standing.ts';

const at = '2026-11-23T09:00:00Z';
const smoke = '.github/workflows/smoke.yml';
const run = (id: number, conclusion?: string, more: Partial<CheckRun> = {}): CheckRun => ({
  id,
  name: 'smoke',
  app: 'github-actions',
  workflow: { path: smoke, event: 'push', run: 1 },
  url: 'https://host/r',
  startedAt: at,
  ...(conclusion === undefined ? {} : { ended: { conclusion, at } }),
  ...more,
});
const bare = { name: 'smoke' };
const kind = (runs: readonly CheckRun[], demand: Parameters<typeof standingOf>[0] = bare, since?: string) =>
  standingOf(demand, runs, since).kind;

describe('T14: what counts as a demanded check', () => {
  it('its newest run, by the order in which they were made', () => {
    expect(kind([])).toBe('absent');
    expect(kind([run(1, 'failure'), run(2, 'success')])).toBe('passed');
    expect(kind([run(2, 'success'), run(3, 'failure'), run(1, 'success')])).toBe('failed');
    expect(kind([run(1, 'success'), run(2)])).toBe('open');
    expect(kind([run(1, 'success', { name: 'other' })])).toBe('absent');
  });

  it.each([
    ['success', 'passed'],
    ['failure', 'failed'],
    ['cancelled', 'failed'],
    ['timed_out', 'failed'],
    ['startup_failure', 'failed'],
    ['skipped', 'open'],
    ['neutral', 'open'],
    ['action_required', 'open'],
    ['stale', 'open'],
  ])('%s is %s', (conclusion, standing) => {
    expect(kind([run(1, conclusion)])).toBe(standing);
  });

  it('made by the workflow file that is named, and no other of that name', () => {
    const demand = { name: 'smoke', workflow: smoke };
    expect(kind([run(1, 'success')], demand)).toBe('passed');
    const forged = { workflow: { path: '.github/workflows/forged.yml', event: 'push', run: 2 } };
    expect(kind([run(1, 'failure'), run(2, 'success', forged)], demand)).toBe('failed');
    expect(kind([run(2, 'success', forged)], demand)).toBe('absent');
    expect(kind([run(2, 'success', { app: 'other' })], demand)).toBe('absent');
    const { workflow: _, ...untold } = run(2, 'success');
    expect(kind([untold], demand)).toBe('absent');
  });

  it.each(['pull_request', 'pull_request_target', 'pull_request_review', 'workflow_run', 'dynamic'])(
    'not for %s, whose file may be that of a branch of anybody’s making',
    (event) => {
      const other = { workflow: { path: smoke, event, run: 1 } };
      expect(kind([run(1, 'success', other)], { name: 'smoke', workflow: smoke })).toBe('absent');
      expect(kind([run(1, 'success', other)])).toBe('passed');
    },
  );

  it('made by the App that is named', () => {
    const demand = { name: 'smoke', app: 'scanner' };
    expect(kind([run(1, 'success')], demand)).toBe('absent');
    expect(kind([run(1, 'success', { app: 'scanner' })], demand)).toBe('passed');
  });

  it('a failure from before a retry is past, a success is not', () => {
    const later = '2026-11-23T10:00:00Z';
    expect(kind([run(1, 'failure')], bare, later)).toBe('absent');
    expect(kind([run(1, 'success')], bare, later)).toBe('passed');
    expect(kind([run(1, 'failure')], bare, at)).toBe('failed');
    const { startedAt: _, ...untold } = run(1, 'failure');
    expect(kind([untold], bare, later)).toBe('absent');
  });
});
