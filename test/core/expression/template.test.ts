import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillTemplate,
  mostHoles,
  parseTemplate,
  pathsInTemplate,
  type Template,
} from '../../../src/core/expression/template.ts';
import { expressions, known, surroundings, surroundingsOf, unknown, worlds, write } from './expressions.ts';

const hole = (inner: string): string => `\${{${inner}}}`;

const read = (text: string): Template => {
  const parsed = parseTemplate(text);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.template;
};

const facts = surroundings({
  'release.name': known('payments'),
  count: known(3),
  done: known(true),
  list: known(['x']),
  sly: known(hole('count')),
  unclear: unknown,
});

describe('T14 a text with holes', () => {
  it.each([
    ['', ''],
    ['no holes, $HOME $ { }} {{ }}', 'no holes, $HOME $ { }} {{ }}'],
    [`Release ${hole(' release.name ')}!`, 'Release payments!'],
    [`${hole('count')}${hole('done')}`, '3true'],
    [hole('count > 2'), 'true'],
    [hole(" '}}' "), '}}'],
    [`${hole("'it''s }}'")}.`, "it's }}."],
    [`${hole("'$'")}{{ x }}`, hole(' x ')],
  ])('%j is filled: %j', (text, filled) => {
    expect(fillTemplate(read(text), facts)).toEqual(known(filled));
  });

  it('takes what is filled in as data, and never reads it again', () => {
    expect(fillTemplate(read(`x ${hole('sly')}`), facts)).toEqual(known(`x ${hole('count')}`));
  });

  it('is unknown where a hole is, or where a list stands', () => {
    expect(fillTemplate(read(`${hole('count')} ${hole('unclear')} ${hole('list')}`), facts)).toBe(unknown);
    expect(fillTemplate(read(hole('list')), facts)).toEqual({ kind: 'unknown', why: 'a list has no text' });
  });

  it('names every problem with its place', () => {
    const parsed = parseTemplate(`a ${hole('b = c')} d ${hole('')} e ${hole("don't")} f`);
    expect(parsed).toEqual({
      kind: 'invalid',
      problems: [
        { offset: 7, expected: 'two equals signs, "=="', found: '"="' },
        {
          offset: 18,
          expected: 'a path, a text in single quotes, a number, true, false or a function',
          found: 'the end',
        },
        {
          offset: 23,
          expected: '"}}" after the expression, and a closing quote for each text in it',
          found: 'the end',
        },
      ],
    });
    expect(parseTemplate('${{ a').kind).toBe('invalid');
  });

  it('has a bounded number of holes', () => {
    expect(parseTemplate(hole('a').repeat(mostHoles)).kind).toBe('parsed');
    const more = parseTemplate(hole('a').repeat(mostHoles + 2));
    const expected = 'at most 100 expressions in a text';
    expect(more).toEqual({ kind: 'invalid', problems: [{ offset: 600, expected, found: 'one more' }] });
  });

  it('tells what it looks at', () => {
    expect(pathsInTemplate(read(`x ${hole('a.b == c')} ${hole('c')} ${hole('d')}`))).toEqual([
      ['a', 'b'],
      ['c'],
      ['d'],
    ]);
  });

  it('reads any text without throwing, and gives back one without holes as it is', () => {
    const pieces = fc.constantFrom('${{', '}}', "'", 'a', ' ', '$', '{', '==', 'x.y', '\n');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const parsed = parseTemplate(text);
          if (text.includes('${{') || parsed.kind === 'invalid') return;
          expect(fillTemplate(parsed.template, facts)).toEqual(known(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('finds the holes that were put into it', () => {
    const texts = fc.string().filter((text) => !text.includes('$'));
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, expressions), { maxLength: 4 }), worlds, (parts, world) => {
        const written = parts.map(([text, expression]) => `${text}${hole(` ${write(expression)} `)}`);
        fc.pre(parts.every(([, expression]) => write(expression).length < 990));
        const holes = read(written.join('')).flatMap((part) =>
          part.kind === 'hole' ? [write(part.expression)] : [],
        );
        expect(holes).toEqual(parts.map(([, expression]) => write(expression)));
        expect(() => fillTemplate(read(written.join('')), surroundingsOf(world))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
