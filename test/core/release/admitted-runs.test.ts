import { describe, expect, it } from 'vitest';
import { renderRecord } from '../../../src/core/messages/record.ts';
import { admittedRuns } from '../../../src/core/release/admit.ts';
import type { Elsewhere } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, commit, manifest, person, recorded, releaseWorld } from '../../support/release-world.ts';
import { allowed, later, started } from './dispatching.ts';
import { admitted, elsewhere, guarded, job, open, ruled, ship, told, waiting } from './gates.ts';

describe('T5: how a run ends that was let in', () => {
  const ended = (conclusion: string, more = {}) => ({
    endedRuns: [{ run: 5, attempt: 1, conclusion, at: '2026-11-23T09:30:00Z', ...more }],
  });

  it.each([
    ['success', 'succeeded'],
    ['cancelled', 'failed'],
  ])('as %s', (conclusion, status) => {
    const begun = open().change(waiting(job()));
    expect(admittedRuns(begun.opened())).toMatchObject([{ run: 5, attempt: 1 }]);
    const now = begun.change(ended(conclusion));
    expect(now.kinds()).toContain('admitted-run-ended');
    expect(renderRecord(recorded(now))).toContain(
      `run 5, attempt 1, which ship had let in, ended as ${conclusion}`,
    );
    expect(now.status('ship')).toBe(status);
    expect(replay(recorded(now))).toEqual([]);
    now.change({});
    expect(now.kinds().filter((kind) => kind === 'admitted-run-ended')).toHaveLength(1);
  });

  it.each([
    ['another run', { run: 6 }],
    ['another try', { attempt: 2 }],
  ])('%s says nothing', (_, more) => {
    const now = open().change(waiting(job())).change(ended('failure', more));
    expect(now.status('ship')).toBe('running');
  });

  it('a deployment that was told decides first', () => {
    const deployment = {
      id: 3,
      environment: 'production',
      state: 'success',
      ended: '2026-11-23T09:29:00Z',
    } as const;
    const now = open().change(waiting(job()));
    now.change({ ...ended('failure'), deployments: { kind: 'known', value: [deployment] } });
    expect(now.status('ship')).toBe('succeeded');
  });

  it('the end of the opening does not end what was let in, and turns away what comes after it', () => {
    const now = open({ validFor: '1h' }).change(waiting(job()));
    later(now, '2026-11-23T10:30:00Z');
    expect([now.status('ship'), told(now)]).toEqual(['running', ['late']]);
    expect(now.change(ended('failure')).status('ship')).toBe('failed');
  });

  it('nobody lets in what may be late while the clocks differ (T20)', () => {
    const now = open({ validFor: '1h' }).change(waiting(job()));
    now.change({ timely: false });
    expect(told(now)).toEqual(['waits']);
    expect([now.decision().unsure, told(now.change({ timely: true }))]).toEqual([true, ['admitted']]);
    const endless = open().change(waiting(job()));
    expect(told(endless.change({ timely: false }))).toEqual(['admitted']);
  });

  it('what comes after the end of the opening finds it over', () => {
    const now = open({ validFor: '1h' });
    later(now, '2026-11-23T10:30:00Z', waiting(job()));
    expect([now.status('ship'), admitted(now)]).toEqual(['failed', undefined]);
  });

  it('an owner has it tried again, and the next opening lets in the next try', () => {
    const now = releaseWorld({
      plan: manifest([activity('signoff'), ship()], { owner: { kind: 'user', name: 'mona' } }),
      resolutions: { 'user:mona': { kind: 'user', ...person('mona') } },
    })
      .change(ruled)
      .says('grace', '/approve', {}, 'signoff')
      .change(waiting(job()));
    now.change({ ...waiting(job({ attempt: 2 })), ...ended('failure', { at: '2026-11-23T09:00:05Z' }) });
    expect([now.status('ship'), told(now)]).toEqual(['failed', ['waits']]);
    later(now, '2026-11-23T09:31:00Z').says('mona', '/retry ship', {}, '');
    expect([admitted(now)?.attempt, told(now)]).toEqual([2, ['admitted']]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('nobody asks for the end of it once the release has ended', () => {
    const now = open()
      .change(waiting(job()))
      .change({ manifest: { kind: 'absent' } });
    now.change(ended('success'));
    expect(now.kinds()).not.toContain('admitted-run-ended');
    expect([admittedRuns(now.opened()), told(now)]).toEqual([[], ['over']]);
    // Another release of the commit is about to be opened.
    expect(told(now.change({ expected: true }))).toEqual(['waits']);
  });
});

describe('T5: of two runs that were let in at one time the earlier one goes in', () => {
  const beside = (used: object, more: Partial<Elsewhere> = {}) => {
    const now = open().change(waiting(job()));
    const at = admitted(now)?.at as string;
    return told(
      now.change(
        elsewhere({
          environments: [{ name: 'production', stand: 'open', used: { run: 6, attempt: 1, at, ...used } }],
          ...more,
        }),
      ),
    );
  };

  it.each([
    ['before ours', { at: '2026-11-23T08:30:00Z' }, {}, 'waits'],
    ['after ours', { at: '2026-11-23T10:30:00Z' }, {}, 'admitted'],
    ['in the same second, by a release whose name comes later', {}, {}, 'admitted'],
    ['in the same second, by a release whose name comes first', {}, { release: 'r0' }, 'waits'],
    ['before ours, the same', { run: 5, at: '2026-11-23T08:30:00Z' }, {}, 'admitted'],
    ['for another commit', { at: '2026-11-23T08:30:00Z' }, { commit: commit('d') }, 'admitted'],
  ])('another one was let in %s', (_, used, more, word) => {
    expect(beside(used, more)).toEqual([word]);
  });

  it('what a release has started goes in all the same (T14)', () => {
    const now = open({ workflow: 'ship.yml' }).change(allowed);
    now.change({ answers: [{ activity: 'ship', attempt: 1, answer: started }] });
    now.change(waiting(job({ run: 7, event: 'workflow_dispatch' })));
    const used = { run: 6, attempt: 1, at: '2026-11-23T08:30:00Z' };
    now.change(elsewhere({ environments: [{ name: 'production', stand: 'open', used }] }));
    expect(told(now)).toEqual(['admitted']);
  });
});

describe('T5: what never was in fails nothing', () => {
  const deployed = (state: 'success' | 'failure') =>
    ({
      deployments: {
        kind: 'known',
        value: [{ id: 3, environment: 'production', state, ended: '2026-11-23T09:29:00Z' }],
      },
    }) as const;

  it.each([
    ['failure', 'running'],
    ['success', 'succeeded'],
  ] as const)('a deployment that ended as %s where the host asks us', (state, status) => {
    expect(guarded().change(deployed(state)).status('ship')).toBe(status);
    expect(open().change(waiting(job())).change(deployed(state)).status('ship')).toBe(status);
  });

  it('it does once the run that was in has ended without a deployment that succeeded', () => {
    const now = open().change(waiting(job()));
    const at = '2026-11-23T09:30:00Z';
    now.change({ ...deployed('failure'), endedRuns: [{ run: 5, attempt: 1, conclusion: 'success', at }] });
    expect(now.status('ship')).toBe('failed');
    expect(now.events.at(-1)).toMatchObject({ body: { why: 'deployment-failed' } });
  });

  it('it does where nobody asks us', () => {
    const now = guarded({ kind: 'known', value: ['rule'] }).change(deployed('failure'));
    expect(now.status('ship')).toBe('failed');
  });
});
