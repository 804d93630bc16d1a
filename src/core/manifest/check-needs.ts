import type { Problem } from '../problem.ts';
import { show } from '../written/check-shape.ts';
import { didYouMean } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { idPattern } from '../written/leaves.ts';
import type { Mention, Needing } from './outline.ts';

/** What a name means that is not among those that may be needed, and what to write then; undefined: nothing. */
export type Elsewhere = (name: string) => string | undefined;

/**
 * Every `needs` that names nothing, and every cycle by its names. `kind` is for the sentence, for example `a phase`.
 */
export const checkNeeds = (
  nodes: readonly Needing[],
  kind: string,
  elsewhere: Elsewhere = () => undefined,
): readonly Problem[] => {
  const known = new Map(nodes.map((node) => [node.name, node]));
  const names = [...known.keys()];
  const unknown = nodes
    .flatMap(({ needs }) => needs)
    .filter(({ name }) => idPattern.test(name) && !known.has(name))
    .map(({ name, position }) => {
      const message = `"${name}" is not the id of ${kind}.${elsewhere(name) ?? didYouMean(name, names)}`;
      return error('unknown-reference', position, message);
    });
  return [...unknown, ...findCycles(known).map((cycle) => cycleProblem(cycle))];
};

const cycleProblem = (cycle: readonly Step[]): Problem => {
  const [first] = cycle as readonly [Step];
  const way = [...cycle, first].map(({ from }) => show(from)).join(' needs ');
  return error(
    'cycle',
    first.need.position,
    `${way}: nothing of it could ever start. Remove one of these needs.`,
  );
};

type Step = { readonly from: string; readonly need: Mention };

/** A knot of many needs holds more cycles than anybody wants to read. */
const mostCycles = 20;

/** One cycle for every knot: walks along needs, and what was walked once is never walked again. */
const findCycles = (known: ReadonlyMap<string, Needing>): readonly (readonly Step[])[] => {
  const done = new Set<string>();
  const cycles: (readonly Step[])[] = [];
  const walk = (name: string, way: readonly Step[]): void => {
    const met = way.findIndex(({ from }) => from === name);
    if (met >= 0 && cycles.length < mostCycles) cycles.push(way.slice(met));
    if (met >= 0 || done.has(name)) return;
    for (const need of known.get(name)?.needs ?? []) walk(need.name, [...way, { from: name, need }]);
    done.add(name);
  };
  for (const name of known.keys()) walk(name, []);
  return cycles;
};
