import type { Position, Problem } from '../problem.ts';
import { show } from './check-shape.ts';
import { error } from './decode-text.ts';
import { idPattern, idPhrase } from './leaves.ts';

type Id = { readonly name: string; readonly position: Position };

/** Ids that break the grammar, each with the nearest one that keeps it (T18). */
export const checkIds = (ids: readonly Id[]): readonly Problem[] =>
  ids
    .filter(({ name }) => !idPattern.test(name))
    .map(({ name, position }) => {
      const repaired = name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^[-0-9]+|-+$/g, '')
        .slice(0, 63);
      const hint = repaired === '' ? '' : ` Write for example "${repaired}".`;
      return error('invalid-value', position, `Expected ${idPhrase}, found ${show(name)}.${hint}`);
    });

/** Ids that stand more than once where they must differ; `kind` is for the sentence, for example `An activity`. */
export const checkUnique = (ids: readonly Id[], kind: string): readonly Problem[] => {
  const first = new Map<string, Position>();
  const problems: Problem[] = [];
  for (const { name, position } of ids) {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, position);
    else {
      const message = `${kind} named "${name}" stands in line ${earlier.line} already. Choose another id.`;
      problems.push(error('duplicate-id', position, message));
    }
  }
  return problems;
};
