import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import { renderRecord } from '../../../src/core/messages/record.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import { followUpsIn } from '../../../src/core/release/follow-ups-in.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  present,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const opener = (id: string, environment = 'production', more = {}) =>
  activity(id, { approvers: [], environment, ...more });
const resolutions = { 'user:mona': { kind: 'user' as const, ...person('mona') } };
const owner = { kind: 'user', name: 'mona' } as const;
const custodians = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;
const world = (activities: Parameters<typeof manifest>[0], more: object = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest(activities, { owner }),
    resolutions,
    configuration: { ...defaultConfiguration, custodians, ...more },
  });
const deployed = (now: ReleaseWorld, state: 'success' | 'failure', name = 'production') => {
  const ended = new Date(now.now + 1000).toISOString();
  return now.change({ deployments: { kind: 'known', value: [{ id: 1, environment: name, state, ended }] } });
};
const lines = (now: ReleaseWorld): string =>
  explanationLines(explainRelease(now.opened(), new Date(now.now).toISOString())).join('\n');

describe('an automated activity that failed (S-049, T3)', () => {
  it('is tried again by its owner, once, and by nobody else', () => {
    const now = deployed(world([opener('deploy')]), 'failure');
    expect(lines(now)).toContain('the deployment failed.');
    now.says('mona', '/retry deploy', { byEmail: true }, '');
    expect(now.status('deploy')).toBe('failed');
    // An author, a custodian, and somebody who approves elsewhere.
    for (const login of ['ada', 'sam', 'grace']) {
      now.says(login, '/retry deploy I am sure', {}, '');
      expect(now.status('deploy')).toBe('failed');
    }
    expect(now.answers('').at(-1)).toContain('only owners of the release or the phase');
    now.change({ deployments: { kind: 'known', value: [] } }).says('mona', '/retry deploy', {}, '');
    expect(now.status('deploy')).toBe('running');
    now.says('mona', '/retry deploy', {}, '');
    expect(now.answers('').at(-1)).toContain('`/retry` was not obeyed');
    expect(renderRecord(recorded(now))).toContain('mona has deploy tried again');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is tried again after another release took its environment', () => {
    const now = world([opener('deploy', 'production', { validFor: '4h' })]);
    const at = new Date(now.now + 1000).toISOString();
    const taken = [{ environment: 'production', commit: 'c'.repeat(40), at }];
    const other = { release: 'r2', openedAt: at, ended: false, supersedes: false, commit: 'c'.repeat(40) };
    now.change({ elsewhere: [{ ...other, environments: [], openings: taken }] });
    expect(now.status('deploy')).toBe('failed');
    now.change({ elsewhere: [] }).says('mona', '/retry deploy', {}, '');
    expect(now.status('deploy')).toBe('running');
  });

  it('is not tried again by what was said before it failed', () => {
    const now = world([opener('deploy')]).says('mona', '/retry deploy', { unread: true }, '');
    deployed(now, 'failure').learns();
    expect(now.status('deploy')).toBe('failed');
  });

  it('T1: what was skipped because of it is asked when it is tried again', () => {
    const gate = activity('gate', { needs: ['stage'], if: 'success()' });
    const after = opener('deploy', 'production', { needs: ['stage', 'gate'] });
    const now = deployed(world([opener('stage', 'staging'), gate, after]), 'failure', 'staging');
    expect(now.status('gate')).toBe('skipped');
    now.says('mona', '/retry stage', {}, '');
    const ended = new Date(now.now + 1000).toISOString();
    const second = { id: 2, environment: 'staging', state: 'success', ended } as const;
    now.change({ deployments: { kind: 'known', value: [second] } });
    expect([now.status('stage'), now.status('gate'), now.status('deploy')]).toEqual([
      'succeeded',
      'waiting',
      'pending',
    ]);
    expect(now.kinds().filter((kind) => kind === 'environment-opened')).toHaveLength(2);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is not tried again once custodians go on without it', () => {
    const now = deployed(world([opener('deploy'), activity('other')]), 'failure');
    now.says('sam', '/ignore deploy it is replaced next week', {}, '');
    expect(now.status('deploy')).toBe('ignored');
    now.says('mona', '/retry deploy', {}, '');
    expect(now.status('deploy')).toBe('ignored');
    expect(now.answers('').at(-1)).toContain('nothing has failed here');
  });

  it('has to be named where several failed', () => {
    const now = world([opener('one'), opener('two'), opener('later', 'staging', { needs: ['two'] })]);
    deployed(now, 'failure').says('mona', '/retry again', {}, '');
    expect([now.status('one'), now.status('two')]).toEqual(['failed', 'failed']);
    now.says('mona', '/retry later', {}, '');
    expect(now.status('later')).toBe('pending');
  });
});

