import type { RecordsFault } from '../record/fault.ts';
import { markdown } from './escape.ts';

/** Why no gate of a repository opens: what was found, and what to do (T8, T9). */
export function faultSentence(fault: RecordsFault): string {
  switch (fault.kind) {
    case 'rolled-back':
      return `The records branch was rolled back or replaced: checkpoint ${fault.known.number} is known, ${fault.found ? `the branch ends at checkpoint ${fault.found.number}` : 'the branch has none'}. Restore the branch to the commit that carries checkpoint ${fault.known.number}.`;
    case 'unanchored':
      return `The records branch is signed by ${fault.key}, which nobody here trusts. Remove what was pushed there, or configure the key.`;
    case 'own-key-untrusted':
      return `The configuration trusts other keys than the controller's own, ${fault.key}. Add it to records.keys, or give the controller a trusted key.`;
    case 'second-genesis':
      return `The configuration names a records branch that does not exist, but the branch ${markdown(fault.branch)} holds the record. Name that branch in records.branch.`;
    case 'damaged':
      return `The records branch cannot be read: ${fault.where}: ${fault.why}. Restore the branch from a copy.`;
  }
}
