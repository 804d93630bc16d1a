import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import type { Happening } from '../../../src/core/release/event.ts';
import type { Elsewhere, Facts } from '../../../src/core/release/facts.ts';
import { gateAnswers } from '../../../src/core/release/gate-answers.ts';
import { replay } from '../../../src/core/release/replay.ts';
import type { PlacedJob } from '../../../src/core/workflow/waiting-job.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';
import { allowed, said, started } from './dispatching.ts';

const opener = (id: string, more: Partial<Activity> = {}) =>
  activity(id, { approvers: [], phase: 'production', environment: 'Production', ...more });
const job = (run: number, more: Partial<PlacedJob> = {}): PlacedJob => ({
  ...{ run, attempt: 1, environment: 'production', path: '.github/workflows/deploy.yml', event: 'push' },
  ...{ url: `https://host/runs/${run}`, createdAt: '2026-11-23T09:00:00Z', ...more },
});
const waiting = (...jobs: readonly PlacedJob[]): Partial<Facts> => ({
  guards: new Map([['Production', { kind: 'known', value: [] }]]),
  waitingJobs: { commit: commit('b'), jobs: { kind: 'known', value: jobs } },
});
const opened = (...openers: readonly Activity[]): ReleaseWorld =>
  releaseWorld({
    plan: manifest([activity('signoff'), ...openers], { owner: { kind: 'user', name: 'mona' } }),
    resolutions: { 'user:mona': { kind: 'user', ...person('mona') } },
  })
    .change(allowed)
    .says('grace', '/approve', {}, 'signoff');
const words = (now: ReleaseWorld) =>
  gateAnswers(now.opened(), now.facts, { at: now.opened().lastAt, trusted: true }).map(({ word }) => word);
const findings = (now: ReleaseWorld, ...more: readonly Happening[]) =>
  replay(recorded({ ...now, events: [...now.events, ...more] })).map(({ why }) => why);
const admission = (now: ReleaseWorld) =>
  now.events.findLast(({ kind }) => kind === 'run-admitted') as Happening;

describe('T5: what a release has started waits while its environment is shut for a while', () => {
  it('and is let in when that opens again', () => {
    const now = opened(opener('deploy', { workflow: 'deploy.yml' })).change(said(started));
    const own = job(7, { event: 'workflow_dispatch' });
    const { configuration } = now.facts;
    const frozen = {
      name: 'Freeze',
      from: '2026-11-23T00:00:00Z',
      until: '2026-11-24T00:00:00Z',
      environments: [],
    };
    if (configuration.kind !== 'known') throw new Error('the rules are known');
    now.change({
      ...waiting(own),
      configuration: { kind: 'known', value: { ...configuration.value, freezes: [frozen] } },
    });
    expect(now.kinds().at(-1)).toBe('environment-shut');
    expect(words(now)).toMatchObject([{ kind: 'waits' }]);
    now.change({ configuration });
    expect(words(now)).toEqual([{ kind: 'admitted' }]);
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('T5, T8: what was forged into a record to let a run in is found', () => {
  it('while a foreign commit closes the release', () => {
    const now = opened(opener('deploy')).change(waiting(job(5)));
    const last = admission(now);
    const foreign: Happening = {
      ...{ at: last.at, kind: 'deviation-recorded' },
      body: { what: 'foreign-commit', commit: commit('f'), paths: ['releases/r1/x'] },
    };
    const before = now.events.filter((event) => event !== last);
    expect(findings({ ...now, events: [...before, foreign] }, last)).toEqual([
      'somebody else had written into the record',
    ]);
  });

  it('through another opening of the environment, or for what another activity has started', () => {
    const now = opened(opener('deploy', { workflow: 'deploy.yml' }), opener('other')).change(said(started));
    now.change(waiting(job(7, { event: 'workflow_dispatch' }), job(8)));
    expect(words(now)).toMatchObject([{ kind: 'admitted' }, { kind: 'waits' }]);
    const last = admission(now);
    const through = (run: number): Happening =>
      ({ ...last, body: { ...last.body, activity: 'other', run: job(run) } }) as Happening;
    const why = 'another activity had started it, or had let something into Production';
    expect(findings(now, through(8))).toEqual([why]);
    const before = now.events.filter((event) => event !== last);
    expect(findings({ ...now, events: before }, through(7))).toEqual([why]);
  });
});

describe('T14: what another release has started is let in by nobody else', () => {
  it('even after that release has left the environment out of its plan', () => {
    const other: Elsewhere = {
      ...{ release: 'r2', openedAt: '2026-11-23T08:00:00Z', ended: false, supersedes: false },
      ...{ commit: commit('b'), environments: [], runs: [7] },
      openings: [{ environment: 'production', commit: commit('b'), at: '2026-11-23T08:30:00Z' }],
    };
    const now = opened(opener('deploy')).change({ ...waiting(job(7)), elsewhere: [other] });
    expect(words(now)).toMatchObject([{ kind: 'waits' }]);
    now.change(waiting(job(7), job(8)));
    expect(words(now)).toMatchObject([{ kind: 'waits' }, { kind: 'admitted' }]);
  });
});
