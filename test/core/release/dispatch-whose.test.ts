import { describe, expect, it } from 'vitest';
import type { Elsewhere } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import { commit, recorded } from '../../support/release-world.ts';
import {
  allowed,
  approved,
  ended,
  holds,
  later,
  orders,
  planOf,
  run,
  runs,
  said,
  started,
} from './dispatching.ts';

const other = (more: Partial<Elsewhere>): Partial<Elsewhere>[] => [
  {
    ...{
      release: 'r2',
      openedAt: '2026-11-23T08:00:00Z',
      ended: false,
      supersedes: false,
      commit: commit('b'),
    },
    ...{ environments: [], openings: [] },
    ...more,
  },
];
const elsewhere = (more: Partial<Elsewhere>) => ({ elsewhere: other(more) as Elsewhere[] });
const order = { workflow: 'deploy.yml', commit: commit('b'), at: '2026-11-23T09:00:01Z' };
const answer = (now: ReturnType<typeof approved>) => latestAttempt(now.opened(), 'deploy')?.dispatch?.answer;

describe('T14: no release takes a run for its own that another one may have started', () => {
  it('while another order may have started it, nobody has it, and nothing is ordered again', () => {
    const now = approved().change({ ...elsewhere({ orders: [order] }), ...runs(run()) });
    expect([answer(now), holds(now)]).toEqual([
      undefined,
      'Another order of the same workflow on the same commit may have started run 7, and nobody can tell whose it is. If that stays so, change what the workflow is given, or abort the release.',
    ]);
    expect(orders(later(now, '2026-11-23T09:05:00Z'))).toHaveLength(1);
    // The other release was told that it is theirs, so ours was never sent.
    now.change(elsewhere({ runs: [7] }));
    expect([orders(now).length, holds(now)]).toEqual([2, undefined]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it.each([
    ['of another workflow', { ...order, workflow: 'other.yml' }],
    ['on another commit', { ...order, commit: commit('d') }],
    ['that came after it', { ...order, at: '2026-11-23T09:00:03Z' }],
  ])('an order %s did not start it', (_, one) => {
    const now = approved().change({ ...elsewhere({ orders: [one] }), ...runs(run()) });
    expect(answer(now)).toEqual({ kind: 'run', run: 7, url: 'https://host/runs/7' });
  });

  it('a run that began since the record was read may be that of an order nobody has read yet', () => {
    const now = later(approved(), '2026-11-23T09:00:30Z', runs(run({ createdAt: '2026-11-23T09:00:30Z' })));
    expect([answer(now), orders(now).length]).toEqual([undefined, 1]);
    expect(answer(later(now, '2026-11-23T09:00:31Z'))).toMatchObject({ run: 7 });
  });

  it('the others are told of an order until its run is known', () => {
    const now = approved();
    const { workflow, commit: on, at } = { ...order, at: orders(now)[0]?.at };
    expect(elsewhereOf(now.opened())?.orders).toEqual([{ workflow, commit: on, at }]);
    now.change(said({ kind: 'accepted' }));
    expect(elsewhereOf(now.opened())?.orders).toHaveLength(1);
    now.change(said(started));
    expect(elsewhereOf(now.opened())).not.toHaveProperty('orders');
  });
});

describe('T5: what was never started by the end of its opening is not started any more', () => {
  const brief = () => approved(allowed, planOf({ validFor: '1h' }));
  const after = '2026-11-23T10:00:05Z';

  it('it fails, once its run was looked for', () => {
    const now = later(brief(), after, runs());
    expect([orders(now).length, now.status('deploy')]).toEqual([1, 'failed']);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('not while it is on its way, nor while nobody can look or tell whose a run is', () => {
    for (const facts of [{}, runs(run()), { workflowRuns: { kind: 'unknown', why: 'closed' } as const }]) {
      const now = later(brief(), after, { ...elsewhere({ orders: [order] }), ...facts });
      expect([orders(now).length, now.status('deploy')]).toEqual([1, 'running']);
    }
    const late = brief();
    const again = later(late, '2026-11-23T09:59:00Z', runs());
    expect(orders(again)).toHaveLength(2);
    expect(later(again, after).status('deploy')).toBe('running');
  });

  it('a run that goes on is not bound by it', () => {
    const now = later(brief().change(said(started)), after, runs(run()));
    expect(now.status('deploy')).toBe('running');
    expect(now.change(runs(ended('success'))).status('deploy')).toBe('succeeded');
  });
});
