import type { DispatchKinds } from './dispatch-event.ts';
import { type Applier, change } from './fold-parts.ts';
import type { Attempt } from './state.ts';

/** What workflows make of a release. */
export const dispatchAppliers: { readonly [K in keyof DispatchKinds]: Applier<K> } = {
  'workflow-ordered': (state, { at, body: { workflow, ref, commit, inputs, ...attempt } }, take) =>
    change(state, attempt, take, (one) => ({
      ...one,
      dispatch: { order: { workflow, ref, commit, inputs, at } },
    })),
  'workflow-answered': (state, { body: { answer, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ordered(attempt, { answer })),
  'workflow-ended': (state, { body: { run, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ordered(attempt, { ended: run })),
};

/** Nothing is known of what was never ordered. */
const ordered = (attempt: Attempt, more: Partial<Attempt['dispatch']>): Attempt =>
  attempt.dispatch === undefined ? attempt : { ...attempt, dispatch: { ...attempt.dispatch, ...more } };
