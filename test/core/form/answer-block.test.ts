import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RawAnswer } from '../../../src/core/command/command.ts';
import { parseCommands } from '../../../src/core/command/parse-commands.ts';
import type { Answers, AnswerValue } from '../../../src/core/form/answer.ts';
import { answerBlock, fenced } from '../../../src/core/form/answer-block.ts';
import { expectation } from '../../../src/core/form/expectation.ts';
import { readAnswers } from '../../../src/core/form/read-answers.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import { findDeceptions } from '../../../src/core/written/characters.ts';
import { base, commit, host, judgeComment, world } from './fields.ts';

const items = [
  { id: 'backup', label: 'Backups are tested' },
  { id: 'oncall', label: 'On-call is informed' },
];
const options = ['eu', 'us', 'South Asia'];

/** A field of every type with an answer that it takes; lines and YAML carry the same values. */
const fields = (
  text: fc.Arbitrary<string>,
): { readonly [id: string]: readonly [Input, fc.Arbitrary<AnswerValue>] } => ({
  why: [{ ...base, id: 'why', type: 'text', minLength: 1 }, text],
  share: [
    { ...base, id: 'share', type: 'number' },
    fc
      .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 8 }))
      .map(([digits, places]) => Number((digits / 10 ** places).toFixed(places)) + 0),
  ],
  risk: [{ ...base, id: 'risk', type: 'dropdown', options }, fc.constantFrom(...options)],
  regions: [
    { ...base, id: 'regions', type: 'multi-select', options },
    fc.subarray(options, { minLength: 1 }),
  ],
  tests: [{ ...base, id: 'tests', type: 'checkbox' }, fc.boolean()],
  ready: [
    { ...base, id: 'ready', type: 'checkboxes', items },
    fc.subarray(['backup', 'oncall'], { minLength: 1 }),
  ],
  plan: [
    { ...base, id: 'plan', type: 'file' },
    fc.oneof(
      fc.constantFrom('docs/rollback.md', 'docs/röllback plan.md').map(
        (name): AnswerValue => ({
          kind: 'file',
          name,
          commit,
          sha256: 'e'.repeat(64),
          size: 1_200,
          type: 'text/markdown',
          stored: true,
        }),
      ),
      fc.constant<AnswerValue>({ kind: 'link', url: `${host}/user-attachments/files/1/a.pdf` }),
    ),
  ],
  ticket: [
    { ...base, id: 'ticket', type: 'url' },
    fc
      .webUrl({ validSchemes: ['https'], withQueryParameters: true })
      .filter((url) => !/[<>"\\^`{|}]/.test(url)),
  ],
  day: [
    { ...base, id: 'day', type: 'date' },
    fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ],
  deputy: [{ ...base, id: 'deputy', type: 'user' }, fc.constantFrom('grace', 'Ada-L', 'x_acme')],
});

const trimmed = (text: fc.Arbitrary<string>) => text.map((one) => one.trim()).filter((one) => one !== '');
const line = trimmed(
  fc
    .string({ unit: 'grapheme' })
    .filter((text) => !/[\n\r`<]/.test(text) && findDeceptions(text).length === 0),
);
/** Whatever may be recorded, with everything that Markdown and YAML could stumble over. */
const anyText = trimmed(
  fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '\n',
            '```',
            '`',
            '<!-- ',
            '<div>',
            'risk: Low',
            '/reject',
            '- [x] tests',
            '> ',
            '"',
            '\\',
            ': ',
            '# ',
            '👩‍🚒',
            'ü',
            '👍',
          ),
        )
        .map((parts) => parts.join('')),
    )
    .filter((text) => findDeceptions(text).length === 0 && !text.includes('\r')),
);

const filled = (text: fc.Arbitrary<string>): fc.Arbitrary<readonly [readonly Input[], Answers]> => {
  const all = fields(text);
  return fc
    .shuffledSubarray(Object.keys(all), { minLength: 1 })
    .chain((ids) =>
      fc
        .tuple(...ids.map((id) => (all[id] as (typeof all)[string])[1]))
        .map((values) => [
          ids.map((id) => (all[id] as (typeof all)[string])[0]),
          Object.fromEntries(ids.map((id, place) => [id, values[place] as AnswerValue])),
        ]),
    );
};

