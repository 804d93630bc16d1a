import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommands } from '../../../src/core/command/parse-commands.ts';

const activities = ['qa-signoff', 'go-no-go', 'product'];
const commands = (...lines: readonly string[]) => parseCommands(lines.join('\n'), activities);
const approve = { kind: 'approve', answers: [] };

describe('a line that is a command', () => {
  it.each([
    ['/approve', approve],
    ['   /approve  ', approve],
    ['/Approve', approve],
    ['/approve\tgo-no-go', { ...approve, activity: 'go-no-go' }],
    ['/approve go-no-go @1a2b3c4', { ...approve, activity: 'go-no-go', scope: '1a2b3c4' }],
    [
      '/approve @1A2B3C4 go-no-go tested',
      { ...approve, activity: 'go-no-go', scope: '1a2b3c4', reason: 'tested' },
    ],
    ['/approve looks good to me', { ...approve, reason: 'looks good to me' }],
    ['/approve go-no-go product', { ...approve, activity: 'go-no-go', reason: 'product' }],
    ['/reject go-no-go', { kind: 'reject', activity: 'go-no-go', answers: [] }],
    // A line separator looks like a space, and ends no line of Markdown: the rejection must not get lost over it.
    ['/reject too\u2028risky', { kind: 'reject', reason: 'too\u2028risky', answers: [] }],
    ['/reject produkt is broken', { kind: 'reject', reason: 'produkt is broken', answers: [] }],
    ['/done', { ...approve, done: true }],
    [
      '/Done go-no-go @1a2b3c4 it is out',
      { ...approve, done: true, activity: 'go-no-go', scope: '1a2b3c4', reason: 'it is out' },
    ],
    ['/withdraw', { kind: 'withdraw' }],
    ['/withdraw product @1a2b3c4 sorry', { kind: 'withdraw', activity: 'product', scope: '1a2b3c4' }],
    ['/help me', { kind: 'help' }],
    ['/defer until tomorrow', { kind: 'defer', reason: 'until tomorrow', answers: [] }],
    ['/evidence https://x', { kind: 'unsupported', verb: 'evidence' }],
    ['/Acknowledge this', { kind: 'acknowledge', reason: 'this', answers: [] }],
  ])('%s', (line, expected) => {
    expect(commands(line)).toEqual([expected]);
  });

  it.each([
    '/approve qa-singoff',
    '/done qa-singoff',
    '/approve QA-Signoff',
    '/approve qa-signoff, fine',
    '/withdraw produkt',
  ])('%s never lands on another activity', (line) => {
    expect(commands(line)).toMatchObject([
      { kind: 'malformed', why: expect.stringContaining('Did you mean') },
    ]);
  });

  it('may follow other text, and several may follow one another', () => {
    expect(commands('Thanks!', '/approve product', '', 'and', '/reject go-no-go no')).toMatchObject([
      { kind: 'approve', activity: 'product' },
      { kind: 'reject', reason: 'go-no-go no' },
    ]);
  });

  it('is found whatever ends the lines', () => {
    expect(commands('hello\r\n/approve product\r\n')).toEqual([{ ...approve, activity: 'product' }]);
    expect(commands('hello\r/approve product')).toEqual([{ ...approve, activity: 'product' }]);
  });

  it('is found after HTML that is closed, empty or only a comment', () => {
    expect(commands('<details>', '', 'old', '', '</details>', '', '/approve')).toEqual([approve]);
    expect(commands('a<br>b<img src="x"/>', '/approve')).toEqual([approve]);
    expect(commands('<!-- <details> -->', '', '/approve')).toEqual([approve]);
    expect(commands('</details>', '', '/approve')).toEqual([approve]);
    expect(commands('`code` and **bold', '/approve** it')).toMatchObject([]);
  });
});

describe('T15: a word against approval that begins with an id (decision 0063)', () => {
  const reject = { kind: 'reject', answers: [] };

  it.each([
    ['/reject product is broken on main', { ...reject, reason: 'product is broken on main' }],
    ['/reject @1a2b3c4 product is broken', { ...reject, scope: '1a2b3c4', reason: 'product is broken' }],
    ['/abort product cannot be mended', { kind: 'abort', reason: 'product cannot be mended', answers: [] }],
    // A scope says what is meant.
    [
      '/reject product @1a2b3c4 is broken',
      { ...reject, activity: 'product', scope: '1a2b3c4', reason: 'is broken' },
    ],
    ['/reject product @1a2b3c4', { ...reject, activity: 'product', scope: '1a2b3c4' }],
    ['/reject @1a2b3c4 product', { ...reject, activity: 'product', scope: '1a2b3c4' }],
    ['/reject product', { ...reject, activity: 'product' }],
    // What is for approval, and what has no meaning without its activity, is addressed as before (T11).
    ['/approve product is fine', { ...approve, activity: 'product', reason: 'is fine' }],
    [
      '/retry product it works now',
      { kind: 'retry', activity: 'product', reason: 'it works now', answers: [] },
    ],
  ])('%s', (line, expected) => {
    expect(commands(line)).toEqual([expected]);
  });
});

