import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { explanationLines, supposedLines } from '../../../src/core/messages/explain-words.ts';
import { settle, supposeVote, supposing } from '../../../src/core/release/as-if.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, manifest, person, recorded, releaseWorld } from '../../support/release-world.ts';

const task = (more: Partial<Activity> = {}) =>
  activity('notes', {
    title: 'Write the release notes',
    task: { authors: 'may-act' },
    approvers: [
      {
        from: [
          { kind: 'team', name: 'qa' },
          { kind: 'user', name: 'ada' },
        ],
        require: { kind: 'count', count: 1 },
      },
    ],
    ...more,
  });
const link = { id: 'link', label: 'Link', type: 'text', required: 'to-approve' } as const;
const resolutions = { 'user:ada': { kind: 'user', ...person('ada') } } as const;
const world = (more: Partial<Activity> = {}, others: readonly Activity[] = []) =>
  releaseWorld({
    plan: manifest([task(more), ...others]),
    resolutions,
    configuration: {
      custodians: { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } },
    },
  });
const check = 'countersign/release/r1/verify/notes';
const codes = (answers: readonly string[]) => answers.map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);

describe('S-009, S-014–S-016: a task is done by one of those it is assigned to', () => {
  it('with /done, and what needs it goes on', () => {
    const release = world({}, [activity('ship', { phase: 'next' })]);
    expect(release.check(check)?.title).toBe('To do');
    expect(release.thread('notes').body).toContain('**⏳ To do.** To be done by team qa or ada.');
    release.says('grace', '/done The notes are out', {}, 'notes');
    expect(release.status('notes')).toBe('approved');
    expect(release.check(check)?.title).toBe('Completed by grace');
    expect(release.thread('notes').body).toContain('**✅ Completed.** Done by grace.');
    expect(release.status('ship')).toBe('waiting');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('/approve means the same', () => {
    expect(world().says('linus', '/approve', {}, 'notes').status('notes')).toBe('approved');
  });

  it('the author of the manifest may do it', () => {
    const release = world().says('ada', '/done', {}, 'notes');
    expect(release.status('notes')).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('T16: unless the manifest excludes the author', () => {
    const release = world({ task: { authors: 'excluded' } });
    expect(release.thread('notes').body).toContain('- Authors of the manifest leave this to others: ada');
    release.says('ada', '/done', {}, 'notes');
    expect(codes(release.answers('notes'))).toEqual(['excluded']);
    expect(release.answers('notes')[0]).toContain('you wrote the manifest, and who did that leaves this');
    expect(release.status('notes')).toBe('waiting');
  });

  it('S-008: nobody else does', () => {
    const release = world().says('eve', '/done', {}, 'notes');
    expect(codes(release.answers('notes'))).toEqual(['not-eligible']);
    expect(release.status('notes')).toBe('waiting');
  });

  it('/reject says that it cannot be done and fails it; a retry asks whoever said so first (T3)', () => {
    const release = world().says('linus', '/reject The vendor is closed', {}, 'notes');
    expect(release.status('notes')).toBe('rejected');
    expect(release.releaseStatus()).toBe('failed');
    expect(release.check(check)).toMatchObject({ title: 'Failed by linus', conclusion: 'failure' });
    expect(release.thread('notes').body).toContain('❌ Cannot be done, says linus: The vendor is closed');
    release.says('sam', '/retry They are back', {}, 'notes');
    expect(release.thread('notes').body).toContain('said before that this cannot be done, and nothing has');
    release.says('linus', '/withdraw', {}, 'notes').says('grace', '/done', {}, 'notes');
    expect(release.status('notes')).toBe('approved');
  });

  it('nobody is left to do it where nobody is assigned', () => {
    const release = releaseWorld({
      plan: manifest([task()]),
      resolutions: {
        ...resolutions,
        'team:qa': { kind: 'team', id: 11, members: [] },
        'user:ada': { kind: 'team', id: 5, members: [] },
      },
    });
    expect(release.thread('notes').body).toContain('Nobody is left who may do this.');
  });
});

describe('S-015, S-028: a task that asks for something', () => {
  it('waits for input, and is not done without it', () => {
    const release = world({ inputs: [link] });
    expect(release.check(check)?.title).toBe('Waiting for input');
    release.says('grace', '/done', {}, 'notes');
    expect(codes(release.answers('notes'))).toEqual(['invalid-answers']);
    expect(release.answers('notes')[0]).toContain('Your `/done` was not counted yet.');
    expect(release.answers('notes')[0]).toContain('```\n/done\nlink:');
    release.says('grace', '/done\nlink: https://example.com/notes', {}, 'notes');
    expect(release.status('notes')).toBe('approved');
    expect(release.thread('notes').body).toContain('[did it](https://host/c/');
  });
});

describe('time, delegation and change', () => {
  const timing = {
    deadline: '4h',
    remind: [],
    escalate: [{ at: '2h', to: [{ kind: 'team', name: 'sre' }], grant: true }],
  } as const;

  it('escalates in words of its own, and expires (S-086–S-088)', () => {
    const release = world({ timing });
    release.now += 3 * 3_600_000;
    release.step();
    expect(release.answers('notes').at(-1)).toContain('@acme/sre: nobody has done it yet, and');
    expect(release.answers('notes').at(-1)).toContain('You may do it, too.');
    release.now += 3 * 3_600_000;
    release.step();
    expect(release.thread('notes').body).toContain('Nobody did it before 2026-11-23T13:00:00Z.');
  });

  it('is delegated like a seat, to the author, too (T12)', () => {
    const release = releaseWorld({ plan: manifest([activity('notes', { task: { authors: 'may-act' } })]) });
    release.says('grace', '/delegate @ada', {}, 'notes');
    expect(release.status('notes')).toBe('waiting');
    expect(release.says('ada', '/done', {}, 'notes').status('notes')).toBe('approved');
  });

  it('T2: what was done is asked again when the task changes, and as an approval it is another question', () => {
    const later = activity('later', { phase: 'next' });
    const changed = { instructions: 'In two languages.' };
    const release = world({}, [later]).says('grace', '/done', {}, 'notes');
    release.revise(manifest([task(changed), later]));
    expect(release.status('notes')).toBe('waiting');
    expect(release.check(check)?.title).toBe('To do');
    release.says('grace', '/done', {}, 'notes');
    const { task: _, ...approval } = task(changed);
    release.revise(manifest([approval, later]));
    expect(release.status('notes')).toBe('waiting');
    expect(release.check(check)?.title).toBe('Awaiting approval');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('tells while nobody has done it that something changed (T11)', () => {
    const release = world().revise(manifest([task({ instructions: 'In two languages.' })]));
    expect(release.answers('notes').at(-1)).toContain('with it what is to be done here.');
    expect(release.answers('notes').at(-1)).toContain('Nobody had done it before.');
  });
});

describe('T16: duties over tasks and approvals', () => {
  it('whoever did something does not approve it, where that is kept apart', () => {
    const apart = activity('check', {
      apartFrom: [{ kind: 'approvers', activity: 'notes' }],
      advisory: true,
    });
    const release = world({}, [apart]);
    release.says('grace', '/done', {}, 'notes').says('grace', '/approve', {}, 'check');
    expect(release.status('check')).toBe('waiting');
    expect(release.thread('check').body).toContain('grace cannot vote here: did `notes`');
  });
});

describe('/done on an approval', () => {
  it('is not taken for agreement', () => {
    const release = releaseWorld().says('grace', '/done');
    expect(codes(release.answers())).toEqual(['no-task']);
    expect(release.status()).toBe('waiting');
  });
});

describe('explain', () => {
  it('speaks of tasks', () => {
    const release = world({}, [activity('check', { apartFrom: [{ kind: 'approvers', activity: 'notes' }] })]);
    const lines = () => explanationLines(explainRelease(release.opened(), '2026-11-23T12:00:00Z')).join('\n');
    expect(lines()).toContain('notes: Write the release notes. To do, attempt 1');
    const as = supposeVote(supposing(release.opened(), '2026-11-23T12:00:00Z'), {
      login: 'grace',
      choice: 'approve',
      activity: 'notes',
    });
    if (!('state' in as)) throw new Error('impossible');
    expect(supposedLines(settle(as)).join('\n')).toContain('grace did notes');
    release.says('grace', '/approve', {}, 'check').says('linus', '/reject No time', {}, 'notes');
    expect(lines()).toContain('notes: Write the release notes. Failed, attempt 1');
    expect(lines()).toMatch(/Failed at \S+ by linus: No time/);
    expect(lines()).toMatch(/- linus cannot do it at /);
  });
});
