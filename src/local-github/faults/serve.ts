import { type Doors, respond } from '../api/respond.ts';
import type { CallFault } from './fault.ts';
import { type Operation, operationOf } from './operation.ts';
import type { FaultPlan } from './plan.ts';
import { staleHost } from './stale-host.ts';
import { winRace } from './win-race.ts';

export type TroubledDoors = Doors & {
  readonly faults: FaultPlan;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
};

/** An answer, or a connection that is cut without one. */
export type Served = { readonly kind: 'answer'; readonly response: Response } | { readonly kind: 'cut' };

/** Answers a request with whatever trouble is planned for it; see `fault.ts`. */
export async function serve(doors: TroubledDoors, request: Request): Promise<Served> {
  const operation = doors.faults.troublesCalls() ? await operationOf(request) : null;
  const faults = operation === null ? [] : doors.faults.onCall(operation.names);
  if (operation === null || faults.length === 0) return answered(await respond(doors, request));
  let behind = doors;
  for (const fault of faults) {
    doors.host.log(`fault ${fault.do} on ${operation.names.join(', ')}`);
    if (fault.do === 'delay') await doors.pause(fault.milliseconds);
    if (fault.do === 'race') await winRace(doors.host, request, operation.body, fault.path);
    if (fault.do === 'stale' && operation.reads)
      behind = { ...behind, host: staleHost(doors.host, fault.changes) };
  }
  const early = faults.find((fault) => strikes(fault, 'before'));
  if (early !== undefined) return trouble(doors, early, operation);
  const response = await respond(behind, request);
  for (const fault of faults)
    if (fault.do === 'scarce') response.headers.set('x-ratelimit-remaining', String(fault.remaining));
  const late = faults.find((fault) => strikes(fault, 'after'));
  return late === undefined ? answered(response) : trouble(doors, late, operation);
}

const answered = (response: Response): Served => ({ kind: 'answer', response });

/** A limit always strikes before anything happens. */
function strikes(fault: CallFault, when: 'before' | 'after'): boolean {
  if (fault.do === 'limit') return when === 'before';
  return (fault.do === 'fail' || fault.do === 'cut') && fault.when === when;
}

function trouble({ host }: TroubledDoors, fault: CallFault, operation: Operation): Served {
  const now = host.now();
  if (fault.do === 'cut') return { kind: 'cut' };
  if (fault.do === 'fail') return answered(refusal(now, fault.status, { message: 'Server Error' }));
  if (fault.do !== 'limit') throw new TypeError(`${fault.do} is no refusal`);
  const seconds = fault['retry-after'];
  if (fault.limit === 'secondary') {
    const message = 'You have exceeded a secondary rate limit. Wait before you try again.';
    return answered(refusal(now, 403, { message }, { 'retry-after': String(seconds) }));
  }
  const message = 'API rate limit exceeded for this installation.';
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(now.getTime() / 1000) + seconds),
  };
  // GraphQL refuses with HTTP 200 and an error of its own.
  return operation.names.includes('graphql')
    ? answered(refusal(now, 200, { errors: [{ type: 'RATE_LIMITED', message }] }, headers))
    : answered(refusal(now, 403, { message }, headers));
}

function refusal(
  now: Date,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', date: now.toUTCString(), ...headers },
  });
}
