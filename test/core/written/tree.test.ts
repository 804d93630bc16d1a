import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../src/core/written/read-yaml.ts';
import { spotAt } from '../../../src/core/written/tree.ts';

describe('what stands at a path', () => {
  const read = readYaml(new TextEncoder().encode('a:\n  - b: 1\n'));
  const at = (...path: readonly (string | number)[]) =>
    read.kind === 'tree' ? spotAt(read.root, path) : undefined;

  it('is pointed at by its key or by itself', () => {
    expect(at('a', 0, 'b')).toMatchObject({ node: { value: 1 }, holder: { line: 2, column: 5 } });
    expect(at('a', 0)).toMatchObject({ node: { kind: 'map' }, holder: { line: 2, column: 5 } });
  });

  it.each([
    [['a', 'b'], { line: 1, column: 1 }],
    [['a', 1], { line: 1, column: 1 }],
    [['a', 0, 'c'], { line: 2, column: 5 }],
    [['a', 0, 'b', 'c'], { line: 2, column: 5 }],
  ])('is nothing where nobody wrote it, and what is around is pointed at: %j', (path, holder) => {
    expect(at(...path)).toEqual({ node: undefined, holder });
  });
});
