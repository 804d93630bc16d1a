import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawAnswer } from '../../../src/core/command/command.ts';
import { parseCommands } from '../../../src/core/command/parse-commands.ts';
import { answerBlock } from '../../../src/core/form/answer-block.ts';
import { readAnswers as readForm } from '../../../src/core/form/read-answers.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import type { Choice } from '../../../src/core/policy/policy.ts';

const base = { label: 'Label', required: 'optional' } as const;
const risk: Input = {
  ...base,
  id: 'risk',
  type: 'dropdown',
  options: ['Low', 'Medium', 'High'],
  required: 'always',
};
const why: Input = { ...base, id: 'why', type: 'text', minLength: 10, required: 'to-approve' };
const change: Input = { ...base, id: 'change', type: 'text', pattern: '^CHG-\\d+$' };
const share: Input = { ...base, id: 'share', type: 'number', min: 0, max: 100 };
const tests: Input = { ...base, id: 'tests', type: 'checkbox', required: 'to-approve' };
const inputs = [risk, why, change, share, tests];

const world = { host: 'https://github.com', files: new Map() };
const readAnswers = (asked: readonly Input[], given: readonly RawAnswer[], choice: Choice) =>
  readForm(asked, given, choice, world);

const raw = (answers: { readonly [name: string]: RawAnswer['value'] }): readonly RawAnswer[] =>
  Object.entries(answers).map(([name, value]) => ({ name, value }));
const codes = (result: ReturnType<typeof readAnswers>): readonly string[] =>
  result.kind !== 'invalid' ? [] : result.problems.map(({ code, input }) => `${input}: ${code}`);
const judge = (input: Input, value: RawAnswer['value']) =>
  readAnswers([input], raw({ [input.id]: value }), 'approve');

describe('S-089–S-099: a form', () => {
  it('takes every answer that fits', () => {
    const given = { risk: ' Low ', why: '  tested twice  ', change: 'CHG-4711', share: '-0', tests: true };
    expect(readAnswers(inputs, raw(given), 'approve')).toEqual({
      kind: 'valid',
      answers: { risk: 'Low', why: 'tested twice', change: 'CHG-4711', share: 0, tests: true },
    });
  });

  it('names everything that is missing, and less for a rejection (G-20)', () => {
    expect(codes(readAnswers(inputs, [], 'approve'))).toEqual([
      'risk: missing',
      'why: missing',
      'tests: missing',
    ]);
    expect(codes(readAnswers(inputs, [], 'reject'))).toEqual(['risk: missing']);
    expect(readAnswers(inputs, raw({ risk: 'High', tests: false }), 'reject')).toEqual({
      kind: 'valid',
      answers: { risk: 'High', tests: false },
    });
  });

  it('names every mistake at once', () => {
    const given = [...raw({ risk: 'low', why: 'short', change: 'x', share: '1e3', tests: false, wyh: 'x' })];
    expect(codes(readAnswers(inputs, [...given, { name: 'why', value: 'y' }], 'approve'))).toEqual([
      'why: given-twice',
      'wyh: unknown-input',
      'risk: not-an-option',
      'why: too-short',
      'change: pattern-mismatch',
      'share: not-a-number',
      'tests: not-confirmed',
    ]);
  });

  it.each<[Input, RawAnswer['value'], string]>([
    [share, '0x10', 'not-a-number'],
    [share, '1e2', 'not-a-number'],
    [share, 'NaN', 'not-a-number'],
    [share, '007', 'not-a-number'],
    [share, '1,5', 'not-a-number'],
    [share, Number.POSITIVE_INFINITY, 'not-a-number'],
    [share, '0.1234567890123456', 'not-a-number'],
    [share, true, 'not-a-number'],
    [share, '-1', 'too-small'],
    [share, '100.5', 'too-large'],
    [tests, 'yes', 'not-a-checkbox'],
    [risk, true, 'not-an-option'],
    [risk, 'Medum', 'not-an-option'],
    [risk, 'constructor', 'not-an-option'],
    [why, true, 'not-text'],
    [why, 'long enough \u001b[31m', 'not-text'],
    [why, 'long enough \ud800', 'not-text'],
    [why, `short${'\u200b'.repeat(20)}`, 'too-short'],
    [why, '👍'.repeat(9), 'too-short'],
    [why, 'x'.repeat(10_001), 'too-long'],
    [change, `CHG-${'1'.repeat(500)}`, 'too-long'],
    [change, 'a CHG-1', 'pattern-mismatch'],
  ])('%o refuses %j', (input, value, code) => {
    expect(codes(judge(input, value))).toEqual([`${input.id}: ${code}`]);
  });

  it.each<[Input, RawAnswer['value'], string | number]>([
    [share, 12.5, 12.5],
    [share, '99.5', 99.5],
    [why, '👍'.repeat(10), '👍'.repeat(10)],
    [why, 12345678901, '12345678901'],
    [{ ...base, id: 'free', type: 'text' }, 'any\ntext', 'any\ntext'],
    [{ ...base, id: 'any', type: 'number' }, '-12', -12],
  ])('%o takes %j', (input, value, answer) => {
    expect(judge(input, value)).toEqual({ kind: 'valid', answers: { [input.id]: answer } });
  });

  it.each([
    ['risk', 'low', 'did you mean "Low"'],
    ['risk', 'Medum', 'did you mean "Medium"'],
    ['wyh', 'x', 'Did you mean "why"'],
  ])('helps whoever writes %s: %s', (name, value, hint) => {
    const result = readAnswers(inputs, raw({ [name]: value }), 'approve');
    expect(JSON.stringify(result)).toContain(JSON.stringify(hint).slice(1, -1));
  });

  it('is not confused by ids that objects know', () => {
    const odd: Input = { ...base, id: 'constructor', type: 'text', required: 'always' };
    expect(codes(readAnswers([odd], [], 'approve'))).toEqual(['constructor: missing']);
    expect(codes(readAnswers([], raw({ constructor: 'x', ['__proto__']: 'y' }), 'approve'))).toEqual([
      'constructor: unknown-input',
      '__proto__: unknown-input',
    ]);
    const { answers } = judge(odd, 'x') as { answers: object };
    expect(Object.hasOwn(answers, 'constructor')).toBe(true);
  });

  it('names no more than twenty answers that nobody asked for', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ name: `a${index}`, value: '' }));
    expect(codes(readAnswers([], many, 'approve'))).toHaveLength(20);
  });
});

