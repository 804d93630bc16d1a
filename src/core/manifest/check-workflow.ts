import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { entriesOf, entryOf, type Node, spotAt, valueAt } from '../written/tree.ts';
import type { OutlinedActivity } from './outline.ts';

/** What GitHub takes for one run. */
export const mostGiven = 25;

/** Whatever starts a workflow names its environment (T1), and is started on a branch or tag with data that GitHub takes. */
export const checkWorkflow = ({ name, body }: OutlinedActivity, root: Node): readonly Problem[] => {
  const workflow = entryOf(body, 'workflow');
  if (workflow === undefined) return [];
  const given = entriesOf(valueAt(body, 'with'));
  const { holder } = spotAt(body, ['workflow']);
  const homeless = `"${name}" starts a workflow and names no environment. Write environment: beside workflow:, so that its floors and freezes hold.`;
  const onCommit =
    'GitHub starts a workflow on a branch or a tag, never on a commit. Write the target as ref:, with a tag that stays.';
  const many = `Expected at most ${mostGiven} values, found ${given.length}.`;
  return [
    ...(entryOf(body, 'environment') === undefined ? [error('missing-key', holder, homeless)] : []),
    ...(valueAt(valueAt(root, 'target'), 'sha') === undefined ? [] : [error('conflict', holder, onCommit)]),
    ...(given.length > mostGiven ? [error('invalid-value', spotAt(body, ['with']).holder, many)] : []),
    ...given
      .filter(({ key }) => !/^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(key))
      .map(({ position }) => {
        const message = 'Expected the name of an input of the workflow: letters, digits, _ and -.';
        return error('invalid-value', position, message);
      }),
    ...given.flatMap(({ value }) => checkGiven(value)),
  ];
};

/** A workflow is given what approvers read: `1.10`, `0123` and `7842e12` are numbers that it would get as other texts (T14). */
const checkGiven = (node: Node): readonly Problem[] => {
  if (node.kind !== 'scalar' || typeof node.value !== 'number' || node.source === String(node.value))
    return [];
  const message = `The workflow would get ${node.value}, because ${node.source} is read as a number. Put it in quotes.`;
  return [error('invalid-value', node.position, message)];
};
