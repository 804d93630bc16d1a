import { describe, expect, it } from 'vitest';
import type { HappeningOf } from '../../../src/core/release/event.ts';
import type { Elsewhere } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import { activity, commit, manifest, recorded } from '../../support/release-world.ts';

import {
  allowed,
  approved,
  deploy,
  ended,
  holds,
  later,
  orders,
  page,
  run,
  runs,
  said,
  world,
} from './dispatching.ts';

describe('never two runs for one attempt', () => {
  it('an order without an answer is looked for, then ordered again', () => {
    const now = approved();
    expect(now.decision().lookAgainAt).toBe('2026-11-23T09:02:02.000Z');
    later(now, '2026-11-23T09:02:01Z', runs());
    expect(orders(now)).toHaveLength(1);
    // While nobody could look, nothing is sent.
    later(now, '2026-11-23T09:03:00Z', { workflowRuns: { kind: 'unknown', why: 'the App may not read' } });
    expect([orders(now).length, holds(now)]).toEqual([
      1,
      'What became of the workflow is not known: the App may not read.',
    ]);
    later(now, '2026-11-23T09:03:30Z', runs());
    expect(orders(now)).toHaveLength(2);
    expect(orders(later(now, '2026-11-23T09:04:00Z', runs()))).toHaveLength(2);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('of two orders, the one that is lost first is looked at first', () => {
    const two = manifest([activity('signoff'), deploy(), deploy({ id: 'also', environment: 'staging' })]);
    const now = world(allowed, two).says('grace', '/approve', {}, 'signoff');
    expect(orders(now)).toHaveLength(2);
    later(now, '2026-11-23T09:01:00Z', said({ kind: 'accepted' }));
    expect(now.decision().lookAgainAt).toBe('2026-11-23T09:02:02.000Z');
    later(now, '2026-11-23T09:03:00Z', {
      answers: [],
      ...runs(run({ id: 8, path: '.github/workflows/x.yml' })),
    });
    expect(now.decision().lookAgainAt).toBe('2026-11-23T09:05:00.000Z');
  });

  it('nor where nobody looked at all', () => {
    const now = later(approved(), '2026-11-23T09:05:00Z');
    expect([orders(now).length, holds(now)]).toEqual([
      1,
      'What became of the workflow is not known: nobody has asked yet.',
    ]);
  });

  it('the run that is there is taken: of the order, after it, and nobody else’s', () => {
    const elsewhere: Elsewhere = {
      ...{
        release: 'r2',
        openedAt: '2026-11-23T08:00:00Z',
        ended: true,
        supersedes: false,
        commit: commit('b'),
      },
      ...{ environments: [], openings: [], runs: [12] },
    };
    const now = approved();
    now.change({
      elsewhere: [elsewhere, { ...elsewhere, release: 'r3', runs: [] }],
      ...runs(
        run({ id: 12 }),
        run({ id: 11, commit: commit('d') }),
        run({ id: 10, url: 'https://host/runs/10' }),
        run({ id: 9, path: '.github/workflows/other.yml' }),
        run({ id: 8, createdAt: '2026-11-23T08:59:59Z' }),
      ),
    });
    expect(latestAttempt(now.opened(), 'deploy')?.dispatch?.answer).toEqual({
      ...{ kind: 'run', run: 10, url: 'https://host/runs/10' },
    });
    expect(now.decision().lookAgainAt).toBeUndefined();
    expect(orders(later(now, '2026-11-23T09:30:00Z'))).toHaveLength(1);
  });

  it('an accepted order is never sent again: its run shows, or it fails', () => {
    const accepted = () =>
      approved()
        .change(said({ kind: 'accepted' }))
        .change({ ...runs() });
    const now = accepted();
    expect(page(now)).toContain('its run does not show yet');
    expect(now.kinds().filter((kind) => kind === 'workflow-answered')).toHaveLength(1);
    expect(now.decision().lookAgainAt).toBe('2026-11-23T09:10:02.000Z');
    now.change({ answers: [], ...runs(ended('success')) });
    expect(now.status('deploy')).toBe('succeeded');
    const lost = later(accepted(), '2026-11-23T09:10:02Z', { answers: [] });
    expect(lost.status('deploy')).toBe('failed');
    expect(page(lost)).toContain('no run of its workflow ever showed');
    expect(orders(lost)).toHaveLength(1);
  });
});

describe('verify derives every order again (T2)', () => {
  const forged = (more: Partial<HappeningOf<'workflow-ordered'>['body']>) => {
    const events = recorded(approved());
    return replay(
      events.map((event) =>
        event.kind === 'workflow-ordered' ? { ...event, body: { ...event.body, ...more } } : event,
      ),
    ).map(({ why }) => why);
  };

  it.each([
    { commit: commit('d') },
    { inputs: { version: '6.6.6' } },
    { workflow: 'other.yml' },
    { attempt: 2 },
  ])('%j was not to be started', (more) => {
    expect(forged(more)).toEqual(['deploy was not to start a workflow then']);
  });

  it('nor is anything while the record says that the target moved', () => {
    const events = recorded(approved());
    const index = events.findIndex(({ kind }) => kind === 'workflow-ordered');
    const [first] = events;
    const body = { what: 'target-moved', ref: 'v1', from: commit('b'), to: commit('d') } as const;
    const moved = { ...(first as (typeof events)[number]), kind: 'deviation-recorded', body } as const;
    const told = replay([...events.slice(0, index), moved, ...events.slice(index)]).map(({ why }) => why);
    expect(told).toEqual(['deploy was not to start a workflow then']);
  });

  it('nor is anything that was approved otherwise', () => {
    const events = recorded(approved());
    const index = events.findIndex(({ kind }) => kind === 'workflow-ordered');
    const early = [...events.slice(0, index - 1), ...events.slice(index)];
    expect(replay(early).map(({ why }) => why)).toContain('deploy was not to start a workflow then');
  });
});
