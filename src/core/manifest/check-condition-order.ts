import { pathsIn } from '../expression/expression.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { textOf, valueAt } from '../written/tree.ts';
import type { OutlinedActivity, OutlinedPhase } from './outline.ts';

/**
 * Conditions on activities that may still be undecided when they are asked, and on the activity itself: nobody could tell,
 * and the activity would stand blocked (design 3.1). Names that are not there are told elsewhere.
 */
export const checkConditionOrder = (phases: readonly OutlinedPhase[]): readonly Problem[] => {
  const all = new Set(phases.flatMap(({ activities }) => activities.map(({ name }) => name)));
  return phases.flatMap((phase) =>
    phase.activities.flatMap((activity) => {
      const node = valueAt(activity.body, 'if');
      const parsed = parseCondition(textOf(node) ?? '');
      if (node === undefined || parsed.kind === 'invalid') return [];
      const before = endedBefore(phases, phase, activity);
      const names = pathsIn(parsed.expression).flatMap(([root, name = '']) =>
        root === 'activities' && all.has(name) && !before.has(name) ? [name] : [],
      );
      return [...new Set(names)].map((name) =>
        error('invalid-value', node.position, sentence(activity.name, name)),
      );
    }),
  );
};

const sentence = (asking: string, asked: string): string =>
  asking === asked
    ? `The condition of "${asking}" asks about "${asking}" itself, which nobody can know before it begins.`
    : `The condition of "${asking}" asks about "${asked}", which may not have ended by then. Let "${asking}" need it, or its phase.`;

/** What is over, one way or the other, once an activity can begin. */
const endedBefore = (
  phases: readonly OutlinedPhase[],
  phase: OutlinedPhase,
  { needs }: OutlinedActivity,
): ReadonlySet<string> => {
  const before = new Set<string>();
  const walk = (names: readonly string[]): void => {
    for (const name of names) {
      const needed = phase.activities.find((one) => one.name === name);
      if (needed === undefined || before.has(name)) continue;
      before.add(name);
      walk(needed.needs.map((need) => need.name));
    }
  };
  walk(needs.map(({ name }) => name));
  for (const earlier of phasesBefore(phases, phase))
    for (const { name } of earlier.activities) before.add(name);
  return before;
};

/** Phases that it needs, and those whose failure runs it: then it is asked how they went. */
const phasesBefore = (phases: readonly OutlinedPhase[], phase: OutlinedPhase): ReadonlySet<OutlinedPhase> => {
  const found = new Set<OutlinedPhase>();
  const walk = (from: OutlinedPhase): void => {
    for (const earlier of phases) {
      const leads = from.needs.some(({ name }) => name === earlier.name) || isRunBy(from, earlier);
      if (!leads || earlier === phase || found.has(earlier)) continue;
      found.add(earlier);
      walk(earlier);
    }
  };
  walk(phase);
  return found;
};

const isRunBy = ({ name }: OutlinedPhase, { body, activities }: OutlinedPhase): boolean =>
  [body, ...activities.map((activity) => activity.body)].some(
    (holder) => textOf(valueAt(valueAt(holder, 'on-failure'), 'run')) === name,
  );