describe('the block to copy', () => {
  const free: readonly Input[] = [
    { ...base, id: 'note', type: 'text' },
    { ...base, id: 'least', type: 'number', min: 1 },
    { ...base, id: 'most', type: 'number', max: 9 },
    { ...base, id: 'count', type: 'number' },
    { ...base, id: 'only', type: 'dropdown', options: ['One'] },
  ];

  it('asks for everything that an approval may have', () => {
    expect(answerBlock([...inputs, ...free], 'approve', '/approve go-no-go @1a2b3c4')).toMatchInlineSnapshot(`
      "/approve go-no-go @1a2b3c4
      risk: (required: Low, Medium or High)
      why: (required: text of at least 10 characters)
      change: (optional: text that matches ^CHG-\\d+$)
      share: (optional: a number from 0 to 100)
      - [ ] tests
      note: (optional: text)
      least: (optional: a number of at least 1)
      most: (optional: a number of at most 9)
      count: (optional: a number)
      only: (optional: One)"
    `);
  });

  it('asks only for what a rejection must have', () => {
    expect(answerBlock(inputs, 'reject', '/reject go-no-go')).toBe(
      '/reject go-no-go\nrisk: (required: Low, Medium or High)',
    );
  });

  it.each(['approve', 'reject'] as const)(
    'counts as no answer where it is sent back as it is: %s',
    (choice) => {
      const [command] = parseCommands(answerBlock(inputs, choice, `/${choice}`), []);
      const answers = command?.kind === choice ? command.answers : [];
      const expected =
        choice === 'approve' ? ['risk: missing', 'why: missing', 'tests: not-confirmed'] : ['risk: missing'];
      expect(codes(readAnswers(inputs, answers, choice))).toEqual(expected);
    },
  );

  it('can be filled in and read back', () => {
    const filled = answerBlock(inputs, 'approve', '/approve')
      .replace(/risk: .*/, 'risk: High')
      .replace(/why: .*/, 'why: all paths were tested')
      .replace('[ ]', '[x]');
    const [command] = parseCommands(filled, []);
    expect(readAnswers(inputs, command?.kind === 'approve' ? command.answers : [], 'approve')).toEqual({
      kind: 'valid',
      answers: { risk: 'High', why: 'all paths were tested', tests: true },
    });
  });

  it('never throws on any answer', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean());
    const answers = fc.array(
      fc.record({ name: fc.constantFrom('risk', 'why', 'share', 'tests', 'change'), value }),
    );
    fc.assert(fc.property(answers, (given) => readAnswers(inputs, given, 'approve').kind.length > 0));
  });
});
