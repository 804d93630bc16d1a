import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { html, markdown, tableCell, terminal, trailer } from '../../../src/core/messages/escape.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

type Node = { readonly type: string; readonly value?: string; readonly children?: readonly Node[] };

const parse = (source: string): Node =>
  fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const textOf = (node: Node): string => (node.children ?? []).map(textOf).join('') + (node.value ?? '');
const typesOf = (node: Node): readonly string[] => [node.type, ...(node.children ?? []).flatMap(typesOf)];
/** What a reader should see of a text: one line, nothing unseen. */
const seen = (text: string): string => trailer(text.slice(0, 150)).replaceAll('\u{200B}', '');

const anyText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '|',
        '\\',
        '~',
        '#',
        '@a',
        ':',
        '//',
        'http',
        '\n',
        '- ',
        '1. ',
        '!',
        '&lt;',
        'www.',
        'x',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('T18: Markdown', () => {
  test('shows every text as itself, and as nothing else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const short = text.slice(0, 150);
        const tree = parse(`${markdown(short)}\n`);
        expect(textOf(tree).replaceAll('\u{200B}', '')).toBe(seen(short));
        expect(typesOf(tree).filter((type) => !['root', 'paragraph', 'text'].includes(type))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('mentions and refers to nobody', () => {
    expect(markdown('@mona #12 GH-3 acme/x#4')).not.toMatch(/@\w|#\d|GH-\d/);
  });

  test('keeps ordinary words as they are', () => {
    const words = 'Rehearsed today, see CHG-4711: all 3 paths (v1.2) are fine; really?';
    expect(markdown(words)).toBe(words);
  });

  test('stays in its cell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = parse(`| a | b |\n| --- | --- |\n| ${tableCell(text)} | end |\n`);
        const rows = tree.children?.[0]?.children ?? [];
        expect(rows.map((row) => row.children?.length)).toEqual([2, 2]);
        expect(textOf(rows[1]?.children?.[1] ?? tree)).toBe('end');
      }),
    );
    expect(tableCell('  ')).toBe('–');
  });
});

describe('a trailer', () => {
  test('is one line that nobody sees through', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(trailer(text)).not.toMatch(/[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}]/u);
      }),
    );
  });

  test('has an end', () => {
    expect([...trailer('x'.repeat(500))]).toHaveLength(200);
    expect(trailer('x'.repeat(200))).toBe('x'.repeat(200));
  });
});

test('a terminal obeys nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(terminal(text)).not.toMatch(/[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u);
    }),
  );
  expect(terminal('a\u001b[31mb')).toBe('a\\u{1b}[31mb');
});

test('HTML is text, in elements and in attributes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const escaped = html(text);
      expect(escaped).not.toMatch(/[<>"']|&(?!#\d+;)/);
      expect(escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(text);
    }),
  );
});
