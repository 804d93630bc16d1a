import { describe, expect, it } from 'vitest';
import type { Activity, Timing } from '../../../src/core/manifest/manifest.ts';
import {
  explanationLines,
  impossibleWords,
  supposedLines,
} from '../../../src/core/messages/explain-words.ts';
import { supposeRevision, supposeTime, supposeVote, supposing } from '../../../src/core/release/as-if.ts';
import { nextMoment } from '../../../src/core/release/clockwork.ts';
import { type Explanation, explainRelease } from '../../../src/core/release/explain.ts';
import type { OpenRelease } from '../../../src/core/release/state.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
  type WorldOptions,
} from '../../support/release-world.ts';

const now = '2026-11-23T10:00:00Z';
const qa = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 1 } } as const;
const two = { ...qa, require: { kind: 'count', count: 2 } } as const;
const product = { ...qa, from: [{ kind: 'team', name: 'product' }] } as const;
const timed = (timing: Partial<Timing>, more: Partial<Activity> = {}): Activity =>
  activity('signoff', { ...more, timing: { remind: [], escalate: [], ...timing } });
const governed: WorldOptions = {
  configuration: {
    custodians: { from: [{ kind: 'user', name: 'carla' }], require: { kind: 'count', count: 1 } },
  },
  resolutions: { 'user:carla': { kind: 'user', ...person('carla') } },
};

