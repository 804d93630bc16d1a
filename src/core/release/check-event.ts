import type { EndedRun } from '../checks/standing.ts';

/** What is recorded of the checks of others, and what follows from it. */
export type CheckKinds = {
  /** How a check ended on the target that an attempt asks for; `advisory`: anybody with write access can make it (T14). */
  'check-seen': {
    readonly activity: string;
    readonly attempt: number;
    readonly run: EndedRun;
    readonly advisory?: true;
  };
  /** Outcome: every check that it waits for first has passed; from then on votes count. */
  'preconditions-met': { readonly activity: string; readonly attempt: number };
};

export const natureOfCheck = {
  'check-seen': 'fact',
  'preconditions-met': 'outcome',
} as const satisfies { readonly [K in keyof CheckKinds]: 'fact' | 'outcome' };
