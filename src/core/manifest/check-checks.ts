import type { Problem } from '../problem.ts';
import { show } from '../written/check-shape.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, itemsOf, type Node, textOf, valueAt } from '../written/tree.ts';

/** Of an activity, or of an entry of the catalog: a check that is asked for twice, or pinned in two ways. */
export const checkChecks = (body: Node): readonly Problem[] => [
  ...checkList(itemsOf(valueAt(body, 'checks'))),
  ...checkList(itemsOf(valueAt(body, 'preconditions')).flatMap((one) => itemsOf(valueAt(one, 'checks')))),
];

const checkList = (items: readonly Node[]): readonly Problem[] => {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const name = textOf(item) ?? textOf(valueAt(item, 'name'));
    const twice = name !== undefined && seen.has(name);
    if (name !== undefined) seen.add(name);
    const app = entryOf(item, 'app');
    const pinned = app !== undefined && entryOf(item, 'workflow') !== undefined;
    return [
      ...(twice
        ? [error('duplicate-id', item.position, `The check ${show(name)} stands twice. Keep one of them.`)]
        : []),
      ...(pinned
        ? [error('conflict', app.position, 'Expected either workflow or app, found both. Keep one of them.')]
        : []),
    ];
  });
};
