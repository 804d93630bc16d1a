import { describe, expect, it } from 'vitest';
import type { Elsewhere } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { leavingWrites } from '../../../src/core/release/show-environments.ts';
import { elsewhereOf, standOn } from '../../../src/core/release/stand.ts';
import {
  activity,
  commit,
  manifest,
  present,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const environment = 'countersign/environment/production';
const opener = (id: string, more = {}) =>
  activity(id, { approvers: [], phase: 'production', environment: 'Production', ...more });
const plan = manifest([activity('signoff'), opener('deploy')]);

const other = (more: Partial<Elsewhere> = {}): Elsewhere => ({
  release: 'r2',
  openedAt: '2026-11-23T08:00:00Z',
  ended: false,
  supersedes: false,
  commit: commit('b'),
  environments: [{ name: 'production', stand: 'open' }],
  openings: [],
  ...more,
});
const world = (elsewhere: readonly Elsewhere[]): ReleaseWorld =>
  releaseWorld({ plan }).change({ elsewhere }).says('grace', '/approve', {}, 'signoff');
const gate = (now: ReleaseWorld) => {
  const check = now.check(environment);
  return check && [check.conclusion, check.title];
};

describe('T5: a release that leaves a commit for another', () => {
  const left = (elsewhere: readonly Elsewhere[]) => {
    const now = world(elsewhere);
    const anchor = { number: 1, digest: 'd'.repeat(64) };
    const { facts } = now;
    const showing = { state: now.opened(), facts, refusals: [], hindrances: new Map(), organization: 'acme' };
    return leavingWrites({ ...showing, anchor }).flatMap((write) =>
      'check' in write ? [[write.check.name, write.check.commit, write.check.conclusion]] : [],
    );
  };

  it('keeps no environment open there', () => {
    expect(gate(world([]))?.[0]).toBe('success');
    expect(left([])).toEqual([[environment, commit('b'), 'cancelled']]);
  });

  it('leaves the check to others that name it', () => {
    expect(left([other({ environments: [{ name: 'production', stand: 'waits' }] })])).toEqual([
      [environment, commit('b'), 'action_required'],
    ]);
    expect(left([other()])).toEqual([[environment, commit('b'), 'success']]);
  });
});

describe('the check of an environment is about every open release of the commit that names it (T4, T5)', () => {
  it.each([
    ['open', 'success', 'Open'],
    ['done', 'success', 'Open'],
    ['waits', 'action_required', 'Shut: r2 has not opened it yet'],
    ['rejected', 'failure', 'Shut: r2 is rejected or closed'],
  ] as const)('another release is %s', (stand, conclusion, title) => {
    const now = world([other({ environments: [{ name: 'production', stand }] })]);
    expect(gate(now)).toEqual([conclusion, title]);
  });

  it('not about others', () => {
    const rejected = [{ name: 'production', stand: 'rejected' }] as const;
    const now = world([
      other({ environments: [{ name: 'staging', stand: 'rejected' }] }),
      other({ release: 'r3', environments: rejected, commit: commit('c') }),
      other({ release: 'r4', environments: rejected, ended: true }),
    ]);
    expect(gate(now)).toEqual(['success', 'Open']);
  });

  it('stays until the last release that needs it has ended', () => {
    const now = world([other()]).says('grace', '/abort it was a mistake', {}, '');
    expect(now.releaseStatus()).toBe('aborted');
    expect(gate(now)).toEqual(['success', 'Open']);
    expect(gate(now.change({ elsewhere: [] }))).toEqual(['cancelled', 'Ended']);
  });

  it('is written by nobody else, who may have seen it as it was', () => {
    const now = releaseWorld({ plan: manifest([activity('signoff')]) });
    const conclusion = 'action_required' as const;
    const shut = {
      nodeId: 'CR_1',
      name: environment,
      conclusion,
      title: 'Shut',
      summary: '',
      externalId: '',
    };
    now.change({ elsewhere: [other()], checks: [...now.facts.checks, shut] });
    expect(gate(now)).toEqual([conclusion, 'Shut']);
  });

  it.each(['merge', 'Manifest', 'release/r1', 'release/r1/verify/signoff'])(
    'has a name that no other check can have, also for an environment called %s (T4)',
    (environment) => {
      const plan = manifest([activity('signoff'), opener('deploy', { environment })]);
      const now = releaseWorld({ plan }).says('grace', '/approve', {}, 'signoff');
      const own = `countersign/environment/${environment.toLowerCase()}`;
      expect(now.check(own)).toMatchObject({ conclusion: 'success', title: 'Open' });
      const names = new Set(now.facts.checks.map(({ name }) => name));
      const release = 'countersign/release/r1';
      expect([...names].sort()).toEqual([
        own,
        release,
        `${release}/production/deploy`,
        `${release}/verify/signoff`,
      ]);
    },
  );

  it('ends where no release names it any more', () => {
    const now = world([]).revise(
      manifest([activity('signoff'), activity('deploy', { phase: 'production' })]),
    );
    expect(now.check(environment)).toMatchObject({ conclusion: 'cancelled' });
    expect(now.check(environment)?.summary).toContain('No open release names it.');
  });
});

describe('an environment that another release opens for another commit (T5)', () => {
  const taking = (at: string, release = 'r2'): Elsewhere =>
    other({
      release,
      commit: commit('c'),
      openings: [{ environment: 'production', commit: commit('c'), at }],
    });

  it('ends the opening; its owner may try again', () => {
    const now = world([taking('2026-11-23T10:00:00Z')]);
    expect([now.status('deploy'), gate(now)]).toEqual(['failed', ['action_required', expect.anything()]]);
    expect(now.thread('').body).toContain('another release opened the environment for another commit (r2)');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('before this one did not, nor did the same commit, nor another environment', () => {
    const same = { environment: 'production', commit: commit('b'), at: '2026-11-23T10:00:00Z' };
    const elsewhere = [
      taking('2026-11-23T08:00:00Z'),
      other({ release: 'r3', openings: [same] }),
      other({ release: 'r4', openings: [{ ...same, commit: commit('c'), environment: 'staging' }] }),
    ];
    expect(world(elsewhere).status('deploy')).toBe('running');
  });

  it('in the same second, the same one wins whoever looks', () => {
    const at = world([]).opened().attempts['deploy']?.[0]?.openings[0]?.at ?? '';
    expect(world([taking(at, 'r2')]).status('deploy')).toBe('failed');
    expect(world([taking(at, 'a')]).status('deploy')).toBe('running');
  });
});

describe('T5: an environment that two releases open in one second', () => {
  it('is that of one of them in the same look, also for what runs because the other lost it', () => {
    const undo = opener('undo', { phase: 'rollback' });
    const run = { onFailure: { kind: 'run' as const, phase: 'rollback' } };
    const both = manifest([opener('deploy', run), undo]);
    const phases = both.phases.map((phase) => ({ ...phase, needs: [] }));
    const now = releaseWorld({ plan: { ...both, phases } });
    const at = new Date(now.now).toISOString();
    const openings = [{ environment: 'production', commit: commit('c'), at }];
    now.facts = { ...now.facts, elsewhere: [other({ commit: commit('c'), openings })] };
    const first = now.decision();
    expect(first.events.map(({ kind }) => kind).slice(-2)).toEqual(['environment-taken', 'activity-failed']);
    now.state = first.state;
    expect([now.status('deploy'), now.status('undo')]).toEqual(['failed', 'failed']);
    expect(now.decision().events).toEqual([]);
  });
});

describe('supersedes: previous (G-16)', () => {
  const newer = other({ supersedes: true, openedAt: '2026-11-23T10:00:00Z' });
  const waiting = (elsewhere: readonly Elsewhere[]) => releaseWorld({ plan }).change({ elsewhere });

  it('ends older releases that wait for the environment', () => {
    const now = waiting([newer]);
    expect([now.releaseStatus(), now.status('signoff')]).toEqual(['cancelled', 'aborted']);
    expect(now.events.at(-1)).toMatchObject({
      kind: 'release-cancelled',
      body: { why: 'superseded', by: 'r2' },
    });
    expect(replay(recorded(now))).toEqual([]);
  });

  it('ends nothing else', () => {
    const elsewhere = [
      { ...newer, supersedes: false },
      { ...newer, openedAt: '2026-11-23T08:00:00Z' },
      { ...newer, environments: [{ name: 'staging', stand: 'open' as const }] },
    ];
    expect(waiting(elsewhere).releaseStatus()).toBe('on-hold');
    // What has opened it goes on: a deployment may be on its way.
    expect(
      world([])
        .change({ elsewhere: [newer] })
        .releaseStatus(),
    ).toBe('running');
  });

  it('ends a release at once when it takes the environment that this one had opened', () => {
    const now = world([]);
    const at = '2026-11-23T11:00:00Z';
    const taken = { ...newer, commit: commit('c') };
    const elsewhere = [{ ...taken, openings: [{ environment: 'production', commit: commit('c'), at }] }];
    now.facts = { ...now.facts, elsewhere };
    now.now = Date.parse(at);
    const kinds = now.decision().events.map(({ kind }) => kind);
    expect(kinds).toEqual(['environment-taken', 'activity-failed', 'release-cancelled']);
    expect(now.step().releaseStatus()).toBe('cancelled');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('ends a release at once whose environment is shut because nobody knows what was approved', () => {
    const now = world([]).change({ elsewhere: [newer] });
    expect(now.releaseStatus()).toBe('running');
    const changed = present({ ...plan, title: 'Another' }, []);
    const authors = { kind: 'unknown', why: 'timeout' } as const;
    now.facts = { ...now.facts, manifest: { ...changed, authors } as typeof changed };
    const decision = now.decision();
    expect(decision.events.map(({ kind }) => kind)).toEqual([
      'environment-shut',
      'activity-aborted',
      'release-cancelled',
    ]);
    expect(decision.hindrances.size).toBe(0);
    expect(now.step().releaseStatus()).toBe('cancelled');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('of two in one second ends the same one, whoever looks', () => {
    const { openedAt } = waiting([]).opened();
    expect(waiting([{ ...newer, openedAt }]).releaseStatus()).toBe('cancelled');
    expect(waiting([{ ...newer, openedAt, release: 'a' }]).releaseStatus()).toBe('on-hold');
  });
});

describe('what a release tells the others', () => {
  it('is where it stands with each environment, and what it opened last', () => {
    const now = world([]);
    const { openedAt } = now.opened();
    expect(elsewhereOf(now.opened())).toMatchObject({
      release: 'r1',
      openedAt,
      ended: false,
      supersedes: false,
      commit: commit('b'),
      environments: [{ name: 'production', stand: 'open' }],
      openings: [{ environment: 'production', commit: commit('b') }],
    });
    now.says('grace', '/abort it was a mistake', {}, '');
    expect(elsewhereOf(now.opened())).toMatchObject({ ended: true, environments: [{ stand: 'done' }] });
    expect(elsewhereOf(releaseWorld().opened())).toBeUndefined();
  });

  it('is the newest of several openings', () => {
    const two = manifest([opener('first'), opener('second', { needs: ['first'] })]);
    const now = releaseWorld({ plan: two });
    const ended = new Date(now.now + 1000).toISOString();
    now.change({
      deployments: { kind: 'known', value: [{ id: 1, environment: 'production', state: 'success', ended }] },
    });
    const at = now.opened().attempts['second']?.[0]?.openings[0]?.at;
    expect(elsewhereOf(now.opened())?.openings).toEqual([
      { environment: 'production', commit: commit('b'), at },
    ]);
  });

  it('a phase that only a failure runs waits for nothing until then', () => {
    const rescued = manifest([
      activity('signoff', { onFailure: { kind: 'run', phase: 'rollback' } }),
      opener('undo', { phase: 'rollback' }),
    ]);
    const phases = rescued.phases.map((phase) => ({ ...phase, needs: [] }));
    const now = releaseWorld({ plan: { ...rescued, phases } });
    expect([standOn(now.opened(), 'production'), now.check(environment)]).toEqual(['done', undefined]);
    now.says('grace', '/reject no', {}, 'signoff');
    expect([now.status('undo'), standOn(now.opened(), 'production')]).toEqual(['running', 'open']);
    expect(gate(now)).toEqual(['success', 'Open']);
  });

  it('is rejected while somebody else wrote to its record, whatever is open', () => {
    const now = world([]).change({
      foreign: [{ commit: commit('f'), author: 'eve', paths: ['releases/r1/RECORD.md'] }],
    });
    expect(standOn(now.opened(), 'production')).toBe('rejected');
    expect(gate(now)?.[0]).toBe('failure');
  });

  it('is the newest opening in whichever order its attempts are', () => {
    const now = world([]).opened();
    const [attempt] = now.attempts['deploy'] ?? [];
    if (!attempt) throw new Error('nothing began');
    const before = {
      ...attempt,
      openings: [{ environment: 'production', commit: commit('c'), at: now.openedAt }],
    };
    const state = { ...now, attempts: { ...now.attempts, earlier: [before] } };
    expect(elsewhereOf(state)?.openings).toMatchObject([{ commit: commit('b') }]);
  });
});
