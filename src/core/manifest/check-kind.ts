import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { entryOf, spotAt } from '../written/tree.ts';
import { manualKeys, otherKinds } from './grammar.ts';
import type { OutlinedActivity } from './outline.ts';
import { rulePhrase } from './written-rule.ts';

/** One key decides what an activity is (syntax); what belongs to another kind would be ignored, so it is an error. */
export const checkKind = ({ name, position, body }: OutlinedActivity): readonly Problem[] => {
  if (body.kind !== 'map') return [];
  const has = (key: string): boolean => entryOf(body, key) !== undefined;
  if (!['approvers', ...otherKinds].some(has))
    return [
      error(
        'missing-key',
        position,
        `"approvers" is missing. Expected ${rulePhrase}; or assignees, where something is to be done.`,
      ),
    ];
  if (has('checks')) {
    const keys = ['environment', 'workflow', 'valid-for', ...manualKeys].filter((key) => key !== 'deadline');
    return keys.filter(has).map((key) => {
      const message = `"${name}" waits for checks of others, and nothing else happens there: ${key} means nothing. Give it an activity of its own, and say by needs which comes first.`;
      return error('conflict', spotAt(body, [key]).holder, message);
    });
  }
  if (has('environment')) {
    const meant = has('workflow') ? manualKeys.filter((key) => key !== 'with') : manualKeys;
    return meant.filter(has).map((key) => {
      const message = `"${name}" opens an environment, and nobody is asked there: ${key} means nothing. Give the approval an activity of its own, and let "${name}" need it.`;
      return error('conflict', spotAt(body, [key]).holder, message);
    });
  }
  const message = `valid-for says how long an environment stays open, and "${name}" opens none.`;
  return has('valid-for') ? [error('conflict', spotAt(body, ['valid-for']).holder, message)] : [];
};
