import { present } from '../written/present.ts';
import type { CheckDemand } from './check-demand.ts';
import type { WrittenChecks, WrittenPreconditions } from './written-checks.ts';

/** Demands in the order written. */
export const normalizeChecks = (written: WrittenChecks): readonly CheckDemand[] =>
  [written].flat().map((one) => (typeof one === 'string' ? { name: one } : present(one)));

/** All checks of all preconditions, for every one of them has to hold. */
export const normalizePreconditions = (written: WrittenPreconditions = []): readonly CheckDemand[] =>
  [written].flat().flatMap(({ checks }) => normalizeChecks(checks));
