import { createHash } from 'node:crypto';
import type { FaultPlan } from '../faults/plan.ts';
import type { Host, Viewer } from '../state/host.ts';
import type { Deliveries } from '../webhooks/deliver.ts';
import type { Answer } from './call.ts';
import type { Budget } from './rate-limit.ts';
import { matchRoute } from './route.ts';
import { routes } from './routes.ts';

export type RestRequest = {
  readonly host: Host;
  readonly deliveries: Deliveries;
  readonly faults: FaultPlan;
  readonly viewer: Viewer;
  readonly budget: Budget;
  readonly request: Request;
  readonly url: URL;
  /** The path below the REST root. */
  readonly path: string;
};

/** Answers one REST request; an unknown route says so with 501 instead of pretending. */
export async function handleRest(input: RestRequest): Promise<Answer> {
  const { request, url, path } = input;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const match = matchRoute(routes, method, path);
  if (match === null)
    return {
      status: 501,
      body: { message: `Not implemented by this local GitHub: ${request.method} ${path}` },
    };
  const body = await readJson(request);
  if ('broken' in body)
    return { status: 400, body: { message: 'Problems parsing JSON', documentation_url: '', status: '400' } };
  const accept = request.headers.get('accept') ?? '';
  const { host, deliveries, faults, viewer, budget } = input;
  const call = {
    host,
    deliveries,
    faults,
    viewer,
    budget,
    params: match.params,
    query: url.searchParams,
    url,
    accept,
    body: body.value,
  };
  const given = await match.handle(call);
  return given.status === 200 && method === 'GET' ? conditional(request, given) : given;
}

async function readJson(request: Request): Promise<{ value: unknown } | { broken: true }> {
  const text = await request.text();
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { broken: true };
  }
}

/** An unchanged answer is a 304 without a body. */
function conditional(request: Request, given: Answer): Answer {
  const bytes = given.raw?.bytes ?? JSON.stringify(given.body);
  const tag = `W/"${createHash('sha256').update(bytes).digest('hex')}"`;
  const headers = { ...given.headers, etag: tag };
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((part) => part.trim().replace(/^W\//, ''));
  return known?.includes(tag.slice(2)) ? { status: 304, headers } : { ...given, headers };
}
