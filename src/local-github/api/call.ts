import type { z } from 'zod';
import type { FaultPlan } from '../faults/plan.ts';
import type { Host, Viewer } from '../state/host.ts';
import { done, type Fault, fail, type Outcome } from '../state/outcome.ts';
import type { Deliveries } from '../webhooks/deliver.ts';
import type { Budget } from './rate-limit.ts';

/** One request, after routing and authentication. */
export type Call = {
  readonly host: Host;
  readonly deliveries: Deliveries;
  readonly faults: FaultPlan;
  readonly viewer: Viewer;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly url: URL;
  readonly accept: string;
  /** The viewer's primary rate limit at this moment. */
  readonly budget: Budget;
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown;
};

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly raw?: { readonly type: string; readonly bytes: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
};

export type Handler = (call: Call) => Answer | Promise<Answer>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

const documentation = 'https://docs.github.com/rest';

const statusOf: Record<Fault['kind'], number> = {
  unauthorized: 401,
  'not-found': 404,
  forbidden: 403,
  invalid: 422,
  stale: 409,
  'not-mergeable': 405,
  conflict: 409,
};

/** A fault in GitHub's REST form. */
export function refuse(fault: Fault): Answer {
  const status = statusOf[fault.kind];
  const errors = fault.kind === 'invalid' && fault.errors.length > 0 ? { errors: fault.errors } : {};
  const body = {
    message: fault.message,
    ...errors,
    documentation_url: documentation,
    status: String(status),
  };
  return { status, body };
}

/** Turns an outcome into an answer. */
export const answer = <T>(outcome: Outcome<T>, show: (value: T) => Answer): Answer =>
  outcome.ok ? show(outcome.value) : refuse(outcome.fault);

export const missing: Answer = refuse({ kind: 'not-found', message: 'Not Found' });
export const unauthenticated: Answer = refuse({ kind: 'unauthorized', message: 'Requires authentication' });

/** A parameter of the path; the router only calls a handler when it is there. */
export const param = (call: Call, name: string): string => call.params[name] ?? '';

/** A numeric parameter; NaN finds no row. */
export const numberParam = (call: Call, name: string): number => {
  const text = param(call, name);
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
};

/** Checks the JSON body; a wrong shape is GitHub's 422 "Invalid request". */
export function readBody<S extends z.ZodType>(call: Call, schema: S): Outcome<z.output<S>> {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return done(parsed.data);
  const lines = parsed.error.issues.map((issue) => {
    const path = issue.path.join('/') || 'body';
    const absent = issue.code === 'invalid_type' && issue.message.includes('received undefined');
    return absent ? `"${path}" wasn't supplied.` : `For '${path}', ${issue.message}.`;
  });
  return fail({ kind: 'invalid', message: `Invalid request.\n\n${lines.join('\n')}`, errors: [] });
}

/** Leaves out what was not given: exact optional properties do not take undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