describe('a line that is no command (pitfall 3)', () => {
  it.each([
    ['/approved'],
    ['/approve-all'],
    ['/approve.'],
    ['/approve/x'],
    ['/lgtm'],
    ['please /approve'],
    ['\\/approve'],
    ['> /approve'],
    ['> quoted\n/approve'],
    ['- /approve'],
    ['- item\n/approve'],
    ['1. /approve'],
    ['    /approve'],
    ['text\n     /approve'],
    ['\t/approve'],
    ['`/approve`'],
    ['a `code\n/approve\nspan` b'],
    ['```\n/approve\n```'],
    ['~~~yaml\n/approve\n~~~'],
    ['```\n/approve'],
    ['# /approve'],
    ['/approve\n==='],
    ['<!-- \n/approve\n-->'],
    ['a <!--\n/approve\n--> b'],
    ['<!--\n\n/approve\n\n-->'],
    ['<div>\n/approve\n</div>'],
    ['<details>\n\n/approve\n\n</details>'],
    ['<details/>\n\n/approve'],
    ['a <blockquote>\n/approve\n</blockquote>'],
    ['| a |\n|---|\n/approve'],
    ['[^1]: note\n/approve'],
    [`${'> '.repeat(500)}/approve`],
    ['＼/approve'],
    ['⁄approve'],
    [`/approve${' '.repeat(65_536)}`],
    [''],
  ])('%j', (body) => {
    expect(parseCommands(body, activities)).toEqual([]);
  });
});

