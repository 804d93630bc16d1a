import type { Problem } from '../problem.ts';
import { error } from '../written/decode-text.ts';
import { ownerValue } from '../written/leaves.ts';
import { type Node, valueAt } from '../written/tree.ts';
import { type OutlinedPhase, principalMentions } from './outline.ts';

/** Every `${{ owner }}` and `${{ phase.owner }}` where nobody is named that it could stand for. */
export const checkOwnerValues = (root: Node, phases: readonly OutlinedPhase[]): readonly Problem[] =>
  phases.flatMap(({ name, body, activities }) =>
    activities.flatMap(principalMentions).flatMap((mention) => {
      const value = ownerValue.exec(mention.name);
      if (value === null) return [];
      const [holder, whose] = value[1] === undefined ? [root, 'release'] : [body, `phase "${name}"`];
      if (valueAt(holder, 'owner') !== undefined) return [];
      const message = `The ${whose} has no owner. Add owner, or name somebody here.`;
      return [error('unknown-reference', mention.position, message)];
    }),
  );
