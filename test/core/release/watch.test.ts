import { describe, expect, it } from 'vitest';
import type { CheckRun } from '../../../src/core/checks/check-run.ts';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import { planLines } from '../../../src/core/messages/plan-words.ts';
import { renderRecord } from '../../../src/core/messages/record.ts';
import { timelineOf } from '../../../src/core/plan/timeline.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const workflow = '.github/workflows/smoke.yml';
const smoke = { name: 'smoke', workflow };
const owner = { kind: 'user', name: 'mona' } as const;
const watcher = (more: Partial<Activity> = {}): Activity =>
  activity('watch', { approvers: [], checks: [smoke], ...more });
const late = { deadline: '4h', remind: [], escalate: [] };
const check = 'countersign/release/r1/verify/watch';

const world = (activities: readonly Activity[] = [watcher()]): ReleaseWorld =>
  releaseWorld({
    plan: manifest([...activities, activity('later', { phase: 'next' })], { owner }),
    resolutions: { 'user:mona': { kind: 'user', ...person('mona') } },
    configuration: {
      ...defaultConfiguration,
      custodians: { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } },
    },
  });

let ids = 0;
/** A run that ended at a second of the first hour; without a conclusion it goes on. */
const run = (second: number, conclusion?: string, more: Partial<CheckRun> = {}): CheckRun => {
  const at = `2026-11-23T09:00:${String(second).padStart(2, '0')}Z`;
  ids += 1;
  return {
    ...{ id: ids, name: 'smoke', app: 'github-actions', url: `https://host/r/${ids}`, startedAt: at },
    workflow: { path: workflow, event: 'push', run: 1 },
    ...(conclusion === undefined ? {} : { ended: { conclusion, at } }),
    ...more,
  };
};
const explained = (now: ReleaseWorld): string =>
  explanationLines(explainRelease(now.opened(), new Date(now.now).toISOString())).join('\n');
const tracking = (now: ReleaseWorld): string => now.thread('').body;