describe('answers below a command', () => {
  it('are lines, continued lines and check boxes', () => {
    const [command] = commands(
      '/approve go-no-go @1a2b3c4',
      'risk: Low',
      'why: All critical paths were exercised twice on staging',
      '  and the rollback was rehearsed `today,',
      'not: an answer`.',
      'change: CHG-4711',
      '- [x] tests',
      'plan: docs/rollback.md@9fceb02',
      '* [ ] Backup',
      '',
      'Thanks to everyone: great work.',
    );
    expect(command).toEqual({
      kind: 'approve',
      activity: 'go-no-go',
      scope: '1a2b3c4',
      answers: [
        { name: 'risk', value: 'Low' },
        {
          name: 'why',
          value:
            'All critical paths were exercised twice on staging\nand the rollback was rehearsed `today,\nnot: an answer`.',
        },
        { name: 'change', value: 'CHG-4711' },
        { name: 'tests', value: true },
        { name: 'plan', value: 'docs/rollback.md@9fceb02' },
        { name: 'backup', value: false },
      ],
    });
  });

  it.each([
    ['an empty value that goes on below', ['why:', 'because'], [{ name: 'why', value: 'because' }]],
    ['a value that ends at a blank line', ['why: a', '', 'b'], [{ name: 'why', value: 'a' }]],
    ['a value that a list goes on with', ['why: a', '- b'], [{ name: 'why', value: 'a\n- b' }]],
    ['text that answers nothing', ['well', 'https://example.com', 'Note: x', 'a:b'], []],
    [
      'quoted, fenced and hidden lines',
      ['', '> a: 1', '', '```', 'b: 2', '```', '', '<!--', 'c: 3', '-->'],
      [],
    ],
    ['a second item below a check box', ['- [x] a', '- b', '  - [x] c'], [{ name: 'a', value: true }]],
    ['an item that holds a quote', ['- [x] a', '', '  > b: 1'], [{ name: 'a', value: true }]],
  ])('%s', (_, lines, answers) => {
    expect(commands('/approve', ...lines)).toEqual([{ kind: 'approve', answers }]);
  });

  it('stop at the next command', () => {
    expect(commands('/approve product', 'a: 1', '/reject go-no-go', 'b: 2')).toEqual([
      { kind: 'approve', activity: 'product', answers: [{ name: 'a', value: '1' }] },
      { kind: 'reject', activity: 'go-no-go', answers: [{ name: 'b', value: '2' }] },
    ]);
  });

  it('may be a yaml block', () => {
    expect(
      commands('/approve', '```yaml', 'risk: Low', 'change: 0123', 'tests: true', 'why:', '```'),
    ).toEqual([
      {
        kind: 'approve',
        answers: [
          { name: 'risk', value: 'Low' },
          { name: 'change', value: '0123' },
          { name: 'tests', value: true },
          { name: 'why', value: '' },
        ],
      },
    ]);
  });

  it.each(['yml', 'YAML', 'Yml'])('may be a block that is called %s', (language) => {
    expect(commands('/approve', `\`\`\`${language}`, 'risk: Low', '```')).toEqual([
      { kind: 'approve', answers: [{ name: 'risk', value: 'Low' }] },
    ]);
  });

  it.each([
    ['a: [1', 'line 1'],
    ['a: 1\na: 2', 'line 2'],
    ['a: [[1]]', 'single value'],
    ['a: { b: 1 }', 'single value'],
    ['- a', 'line 1'],
    ['', 'empty'],
  ])('cannot be read from the block %j', (yaml, why) => {
    const [command] = commands('/approve', '```yaml', yaml, '```', '', '```yaml', 'b: {', '```');
    expect(command).toMatchObject({ kind: 'malformed', verb: 'approve', why: expect.stringContaining(why) });
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    '/approve',
    '\n',
    '\r\n',
    '> ',
    '- ',
    '```',
    '`',
    '<!--',
    '-->',
    '<div>',
    '    ',
    'why: x',
    '# ',
    '|',
    '\t',
  ),
  fc.constantFrom(
    '- [x] a',
    '1. ',
    '[',
    '](',
    '*',
    '_',
    '~~',
    'product ',
    '@1a2b3c4',
    '[^1]: ',
    '\n\n',
    'yaml',
    '\0',
    '$$',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const bodies = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('any body', () => {
  it('is read without an error', () => {
    fc.assert(fc.property(bodies, (body) => Array.isArray(parseCommands(body, activities))));
  });

  it('holds no command once it is quoted', () => {
    const quoted = bodies.map((body) => body.replace(/^|\r\n?|\n/g, (end) => `${end}> `));
    fc.assert(fc.property(quoted, (body) => parseCommands(body, activities).length === 0));
  });

  it('holds no command once it is fenced', () => {
    const fenced = bodies.map((body) => `~~~~~\n${body.replaceAll('~~~~~', '')}\n~~~~~\n`);
    fc.assert(fc.property(fenced, (body) => parseCommands(body, activities).length === 0));
  });

  it.each(['>', '> ', '1. ', '- ', '*a', '](', '[^a]: ', '`', '<a ', '*_', '~a', '| a\n', '- a\n\n', '$'])(
    "of GitHub's greatest length, made of %j, is read in the end",
    (part) => {
      expect(
        parseCommands(`${part.repeat(65_000 / part.length)}\n\n/approve`, activities).length,
      ).toBeLessThan(2);
    },
  );
});

describe('a scope that cannot be read as one (T11)', () => {
  it.each([
    'go-no-go@deadbee',
    'go-no-go @123456',
    '@sha256:deadbeef',
    'please @deadbee',
    '(@deadbeef)',
    '@1a2b3c4,',
    '@deadbeg',
    '@1a2b3c',
    '@ada',
  ])('is no remark on an approval: %j', (words) => {
    for (const verb of ['approve', 'withdraw']) {
      expect(commands(`/${verb} ${words}`)).toMatchObject([{ kind: 'malformed', verb }]);
    }
  });

  it('leaves mentions alone, and rejections, which are safe in any case', () => {
    expect(commands('/approve thanks to @grace and ada@acme.test')).toMatchObject([{ kind: 'approve' }]);
    expect(commands('/reject go-no-go@deadbee')).toMatchObject([{ kind: 'reject' }]);
  });
});

describe('/done with a block that cannot be read', () => {
  it('is named as it was written', () => {
    expect(commands('/done', '', '```yaml', 'a: [', '```')).toMatchObject([
      { kind: 'malformed', verb: 'done' },
    ]);
  });
});

describe('T15: a word against approval with a block that cannot be read (decision 0008)', () => {
  it.each(['reject', 'abort'])('/%s keeps its force and its reason', (verb) => {
    expect(commands(`/${verb} red`, '', '```yaml', 'Error: at foo: bar', '```', '', 'note: x')).toEqual([
      { kind: verb, reason: 'red', answers: [{ name: 'note', value: 'x' }] },
    ]);
  });
});

describe('the line of a field that is asked for (decision 0042)', () => {
  it.each(['Risk: Low', '- risk: Low', '1. RISK: Low', 'risk:Low', 'risk : Low'])('%s', (line) => {
    const read = (fields: readonly string[]) => parseCommands(`/approve\n\n${line}`, activities, fields);
    expect(read(['why', 'risk'])).toEqual([{ kind: 'approve', answers: [{ name: 'risk', value: 'Low' }] }]);
    expect(read(['why'])).toEqual([approve]);
  });

  it('ends the text above it', () => {
    expect(parseCommands('/approve\nwhy: fine\nRisk: Low\nNote: x', activities, ['why', 'risk'])).toEqual([
      {
        kind: 'approve',
        answers: [
          { name: 'why', value: 'fine' },
          { name: 'risk', value: 'Low\nNote: x' },
        ],
      },
    ]);
  });

  it('may be another one, or none that is asked for', () => {
    expect(parseCommands('/approve\nOther: x\nother: y\na:b\nRisk:', activities, ['risk'])).toEqual([
      {
        kind: 'approve',
        answers: [
          { name: 'other', value: 'y\na:b' },
          { name: 'risk', value: '' },
        ],
      },
    ]);
  });
});
