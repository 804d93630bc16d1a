// How a state function answers: the changed row, or a fault. Faults are data, so that REST and GraphQL can
// each say them in their own form.

export type FieldProblem = {
  readonly resource: string;
  readonly field: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'custom' | 'unprocessable';
  readonly message?: string;
};

export type Fault =
  | { readonly kind: 'unauthorized'; readonly message: string }
  | { readonly kind: 'not-found'; readonly message: string }
  | { readonly kind: 'forbidden'; readonly message: string }
  | { readonly kind: 'invalid'; readonly message: string; readonly errors: readonly FieldProblem[] }
  | {
      readonly kind: 'stale';
      readonly expected: string;
      readonly actual: string | null;
      readonly message: string;
    }
  | { readonly kind: 'not-mergeable'; readonly message: string }
  | { readonly kind: 'conflict'; readonly message: string };

export type Failed = { readonly ok: false; readonly fault: Fault };
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failed;

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const fail = (fault: Fault): Failed => ({ ok: false, fault });

export const notFound = (message = 'Not Found'): Failed => fail({ kind: 'not-found', message });
export const forbidden = (message: string): Failed => fail({ kind: 'forbidden', message });

/** GitHub's 422: one entry per field, or a bare message. */
export const invalid = (errors: readonly FieldProblem[], message = 'Validation Failed'): Failed =>
  fail({ kind: 'invalid', message, errors });

export const problem = (
  resource: string,
  field: string,
  code: FieldProblem['code'],
  message?: string,
): FieldProblem => ({ resource, field, code, ...(message === undefined ? {} : { message }) });
