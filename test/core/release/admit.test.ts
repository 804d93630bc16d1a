import { describe, expect, it } from 'vitest';
import { workflowsFollowed } from '../../../src/core/release/dispatch.ts';
import type { HappeningOf } from '../../../src/core/release/event.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { activity, commit, manifest, recorded, releaseWorld } from '../../support/release-world.ts';
import { allowed, later, page, run, runs, said, started } from './dispatching.ts';
import { admitted, elsewhere, guarded, job, open, ruled, ship, told, waiting } from './gates.ts';

describe('T5: an opening lets in one try of one run', () => {
  it('the oldest that waits, recorded with all that an auditor needs', () => {
    const now = open().change(
      waiting(
        job({ run: 6, createdAt: '2026-11-23T08:00:01Z' }),
        job({ environment: 'PRODUCTION' }),
        job({ run: 7 }),
      ),
    );
    expect(now.events.at(-1)).toMatchObject({
      kind: 'run-admitted',
      body: {
        ...{ activity: 'ship', attempt: 1, environment: 'Production' },
        run: {
          run: 5,
          attempt: 1,
          path: '.github/workflows/ship.yml',
          event: 'push',
          url: 'https://host/runs/5',
        },
      },
    });
    expect(told(now)).toEqual(['waits', 'admitted', 'waits']);
    expect(page(now)).toContain('It let in run 5, attempt 1 of .github/workflows/ship.yml at');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('and nothing else afterwards, not even another try of the same run', () => {
    const now = open().change(waiting(job()));
    now.change(waiting(job({ attempt: 2 })));
    expect([now.kinds().filter((kind) => kind === 'run-admitted').length, told(now)]).toEqual([1, ['waits']]);
  });

  it('of two tries the earlier one', () => {
    const now = open().change(waiting(job({ attempt: 2 }), job()));
    expect(admitted(now)?.attempt).toBe(1);
  });

  it.each(['pull_request', 'pull_request_target', 'workflow_run'])(
    'nothing that %s starts: it runs something else (T14)',
    (event) => {
      const now = open().change(waiting(job({ event })));
      expect([admitted(now), told(now)]).toEqual([undefined, ['event']]);
    },
  );

  it('two openings of one environment let in one run at a time', () => {
    const now = open({}, { id: 'again' }).change(waiting(job(), job({ run: 6 })));
    expect([admitted(now), admitted(now, 'again')]).toMatchObject([{ run: 5 }, undefined]);
    expect(told(now)).toEqual(['admitted', 'waits']);
  });

  it.each([
    [
      'before anybody approved',
      () => releaseWorld({ plan: manifest([activity('signoff'), ship()]) }).change(ruled),
    ],
    ['while the clocks differ', () => open().change({ timely: false })],
    [
      'while another release of the commit has not opened it',
      () => open().change(elsewhere({ environments: [{ name: 'production', stand: 'waits' }] })),
    ],
    [
      'while another release of the commit is rejected',
      () => open().change(elsewhere({ environments: [{ name: 'production', stand: 'rejected' }] })),
    ],
    [
      'while another release has let one in',
      () =>
        open().change(
          elsewhere({
            environments: [
              { name: 'production', stand: 'open', used: { run: 4, attempt: 1, at: '2026-11-23T08:30:00Z' } },
            ],
          }),
        ),
    ],
    ['that another release has started', () => open().change(elsewhere({ runs: [5] }))],
    [
      'that another release may have started',
      () =>
        open().change(
          elsewhere({ orders: [{ workflow: 'ship.yml', commit: commit('b'), at: '2026-11-23T07:00:00Z' }] }),
        ),
    ],
    [
      'while somebody wrote to the record (T8)',
      () =>
        open().change({
          foreign: [{ commit: 'e'.repeat(40), paths: ['releases/r1/RECORD.md'], author: 'eve' }],
        }),
    ],
    [
      'while the tag means another commit (T2)',
      () => open().change({ target: { commit: commit('d'), tag: true } }),
    ],
  ])('nothing %s', (_, begun) => {
    const now = begun().change(waiting(job({ event: 'workflow_dispatch' })));
    expect([admitted(now), told(now)]).toEqual([undefined, ['waits']]);
  });

  it.each([
    ['for another environment', waiting(job({ environment: 'stage' }))],
    ['for nobody knows what', waiting({ ...job(), environment: undefined } as never)],
    [
      'on another commit',
      {
        knocked: true,
        waitingJobs: { commit: commit('d'), jobs: { kind: 'known', value: [job()] } },
      } as const,
    ],
  ])('nothing that waits %s', (_, facts) => {
    const now = open().change(facts);
    expect([admitted(now), told(now)]).toEqual([undefined, []]);
  });

  it('what only a failure opens may still be opened, until the release has ended', () => {
    const onFailure = { kind: 'run', phase: 'rollback' } as const;
    const undo = ship({ id: 'undo', phase: 'rollback', environment: 'stage' });
    const now = releaseWorld({ plan: manifest([activity('signoff', { onFailure }), ship(), undo]) });
    now.change(waiting(job({ environment: 'stage' })));
    expect([told(now), elsewhereOf(now.opened())?.environments[1]]).toEqual([
      ['waits'],
      { name: 'stage', stand: 'done', dormant: true },
    ]);
    expect(told(now.change({ manifest: { kind: 'absent' } }))).toEqual(['over']);
  });

  it('says why where it cannot be known what waits', () => {
    const now = guarded().change({
      waitingJobs: { commit: commit('b'), jobs: { kind: 'unknown', why: 'the App may not' } },
    });
    expect(now.decision().hindrances.get('ship')).toBe(
      'Jobs that wait for it cannot be let in: the App may not.',
    );
    expect(told(now)).toEqual([]);
  });

  it('tells others that it is used, and which workflow it follows', () => {
    const now = open();
    expect(elsewhereOf(now.opened())?.environments).toEqual([
      { name: 'production', stand: 'open', guard: { kind: 'known', value: [] } },
    ]);
    now.change(waiting(job()));
    expect(elsewhereOf(now.opened())?.environments[0]).toMatchObject({ used: { run: 5, attempt: 1 } });
    expect(workflowsFollowed(now.opened())).toEqual(['.github/workflows/ship.yml']);
  });
});

describe('T6: what waits is asked for where somebody said that something does', () => {
  it('once a look, for the commit that is released', () => {
    const now = guarded({ kind: 'known', value: ['rule'] });
    expect(now.decision().askJobs).toBe(false);
    expect(now.change({ knocked: true }).decision().askJobs).toBe(true);
    expect(now.change(waiting()).decision().askJobs).toBe(false);
    now.change({ waitingJobs: { commit: commit('d'), jobs: { kind: 'known', value: [] } } });
    expect(now.decision().askJobs).toBe(true);
  });

  it('and, as others may have been told, while our rule is on and nothing was let in, and at the end', () => {
    const asks = (now: ReturnType<typeof open>) => now.decision().askJobs;
    const now = guarded();
    expect([
      asks(guarded({ kind: 'known', value: ['rule'] })),
      asks(guarded({ kind: 'unknown', why: 'it may not' })),
    ]).toEqual([false, false]);
    expect([asks(now), asks(now.change(waiting(job())))]).toEqual([true, false]);
    const { waitingJobs: _, knocked: __, ...facts } = now.facts;
    now.facts = facts;
    expect(asks(now)).toBe(false);
    now.facts = { ...facts, manifest: { kind: 'absent' } };
    expect([asks(now), asks(now.step())]).toEqual([true, false]);
  });

  it('never where the release names no environment', () => {
    expect(releaseWorld().change({ knocked: true }).decision().askJobs).toBe(false);
  });
});

describe('T14: whether our rule is on is known before anything is let in', () => {
  const unasked = () => {
    const now = open();
    const { guards: _, ...facts } = now.facts;
    now.facts = facts;
    return now;
  };

  it('it is asked right before, and where it is off or unknown somebody else was asked', () => {
    const now = unasked().change(waiting(job()));
    expect([now.decision().askGuards, admitted(now)]).toEqual([['Production'], undefined]);
    now.change({ guards: new Map([['Production', { kind: 'known', value: ['rule'] }]]) });
    expect([now.decision().askGuards, admitted(now)]).toEqual([[], undefined]);
    now.change({ guards: new Map([['Production', { kind: 'unknown', why: 'it may not' }]]) });
    expect(admitted(now)).toBeUndefined();
    expect(
      admitted(now.change({ guards: new Map([['Production', { kind: 'known', value: ['bypass'] }]]) })),
    ).toMatchObject({ run: 5 });
    expect(now.kinds().filter((kind) => kind === 'guard-seen')).toHaveLength(4);
  });

  it('it is not asked where nothing would be let in', () => {
    expect(
      unasked()
        .change(waiting(job({ event: 'pull_request' })))
        .decision().askGuards,
    ).toEqual([]);
  });
});

describe('T14: an activity with a workflow lets in the run that it ordered', () => {
  const ordered = () => {
    const now = open({ workflow: 'ship.yml' }).change(allowed);
    return now.change(said(started));
  };
  const own = job({ run: 7, event: 'workflow_dispatch', createdAt: '2026-11-23T09:30:00Z' });
  const under = { ...runs(run({ path: '.github/workflows/ship.yml' })) };

  it('its first try only', () => {
    const now = open({ workflow: 'ship.yml' }).change(allowed);
    now.change({ answers: [{ activity: 'ship', attempt: 1, answer: started }], ...under });
    now.change(waiting(job(), { ...own, attempt: 2 }, own));
    expect([admitted(now)?.run, told(now)]).toEqual([7, ['waits', 'again', 'admitted']]);
    expect(replay(recorded(now))).toEqual([]);
    // How it ends is read from the run itself, not asked for twice.
    now.change({ endedRuns: [{ run: 7, attempt: 1, conclusion: 'success', at: '2026-11-23T09:30:00Z' }] });
    expect(now.kinds()).not.toContain('admitted-run-ended');
    expect(ordered().kinds()).not.toContain('run-admitted');
  });

  it('not once the opening has come to its end', () => {
    const now = open({ workflow: 'ship.yml', validFor: '1h' }).change(allowed);
    now.change({ answers: [{ activity: 'ship', attempt: 1, answer: started }], ...under });
    later(now, '2026-11-23T10:30:00Z', waiting(own));
    expect([admitted(now), told(now)]).toEqual([undefined, ['late']]);
  });

  it('which no other opening lets in', () => {
    const now = open({ workflow: 'ship.yml' }, { id: 'else' }).change(allowed);
    expect(admitted(now.change(waiting(own)), 'else')).toBeUndefined();
    now.change({ answers: [{ activity: 'ship', attempt: 1, answer: started }], ...under });
    expect(admitted(now, 'ship')?.run).toBe(7);
    expect(admitted(now, 'else')).toBeUndefined();
  });
});

describe('T5, T8: an admission follows from the record', () => {
  const forged = (
    change: (event: HappeningOf<'run-admitted'>) => HappeningOf<'run-admitted'>,
    now = open().change(waiting(job())),
  ) =>
    replay(
      recorded(now).map((event) => (event.kind === 'run-admitted' ? { ...event, ...change(event) } : event)),
    ).map(({ why }) => why);
  const body = (more: object) => (event: HappeningOf<'run-admitted'>) => ({
    ...event,
    body: { ...event.body, ...more },
  });
  const ofRun = (more: object) => (event: HappeningOf<'run-admitted'>) => ({
    ...event,
    body: { ...event.body, run: { ...event.body.run, ...more } },
  });

  it.each([
    ['another activity', body({ activity: 'signoff' }), 'signoff had not opened Production'],
    ['another attempt', body({ attempt: 2 }), 'ship had not opened Production'],
    ['another environment', body({ environment: 'stage' }), 'ship had not opened stage'],
    ['another event', ofRun({ event: 'pull_request' }), 'what pull_request starts does not run the commit'],
  ])('never of %s', (_, change, why) => {
    expect(forged(change)).toEqual([why]);
  });

  it('never between a no and the shutting that follows from it', () => {
    const plan = manifest([activity('signoff'), ship(), activity('other', { phase: 'production' })]);
    const now = releaseWorld({ plan }).change(ruled).says('grace', '/approve', {}, 'signoff');
    now.change(waiting(job()));
    const [event] = now.events.filter(({ kind }) => kind === 'run-admitted');
    const before = now.events.filter((one) => one !== event);
    now.says('grace', '/reject no', {}, 'other');
    const after = now.events.slice(before.length + 1);
    const index = after.findIndex(({ kind }) => kind === 'environment-shut');
    if (event) now.events.splice(0, Number.POSITIVE_INFINITY, ...before, ...after.toSpliced(index, 0, event));
    expect(replay(recorded(now))).toMatchObject([{ why: 'ship was not to let anything in' }]);
  });

  it('never twice, never late, never while something keeps it shut, and never of another run than was ordered', () => {
    const now = open({ validFor: '1h' }).change(waiting(job()));
    const last = now.events.at(-1);
    if (last) now.events.push(last);
    expect(replay(recorded(now))).toMatchObject([{ why: 'ship had let in a run already' }]);
    const late = (event: HappeningOf<'run-admitted'>) => ({ ...event, at: '2026-11-23T10:30:00Z' });
    expect(forged(late, open({ validFor: '1h' }).change(waiting(job())))).toContain(
      'the time of ship was over',
    );
    const order = open({ workflow: 'ship.yml' }).change(allowed);
    order.change({ answers: [{ activity: 'ship', attempt: 1, answer: started }] });
    order.change(waiting(job({ run: 7, event: 'workflow_dispatch' })));
    expect(forged(ofRun({ run: 8 }), order)).toEqual(['ship had started another run']);
  });
});
