import type { Position, Problem, ProblemCode } from '../problem.ts';
import { findDeceptions } from './characters.ts';
import { start } from './tree.ts';

/** The largest file that is read, in bytes (syntax, Grammar). */
export const largestFile = 256 * 1024;

/** Line and column of an offset in UTF-16 units. */
export const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
};

export const error = (code: ProblemCode, position: Position, message: string): Problem => ({
  severity: 'error',
  code,
  position,
  message,
});

export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const refused = (code: ProblemCode, position: Position, message: string): Decoded => ({
  kind: 'refused',
  problem: error(code, position, message),
});

/** Bytes to text: the size first, then UTF-8, then no character that deceives a reader. */
export const decodeText = (bytes: Uint8Array): Decoded => {
  if (bytes.length > largestFile) {
    return refused('too-large', start, `Expected at most ${largestFile} bytes, found more. Split the file.`);
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.search(/[\0\uFFFD]/u);
  if (broken >= 0) {
    const what = text[broken] === '\0' ? 'a NUL byte' : 'bytes that are not UTF-8';
    return refused('not-text', positionAt(text, broken), `Expected text in UTF-8, found ${what}.`);
  }
  const problems = findDeceptions(text).map(({ offset, name }) =>
    error(
      'forbidden-yaml',
      positionAt(text, offset),
      `Found the invisible or control character ${name}. Remove it.`,
    ),
  );
  return { kind: 'text', text, problems };
};