describe('T14: an automated activity that waits for checks', () => {
  it('asks nobody, and says what it waits for', () => {
    const now = world();
    expect([now.status('watch'), now.status('later')]).toEqual(['running', 'pending']);
    expect(now.check(check)).toMatchObject({ conclusion: 'action_required' });
    const wait = `Waits until the target has passed smoke of ${workflow}.`;
    for (const text of [tracking(now), now.check(check)?.summary, explained(now)])
      expect(text?.replaceAll('\\', '')).toContain(wait);
    expect(now.check(check)?.summary).toContain('⏳ smoke');
    expect(explained(now)).not.toContain('nobody');
    expect(now.kinds()).not.toContain('notice-posted');
    const lines = planLines(timelineOf(manifest([watcher()]), defaultConfiguration));
    expect(lines).toContain(`    passes      once the target has passed smoke of ${workflow}`);
  });

  it('succeeds when every one has passed, and what needs it goes on', () => {
    const now = world([watcher({ checks: [smoke, { name: 'lint' }] })]).checks(run(1, 'success'));
    expect(now.status('watch')).toBe('running');
    now.checks(run(1, 'success'), run(2, 'success', { name: 'lint', app: 'linter' }));
    expect([now.status('watch'), now.status('later')]).toEqual(['succeeded', 'waiting']);
    expect(now.check(check)).toMatchObject({ conclusion: 'success' });
    expect(now.check(check)?.summary).toContain('- ✅ lint (advisory');
    const page = renderRecord(recorded(now));
    expect(page).toContain(`waits until the target has passed smoke of ${workflow} and lint (advisory`);
    expect(page.replaceAll('\\', '')).toContain('ended as success (advisory)');
    expect(tracking(now)).toContain('ended as success');
    expect(replay(recorded(now))).toEqual([]);
  });

  it.each(['failure', 'cancelled', 'timed_out', 'startup_failure'])('fails when one ended as %s', (how) => {
    const now = world().checks(run(1, how));
    expect(now.status('watch')).toBe('failed');
    expect(now.check(check)).toMatchObject({ conclusion: 'failure' });
    expect(tracking(now)).toContain('a check that it waits for failed');
    expect(explained(now)).toContain('a check that it waits for failed.');
    // What ended once has ended: another run brings nothing back by itself.
    expect(now.checks(run(2, 'success')).status('watch')).toBe('failed');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('waits for what goes on, and believes no other workflow', () => {
    const forged = { workflow: { path: '.github/workflows/x.yml', event: 'push', run: 2 } };
    const now = world().checks(run(1), run(2, 'success', forged), run(3, 'failure', forged));
    expect(now.status('watch')).toBe('running');
    const events = recorded(now.checks(run(4, 'success'))).map((event) =>
      event.kind === 'check-seen'
        ? { ...event, body: { ...event.body, run: { ...event.body.run, ...forged } } }
        : event,
    );
    expect(replay(events).map(({ why }) => why)).toContain(
      'activity-succeeded does not follow from the votes',
    );
  });

  it('may run a phase when it fails', () => {
    const now = world([watcher({ onFailure: { kind: 'run', phase: 'rollback' } })]);
    const plan = now.opened().revision.plan;
    const undo = activity('undo', { phase: 'rollback' });
    const rollback = { id: 'rollback', title: 'rollback', needs: [], activities: [undo] };
    now.revise({ ...plan, phases: [...plan.phases, rollback] });
    expect(now.status('undo')).toBe('pending');
    expect(now.checks(run(1, 'failure')).status('undo')).toBe('waiting');
  });
});

describe('S-049: a retry of an activity that waits for checks', () => {
  it('is the owner’s, and waits for a run that began after it', () => {
    const failure = run(1, 'failure');
    const now = world().checks(failure).says('grace', '/retry watch', {}, '');
    expect(now.status('watch')).toBe('failed');
    now.says('mona', '/retry watch', {}, '');
    expect(now.status('watch')).toBe('running');
    now.checks(failure);
    expect(now.status('watch')).toBe('running');
    const again = new Date(now.now).toISOString();
    now.checks(run(9, 'failure', { startedAt: again, ended: { conclusion: 'failure', at: again } }));
    expect(now.status('watch')).toBe('failed');
    now.says('mona', '/retry watch', {}, '').checks(run(59, 'success'));
    expect(now.status('watch')).toBe('succeeded');
    expect(now.opened().attempts['watch']).toHaveLength(3);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('may follow the first of several failures', () => {
    const two = watcher({ checks: [smoke, { name: 'lint' }] });
    const now = world([two]).checks(run(1, 'failure'), run(0, 'failure', { name: 'lint' }));
    expect(now.says('mona', '/retry watch', {}, '').status('watch')).toBe('running');
  });

  it('counts though nobody had looked since the failure (decision 0006)', () => {
    const now = world([watcher({ timing: late })]);
    now.now += 5 * 3_600_000;
    expect(now.says('sam', '/ignore watch we looked by hand', {}, '').status('watch')).toBe('ignored');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('does not come before its beginning', () => {
    const plan = manifest([watcher()], { owner, start: '2026-11-23T11:00:00Z' });
    const now = releaseWorld({ plan, resolutions: { 'user:mona': { kind: 'user', ...person('mona') } } });
    now.step = () => now;
    now.checks(run(1, 'failure')).now += 3 * 3_600_000;
    const first = now.says('mona', '/retry watch', {}, '').decision();
    expect(first.events.at(-1)?.kind).toBe('activity-failed');
    now.state = first.state;
    expect(now.decision().events).toEqual([]);
  });

  it('does not come before the failure', () => {
    const now = world().says('mona', '/retry watch', { unread: true }, '');
    now.checks(run(59, 'failure')).learns();
    expect(now.status('watch')).toBe('failed');
  });
});

describe('S-012: a gate after a deployment', () => {
  const deploy = activity('deploy', { approvers: [], environment: 'production' });
  const gate = watcher({ needs: ['deploy'] });

  it('is told nothing by a run that was over before it', () => {
    const now = world([deploy, gate]);
    const ended = new Date(now.now + 5000).toISOString();
    const value = [{ id: 1, environment: 'production', state: 'success' as const, ended }];
    now.checks(run(1, 'success')).change({ deployments: { kind: 'known', value } });
    expect(now.status('deploy')).toBe('succeeded');
    expect(now.checks(run(1, 'success')).status('watch')).toBe('running');
    expect(now.checks(run(1, 'failure')).status('watch')).toBe('running');
    expect(now.checks(run(1, 'success'), run(6)).status('watch')).toBe('running');
    expect(now.checks(run(4, 'success'), run(6, 'success')).status('watch')).toBe('succeeded');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is told nothing either by a run between two deployments that it comes after', () => {
    const staging = activity('staging', { approvers: [], environment: 'staging' });
    const now = world([deploy, staging, watcher({ needs: ['deploy', 'staging'] })]);
    const ended = (ms: number) => new Date(now.now + ms).toISOString();
    const deployment = { id: 1, environment: 'production', state: 'success' as const, ended: ended(9000) };
    const value = [deployment, { ...deployment, id: 2, environment: 'staging', ended: ended(3000) }];
    now.change({ deployments: { kind: 'known', value } });
    expect(now.checks(run(5, 'success')).status('watch')).toBe('running');
    expect(now.checks(run(9, 'success')).status('watch')).toBe('succeeded');
  });

  it('comes after work that failed for another reason than its deployment', () => {
    const lost = activity('lost', { approvers: [], environment: 'staging', onFailure: { kind: 'continue' } });
    const later = { environment: 'staging', commit: commit('d'), at: '2026-11-24T09:00:00Z' };
    const other = { release: 'r2', openedAt: later.at, ended: false, supersedes: false, commit: commit('d') };
    const now = world([lost, watcher({ needs: ['lost'] })]);
    now.change({ elsewhere: [{ ...other, environments: [], openings: [later] }] }).checks(run(1, 'success'));
    expect([now.status('lost'), now.status('watch')]).toEqual(['failed', 'succeeded']);
  });

  it('does not begin while the environment is shut', () => {
    const now = world([activity('signoff')]);
    const freeze = {
      name: 'x',
      from: '2026-11-01T00:00:00Z',
      until: '2026-12-01T00:00:00Z',
      environments: [],
    };
    const value = { ...defaultConfiguration, freezes: [freeze] };
    now.change({ configuration: { kind: 'known', value } }).revise(manifest([deploy, gate]));
    expect([now.status('deploy'), now.status('watch')]).toEqual(['held', 'pending']);
    expect(explained(now)).toContain('deploy: deploy. On hold, attempt 1');
  });

  it('T2: whoever approves before it agrees to it', () => {
    const before = activity('signoff');
    const now = world([before, watcher({ needs: ['signoff'] })]).says('grace', '/approve');
    expect(now.status()).toBe('approved');
    const plan = manifest([
      before,
      watcher({ needs: ['signoff'], checks: [{ name: 'smoke' }] }),
      activity('later', { phase: 'next' }),
    ]);
    now.revise({ ...plan, owner });
    expect(now.status()).toBe('waiting');
  });

  it('is about the target: another commit is checked anew', () => {
    const now = world().checks(run(1, 'success'));
    const { plan } = now.opened().revision;
    now.facts = { ...now.facts, target: { commit: commit('c'), tag: true } };
    now.revise({ ...plan, target: { kind: 'ref', ref: 'v2' } });
    expect(now.status('watch')).toBe('succeeded');
    expect(now.kinds().filter((kind) => kind === 'check-seen')).toHaveLength(2);
  });
});

describe('T20: the deadline of an activity that waits for checks', () => {
  it('fails it', () => {
    const now = world([watcher({ timing: late })]);
    expect(now.decision().lookAgainAt).toBe('2026-11-23T13:00:30Z');
    now.now += 5 * 3_600_000;
    now.checks();
    expect(now.status('watch')).toBe('failed');
    expect(explained(now)).toContain('had passed by its deadline');
    expect(replay(recorded(now))).toEqual([]);
    now.says('mona', '/retry watch', {}, '').checks(run(1, 'success'));
    expect(now.status('watch')).toBe('succeeded');
  });

  it('does not count a check that passed after it, whenever anybody looks', () => {
    const at = '2026-11-23T13:00:01Z';
    const now = world([watcher({ timing: late })]);
    now.now += 5 * 3_600_000;
    now.checks(run(1, 'success', { ended: { conclusion: 'success', at } }));
    expect(now.status('watch')).toBe('failed');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('counts what passed in time and was seen late', () => {
    const now = world([watcher({ timing: late })]);
    now.now += 5 * 3_600_000;
    expect(now.checks(run(1, 'success')).status('watch')).toBe('succeeded');
  });

  it('ends nothing while nobody can tell how its checks stand', () => {
    const now = world([watcher({ timing: late }), activity('waits', { preconditions: [{ name: 'lint' }] })]);
    now.facts = { ...now.facts, checkRuns: { kind: 'unknown', why: 'the App may not read checks' } };
    now.now += 5 * 3_600_000;
    now.step();
    expect(now.status('watch')).toBe('running');
    expect(now.decision().hindrances).toEqual(
      new Map([
        [
          'watch',
          'Whether everything that it waits for has passed is not known: the App may not read checks.',
        ],
      ]),
    );
    expect(now.decision().unsure).toBe(true);
    expect(tracking(now)).toContain('not known: the App may not read checks');
  });
});
