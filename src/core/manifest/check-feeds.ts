import type { Path } from '../expression/expression.ts';
import { parseTemplate, pathsInTemplate } from '../expression/template.ts';
import { answeredBefore, gatesBefore } from '../floors/gates.ts';
import { constrained } from '../form/constrained.ts';
import type { Problem } from '../problem.ts';
import { didYouMean } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { entriesOf, type Node, textOf, valueAt } from '../written/tree.ts';
import { sentenceIn } from './expression-sentence.ts';
import { type Activity, activitiesOf, type Manifest } from './manifest.ts';
import { outline } from './outline.ts';

/**
 * What a workflow is given: only answers that the manifest foresaw, of activities that surely came before, may be among it
 * (T14). `plan` has every field, those that the catalog and floors bring too; `root` is what the manifest was read from.
 */
export const checkFeeds = (plan: Manifest, root: Node | undefined): readonly Problem[] => {
  const fed = new Map(
    activitiesOf(plan)
      .filter((one) => one.with !== undefined)
      .map((one) => [one.id, one]),
  );
  return outline(root)
    .flatMap(({ activities }) => activities)
    .flatMap(({ name, body }) => {
      const activity = fed.get(name);
      if (activity === undefined) return [];
      return entriesOf(valueAt(body, 'with')).flatMap(({ value }) =>
        problemsOf(plan, activity, textOf(value) ?? '').map((message) =>
          error('invalid-value', value.position, message),
        ),
      );
    });
};

function problemsOf(plan: Manifest, activity: Activity, written: string): readonly string[] {
  const parsed = parseTemplate(written);
  if (parsed.kind === 'invalid') return parsed.problems.map((problem) => sentenceIn('value', problem));
  return pathsInTemplate(parsed.template).flatMap((path) => problemOf(plan, activity, path));
}

const free: ReadonlySet<string> = new Set(['release.name', 'target.commit', 'target.ref']);

function problemOf(plan: Manifest, activity: Activity, path: Path): readonly string[] {
  const all = activitiesOf(plan);
  const { id } = activity;
  const written = path.join('.');
  if (free.has(written)) return [];
  const [root, name = '', part, field = ''] = path;
  if (root !== 'activities' || part !== 'inputs' || path.length !== 4)
    return [`A workflow may be given activities.ID.inputs.NAME, ${[...free].join(', ')}; found ${written}.`];
  const source = all.find((one) => one.id === name);
  if (source === undefined) {
    const names = all.map((one) => one.id);
    return [`"${name}" is not the id of an activity of this release.${didYouMean(name, names)}`];
  }
  const input = source.inputs.find((one) => one.id === field);
  if (input === undefined) {
    const names = source.inputs.map((one) => one.id);
    return [`"${field}" is not an input of ${name}.${didYouMean(field, names)}`];
  }
  if (!gatesBefore(plan, activity).has(name))
    return [
      `"${id}" may begin without "${name}". Let it need it, and let nothing skip or pass over "${name}".`,
    ];
  if (!answeredBefore(plan, activity).has(name))
    return [
      `"${id}" runs after a failure, and not every failure that runs it comes after "${name}". Let only what needs "${name}" run "${activity.phase}" when it fails: write on-failure at those activities. Or ask in "${activity.phase}" again.`,
    ];
  if (!constrained(input))
    return [
      `"${name}.${field}" can be any text, and a workflow is given only what the manifest foresaw. Make it a dropdown, a number, a checkbox or a date, or give it a pattern from ^ to $.`,
    ];
  return input.type === 'multi-select' || input.type === 'checkboxes'
    ? [`"${name}.${field}" has several values, and a workflow is given one. Make it a dropdown.`]
    : [];
}