describe('the block to copy, filled in', () => {
  test.each([
    ['lines', line],
    ['whatever can be recorded', anyText],
  ])('is read back as exactly the values in it: %s', (_, text) => {
    const property = fc.property(filled(text), ([inputs, answers]) => {
      expect(judgeComment(inputs, answerBlock(inputs, 'approve', '/approve', answers))).toEqual({
        kind: 'valid',
        answers,
      });
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('an answer with a line separator in it swallows no other answer, and is not swallowed', () => {
    const { regions, why } = fields(line);
    const inputs = [regions, why].flatMap((field) => (field ? [field[0]] : []));
    const answers = { regions: ['eu'], why: 'looks\u2028fine' };
    expect(judgeComment(inputs, '/approve\nregions: eu\nwhy: looks\u2028fine')).toEqual({
      kind: 'valid',
      answers,
    });
  });

  test('a reason that Markdown would read as code does not swallow the answers', () => {
    const { tests, why } = fields(line);
    const inputs = [tests, why].flatMap((field) =>
      field ? [{ ...field[0], required: 'always' as const }] : [],
    );
    const block = answerBlock(inputs, 'reject', '/reject run `make', { why: 'now', tests: true });
    expect(judgeComment(inputs, block, 'reject')).toEqual({
      kind: 'valid',
      answers: { why: 'now', tests: true },
    });
    expect(parseCommands(block, [])).toMatchObject([{ reason: 'run `make' }]);
  });

  test('what is not filled in stays to be filled in, in YAML as well', () => {
    const inputs = Object.values(fields(line)).map(([input]) => input);
    const block = answerBlock(inputs, 'approve', '/approve', { why: 'one\ntwo' });
    expect(judgeComment(inputs, block)).toEqual({
      kind: 'valid',
      answers: { why: 'one\ntwo', tests: false },
    });
    expect(block).toMatchInlineSnapshot(`
      "/approve

      \`\`\`yaml
      why: "one\\ntwo"
      share: "(optional: a number)"
      risk: "(optional: eu, us or South Asia)"
      regions: "(optional: any of eu, us and South Asia, with commas between)"
      tests: false
      ready: []
      plan: "(optional: a file, written path@commit, or the link of an attachment)"
      ticket: "(optional: a link that begins with https://)"
      day: "(optional: a date such as 2026-11-23)"
      deputy: "(optional: the login of a user)"
      \`\`\`"
    `);
  });

  test('boxes that are not ticked are offered one by one', () => {
    const { ready } = fields(line);
    const block = answerBlock(ready ? [ready[0]] : [], 'approve', '/approve');
    expect(block).toBe('/approve\n- [ ] ready.backup\n- [ ] ready.oncall');
  });

  test('what nobody can see is asked for again where YAML would refuse it', () => {
    const { why } = fields(line);
    const inputs = why ? [why[0]] : [];
    const block = (text: string) => answerBlock(inputs, 'approve', '/approve', { why: text });
    expect(judgeComment(inputs, block('a\u200bb'))).toMatchObject({ answers: { why: 'a\u200bb' } });
    expect(judgeComment(inputs, block('a\u200bb `c'))).toEqual({ kind: 'valid', answers: {} });
  });

  test('T18: the fence is longer than any within the block', () => {
    expect(fenced('/approve\nwhy: `````')).toEqual(['``````', '/approve\nwhy: `````', '``````']);
    expect(fenced('/approve')).toEqual(['```', '/approve', '```']);
  });
});

describe('defaults', () => {
  const risk: Input = {
    ...base,
    id: 'risk',
    type: 'dropdown',
    options,
    default: 'us',
    required: 'to-approve',
  };
  const regions: Input = { ...base, id: 'regions', type: 'multi-select', options, default: 'eu, us' };

  it('stand in the block and are recorded as answers where the line stays as it is', () => {
    const block = answerBlock([risk, regions], 'approve', '/approve');
    expect(block).toBe('/approve\nrisk: us\nregions: eu, us');
    expect(judgeComment([risk, regions], block)).toEqual({
      kind: 'valid',
      answers: { risk: 'us', regions: ['eu', 'us'] },
    });
  });

  it('answer nothing where the line is not sent', () => {
    expect(judgeComment([risk, regions], '/approve')).toMatchObject({ problems: [{ code: 'missing' }] });
  });
});

describe('what a field expects, in words', () => {
  test.each<[Input, string]>([
    [{ ...base, id: 'a', type: 'text', maxLength: 9 }, 'text of at most 9 characters'],
    [{ ...base, id: 'a', type: 'text', minLength: 2, maxLength: 9 }, 'text of 2 to 9 characters'],
    [
      { ...base, id: 'a', type: 'multi-select', options },
      'any of eu, us and South Asia, with commas between',
    ],
    [
      { ...base, id: 'a', type: 'multi-select', options, min: 1, max: 2 },
      '1 to 2 of eu, us and South Asia, with commas between',
    ],
    [
      { ...base, id: 'a', type: 'multi-select', options, min: 2, max: 2 },
      '2 of eu, us and South Asia, with commas between',
    ],
    [
      { ...base, id: 'a', type: 'multi-select', options, min: 2 },
      'at least 2 of eu, us and South Asia, with commas between',
    ],
    [
      { ...base, id: 'a', type: 'multi-select', options, max: 2 },
      'at most 2 of eu, us and South Asia, with commas between',
    ],
    [
      { ...base, id: 'a', type: 'checkboxes', items },
      'a tick at each of backup and oncall, written - [x] a.backup',
    ],
    [
      { ...base, id: 'a', type: 'checkboxes', items, min: 1 },
      'ticks at 1 or more of backup and oncall, written - [x] a.backup',
    ],
    [{ ...base, id: 'a', type: 'file' }, 'a file, written path@commit, or the link of an attachment'],
    [
      { ...base, id: 'a', type: 'file', accept: ['.md', '.pdf'], maxSize: 1_572_864 },
      'a file ending in .md or .pdf, at most 1.5 MB, written path@commit, or the link of an attachment',
    ],
    [
      { ...base, id: 'a', type: 'file', maxSize: 512_000 },
      'a file, at most 500 KB, written path@commit, or the link of an attachment',
    ],
    [
      { ...base, id: 'a', type: 'file', maxSize: 12 },
      'a file, at most 12 bytes, written path@commit, or the link of an attachment',
    ],
    [
      { ...base, id: 'a', type: 'url', hosts: ['a.com'], http: true },
      'a link that begins with https:// or http:// at a.com',
    ],
    [{ ...base, id: 'a', type: 'date' }, 'a date such as 2026-11-23'],
    [
      { ...base, id: 'a', type: 'date', min: '2026-01-01' },
      'a date such as 2026-11-23 not before 2026-01-01',
    ],
    [{ ...base, id: 'a', type: 'date', max: '2026-01-01' }, 'a date such as 2026-11-23 not after 2026-01-01'],
    [{ ...base, id: 'a', type: 'user' }, 'the login of a user'],
  ])('%o', (input, phrase) => {
    expect(expectation(input)).toBe(phrase);
  });

  test('T17: a hundred long options are cut in a sentence and left to the page in the block', () => {
    const many = Array.from({ length: 100 }, (_, place) => `${'x'.repeat(100)}${place}`);
    const input: Input = { ...base, id: 'a', type: 'dropdown', options: many };
    expect(expectation(input)).toMatch(/^(?:x+\d, ){2}x+\d or one of 97 more$/u);
    expect(expectation({ ...input, type: 'multi-select' })).toContain('and 97 more');
    expect(answerBlock([input], 'approve', '/approve')).toBe('/approve\na: (optional: as described above)');
  });

  test('an option that Markdown would read as code is left to the page, too', () => {
    const input: Input = { ...base, id: 'a', type: 'dropdown', options: ['`x', 'y`'] };
    expect(answerBlock([input, { ...input, id: 'b' }], 'approve', '/approve')).not.toContain('`');
  });
});

describe('T17: hostile comments', () => {
  const inputs = Object.values(fields(line)).map(([input]) => input);

  test('never throw, whatever is in them', () => {
    const pieces = fc.constantFrom(
      ...[
        'why: ',
        'ready.',
        'ready: ',
        'plan: ',
        'x@9fceb02',
        '- [x] ',
        '- [ ] ready.backup',
        '\n',
        '```yaml\n',
        '```',
        '[',
        ']',
        ', ',
        '<img src="',
        '">',
        'regions:\n- eu',
        '![x](',
        'https://',
        '__proto__: x',
        '-',
        '\0',
      ],
    );
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    );
    const property = fc.property(body, (text) => {
      for (const command of parseCommands(`/approve\n${text}`, [])) {
        if (command.kind !== 'approve' && command.kind !== 'reject') continue;
        expect(readAnswers(inputs, command.answers, command.kind, world).kind).toMatch(/valid|ask|unknown/);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  /** How often a name is looked at while so many answers are judged. */
  const steps = (count: number): number => {
    let looks = 0;
    const answers = Array.from({ length: count }, (_, place): RawAnswer => {
      const name = place % 2 === 0 ? `stranger${place}` : 'why';
      return {
        get name() {
          looks += 1;
          return name;
        },
        value: 'x',
      };
    });
    readAnswers(inputs, answers, 'approve', world);
    return looks;
  };

  test('are judged in steps that grow with their length and no faster', () => {
    expect(steps(20_000)).toBeLessThanOrEqual(2 * steps(10_000));
  });
});
