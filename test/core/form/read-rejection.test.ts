import { describe, expect, it } from 'vitest';
import type { RawAnswer } from '../../../src/core/command/command.ts';
import { readRejection } from '../../../src/core/form/read-rejection.ts';
import type { Input } from '../../../src/core/manifest/input.ts';

const base = { label: 'Label', required: 'optional' } as const;
const risk: Input = { ...base, id: 'risk', type: 'dropdown', options: ['Low', 'High'], required: 'always' };
const why: Input = { ...base, id: 'why', type: 'text', minLength: 10, required: 'to-approve' };
const note: Input = { ...base, id: 'note', type: 'text' };
const items = [
  { id: 'a', label: 'A' },
  { id: 'b', label: 'B' },
];
const must: Input = { ...base, id: 'must', type: 'checkboxes', items, min: 2, required: 'always' };
const may: Input = { ...must, id: 'may', required: 'to-approve' };
const plan: Input = { ...base, id: 'plan', type: 'file' };

const world = { host: 'https://github.com', files: new Map() };
const judge = (inputs: readonly Input[], ...raw: readonly (readonly [string, RawAnswer['value']])[]) =>
  readRejection(
    inputs,
    raw.map(([name, value]) => ({ name, value })),
    world,
  );
const refused = (code: string, input: string) => ({ kind: 'invalid', problems: [{ code, input }] });

describe('T15, decision 0008: what came with a rejection', () => {
  it('keeps what is understood, and leaves out what is not', () => {
    expect(
      judge([risk, why, note, may], ['risk', 'Low'], ['why', 'short'], ['log', 'x'], ['may.a', true]),
    ).toEqual({ kind: 'valid', answers: { risk: 'Low', may: ['a'] } });
  });

  it('leaves out what is answered twice: nobody can tell which of the two is meant', () => {
    expect(judge([note, may], ['note', 'a'], ['note', 'b'], ['may.a', true], ['may.a', false])).toEqual({
      kind: 'valid',
      answers: {},
    });
  });

  it('is refused for what it needs, and told of nothing else', () => {
    expect(judge([risk, why], ['why', 'short'], ['log', 'x'])).toMatchObject(refused('missing', 'risk'));
    expect(judge([risk, why], ['risk', 'low'], ['why', 'short'])).toMatchObject(
      refused('not-an-option', 'risk'),
    );
    expect(judge([must], ['must.a', true])).toMatchObject(refused('not-confirmed', 'must'));
    expect(judge([must], ['must.a', true], ['must.b', true], ['must.b', false])).toMatchObject(
      refused('given-twice', 'must.b'),
    );
  });

  it('is refused for two answers to what it needs below any number of lines that nobody asked for', () => {
    const strays = Array.from({ length: 50 }, (_, index) => [`a${index}`, 'x'] as const);
    expect(judge([risk], ...strays, ['risk', 'Low'], ['risk', 'High'])).toMatchObject(
      refused('given-twice', 'risk'),
    );
  });

  it('has the files looked up that it names', () => {
    expect(judge([plan], ['plan', 'docs/a.md@9fceb02'])).toMatchObject({ kind: 'ask' });
  });
});