const explained = (world: ReleaseWorld, id = 'signoff', at = now): Explanation => {
  const found = explainRelease(world.opened(), at).activities.find((one) => one.activity === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};
const lines = (world: ReleaseWorld, at = now) =>
  explanationLines(explainRelease(world.opened(), at)).join('\n');

describe('why an activity has not begun', () => {
  const plan = manifest([
    activity('signoff'),
    activity('ship', { needs: ['signoff'] }),
    activity('go', { phase: 'last' }),
  ]);

  it('waits for activities and phases', () => {
    const world = releaseWorld({ plan });
    expect(explained(world).waitsFor).toEqual([]);
    expect(explained(world, 'ship').waitsFor).toEqual([{ kind: 'activity', activity: 'signoff' }]);
    expect(explained(world, 'go').waitsFor).toEqual([{ kind: 'phase', phase: 'verify' }]);
    expect(lines(world)).toContain('Waits for signoff.');
    expect(lines(world)).toContain('Waits for the phase verify.');
  });

  it('waits for the start', () => {
    const world = releaseWorld({
      plan: { ...manifest([activity('signoff')]), start: '2026-12-01T00:00:00Z' },
    });
    expect(explained(world).waitsFor).toEqual([{ kind: 'start', at: '2026-12-01T00:00:00Z' }]);
    expect(explained(world, 'signoff', '2026-12-01T00:00:00Z').waitsFor).toEqual([{ kind: 'people' }]);
    expect(lines(world)).toContain('Waits for the start of the release, 2026-12-01T00:00:00Z.');
    expect(lines(world, '2026-12-01T00:00:00Z')).toContain('as soon as GitHub tells who may vote');
    expect(lines(world)).toContain('due at 2026-12-01T00:00:00Z.');
  });

  it('waits for a failure, and no longer once it is there', () => {
    const deploy = activity('signoff', { onFailure: { kind: 'run', phase: 'rollback' } });
    const written = manifest([deploy, activity('undo', { phase: 'rollback' })]);
    const free = { ...written, phases: written.phases.map((phase) => ({ ...phase, needs: [] })) };
    const world = releaseWorld({ plan: free });
    expect(explained(world, 'undo').waitsFor).toEqual([{ kind: 'failure', of: ['signoff'] }]);
    expect(lines(world)).toContain('Begins only if signoff fails.');
    const rejected = supposeVote(supposing(world.opened(), now), {
      login: 'grace',
      choice: 'reject',
      activity: 'signoff',
    });
    if ('kind' in rejected) throw new Error(rejected.kind);
    expect(explainRelease(rejected.state, now).activities[1]?.waitsFor).toEqual([{ kind: 'people' }]);
  });

  it('was left out: which condition, what it read, what failed or did not, and which failure brought it up', () => {
    const plan = manifest([
      activity('signoff', { onFailure: { kind: 'continue' } }),
      activity('board', { needs: ['signoff'], if: "activities.signoff.status == 'approved' && failure()" }),
      activity('quiet', { if: "release == 'r2'" }),
    ]);
    const calm = releaseWorld({ plan }).says('grace', '/approve');
    expect(explained(calm, 'board').skipped).toEqual({
      condition: "activities.signoff.status == 'approved' && failure()",
      values: [{ path: 'activities.signoff.status', value: '"approved"' }],
      failed: [],
      begunBy: [],
    });
    expect(explained(calm, 'quiet').skipped).toEqual({
      ...{ condition: "release == 'r2'", values: [{ path: 'release', value: '"r1"' }], begunBy: [] },
    });
    expect(explained(calm)).not.toHaveProperty('skipped');
    const after = lines(releaseWorld({ plan }).says('grace', '/reject no'));
    expect(after).toContain(
      [
        'board: board. Skipped',
        "  Left out, because its condition is false: if: activities.signoff.status == 'approved' && failure()",
        '  - activities.signoff.status is "rejected"',
        '  - failed before it: signoff',
      ].join('\n'),
    );
    expect(lines(calm)).toContain('  - nothing that it needs has failed');
    const rescue = releaseWorld({
      plan: manifest([
        activity('signoff', { onFailure: { kind: 'run', phase: 'undo' } }),
        activity('back', { phase: 'undo', if: 'success()' }),
        activity('call', { phase: 'undo' }),
      ]),
    });
    expect(lines(rescue.says('grace', '/reject no'))).toContain('  Its turn came because signoff failed.');
  });

  it('a rescue that nobody needed says so when the release is over', () => {
    const deploy = activity('signoff', { onFailure: { kind: 'run', phase: 'rollback' } });
    const plan = manifest([deploy, activity('undo', { phase: 'rollback' })]);
    const over = releaseWorld({ plan }).says('grace', '/approve');
    expect(over.releaseStatus()).toBe('succeeded');
    expect(explained(over, 'undo').waitsFor).toEqual([
      { kind: 'ended' },
      { kind: 'failure', of: ['signoff'] },
    ]);
  });

  it('never begins in a release that is over, or closed by somebody else’s commit', () => {
    const over = releaseWorld({ plan })
      .change({ manifest: { kind: 'absent' } })
      .step();
    expect(explained(over, 'ship').waitsFor).toEqual([{ kind: 'ended' }]);
    expect(lines(over)).toContain('the release has ended');
    const closed = releaseWorld({ plan })
      .change({
        foreign: [{ commit: commit('f'), author: 'mallory', paths: ['releases/r1/events/000001.json'] }],
      })
      .step();
    expect(explained(closed, 'ship').waitsFor).toEqual([{ kind: 'closed' }]);
    expect(explained(closed).attempt?.coming).toEqual([]);
    expect(lines(closed)).toContain('until custodians take note');
  });
});

describe('design 3, G-09: why a vote stands where it stands', () => {
  it('names the smallest set, and who counts for which rule', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff', { approvers: [two, product] })]) });
    world.says('grace', '/approve');
    const { attempt } = explained(world);
    expect(attempt?.verdict).toMatchObject({
      status: 'waiting',
      unblock: [{ login: 'linus' }, { login: 'pat' }],
    });
    const text = lines(world);
    expect(text).toContain('- 2 of team qa: 1 of 2 (grace), open');
    expect(text).toMatch(/- grace approved at 2026-/);
    expect(text).toContain('Nothing happens by itself');
  });

  it('says whose turn comes later, and what is met', () => {
    const ordered = { approvers: [qa, product], order: 'sequential' } as const;
    const world = releaseWorld({ plan: manifest([activity('signoff', ordered)]) });
    expect(lines(world)).toContain('- 1 of team product: 0 of 1, its turn comes later');
    expect(lines(world.says('grace', '/approve'))).toContain('- 1 of team qa: 1 of 1 (grace), met');
  });

  it('names who is set aside and why, and who objects', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff', { approvers: [two] })]) });
    world
      .says('grace', '/approve')
      .revise(manifest([timed({ remind: ['2h'] }, { approvers: [two] })]), [
        { person: person('grace'), proof: 'proven' },
      ]);
    expect(explained(world).attempt?.setAside).toMatchObject([{ why: { kind: 'author' } }]);
    expect(lines(world)).toContain('- set aside: grace has a hand in the manifest');
  });

  it.each([
    [{ kind: 'committer', commits: [commit('e')] }, 'made commits of this release'],
    [{ kind: 'approver', activity: 'qa' }, 'approved qa, which is kept apart from this'],
    [{ kind: 'approver', activity: 'qa', task: true }, 'did qa, which is kept apart from this'],
  ] as const)('says that somebody is set aside as %j (T16)', (why, words) => {
    const plan = manifest([activity('signoff', { approvers: [two] })]);
    const whole = explainRelease(releaseWorld({ plan }).says('grace', '/approve').opened(), now);
    const activities = whole.activities.map(({ attempt, ...one }): Explanation => {
      if (attempt === undefined) return one;
      const lapse = {
        people: [person('grace')],
        at: now,
        differences: [
          { path: 'new', after: '1' },
          { path: 'old', before: '2' },
        ],
      };
      const setAside = attempt.votes.map((vote) => ({ vote, why }));
      return { ...one, attempt: { ...attempt, setAside, lapses: [lapse] } };
    });
    const text = explanationLines({ ...whole, activities }).join('\n');
    expect(text).toContain(`- set aside: grace ${words}`);
    expect(text).toContain('new: nothing → 1');
    expect(text).toContain('old: 2 → nothing');
  });

  it('sets aside nothing that counts: the rejection of a mere claim', () => {
    const plan = manifest([activity('signoff', { approvers: [two], reject: { kind: 'count', count: 2 } })]);
    const authors = [{ person: person('linus'), proof: 'claimed' }] as const;
    const world = releaseWorld({ plan, authors }).says('linus', '/reject no').says('grace', '/approve');
    expect(explained(world).attempt?.setAside).toEqual([]);
    expect(lines(world)).toMatch(/- linus rejected at .*: no/);
  });

  it('names a vote that fills no seat', () => {
    const plan = manifest([activity('signoff', { approvers: [qa, product] })]);
    const world = releaseWorld({ plan }).says('grace', '/approve').says('linus', '/approve');
    expect(explained(world).attempt?.setAside).toMatchObject([{ why: { kind: 'no-seat' } }]);
    expect(lines(world)).toMatch(/- set aside: (grace|linus) approved, and is not needed/);
  });

  it('names doubts and votes that lapsed', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff', { approvers: [two] })]) });
    world.says('grace', '/approve').edits('grace', '/approve!').step();
    expect(lines(world)).toContain('- in doubt: grace, because a comment was edited');
    world.revise(manifest([activity('signoff', { approvers: [two], title: 'Another' })]));
    expect(lines(world)).toMatch(
      /- lapsed at .*: the votes of grace, because this changed:\n {6}title: "signoff" → "Another"/,
    );
  });

  it('names who still objects after a retry (T3)', () => {
    const world = releaseWorld(governed).says('grace', '/reject no').says('carla', '/retry once more');
    expect(explained(world).attempt).toMatchObject({ attempt: 2, objectors: [{ login: 'grace' }] });
    expect(lines(world)).toContain('- still objecting: grace');
  });
});

