import type { CheckKinds } from './check-event.ts';
import { type Applier, change } from './fold-parts.ts';

/** What checks of others make of a release. */
export const checkAppliers: { readonly [K in keyof CheckKinds]: Applier<K> } = {
  'check-seen': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({
      ...attempt,
      seen: [...attempt.seen.filter(({ name }) => name !== body.run.name), body.run],
    })),
  'preconditions-met': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({ ...attempt, ready: true })),
};
