// Trouble on request: what may go wrong, how it is written, and what it means. This page is its whole reference.
//
// Faults are given as a list, under `faults:` in a seed or as the JSON body of `POST /_local/faults`; `GET` shows those
// that have not run out with how often each was met, `DELETE` takes all away. Each names where it strikes and when, by
// number and never by chance: `call: 3, times: 2` strikes the third and fourth call that fit, counted from when the fault
// was given (`call` and `times` are 1 where nothing is said).
//
//   on: 'POST /repos/{owner}/{repo}/git/refs'   a REST call, as GitHub's reference writes it
//   on: 'graphql createIssue'                   a GraphQL document with that field at its root, written so, not renamed
//   on: graphql | git | '*'                     any GraphQL document, any git exchange, any call of either kind
//   webhook: issue_comment.created              a delivery, by event and action; by the event alone; or '*'
//
// What calls may suffer (`do`):
//
//   delay     milliseconds               answers later
//   fail      status (502), when         answers 5xx, `before` (the default) or `after` the call took effect
//   cut       when                       closes the connection without an answer, before or after it took effect
//   limit     limit, retry-after (60)    refuses: the `primary` limit with an exhausted quota, the `secondary` one with
//                                        the header `retry-after`; seconds
//   scarce    remaining (0)              answers truly, and says that so few calls are left of the hour's quota
//   stale     changes (1)                a read sees branches as they were that many pushes ago, and not yet that many of
//                                        the newest comments; writes are left alone
//   race      path (race.txt)            somebody else's commit with that file lands right before a commit that names a
//                                        branch, or before the branch is made
//
// What deliveries may suffer:
//
//   drop                                 it never arrives, and the log says so
//   double                               it arrives twice, under one guid
//   delay     milliseconds               it arrives later than what happened after it
//   reorder   behind (1)                 it arrives after that many of the next ones, or when nothing else is on its way

import { z } from 'zod';

const count = z.int().positive().default(1);
const milliseconds = z.int().nonnegative().max(3_600_000);
const when = z.enum(['before', 'after']).default('before');
const call = { on: z.string().min(1), call: count, times: count };
const delivery = { webhook: z.string().min(1), call: count, times: count };

const callFault = z.discriminatedUnion('do', [
  z.strictObject({ ...call, do: z.literal('delay'), milliseconds }),
  z.strictObject({ ...call, do: z.literal('fail'), status: z.int().min(500).max(599).default(502), when }),
  z.strictObject({ ...call, do: z.literal('cut'), when }),
  z.strictObject({
    ...call,
    do: z.literal('limit'),
    limit: z.enum(['primary', 'secondary']).default('secondary'),
    'retry-after': z.int().positive().max(86_400).default(60),
  }),
  z.strictObject({ ...call, do: z.literal('scarce'), remaining: z.int().nonnegative().default(0) }),
  z.strictObject({ ...call, do: z.literal('stale'), changes: count }),
  z.strictObject({ ...call, do: z.literal('race'), path: z.string().min(1).default('race.txt') }),
]);

const deliveryFault = z.discriminatedUnion('do', [
  z.strictObject({ ...delivery, do: z.literal('drop') }),
  z.strictObject({ ...delivery, do: z.literal('double') }),
  z.strictObject({ ...delivery, do: z.literal('delay'), milliseconds }),
  z.strictObject({ ...delivery, do: z.literal('reorder'), behind: count }),
]);

export const faultList = z.array(z.union([callFault, deliveryFault])).max(1_000);

/** What happens to a call. */
export type CallFault = z.output<typeof callFault>;
/** What happens to a webhook delivery. */
export type DeliveryFault = z.output<typeof deliveryFault>;
export type Fault = CallFault | DeliveryFault;
