import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import { planLines } from '../../../src/core/messages/plan-words.ts';
import { renderRecord } from '../../../src/core/messages/record.ts';
import { timelineOf } from '../../../src/core/plan/timeline.ts';
import { workflowsFollowed } from '../../../src/core/release/dispatch.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import type { Elsewhere, Facts } from '../../../src/core/release/facts.ts';
import { apply } from '../../../src/core/release/fold.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import type { DispatchAnswer } from '../../../src/core/workflow/workflow-run.ts';
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
  planOf,
  run,
  runs,
  said,
  started,
  world,
} from './dispatching.ts';

describe('T1, T2: a workflow is ordered once its environment is open', () => {
  it('for the approved commit, with what was approved and answered as data', () => {
    const now = world();
    expect([orders(now), workflowsFollowed(now.opened())]).toEqual([[], []]);
    now.says('grace', '/approve\nrisk: High', {}, 'signoff');
    expect(orders(now).map(({ body }) => body)).toEqual([
      {
        ...{ activity: 'deploy', attempt: 1, environment: 'Production', workflow: 'deploy.yml' },
        ...{ ref: 'v1', commit: commit('b'), inputs: { version: '1', risk: 'High' } },
      },
    ]);
    expect(page(now)).toContain('GitHub has not answered yet');
    now.change(said(started));
    expect(page(now)).toContain('[Run 7](https://host/runs/7)');
    expect(now.check('countersign/release/r1/production/deploy')?.summary).toContain('[Run 7]');
    expect(workflowsFollowed(now.opened())).toEqual(['.github/workflows/deploy.yml']);
    expect(elsewhereOf(now.opened())?.runs).toEqual([7]);
    now.change(runs(run()));
    expect(now.status('deploy')).toBe('running');
    now.change(runs(ended('success')));
    expect([now.status('deploy'), now.releaseStatus()]).toEqual(['succeeded', 'succeeded']);
    expect(page(now)).toContain('Run 7 of deploy');
    expect(workflowsFollowed(now.opened())).toEqual([]);
    expect(replay(recorded(now))).toEqual([]);
    const record = renderRecord(recorded(now));
    expect(record).toContain('`deploy`: opens Production and starts deploy.yml.');
    expect(record).toContain('| deploy starts deploy.yml on v1 for bbbbbbb with version');
    expect(record).toMatch(/deploy is run 7 \|.*\[run\]\(https:\/\/host\/runs\/7\) \|/);
    expect(record).toMatch(/ended as success \|.*\[run\]\(https:\/\/host\/runs\/7\) \|/);
  });

  it('gives nothing where nothing is written, and an empty text where nobody answered', () => {
    const { with: _, ...bare } = deploy();
    const plain = manifest([activity('signoff'), bare]);
    const now = world(allowed, plain).says('grace', '/approve', {}, 'signoff');
    expect(orders(now)[0]?.body.inputs).toEqual({});
    const silent = world().says('grace', '/approve', {}, 'signoff');
    expect(orders(silent)[0]?.body.inputs).toEqual({ version: '1', risk: '' });
  });

  it.each<[string, Partial<Facts>, string]>([
    ['the App may not start any', {}, 'Grant the App the permission "Actions: write"'],
    [
      'the App was not granted it',
      { mayDispatch: { kind: 'unknown', why: 'the App may not start workflows' } },
      'the App may not start workflows',
    ],
    [
      'the branch means another commit',
      { ...allowed, target: { commit: commit('d'), tag: false } },
      'v1 means another',
    ],
    ['the branch is gone', { ...allowed, target: undefined }, 'v1 means another commit now'],
  ])('not while %s', (_, facts, sentence) => {
    const now = approved(facts);
    expect(orders(now)).toEqual([]);
    expect(holds(now)).toContain(sentence);
    expect(page(now)).toContain('deploy: Running');
    now.change({ ...allowed, target: { commit: commit('b'), tag: false } });
    expect([orders(now).length, holds(now)]).toEqual([1, undefined]);
  });

  it('not in a freeze, whatever is approved', () => {
    const until = '2026-11-23T12:00:00Z';
    const freezes = [{ name: 'Year end', from: '2026-11-23T08:00:00Z', until, environments: [] }];
    const value = { ...defaultConfiguration, freezes };
    const now = approved({ ...allowed, configuration: { kind: 'known', value } });
    expect([orders(now), now.status('deploy')]).toEqual([[], 'held']);
    expect(orders(later(now, until)).length).toBe(1);
  });

  it.each<[string, Partial<Facts>, number]>([
    ['the clock cannot be trusted any more (T20)', { timely: false }, 1],
    [
      'somebody else wrote to the record (T8)',
      { foreign: [{ commit: commit('f'), author: 'eve', paths: ['releases/r1/RECORD.md'] }] },
      0,
    ],
  ])('not in an environment that is open already, once %s', (_, facts, afterwards) => {
    const now = approved({});
    expect(page(now)).toContain('deploy: Running');
    expect(orders(now.change({ ...allowed, ...facts }))).toEqual([]);
    expect(orders(now.change({ timely: true })).length).toBe(afterwards);
  });

  it('not while another release of the commit has not opened the environment, or was rejected (T5)', () => {
    const other = (release: string, stand: 'waits' | 'rejected' | 'open', more = {}): Elsewhere => ({
      ...{ release, openedAt: '2026-11-23T08:00:00Z', ended: false, supersedes: false, commit: commit('b') },
      environments: [{ name: 'production', stand }],
      openings: [],
      ...more,
    });
    const elsewhere = [
      ...[other('r2', 'waits'), other('r3', 'rejected'), other('r4', 'open')],
      other('r5', 'waits', { ended: true }),
      other('r6', 'waits', { commit: commit('d') }),
      other('r7', 'waits', { environments: [{ name: 'staging', stand: 'waits' }] }),
    ];
    const now = approved({ ...allowed, elsewhere });
    expect([orders(now), holds(now)]).toEqual([
      [],
      'The workflow waits until r2 and r3 opened the environment, too.',
    ]);
    expect(orders(now.change({ elsewhere: [] }))).toHaveLength(1);
  });

  it('not on a commit, and not with what nobody can read or has several values', () => {
    const box = {
      id: 'risk',
      label: 'Risk',
      type: 'multi-select',
      options: ['a'],
      required: 'optional',
    } as const;
    const sha = planOf({}, { target: { kind: 'sha', sha: commit('b') } });
    const plans: readonly (readonly [Manifest, string])[] = [
      [sha, 'a workflow is started on a branch or a tag'],
      [planOf({ with: { x: '$'.concat('{{') } }), 'the value of x cannot be read'],
      [manifest([activity('signoff', { inputs: [box] }), deploy()]), 'a list has no text'],
    ];
    for (const [plan, sentence] of plans) {
      const now = world(allowed, plan).says('grace', '/approve\nrisk: a', {}, 'signoff');
      now.says('olga', '/approve', {}, 'signoff');
      if (now.status('signoff') !== 'approved') now.says('grace', '/approve\nrisk: High', {}, 'signoff');
      expect(orders(now)).toEqual([]);
      expect(holds(now)).toContain(sentence);
    }
  });

  it('not by a clock that nobody can trust (T20)', () => {
    const now = approved();
    expect(orders(world({ ...allowed, timely: false }).says('grace', '/approve', {}, 'signoff'))).toEqual([]);
    expect(orders(now)).toHaveLength(1);
  });

  it('what it is given is approved: changing it ends what was under way (T2)', () => {
    const now = approved().change(said(started));
    now.revise(planOf({ with: { version: 2 } }));
    expect(now.status('signoff')).toBe('waiting');
    expect(now.kinds()).toContain('attempt-superseded');
    now.change(runs(ended('success')));
    expect(now.releaseStatus()).toBe('on-hold');
    now.says('grace', '/approve', {}, 'signoff');
    expect(orders(now).map(({ body }) => [body.attempt, body.inputs])).toEqual([
      [1, { version: '1', risk: 'High' }],
      [2, { version: '2' }],
    ]);
    // The run of the attempt before is never taken for this one's.
    now.change({ answers: [], ...runs(ended('success', { createdAt: '2026-11-23T10:00:00Z' })) });
    expect(now.status('deploy')).toBe('running');
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('T14: the run decides', () => {
  const underWay = () => approved().change(said(started));

  it('and is named with its address where somebody asks why', () => {
    const lines = explanationLines(explainRelease(underWay().opened(), '2026-11-23T09:01:00Z')).join('\n');
    expect(lines).toContain('deploy.yml on v1 is run 7, started at');
    expect(lines).toContain('Look at https://host/runs/7');
  });

  it('whose address is none is named without a link', () => {
    const now = approved().change(said({ kind: 'run', run: 7, url: 'javascript:alert(1)' }));
    expect(page(now)).toContain('is run 7');
    expect(page(now)).not.toContain('[Run 7]');
  });

  it('as it ended, whatever deployments say', () => {
    const deployment = {
      id: 1,
      environment: 'production',
      state: 'success',
      ended: '2026-11-23T09:10:00Z',
    } as const;
    const now = underWay().change({ deployments: { kind: 'known', value: [deployment] } });
    expect(now.status('deploy')).toBe('running');
    now.change(runs(ended('timed_out')));
    expect(now.status('deploy')).toBe('failed');
    expect(page(now)).toContain('the run of its workflow did not succeed');
    expect(replay(recorded(now))).toEqual([]);
  });

  it.each([
    ['another file', { path: '.github/workflows/other.yml' }],
    ['another event', { event: 'push' }],
    ['another commit', { commit: commit('d') }],
  ])('and fails where it is of %s', (_, more) => {
    const now = underWay().change(runs(ended('success', more)));
    expect(latestAttempt(now.opened(), 'deploy')?.ending).toMatchObject({
      kind: 'failed',
      why: 'run-of-another',
    });
  });

  it('once, also while the release is closed', () => {
    const now = underWay().change({
      foreign: [{ commit: commit('f'), author: 'mallory', paths: ['releases/r1/x'] }],
    });
    now.change(runs(ended('success'))).change({});
    expect(now.kinds().filter((kind) => kind === 'workflow-ended')).toHaveLength(1);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('also where something shut the environment meanwhile', () => {
    const now = underWay();
    const freeze = {
      name: 'Now',
      from: '2026-11-23T08:00:00Z',
      until: '2026-11-23T12:00:00Z',
      environments: ['production'],
    };
    const value = { ...defaultConfiguration, freezes: [freeze] };
    now.change({ configuration: { kind: 'known', value } });
    expect(now.kinds()).toContain('environment-shut');
    expect(now.status('deploy')).toBe('running');
    expect(now.change(runs(ended('success'))).status('deploy')).toBe('succeeded');
    expect(orders(now)).toHaveLength(1);
  });

  it('an owner has another one started after a failure', () => {
    const now = later(underWay(), '2026-11-23T09:06:00Z', runs(ended('failure')));
    now.change({ answers: [] }).says('mona', '/retry deploy', {}, '');
    expect(orders(now).map(({ body }) => body.attempt)).toEqual([1, 2]);
    now.change(runs(ended('failure')));
    expect(now.status('deploy')).toBe('running');
  });

  it.each([
    ['the run failed', started, runs(ended('failure'))],
    ['the order was refused', { kind: 'refused', why: 'missing', said: 'Not Found' } as const, {}],
    ['no run of it showed', { kind: 'accepted' } as const, runs()],
  ])('once %s, however long the environment would stay open', (_, answer, facts) => {
    const now = approved(allowed, planOf({ validFor: '4h' })).change(said(answer));
    now.says('mona', '/retry deploy too soon', { unread: true }, '');
    later(now, '2026-11-23T09:20:00Z', { ...facts, answers: [] }).learns();
    expect(now.status('deploy')).toBe('failed');
    expect(now.says('mona', '/retry deploy', {}, '').status('deploy')).toBe('running');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('but not before its opening had ended, where an order got lost until then', () => {
    const now = approved(allowed, planOf({ validFor: '1h' }));
    later(now, '2026-11-23T09:30:00Z').says('mona', '/retry deploy too soon', { unread: true }, '');
    later(now, '2026-11-23T10:30:00Z', runs()).learns();
    expect(now.status('deploy')).toBe('failed');
    expect(now.says('mona', '/retry deploy', {}, '').status('deploy')).toBe('running');
  });

  it.each<[DispatchAnswer & { kind: 'refused' }, string]>([
    [{ kind: 'refused', why: 'moved', said: 'v1 does not mean bbb' }, 'its ref means another commit'],
    [{ kind: 'refused', why: 'forbidden', said: 'Resource not accessible' }, 'the App may not start it'],
    [{ kind: 'refused', why: 'missing', said: 'Not Found' }, 'there is no such workflow'],
    [{ kind: 'refused', why: 'invalid', said: 'Unexpected inputs' }, 'it cannot be started so'],
  ])('a refusal fails it, with its reason', (answer, words) => {
    const now = approved().change(said(answer));
    expect(now.status('deploy')).toBe('failed');
    expect(renderRecord(recorded(now))).toContain(`was refused, ${words}`);
    expect(page(now)).toContain('the workflow could not be started');
    expect(page(now)).toContain(words);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('what cannot be read decides nothing, and is looked at again', () => {
    const gone: Partial<Facts> = { workflowRuns: { kind: 'unknown', why: 'the run is gone' } };
    const now = approved({ ...allowed, ...gone }).change(said(started));
    expect(holds(now)).toBe('What became of the workflow is not known: the run is gone.');
    expect(now.decision().unsure).toBe(true);
  });
});

describe('what ends a release ends what it follows', () => {
  it('an abort follows no run any more', () => {
    const now = approved().change(said(started)).says('mona', '/abort it burns', {}, '');
    now.change(runs(ended('success')));
    expect(now.kinds().at(-1)).toBe('release-aborted');
    expect(workflowsFollowed(now.opened())).toEqual([]);
    expect(now.decision().lookAgainAt).toBeUndefined();
  });

  it('news of what was never ordered change nothing', () => {
    const now = world().says('grace', '/reject no', {}, 'signoff');
    const before = latestAttempt(now.opened(), 'signoff');
    const at = '2026-11-23T10:00:00Z';
    const body = { activity: 'signoff', attempt: 1, answer: started };
    const state = apply(now.opened(), { at, kind: 'workflow-answered', body });
    expect(state.kind === 'opened' && latestAttempt(state, 'signoff')).toEqual(before);
  });
});

it('a plan names the workflow and what it is given', () => {
  const lines = planLines(timelineOf(planOf(), defaultConfiguration)).join('\n');
  expect(lines).toContain('then workflow deploy.yml is started there');
  expect(lines).toContain('with version: 1');
});
