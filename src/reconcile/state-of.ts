import type { ReleaseRecord } from '../core/record/record.ts';
import { foldOn } from '../core/release/fold-on.ts';
import type { ReleaseState } from '../core/release/state.ts';
import { type Memory, targetKey } from './memory.ts';

/**
 * The state of a release by its record; absent: it has none yet. While a release is open the process remembers it, so that
 * one new vote does not have thousands of events folded again.
 */
export function stateOf(
  { states }: Pick<Memory, 'states'>,
  repository: string,
  release: string,
  record: ReleaseRecord | undefined,
): ReleaseState {
  const key = targetKey(repository, release);
  if (!record) {
    states.delete(key);
    return { kind: 'unopened', release, sequence: 0 };
  }
  const folded = foldOn(states.get(key), record);
  if (folded.state.kind === 'opened' && folded.state.ended) states.delete(key);
  else states.set(key, folded);
  return folded.state;
}
