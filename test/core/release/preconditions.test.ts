import { describe, expect, it } from 'vitest';
import type { CheckRun } from '../../../src/core/checks/check-run.ts';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { CheckDemand } from '../../../src/core/manifest/check-demand.ts';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { planLines } from '../../../src/core/messages/plan-words.ts';
import { timelineOf } from '../../../src/core/plan/timeline.ts';
import { type settle, supposeVote, supposing } from '../../../src/core/release/as-if.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, manifest, recorded, releaseWorld } from '../../support/release-world.ts';

const workflow = '.github/workflows/smoke.yml';
const smoke: CheckDemand = { name: 'smoke', workflow };
const asking = (more: Partial<Activity> = {}) => activity('signoff', { preconditions: [smoke], ...more });
const world = (more: Partial<Activity> = {}) =>
  releaseWorld({ plan: manifest([asking(more), activity('later', { phase: 'next' })]) });
const check = 'countersign/release/r1/verify/signoff';
const codes = (answers: readonly string[]) => answers.map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);

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

describe('G-30: preconditions of what people decide', () => {
  it('hold it until they pass, with a reason, and ask nobody before', () => {
    const release = world();
    expect(release.status()).toBe('held');
    expect(release.releaseStatus()).toBe('running');
    expect(release.check(check)).toMatchObject({ title: 'On hold', conclusion: 'action_required' });
    const page = release.thread().body;
    expect(page).toContain(
      `Waiting until the target has passed smoke of ${workflow}. No vote counts before.`,
    );
    expect(page).toContain(`### Preconditions\n\n- ⏳ smoke of ${workflow}`);
    expect(page).not.toContain('Your turn');
  });

  it('open it once, when they have passed', () => {
    const release = world().checks(run(1, 'success'));
    expect(release.status()).toBe('waiting');
    expect(release.releaseStatus()).toBe('on-hold');
    expect(release.kinds().slice(-2)).toEqual(['check-seen', 'preconditions-met']);
    expect(release.thread().body).toMatch(/- ✅ smoke of \S+: \[success\]\(https:\/\/host\/r\/\d+\) at 2026/);
    expect(release.thread().body).toContain('Your turn');
    // What held once holds on.
    expect(release.checks(run(5, 'failure')).status()).toBe('waiting');
    expect(release.kinds().filter((kind) => kind === 'check-seen')).toHaveLength(1);
    expect(release.says('grace', '/approve').status()).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('find what had passed before their turn came', () => {
    const plan = manifest([activity('first'), asking({ phase: 'next' })]);
    const release = releaseWorld({ plan }).checks(run(1, 'success')).says('linus', '/approve', {}, 'first');
    expect(release.status()).toBe('waiting');
    expect(release.kinds().filter((kind) => kind === 'check-seen')).toHaveLength(1);
    expect(replay(recorded(release))).toEqual([]);
  });

  it('show a failure once, and go on waiting for a run that passes (T17)', () => {
    const release = world().checks(run(1, 'failure')).checks(run(2, 'timed_out')).checks(run(3));
    expect(release.status()).toBe('held');
    expect(release.kinds().filter((kind) => kind === 'check-seen')).toHaveLength(1);
    expect(release.thread().body).toMatch(/- ❌ smoke of \S+: \[failure\]/);
    expect(release.checks(run(4, 'success')).status()).toBe('waiting');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('wait for all of them', () => {
    const both = [smoke, { name: 'lint' }];
    const release = world({ preconditions: both }).checks(run(1, 'success'));
    expect(release.status()).toBe('held');
    expect(release.kinds()).not.toContain('check-seen');
    const lint = run(2, 'success', { name: 'lint', app: 'linter' });
    release.checks(run(1, 'success'), lint);
    expect(release.status()).toBe('waiting');
    expect(release.thread().body).toContain(
      '- ✅ lint (advisory: anybody with write access can post it): [success]',
    );
  });

  it('T14: a run of another workflow is none of theirs, even where somebody recorded it', () => {
    const forged = run(1, 'success', {
      workflow: { path: '.github/workflows/x.yml', event: 'push', run: 2 },
    });
    const release = world().checks(forged);
    expect(release.status()).toBe('held');
    const events = recorded(release.checks(run(2, 'success'))).map((event) =>
      event.kind === 'check-seen'
        ? { ...event, body: { ...event.body, run: { ...forged, ended: event.body.run.ended } } }
        : event,
    );
    expect(replay(events).map(({ why }) => why)).toEqual([
      'preconditions-met does not follow from the votes',
    ]);
  });
});

describe('T20: votes before the last precondition', () => {
  it('do not count, however they are delivered', () => {
    const release = world().says('grace', '/approve');
    expect(codes(release.answers())).toEqual(['premature']);
    expect(release.answers()[0]).toContain(`first the target has to pass smoke of ${workflow}`);
    // It passed a minute after grace spoke, and was seen together with her words.
    const together = world();
    together.facts = { ...together.facts, checkRuns: { kind: 'unknown', why: 'timeout' } };
    together.says('grace', '/approve');
    expect(together.answers()).toEqual([]);
    expect(together.status()).toBe('blocked');
    expect(together.decision().unsure).toBe(true);
    together.checks(run(59, 'success'));
    expect(codes(together.answers())).toEqual(['premature']);
    expect(together.status()).toBe('waiting');
  });

  it('count from the second on at which it passed, whenever that is seen', () => {
    const release = world();
    release.facts = { ...release.facts, checkRuns: { kind: 'unknown', why: 'timeout' } };
    release.says('grace', '/approve');
    release.checks(run(1, 'success'));
    expect(release.status()).toBe('approved');
  });

  it('count when the last of several has passed, in whichever order they are named', () => {
    for (const preconditions of [
      [smoke, { name: 'lint' }],
      [{ name: 'lint' }, smoke],
    ]) {
      const release = world({ preconditions });
      release.facts = { ...release.facts, checkRuns: { kind: 'unknown', why: 'timeout' } };
      release.says('grace', '/approve');
      release.checks(run(0, 'success'), run(59, 'success', { name: 'lint', app: 'linter' }));
      expect(codes(release.answers())).toEqual(['premature']);
      expect(release.status()).toBe('waiting');
    }
  });

  it('are looked for again while nobody can tell how checks ended', () => {
    const release = world().change({ checkRuns: { kind: 'unknown', why: 'timeout' } });
    expect(release.decision()).toMatchObject({ askChecks: [], unsure: true });
    expect(release.checks().decision().unsure).toBe(false);
  });

  it('may be withdrawn, and delegated', () => {
    const release = world().says('grace', '/withdraw').says('grace', '/delegate @pat');
    expect(codes(release.answers())).toEqual(['nothing-to-withdraw']);
    release.checks(run(1, 'success')).says('pat', '/approve');
    expect(release.status()).toBe('approved');
  });

  it('decide nothing in a supposition either', () => {
    const { state } = supposeVote(supposing(world().opened(), '2026-11-23T12:00:00Z'), {
      login: 'grace',
      choice: 'approve',
      activity: 'signoff',
    }) as ReturnType<typeof settle>;
    expect(state.attempts['signoff']?.at(-1)?.ending).toBeUndefined();
  });
});

describe('time and change', () => {
  it('a deadline ends what its preconditions never let begin; nothing approves itself', () => {
    const timing = { deadline: '4h', remind: ['1h'], escalate: [] };
    const automatic = { at: '2h', comment: 'Standard' };
    const release = world({ timing: { ...timing, autoApprove: automatic } });
    release.now += 3 * 3_600_000;
    expect(release.step().status()).toBe('held');
    expect(release.kinds()).not.toContain('reminder-due');
    release.now += 2 * 3_600_000;
    expect(release.step().status()).toBe('expired');
    const stays = world({ timing: { ...timing, expire: 'stay' } });
    stays.now += 5 * 3_600_000;
    expect(stays.step().status()).toBe('held');
  });

  it('T2: another precondition is another question, and is looked for anew', () => {
    const release = world().checks(run(1, 'success'));
    const lint = asking({ preconditions: [smoke, { name: 'lint' }] });
    release.revise(manifest([lint, activity('later', { phase: 'next' })]));
    expect(release.status()).toBe('held');
    release.revise(manifest([activity('signoff'), activity('later', { phase: 'next' })]));
    expect(release.status()).toBe('waiting');
    expect(release.says('grace', '/approve').status()).toBe('approved');
  });

  it('what one check decides and another is asked for then comes to an end', () => {
    const first = asking({
      timing: { deadline: '1h', remind: [], escalate: [] },
      onFailure: { kind: 'continue' },
    });
    const then = activity('later', { phase: 'next', preconditions: [{ name: 'lint' }] });
    const release = releaseWorld({ plan: manifest([first, then]) });
    release.now += 2 * 3_600_000;
    const { checkRuns: _, ...facts } = release.facts;
    release.facts = facts;
    expect(release.step().status()).toBe('expired');
    expect([release.status('later'), release.decision().askChecks]).toEqual(['held', []]);
    expect(replay(recorded(release))).toEqual([]);
  });

  it('a task waits in its own words, and the plan tells', () => {
    const task = world({ task: { authors: 'may-act' } });
    expect(task.thread().body).toContain(`passed smoke of ${workflow}. Then it is to be done by team qa.`);
    const lines = planLines(timelineOf(manifest([asking()]), defaultConfiguration));
    expect(lines).toContain(`    first       smoke of ${workflow}`);
    const app = planLines(
      timelineOf(manifest([asking({ preconditions: [{ name: 'x', app: 'y' }] })]), defaultConfiguration),
    );
    expect(app).toContain('    first       x of the App y');
  });

  it('a release that has ended asks for nothing', () => {
    const release = world().says('grace', '/abort Enough');
    expect(release.decision().askChecks).toEqual([]);
  });
});
