export type Failure = { readonly invariant: string; readonly why: string };

/** Ends the scenario: an invariant does not hold. */
export const broken = (invariant: string, why: string): never => {
  throw Object.assign(new Error(why), { invariant });
};