describe('an automated activity that is done', () => {
  it('is told by its status to what comes after it, and in words', () => {
    const after = activity('smoke', { needs: ['deploy'], if: "activities.deploy.status == 'succeeded'" });
    const now = deployed(world([opener('deploy'), after]), 'success');
    expect([now.status('deploy'), now.status('smoke')]).toEqual(['succeeded', 'waiting']);
    expect(lines(now)).toContain('Done at 2026-11-23T');
  });
});

describe('T5: a deployment', () => {
  it('ends one attempt, and not the one that begins because of it in the same second', () => {
    const two = [opener('first'), opener('second', 'production', { needs: ['first'] })];
    const now = deployed(world(two), 'success');
    expect([now.status('first'), now.status('second')]).toEqual(['succeeded', 'running']);
    expect(now.decision().events).toEqual([]);
    const ended = new Date(now.now + 1000).toISOString();
    const value = [1, 2].map((id) => ({ id, environment: 'production', state: 'success' as const, ended }));
    expect(now.change({ deployments: { kind: 'known', value } }).status('second')).toBe('succeeded');
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('when to look again', () => {
  it('is the soonest of everything that comes by itself', () => {
    const freeze = (environment: string, day: number) => ({
      name: environment,
      from: `2026-11-${day}T00:00:00Z`,
      until: `2026-11-${day + 1}T00:00:00Z`,
      environments: [environment],
    });
    const freezes = [freeze('production', 26), freeze('staging', 25)];
    const now = world([opener('a', 'production', { validFor: '1h' }), opener('b', 'staging')], { freezes });
    expect(now.decision().lookAgainAt).toContain('2026-11-23T10:00:');
    const later = world([opener('a'), opener('b', 'staging')], { freezes });
    expect(later.decision().lookAgainAt).toBe('2026-11-25T00:00:00Z');
    const open = { environments: [], days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const };
    const always = { ...open, from: '00:00', until: '00:00', zone: 'UTC' };
    expect(world([opener('a')], { windows: [always] }).decision().lookAgainAt).toBeUndefined();
  });
});

describe('what a floor demands and the plan does not have (T1)', () => {
  it('keeps the environment shut', () => {
    const plan = manifest([opener('deploy')], { owner });
    const floor = {
      source: { path: '.github/countersign.yml', line: 1 },
      for: { kind: 'environment' as const, name: '*' },
      ...{ activities: ['audit'], approvers: {}, exclude: [], inputs: {}, profile: [], lines: {} },
    };
    const found = present(plan, []);
    if (found.kind !== 'present') throw new Error('there is no manifest');
    const now = world([activity('other')]).change({ manifest: { ...found, floors: [floor] } });
    expect(now.status('deploy')).toBe('held');
    expect(now.decision().hindrances.get('deploy')).toBe('Held until people have approved audit.');
  });
});

describe('an override', () => {
  const freeze = { name: 'Now', from: '2026-11-20T00:00:00Z', until: '2026-12-01T00:00:00Z' };
  const frozen = { freezes: [{ ...freeze, environments: [] }] };

  it('is not of what had not begun when it was said', () => {
    const now = world([activity('signoff'), opener('deploy', 'production', { needs: ['signoff'] })], frozen);
    now.step = () => now;
    now.says('sam', '/override deploy now', {}, '').says('grace', '/approve', {}, 'signoff');
    const first = now.decision();
    expect(first.events.map(({ kind }) => kind)).toContain('activity-activated');
    now.state = first.state;
    expect(now.decision().events).toEqual([]);
  });

  it('T11: is not of another that is left, where it names one that is gone', () => {
    const stage = opener('stage', 'staging');
    const now = world([activity('other'), stage], frozen).revise(
      manifest([activity('other'), opener('deploy')], { owner }),
    );
    now.says('sam', '/override stage a customer is down', {}, '');
    expect([now.status('deploy'), now.kinds().includes('overrule-cast')]).toEqual(['held', false]);
    expect(now.answers('').at(-1)).toContain('`/override` was not obeyed');
    expect(now.says('sam', '/override a customer is down', {}, '').status('deploy')).toBe('running');
  });

  it('T2: asks nobody again whose failure would run what is overridden', () => {
    const run = { onFailure: { kind: 'run' as const, phase: 'rollback' } };
    const watch = activity('watch', { approvers: [], checks: [{ name: 'lint' }], ...run });
    const undo = opener('undo', 'production', { phase: 'rollback' });
    const plan = manifest([activity('gate', run), watch, undo], { owner });
    const phases = plan.phases.map((phase) => ({ ...phase, needs: [] }));
    const at = '2026-11-23T09:00:00Z';
    const lint = { id: 1, name: 'lint', app: 'x', url: 'https://host/1', startedAt: at };
    const now = world([activity('other')], frozen).revise({ ...plan, phases });
    now.checks({ ...lint, ended: { conclusion: 'failure', at } });
    now.says('sam', '/override undo it burns', {}, '');
    expect([now.status('undo'), now.opened().followUps.length]).toEqual(['running', 1]);
    now.says('grace', '/approve', {}, 'gate').revise({ ...plan, phases, title: 'Another' });
    expect([now.status('gate'), now.kinds().includes('attempt-superseded')]).toEqual(['approved', false]);
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('the review of an override', () => {
  const freeze = {
    name: 'Year end',
    from: '2026-11-20T00:00:00Z',
    until: '2026-12-01T00:00:00Z',
    environments: [],
  };

  it('T2: goes on waiting when the manifest changes, and votes on it lapse with the target', () => {
    const two = { ...custodians, require: { kind: 'count', count: 2 } } as const;
    const now = world([opener('deploy'), activity('other')], { freezes: [freeze], custodians: two });
    for (const login of ['sam', 'rosa']) now.says(login, '/override deploy a customer is down', {}, '');
    deployed(now, 'success').says('sam', '/approve', {}, 'deploy-follow-up');
    const votes = () => now.opened().attempts['deploy-follow-up']?.map((attempt) => attempt.votes.length);
    now.revise(manifest([opener('deploy'), activity('other', { title: 'Another' })], { owner }));
    expect([now.status('deploy-follow-up'), votes()]).toEqual(['waiting', [1]]);
    now.facts = { ...now.facts, target: { commit: 'd'.repeat(40), tag: false } };
    now.revise(manifest([opener('deploy'), activity('more')], { owner, target: { kind: 'ref', ref: 'v2' } }));
    expect([now.opened().target.commit[0], now.status('deploy-follow-up')]).toEqual(['d', 'waiting']);
    expect(votes()).toEqual([0]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('gets a name of its own, and a place on the page', () => {
    const taken = ['deploy-follow-up', 'deploy-follow-up-2'].map((id) => activity(id, { needs: ['deploy'] }));
    const now = world([opener('deploy'), ...taken], { freezes: [freeze] });
    now.says('sam', '/override deploy a customer is down', {}, '');
    expect(now.opened().followUps.map(({ id }) => id)).toEqual(['deploy-follow-up-3']);
    const page = renderRecord(recorded(now));
    expect(page).toContain('### Review of the emergency override of deploy');
    expect(page).toContain('`deploy`: opens production.');
    expect(page).toContain('in spite of freezes and windows, by sam');
    expect(followUpsIn(recorded(now).slice(1))).toEqual([]);
  });
});
