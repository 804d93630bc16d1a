import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';

const file = (input: string) =>
  new TextEncoder().encode(`release: r1
target: { ref: main }
phases:
  p:
    activities:
      a:
        approvers: { from: team:qa }
        inputs:
          x: ${input}
`);

/** The problems of a manifest with this one input, as `column code`; all of them stand in line 9. */
const problems = (input: string) =>
  parseManifest(file(input)).problems.map(({ code, position }) => `${position.column} ${code}`);

const read = (input: string) => {
  const parsed = parseManifest(file(input));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.phases[0]?.activities[0]?.inputs[0];
};

const base = { id: 'x', label: 'x', required: 'optional' };

describe('S-037, S-091–S-099, G-21: fields as people write them', () => {
  it.each<[string, object]>([
    ['{ type: text }', { type: 'text' }],
    [
      "{ type: text, description: Why, message: Say more, default: '5', min-length: 1, max-length: 9 }",
      { type: 'text', description: 'Why', message: 'Say more', default: '5', minLength: 1, maxLength: 9 },
    ],
    [
      "{ type: text, pattern: '^C-\\d+$', default: C-1 }",
      { type: 'text', pattern: '^C-\\d+$', default: 'C-1' },
    ],
    [
      '{ type: number, min: 0.5, max: 2, default: 1.5 }',
      { type: 'number', min: 0.5, max: 2, default: '1.5' },
    ],
    [
      '{ type: dropdown, options: [A, B], default: B }',
      { type: 'dropdown', options: ['A', 'B'], default: 'B' },
    ],
    [
      '{ type: multi-select, options: [A, B], min: 1, max: 2, default: [A, B] }',
      { type: 'multi-select', options: ['A', 'B'], min: 1, max: 2, default: 'A, B' },
    ],
    [
      '{ type: multi-select, options: [A], default: A }',
      { type: 'multi-select', options: ['A'], default: 'A' },
    ],
    ['{ type: checkbox, label: Yes }', { type: 'checkbox', label: 'Yes' }],
    [
      '{ type: checkboxes, items: { a: One, b: Two }, min: all }',
      {
        type: 'checkboxes',
        items: [
          { id: 'a', label: 'One' },
          { id: 'b', label: 'Two' },
        ],
        min: 2,
      },
    ],
    [
      '{ type: checkboxes, items: { a: One }, min: 1 }',
      { type: 'checkboxes', items: [{ id: 'a', label: 'One' }], min: 1 },
    ],
    ['{ type: checkboxes, items: { a: One } }', { type: 'checkboxes', items: [{ id: 'a', label: 'One' }] }],
    ['{ type: file }', { type: 'file' }],
    ['{ type: file, accept: .pdf, max-size: 500 KB }', { type: 'file', accept: ['.pdf'], maxSize: 512_000 }],
    [
      '{ type: file, accept: [.pdf, .md, .md], max-size: 25MB }',
      { type: 'file', accept: ['.pdf', '.md'], maxSize: 26_214_400 },
    ],
    ['{ type: url }', { type: 'url' }],
    [
      '{ type: url, hosts: a.com, schemes: https, default: https://a.com/b }',
      { type: 'url', hosts: ['a.com'], default: 'https://a.com/b' },
    ],
    [
      "{ type: url, hosts: ['*.a.com', b.com], schemes: [https, http] }",
      { type: 'url', hosts: ['*.a.com', 'b.com'], http: true },
    ],
    [
      '{ type: date, min: 2026-01-01, max: 2026-12-31, default: 2026-02-28 }',
      { type: 'date', min: '2026-01-01', max: '2026-12-31', default: '2026-02-28' },
    ],
    [
      '{ type: user, default: grace, required: always }',
      { type: 'user', default: 'grace', required: 'always' },
    ],
  ])('%s', (written, input) => {
    expect(read(written)).toEqual({ ...base, ...input });
  });

  it.each([
    ['a comma in an option of several', '{ type: multi-select, options: [A, "B,C"] }', ['49 invalid-value']],
    ['but not of one', '{ type: dropdown, options: [A, "B,C"] }', []],
    [
      'more to choose than there is',
      '{ type: multi-select, options: [A], min: 2, max: 3 }',
      ['55 conflict', '63 conflict'],
    ],
    ['more boxes than there are', '{ type: checkboxes, items: { a: A }, min: 2 }', ['56 conflict']],
    ['options that are one text', '{ type: dropdown, options: A }', ['41 wrong-type']],
    ['no boxes', '{ type: checkboxes, items: {} }', ['34 invalid-value']],
    ['boxes as a list', '{ type: checkboxes, items: [A] }', ['41 wrong-type']],
    ['a box with a wrong id', '{ type: checkboxes, items: { A: One } }', ['43 invalid-value']],
    ['no box at all', '{ type: checkboxes }', ['11 missing-key']],
    ['a day that does not exist', '{ type: date, min: 2026-02-30 }', ['33 invalid-value']],
    [
      'a day that is none',
      '{ type: date, min: tomorrow, max: 5 }',
      ['33 invalid-value', '33 invalid-value', '48 wrong-type'],
    ],
    ['days the wrong way round', '{ type: date, min: 2026-02-02, max: 2026-02-01 }', ['50 conflict']],
    ['lengths the wrong way round', '{ type: text, min-length: 5, max-length: 4 }', ['55 conflict']],
    ['a range of two kinds', '{ type: number, min: 1, max: a }', ['43 wrong-type']],
    ['an ending without a dot', '{ type: file, accept: pdf }', ['36 invalid-value']],
    ['a size without a unit', "{ type: file, max-size: '5' }", ['38 invalid-value']],
    ['a size beyond all limits', '{ type: file, max-size: 26 MB }', ['38 invalid-value']],
    ['a host with a path', '{ type: url, hosts: a.com/b }', ['34 invalid-value']],
    ['another scheme', '{ type: url, schemes: ftp }', ['36 invalid-value']],
    ['a box ticked in advance', '{ type: checkbox, default: true }', ['32 unknown-key']],
    ['boxes ticked in advance', '{ type: checkboxes, items: { a: A }, default: a }', ['51 unknown-key']],
    ['a file in advance', '{ type: file, default: a@9fceb02 }', ['28 unknown-key']],
    ['a default that is too short', '{ type: text, min-length: 5, default: abc }', ['52 invalid-value']],
    ['a default beside the pattern', "{ type: text, pattern: '^a$', default: b }", ['53 invalid-value']],
    [
      'a default with a pattern that is none',
      "{ type: text, pattern: '(', default: b }",
      ['37 invalid-value'],
    ],
    ['a default that is no option', '{ type: dropdown, options: [A], default: B }', ['55 invalid-value']],
    ['a default out of range', '{ type: number, max: 5, default: 6 }', ['47 invalid-value']],
    [
      'a default of another day',
      '{ type: date, max: 2026-01-01, default: 2026-01-02 }',
      ['54 invalid-value'],
    ],
    ['a default elsewhere', '{ type: url, hosts: a.com, default: https://b.com }', ['50 invalid-value']],
    ['a default that swallows lines', '{ type: text, default: "a `b" }', ['37 invalid-value']],
    ['a default that is a secret', `{ type: text, default: ghp_${'a1'.repeat(18)} }`, ['37 invalid-value']],
    ['a default of no type', '{ default: a }', ['11 missing-key']],
  ])('%s', (_, written, expected) => {
    expect(problems(written)).toEqual(expected);
  });

  it('has at most 50 boxes', () => {
    const items = (count: number) => Array.from({ length: count }, (_, place) => `b${place}: x`).join(', ');
    expect(problems(`{ type: checkboxes, items: { ${items(50)} } }`)).toEqual([]);
    expect(problems(`{ type: checkboxes, items: { ${items(51)} } }`)).toEqual(['34 invalid-value']);
  });

  it('tells the types that there are', () => {
    const [problem] = parseManifest(file('{ type: radio }')).problems;
    expect(problem?.message).toContain('multi-select, checkbox, checkboxes, file, url, date or user');
  });
});
