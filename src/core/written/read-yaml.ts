import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type Range,
  type YAMLMap,
} from 'yaml';
import type { Position, Problem } from '../problem.ts';
import { findDeceptions } from './characters.ts';
import { decodeText, error } from './decode-text.ts';
import { deepestNesting, type Finding, isFatal, mostFindings, screenTokens } from './screen-tokens.ts';
import { type Entry, type Node, start } from './tree.ts';

/** A file with its places; `problems` are those of the YAML itself and may stand beside a tree that can be read on. */
export type Read =
  | { readonly kind: 'tree'; readonly root: Node; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** A file's bytes, or the same read already: to read it takes longer than everything that is made of it. */
export type Readable = Uint8Array | Read;

export const readOf = (file: Readable): Read => ('kind' in file ? file : readYaml(file));

type Reading = {
  readonly problems: Problem[];
  readonly position: (offset: number) => Position;
  /** The text itself holds no deceptive character, so that one in a value came out of an escape. */
  readonly clean: boolean;
};

/** Errors of the parser follow from one another; the first few say it all. */
const mostSyntaxErrors = 10;

const sentences: { readonly [W in Finding['what']]: string } = {
  depth: `Expected at most ${deepestNesting} levels of nesting, found more.`,
  stray: 'Found something here that belongs to no key or value. Quote texts that hold special characters.',
  tag: 'Tags are not allowed here. Write the plain value.',
  anchor: 'Anchors are not allowed here. Write the value where it is needed.',
  alias: 'Aliases are not allowed here. Write the value again.',
  directive: 'YAML directives are not allowed here. Remove the line.',
};

/**
 * Reads one document of YAML 1.2, at most 256 KiB, without duplicate keys, merge keys, tags, anchors, aliases or
 * deceptive characters (syntax, Grammar; T18). Takes well under a second for any bytes.
 */
export const readYaml = (bytes: Uint8Array): Read => {
  const decoded = decodeText(bytes);
  if (decoded.kind === 'refused') return { kind: 'unreadable', problems: [decoded.problem] };
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(decoded.text)];
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const findings = screenTokens(tokens);
  const problems = [
    ...decoded.problems,
    ...findings.map((finding) =>
      error(
        isFatal(finding) ? 'syntax' : 'forbidden-yaml',
        position(finding.offset),
        sentences[finding.what],
      ),
    ),
  ];
  if (findings.some(isFatal) || findings.length >= mostFindings) return { kind: 'unreadable', problems };
  return compose(tokens, decoded.text.length, { problems, position, clean: decoded.problems.length === 0 });
};

const compose = (tokens: readonly CST.Token[], length: number, reading: Reading): Read => {
  const { problems, position } = reading;
  // Duplicate keys are looked for below: the parser's own search compares every key with every other.
  const options = { version: '1.2', uniqueKeys: false, prettyErrors: false } as const;
  const [document, second] = [...new Composer(options).compose(tokens, true, length)] as [
    Document,
    Document?,
  ];
  for (const { message, pos } of document.errors.slice(0, mostSyntaxErrors)) {
    problems.push(error('syntax', position(pos[0]), `${message}.`));
  }
  if (second !== undefined) problems.push(error('syntax', position((second.range as Range)[0]), oneDocument));
  if (second !== undefined || document.errors.length > 0) return { kind: 'unreadable', problems };
  return readRoot(document.contents, reading);
};

const oneDocument = 'Expected one document, found another one after "---".';

const readRoot = (contents: unknown, reading: Reading): Read => {
  const root = convert(contents, reading, start);
  if (root.kind === 'map') return { kind: 'tree', root, problems: reading.problems };
  const empty = root.kind === 'scalar' && root.value === null;
  const found = root.kind === 'list' ? 'a list' : 'a single value';
  reading.problems.push(
    empty
      ? error('empty', root.position, 'The file is empty. Expected keys with values.')
      : error(
          'wrong-type',
          root.position,
          `Expected keys with values at the top of the file, found ${found}.`,
        ),
  );
  return { kind: 'unreadable', problems: reading.problems };
};

/** Composed nodes to our own; `fallback` is where a value that is not there would stand. */
const convert = (value: unknown, reading: Reading, fallback: Position): Node => {
  if (isMap(value)) return convertMap(value, reading, fallback);
  const position = placeOf(value, reading, fallback);
  if (isSeq(value)) {
    return { kind: 'list', position, items: value.items.map((item) => convert(item, reading, position)) };
  }
  // An alias was reported when the tokens were screened.
  if (!isScalar(value)) return { kind: 'scalar', position, value: null, source: '' };
  const plain = value.value as string | number | boolean | null;
  for (const { name } of typeof plain === 'string' && reading.clean ? findDeceptions(plain) : []) {
    const message = `Found the invisible or control character ${name} behind an escape. Remove it.`;
    reading.problems.push(error('forbidden-yaml', position, message));
  }
  return { kind: 'scalar', position, value: plain, source: value.source as string };
};

// Every node that was parsed has a range.
const placeOf = (value: unknown, reading: Reading, fallback: Position): Position =>
  isNode(value) ? reading.position((value.range as Range)[0]) : fallback;

const convertMap = (map: YAMLMap, reading: Reading, fallback: Position): Node => {
  const position = placeOf(map, reading, fallback);
  const entries: Entry[] = [];
  const seen = new Map<string, Position>();
  for (const pair of map.items) {
    const at = placeOf(pair.key, reading, position);
    if (!isScalar(pair.key)) {
      reading.problems.push(
        error('forbidden-yaml', at, 'Expected a plain name as the key, found something else.'),
      );
      continue;
    }
    const { source: key } = convert(pair.key, reading, position) as Extract<Node, { kind: 'scalar' }>;
    const problem = keyProblem(key, at, seen);
    if (problem === undefined) entries.push({ key, position: at, value: convert(pair.value, reading, at) });
    else reading.problems.push(problem);
    seen.set(key, seen.get(key) ?? at);
  }
  return { kind: 'map', position, entries };
};

const keyProblem = (key: string, at: Position, seen: ReadonlyMap<string, Position>): Problem | undefined => {
  if (key === '<<')
    return error('forbidden-yaml', at, 'Merge keys are not allowed here. Write the values out.');
  const first = seen.get(key);
  if (first === undefined) return undefined;
  return error(
    'duplicate-key',
    at,
    `"${key}" is written twice; first in line ${first.line}. Keep one of them.`,
  );
};
