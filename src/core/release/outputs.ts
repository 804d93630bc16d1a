import type { Answers } from '../form/answer.ts';
import type { Attempt } from './state.ts';

/**
 * What later activities may read as `inputs` of an attempt: the answers of the last approver who counted, or those that
 * custodians put in their place when they ignored a failure (G-19). Undefined until then; a rejection gives nothing.
 */
export const outputsOf = ({ ending, overruled }: Attempt): Answers | undefined => {
  if (ending?.kind === 'approved') return ending.inputs;
  return overruled?.act === 'ignore' ? overruled.inputs : undefined;
};
