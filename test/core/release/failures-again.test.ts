import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import type { Happening } from '../../../src/core/release/event.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import { apply } from '../../../src/core/release/fold.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const opener = (id: string, environment: string, more: Partial<Activity> = {}) =>
  activity(id, { approvers: [], environment, ...more });

/** `deploy` fails into a phase in which people decide before production is opened again. */
const world = (more: readonly Activity[] = []): ReleaseWorld => {
  const base = manifest(
    [
      opener('deploy', 'staging'),
      activity('undo', { phase: 'rollback' }),
      opener('restore', 'production', { phase: 'rollback', needs: ['undo'] }),
      ...more,
    ],
    { owner: { kind: 'user', name: 'mona' } },
  );
  const run = { kind: 'run', phase: 'rollback' } as const;
  const phases = base.phases.map((phase) =>
    phase.id === 'verify' ? { ...phase, onFailure: run } : { ...phase, needs: [] },
  );
  return releaseWorld({
    plan: { ...base, phases },
    resolutions: { 'user:mona': { kind: 'user', ...person('mona') } },
  });
};

let deployments = 0;
const deployed = (now: ReleaseWorld, ...found: readonly (readonly [string, 'success' | 'failure'])[]) => {
  const ended = new Date(now.now + 1000).toISOString();
  const value = found.map(([environment, state]) => ({ id: ++deployments, environment, state, ended }));
  return now.change({ deployments: { kind: 'known', value } });
};
/** It has failed once, and production is open to undo it. */
const undone = (): ReleaseWorld =>
  deployed(world(), ['staging', 'failure']).says('grace', '/approve', {}, 'undo');
const lines = (now: ReleaseWorld): string =>
  explanationLines(explainRelease(now.opened(), new Date(now.now).toISOString())).join('\n');
const stands = (now: ReleaseWorld) => [now.status('deploy'), now.status('undo'), now.status('restore')];

describe('S-047: what a failure runs has to run for each failure', () => {
  it('begins again after a second failure, and its environment opens only with its gates again (T1)', () => {
    const now = undone();
    now.says('mona', '/retry deploy', {}, '');
    expect(stands(now)).toEqual(['running', 'approved', 'running']);
    deployed(now, ['production', 'success']);
    expect([...stands(now), now.releaseStatus()]).toEqual(['running', 'approved', 'succeeded', 'running']);
    deployed(now, ['staging', 'failure']);
    expect([...stands(now), now.releaseStatus()]).toEqual(['failed', 'waiting', 'pending', 'on-hold']);
    expect(latestAttempt(now.opened(), 'restore')?.ending).toMatchObject({
      kind: 'superseded',
      failure: 'deploy',
    });
    now.says('grace', '/approve', {}, 'undo');
    expect(stands(now)).toEqual(['failed', 'approved', 'running']);
    deployed(now, ['production', 'success']);
    expect(now.releaseStatus()).toBe('failed');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('says on the issue and in the explanation why it is asked again', () => {
    const now = undone();
    const { issue } = now.thread('undo');
    now.says('mona', '/retry deploy', {}, '');
    deployed(deployed(now, ['production', 'success']), ['staging', 'failure']);
    expect(now.facts.threads.get(issue.number)?.body).toContain(
      '`deploy` has failed since, and this runs for each failure: a new attempt takes its place.',
    );
    expect(lines(now)).toContain('because deploy has failed since: it is asked again.');
  });

  it('asks again whether it is wanted', () => {
    const plan = [activity('tell', { phase: 'rollback', if: "activities.deploy.status == 'expired'" })];
    const now = deployed(world(plan), ['staging', 'failure']).says('mona', '/retry deploy', {}, '');
    deployed(now, ['staging', 'failure']);
    expect(now.kinds().filter((kind) => kind === 'activity-skipped')).toHaveLength(2);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('takes what ends in the same look for earlier than the failure (decision 0006)', () => {
    const now = undone();
    now.says('mona', '/retry deploy', {}, '');
    deployed(now, ['staging', 'failure'], ['production', 'success']);
    expect([...stands(now), now.releaseStatus()]).toEqual(['failed', 'waiting', 'pending', 'on-hold']);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is not moved by the failure of an attempt that never began', () => {
    const now = undone();
    const before = now.says('mona', '/retry deploy', {}, '').opened();
    const at = new Date(now.now).toISOString();
    const body = { activity: 'deploy', attempt: 9, why: 'deployment-failed' } as const;
    const failed: Happening = { at, kind: 'activity-failed', body };
    expect(apply(before, failed)).toMatchObject({ attempts: before.attempts });
  });
});
