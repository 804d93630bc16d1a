import type { AdmissionKinds } from './admission-event.ts';
import { type Applier, change } from './fold-parts.ts';

/** What jobs that waited for us make of a release. */
export const admissionAppliers: { readonly [K in keyof AdmissionKinds]: Applier<K> } = {
  'run-admitted': (state, { at, body: { run, environment: _, ...ref } }, take) =>
    change(state, ref, take, (attempt) => ({ ...attempt, admitted: { ...run, at } })),
  'admitted-run-ended': (state, { body: { run, ...ref } }, take) =>
    change(state, ref, take, ({ admitted, ...attempt }) => ({
      ...attempt,
      ...(admitted && { admitted: { ...admitted, ended: { conclusion: run.conclusion, at: run.ended } } }),
    })),
};
