import type { UsableCatalog, UsableEntry } from '../catalog/usable-catalog.ts';
import type { Problem } from '../problem.ts';
import { show } from '../written/check-shape.ts';
import { closest, didYouMean } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../written/tree.ts';
import type { Input } from './input.ts';
import { normalizeInput } from './normalize-input.ts';
import type { OutlinedActivity } from './outline.ts';
import type { WrittenActivity } from './written-manifest.ts';

/** `uses` that names nothing, and `with` that the entry does not ask for. */
export const checkUses = ({ body }: OutlinedActivity, catalog: UsableCatalog): readonly Problem[] => {
  const uses = valueAt(body, 'uses');
  const named = textOf(uses);
  // What a workflow is given is another matter.
  const data = entryOf(body, 'workflow') === undefined ? entryOf(body, 'with') : undefined;
  if (uses === undefined) {
    const message = '"with" gives data to an entry of the catalog, and there is no "uses". Remove it.';
    return data === undefined ? [] : [error('conflict', data.position, message)];
  }
  const entry = named === undefined ? undefined : catalog.get(named);
  if (entry !== undefined) return checkData(body, entry, String(named));
  if (named === undefined) return [];
  const known = [...catalog.keys()];
  const hint =
    closest(named, known) === undefined
      ? ' Add it to the catalog of the configuration, or write approvers here instead.'
      : didYouMean(named, known);
  return [error('unknown-reference', uses.position, `${show(named)} is not in the catalog.${hint}`)];
};

const checkData = (body: OutlinedActivity['body'], { data }: UsableEntry, id: string): readonly Problem[] =>
  entriesOf(valueAt(body, 'with'))
    .filter(({ key }) => !data.includes(key))
    .map(({ key, position }) => {
      const expected = data.length === 0 ? 'It takes none.' : `Expected one of ${data.join(', ')}.`;
      return error('unknown-key', position, `${show(key)} is no data of ${id}. ${expected}`);
    });

/** The fields of the catalog's form, each as the manifest has it where it says so, and then the manifest's own. */
export const usedInputs = (
  entry: UsableEntry | undefined,
  written: WrittenActivity['inputs'],
): readonly Input[] =>
  Object.entries({ ...entry?.inputs, ...written }).map(([id, input]) => normalizeInput(id, input));

/** What approvers read: the manifest's instructions or the catalog's, and the data that the catalog asked for. */
export const usedInstructions = (
  entry: UsableEntry | undefined,
  {
    instructions = entry?.instructions,
    with: data = {},
    workflow,
  }: Pick<WrittenActivity, 'instructions' | 'with' | 'workflow'>,
): string | undefined => {
  const lines = Object.entries(workflow === undefined ? data : {}).map(
    ([name, value]) => `- ${name}: ${value}`,
  );
  const all = [
    ...(instructions === undefined ? [] : [instructions]),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ];
  return all.length === 0 ? undefined : all.join('\n\n');
};
