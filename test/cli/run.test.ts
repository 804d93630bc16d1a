import { expect, test } from 'vitest';
import { parseArguments, portOf } from '../../src/cli/arguments.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../support/record-io.ts';

const ran = async (...args: string[]) => {
  const io = recordIo();
  return { code: await run(args, io), out: io.out.join('\n'), err: io.err.join('\n') };
};

test('help names every verb and every exit code', async () => {
  const { code, out } = await ran('--help');
  expect(code).toBe(0);
  for (const word of [
    'validate',
    'plan',
    'explain',
    'verify',
    'keygen',
    'serve',
    'demo',
    'local-github',
    '  0  ',
    '  1  ',
    '  2  ',
  ])
    expect(out).toContain(word);
});

test('no verb at all is wrong use, with the help', async () => {
  expect(await ran()).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Verbs:') });
});

test('the version is that of the package', async () => {
  expect(await ran('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

test('an unknown verb gets a suggestion where one is near', async () => {
  const near = await ran('verfy');
  expect([near.code, near.err.split('\n')[0]]).toEqual([
    2,
    'There is no verb "verfy". Did you mean `countersign verify`?',
  ]);
  const far = await ran('deploy');
  expect([far.code, far.err.split('\n')[0]]).toEqual([2, 'There is no verb "deploy".']);
});

test.each(['constructor', '__proto__', 'toString'])('%s is no verb', async (name) => {
  expect((await ran(name)).code).toBe(2);
});

test.each(['serve', 'demo', 'local-github', 'validate', 'plan', 'verify', 'explain', 'keygen'])(
  '%s explains itself and its exit codes',
  async (verb) => {
    const { code, out } = await ran(verb, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`countersign ${verb}`));
    expect(out).toMatch(/exit/i);
  },
);

test.each([
  ['serve', '--nonsense'],
  ['serve', 'extra'],
  ['demo', '--port', 'many'],
  ['demo', '--story', '--json'],
  ['demo', '--keep', 'd'],
  ['local-github'],
  ['local-github', '--data', 'd', '--port', '99999'],
])('wrong use is a sentence and the usage line: %s %s %s', async (...args) => {
  const { code, out, err } = await ran(...args.filter((arg) => arg !== undefined));
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^.+\.\nUsage: countersign .+$/);
});

test('options are read with their types and defaults', () => {
  const usage = { line: 'countersign x', text: '' };
  const options = { json: { type: 'boolean', default: false }, data: { type: 'string' } } as const;
  expect(parseArguments(['--data', 'd', 'file'], recordIo(), usage, options, 1)).toMatchObject({
    kind: 'options',
    values: { json: false, data: 'd' },
    positionals: ['file'],
  });
});

test.each([
  ['0', 0],
  ['65535', 65_535],
  ['65536', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['', undefined],
])('port %s', (text, port) => {
  expect(portOf(text)).toBe(port);
});
