import type { Position, Problem } from '../problem.ts';
import { didYouMean } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { type Node, textOf, valueAt } from '../written/tree.ts';
import type { OutlinedPhase } from './outline.ts';

type Run = { readonly phase: string; readonly named: string; readonly position: Position };

/**
 * A phase that an `on-failure` runs exists, is not the one that failed, and stands apart: it waits for nothing and
 * nothing waits for it, or it would run although nothing failed.
 */
export const checkFailures = (phases: readonly OutlinedPhase[]): readonly Problem[] => {
  const names = phases.map(({ name }) => name);
  const runs = phases.flatMap((phase) => [
    ...runsIn(phase.name, phase.body),
    ...phase.activities.flatMap(({ body }) => runsIn(phase.name, body)),
  ]);
  const started = new Set(runs.map(({ named }) => named));
  return [
    ...runs.flatMap(({ phase, named, position }) => {
      if (!names.includes(named)) {
        const message = `"${named}" is not the id of a phase of this release.${didYouMean(named, names)}`;
        return [error('unknown-reference', position, message)];
      }
      const message = `A failure of "${phase}" cannot run "${named}" again. Name another phase, or retry by hand.`;
      return leadsTo(runs, named, phase) ? [error('cycle', position, message)] : [];
    }),
    ...phases.flatMap(({ name, needs, position }) =>
      started.has(name) && needs.length > 0
        ? [error('conflict', position, `"${name}" runs only after a failure, so it can need nothing.`)]
        : [],
    ),
    ...phases.flatMap(({ needs }) =>
      needs
        .filter((need) => started.has(need.name))
        .map((need) => {
          const message = `"${need.name}" runs only after a failure, so nothing can need it.`;
          return error('conflict', need.position, message);
        }),
    ),
  ];
};

/** Whether failures that start with one of the phase run the other: machines would start each other for ever. */
const leadsTo = (runs: readonly Run[], from: string, to: string): boolean => {
  const reached = new Set([from]);
  for (const one of reached) for (const { phase, named } of runs) if (phase === one) reached.add(named);
  return reached.has(to);
};

const runsIn = (phase: string, body: Node): readonly Run[] => {
  const node = valueAt(valueAt(body, 'on-failure'), 'run');
  const named = textOf(node);
  return node === undefined || named === undefined ? [] : [{ phase, named, position: node.position }];
};
