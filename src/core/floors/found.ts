import type { ProblemCode } from '../problem.ts';
import type { Path } from '../written/tree.ts';

/** Something that speaks against a plan, or is worth a hint, with the place in the manifest to point at. */
export type Found = {
  readonly at: Path;
  readonly problem: ProblemCode;
  readonly message: string;
  /** Absent: an error. */
  readonly severity?: 'warning';
};
