import { describe, expect, it, test } from 'vitest';
import type { RawAnswer } from '../../../src/core/command/command.ts';
import { isDay } from '../../../src/core/form/day.ts';
import { readAnswers } from '../../../src/core/form/read-answers.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import { base, codes, commit, host, judgeComment, raw, world } from './fields.ts';

const regions: Input = { ...base, id: 'regions', type: 'multi-select', options: ['eu', 'us', 'South Asia'] };
const some: Input = { ...regions, id: 'some', min: 2, max: 2 };
const items = [
  { id: 'backup', label: 'Backups are tested' },
  { id: 'oncall', label: 'On-call is informed' },
];
const ready: Input = { ...base, id: 'ready', type: 'checkboxes', items };
const ticket: Input = { ...base, id: 'ticket', type: 'url', hosts: ['jira.acme.com', '*.acme.org'] };
const link: Input = { ...base, id: 'link', type: 'url' };
const day: Input = { ...base, id: 'day', type: 'date', min: '2026-11-01', max: '2026-12-31' };
const deputy: Input = { ...base, id: 'deputy', type: 'user' };
const short: Input = { ...base, id: 'short', type: 'text', maxLength: 5 };
const plan: Input = { ...base, id: 'plan', type: 'file', accept: ['.md', '.pdf'], maxSize: 1_048_576 };
const any: Input = { ...base, id: 'any', type: 'file' };
const evidence = {
  kind: 'file',
  commit,
  sha256: 'e'.repeat(64),
  size: 1_200,
  type: 'text/markdown',
  stored: true,
};
const attachment = `${host}/user-attachments/files/12/report.pdf`;
const image = `${host}/user-attachments/assets/0a1b-2c3d`;

const judge = (input: Input, value: RawAnswer['value']) =>
  readAnswers([input], raw({ [input.id]: value }), 'approve', world);

