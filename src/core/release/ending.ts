import type { Answers } from '../form/answer.ts';
import type { Instant, Person } from '../values.ts';
import type { Difference, HappeningOf } from './event.ts';
import type { MachineFailure } from './machine-event.ts';

/** How an attempt ended. */
export type Ending =
  | {
      readonly kind: 'approved';
      readonly at: Instant;
      readonly by: readonly Person[];
      readonly inputs: Answers;
      readonly automatic?: string;
    }
  | {
      readonly kind: 'rejected';
      readonly at: Instant;
      readonly by: readonly Person[];
      readonly reason?: string;
    }
  | { readonly kind: 'expired'; readonly at: Instant; readonly deadline: Instant }
  | { readonly kind: 'succeeded'; readonly at: Instant }
  | { readonly kind: 'failed'; readonly at: Instant; readonly why: MachineFailure }
  | {
      readonly kind: 'superseded';
      readonly at: Instant;
      readonly differences: readonly Difference[];
      /** The activity that failed again, where that and no change of the manifest begins the next attempt. */
      readonly failure?: string;
    }
  | {
      readonly kind: 'aborted';
      readonly at: Instant;
      readonly why: HappeningOf<'activity-aborted'>['body']['why'];
    };