describe('how it ended, and what comes by itself', () => {
  it.each<[string, ReleaseWorld, string]>([
    ['approved', releaseWorld().says('grace', '/approve'), 'by grace.'],
    ['rejected', releaseWorld().says('grace', '/reject too slow'), 'by grace: too slow'],
    ['rejected without a reason', releaseWorld().says('grace', '/reject'), 'by grace.'],
    [
      'ignored',
      releaseWorld(governed).says('grace', '/reject no').says('carla', '/ignore known'),
      'Overruled (ignore) by carla: known',
    ],
    ['aborted', releaseWorld().says('grace', '/abort enough'), '(release-aborted).'],
  ])('%s', (_, world, words) => {
    expect(lines(world)).toContain(words);
    expect(explained(world).attempt?.coming).toEqual([]);
  });

  it('superseded by another text', () => {
    const rejected = releaseWorld().says('grace', '/reject no');
    const before = supposing(rejected.opened(), now);
    const plan = manifest([activity('signoff', { title: 'Other'.repeat(50) })]);
    const { state } = supposeRevision(before, { ...before.state.revision, plan });
    const text = explanationLines(explainRelease(state, now)).join('\n');
    expect(text).toMatch(/Superseded at .*, because this changed:\n {6}title: "signoff" → "Other.*…/);
    expect(text).toContain('Pending');
  });

  it('everything that time brings, soonest first; the next of it is the next of the release', () => {
    const timing: Partial<Timing> = {
      openFor: '12h',
      deadline: '48h',
      remind: ['50%'],
      escalate: [{ at: '75%', to: qa.from }],
      autoApprove: { at: '47h', comment: 'Standard' },
    };
    const world = releaseWorld({ plan: manifest([timed(timing)]) });
    const coming = explained(world).attempt?.coming ?? [];
    expect(coming.map(({ kind }) => kind)).toEqual([
      'voting-closes',
      'reminder',
      'escalation',
      'approves',
      'expires',
    ]);
    expect(coming[0]?.at).toBe(nextMoment(world.opened(), now));
    expect(lines(world)).toContain('2026-11-25T09:00:00Z: the deadline; missing it ends the attempt');
  });

  it('put off by somebody', () => {
    const world = releaseWorld().says('grace', '/defer until 2026-12-01T00:00:00Z freeze');
    expect(explained(world)).toMatchObject({
      status: 'deferred',
      attempt: { coming: [{ kind: 'resumes' }] },
    });
    expect(lines(world)).toContain('Put off until 2026-12-01T00:00:00Z by grace: freeze');
  });

  it('expired, or approved by nobody', () => {
    const at = (timing: Partial<Timing>): OpenRelease => {
      const late = supposeTime(
        supposing(releaseWorld({ plan: manifest([timed(timing)]) }).opened(), now),
        '2026-12-01T00:00:00Z',
      );
      if ('kind' in late) throw new Error(late.kind);
      return late.state;
    };
    const text = (state: OpenRelease) => explanationLines(explainRelease(state, now)).join('\n');
    expect(text(at({ deadline: '24h' }))).toContain('Nobody decided before 2026-11-24T09:00:00Z.');
    expect(text(at({ autoApprove: { at: '24h', comment: 'Standard' } }))).toContain(
      'automatically, by nobody.',
    );
  });
});

describe('G-39: what is supposed says so first', () => {
  it('shows what would happen, what would begin, and who is not known', () => {
    const world = releaseWorld({
      plan: manifest([activity('signoff'), activity('ship', { needs: ['signoff'] })]),
    });
    const one = supposing(world.opened(), now);
    expect(supposedLines(one)).toEqual([
      'HYPOTHETICAL: none of this has happened, and nothing was written.',
      '  Nothing would happen.',
      '',
    ]);
    const voted = supposeVote(one, { login: 'grace', choice: 'approve', activity: 'signoff' });
    if ('kind' in voted) throw new Error(voted.kind);
    expect(supposedLines(voted).join('\n')).toContain('Then ship would begin');
    const plan = manifest([
      activity('signoff', { approvers: [{ ...qa, from: [{ kind: 'user', name: 'eve' }] }] }),
    ]);
    const text = supposedLines(supposeRevision(one, { ...one.state.revision, plan })).join('\n');
    expect(text).toContain('    approvers: ');
    expect(text).toContain('signoff would ask people whom the record does not tell');
  });

  it('says why something cannot be supposed', () => {
    const here = { login: 'grace', activity: 'signoff' };
    expect([
      impossibleWords({ kind: 'no-such-activity', activity: 'x' }),
      impossibleWords({ kind: 'not-waiting', activity: 'x' }),
      impossibleWords({ kind: 'not-eligible', ...here }),
      impossibleWords({ kind: 'not-eligible', ...here, why: { kind: 'author' } }),
      impossibleWords({ kind: 'not-your-turn', ...here }),
      impossibleWords({ kind: 'past', at: now }),
    ]).toEqual([
      'The release has no activity x.',
      'x does not wait for votes.',
      'grace is not among the people whom the record names for signoff.',
      'grace wrote the manifest, and does not vote on signoff.',
      'It is not the turn of grace on signoff.',
      'The moment has to come after 2026-11-23T10:00:00Z.',
    ]);
  });

  it('obeys no words of others (T18)', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff', { title: 'x\u001b[31m\ny' })]) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(lines(world)).not.toMatch(/\u001b|\ny/);
  });
});