describe('S-037, S-091–S-099, G-21: what each type takes', () => {
  it.each<[Input, RawAnswer['value'], unknown]>([
    [regions, 'us, eu', ['eu', 'us']],
    [regions, '\n- South Asia\n- eu\n', ['eu', 'South Asia']],
    [regions, ['us', 'us'], ['us']],
    [some, 'eu,us', ['eu', 'us']],
    [ready, 'oncall', ['oncall']],
    [ready, ['backup', 'oncall'], ['backup', 'oncall']],
    [link, 'https://example.com', 'https://example.com'],
    [link, 'HTTPS://Example.com:8443/a?b=c#d', 'HTTPS://Example.com:8443/a?b=c#d'],
    [{ ...link, http: true }, 'http://intranet/page', 'http://intranet/page'],
    [ticket, 'https://JIRA.acme.com/browse/CHG-1', 'https://JIRA.acme.com/browse/CHG-1'],
    [ticket, 'https://wiki.acme.org/', 'https://wiki.acme.org/'],
    [day, ' 2026-11-23 ', '2026-11-23'],
    [deputy, '@grace', 'grace'],
    [deputy, 'grace-hopper_acme', 'grace-hopper_acme'],
    [short, '👍👍👍👍👍', '👍👍👍👍👍'],
    [{ ...base, id: 'two', type: 'text' }, ['a', 'b'], 'a, b'],
    [plan, 'docs/rollback.md@9FCEB02', { ...evidence, name: 'docs/rollback.md' }],
    [plan, 'docs/plan@2.md@9fceb02', { ...evidence, name: 'docs/plan@2.md', size: 12 }],
    [any, 'docs/notes.xyz@9fceb02', { ...evidence, name: 'docs/notes.xyz', size: 12, type: 'text/plain' }],
    [
      any,
      'docs/report.pdf@9fceb02',
      { ...evidence, name: 'docs/report.pdf', size: 2_000_000, type: 'application/pdf', stored: false },
    ],
    [plan, attachment, { kind: 'link', url: attachment }],
    [plan, `<${attachment}>`, { kind: 'link', url: attachment }],
    [plan, `[report.pdf](${attachment})`, { kind: 'link', url: attachment }],
    [any, `![screenshot](${image})`, { kind: 'link', url: image }],
    [any, `<img width="12" alt="x" src="${image}" />`, { kind: 'link', url: image }],
  ])('%o takes %j', (input, value, answer) => {
    expect(judge(input, value)).toEqual({ kind: 'valid', answers: { [input.id]: answer } });
  });

  it.each<[Input, RawAnswer['value'], string]>([
    [regions, 'eu, mars', 'not-an-option'],
    [regions, 'EU', 'not-an-option'],
    [regions, true, 'not-an-option'],
    [regions, ', ,', 'too-few'],
    [some, 'eu', 'too-few'],
    [some, 'eu, us, South Asia', 'too-many'],
    [regions, 'x,'.repeat(30_000), 'not-an-option'],
    [ready, 'backup, coffee', 'not-an-option'],
    [ready, true, 'not-a-checkbox'],
    [{ ...ready, min: 2 }, 'backup', 'not-confirmed'],
    [link, 'http://example.com', 'not-a-url'],
    [link, 'ftp://example.com', 'not-a-url'],
    [{ ...link, http: true }, 'ftp://example.com', 'not-a-url'],
    [link, 'https://mona:pw@example.com', 'not-a-url'],
    [link, 'https:\\\\example.com', 'not-a-url'],
    [link, 'https://exämple.com', 'not-a-url'],
    [link, 'https://example.com/<b>', 'not-a-url'],
    [link, 'javascript:alert(1)', 'not-a-url'],
    [link, `https://example.com/${'a'.repeat(2_000)}`, 'not-a-url'],
    [ticket, 'https://jira.acme.com.evil.example/', 'wrong-host'],
    [ticket, 'https://evilacme.org/', 'wrong-host'],
    [ticket, 'https://acme.org/', 'wrong-host'],
    [day, '2026-13-01', 'not-a-date'],
    [day, '23.11.2026', 'not-a-date'],
    [day, '2026-11-31', 'not-a-date'],
    [day, '2026-10-31', 'too-early'],
    [day, '2027-01-01', 'too-late'],
    [deputy, 'grace hopper', 'not-a-login'],
    [deputy, '-grace', 'not-a-login'],
    [deputy, 'user:grace', 'not-a-login'],
    [short, 'sixsix', 'too-long'],
    [plan, 'docs/rollback.md', 'not-a-file'],
    [plan, 'docs/rollback.md@main', 'not-a-file'],
    [plan, '/etc/passwd@9fceb02', 'not-a-file'],
    [plan, '../secret.md@9fceb02', 'not-a-file'],
    [plan, 'docs//a.md@9fceb02', 'not-a-file'],
    [plan, 'docs\\a.md@9fceb02', 'not-a-file'],
    [plan, 'docs/gnp\u202e.md@9fceb02', 'not-a-file'],
    [plan, `${'a'.repeat(1_000)}.md@9fceb02`, 'not-a-file'],
    [plan, 'https://evil.example/user-attachments/files/1/a.pdf', 'not-a-file'],
    [plan, `${host}.evil.example/user-attachments/files/1/a.pdf`, 'not-a-file'],
    [plan, `${attachment}?x=1`, 'not-a-file'],
    [plan, true, 'not-a-file'],
    [plan, `![screenshot](${image})`, 'wrong-file-type'],
    [plan, 'docs/notes.xyz@9fceb02', 'wrong-file-type'],
    [plan, 'docs/scan.pdf@9fceb02', 'wrong-file-type'],
    [plan, 'docs/report.pdf@9fceb02', 'file-too-large'],
    [any, 'docs/video.mp4@9fceb02', 'file-too-large'],
    [plan, 'docs/gone.md@9fceb02', 'no-such-file'],
    [any, 'docs@9fceb02', 'no-such-file'],
    [any, 'a.md@0000000', 'no-such-file'],
    [any, 'a.md@1111111', 'no-such-file'],
  ])('%o refuses %j', (input, value, code) => {
    expect(codes(judge(input, value))).toEqual([`${input.id}: ${code}`]);
  });

  test('G-22: what git has not said yet is asked for, what it cannot say now is unknown', () => {
    expect(codes(judge(any, 'docs/new.md@9fceb02'))).toEqual(['asks for docs/new.md@9fceb02']);
    expect(codes(judge(any, 'a.md@2222222'))).toEqual(['unknown: no connection']);
  });

  test('S-093: boxes are ticked one by one, and all of them where the field is required', () => {
    const all: Input = { ...ready, required: 'to-approve' };
    const one: Input = { ...all, id: 'one', min: 1 };
    const body = '/approve\n- [x] ready.backup\n- [X] ready.oncall\n- [ ] one.backup\n- [x] one.oncall';
    expect(judgeComment([all, one], body)).toEqual({
      kind: 'valid',
      answers: { ready: ['backup', 'oncall'], one: ['oncall'] },
    });
    const half = judgeComment([all, one], '/approve\n- [x] ready.backup\n- [ ] one.oncall');
    expect(codes(half)).toEqual(['ready: not-confirmed', 'one: not-confirmed']);
    expect(JSON.stringify(half)).toContain('no tick at oncall');
    expect(half).toMatchObject({ understood: { ready: ['backup'] } });
    expect(codes(judgeComment([all, one], '/reject no\n- [x] ready.backup', 'reject'))).toEqual([]);
    expect(codes(judgeComment([all], '/approve\nready.backup: yes'))).toEqual(['ready: missing']);
    const yaml = '/approve\n\n```yaml\nready.backup: yes\nready.oncall: [true]\n```';
    expect(codes(judgeComment([all], yaml))).toEqual(['ready: not-a-checkbox']);
  });

  test('an empty list and empty boxes are no answer', () => {
    const body = '/approve\n\n```yaml\nregions: []\nready: []\n```';
    expect(judgeComment([regions, ready], body)).toEqual({ kind: 'valid', answers: {} });
    expect(judgeComment([ready], '/approve\n- [ ] ready.backup')).toEqual({ kind: 'valid', answers: {} });
  });

  test('S-099: the manifest may say a rule in its own words', () => {
    const sentence = (message: string) => {
      const result = judge({ ...base, id: 'change', type: 'text', pattern: '^CHG-\\d+$', message }, 'x');
      return result.kind === 'invalid' ? result.problems[0]?.sentence : undefined;
    };
    expect(sentence('Change tickets look like CHG-4711.')).toBe(
      '"change": Change tickets look like CHG-4711. Found "x".',
    );
    expect(sentence('Look it up')).toBe('"change": Look it up. Found "x".');
  });
});

test.each([
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2000-02-29', true],
  ['2100-02-29', false],
  ['2026-12-31', true],
  ['2026-12-00', false],
  ['2026-00-10', false],
  ['26-12-31', false],
])('%s is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
