import { randomUUID } from 'node:crypto';
import type { FaultPlan } from '../faults/plan.ts';
import type { Judge } from '../fidelity/judge.ts';
import { isPage } from '../pages/is-page.ts';
import type { PageServer } from '../pages/open-pages.ts';
import type { Host, Viewer } from '../state/host.ts';
import type { Deliveries } from '../webhooks/deliver.ts';
import { authenticate } from './authenticate.ts';
import { type Answer, refuse, unauthenticated } from './call.ts';
import { gitPath, handleGit } from './git-http.ts';
import type { Excess, RateLedger, Resource } from './rate-limit.ts';
import { handleRest } from './rest.ts';

export type Doors = {
  readonly host: Host;
  readonly deliveries: Deliveries;
  readonly ledger: RateLedger;
  readonly faults: FaultPlan;
  /** What people see in a browser; without it, everything is the interface's. */
  readonly pages?: PageServer;
  /** Compares what comes in and goes out with GitHub's description, where somebody wants to know. */
  readonly judge?: Judge | null;
};

const mediaType = 'application/json; charset=utf-8';

/** Answers any request: git, GraphQL or REST. A bug is a 500 that is logged, never a crash. */
export async function respond(doors: Doors, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const { judge = null } = doors;
  const copy = judge !== null && isRest(request, url) ? request.clone() : null;
  const response = await answerTo(doors, request, url).catch((error: unknown) => {
    doors.host.log(`bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return toResponse(doors, { kind: 'anonymous' }, { status: 500, body: { message: 'Server Error' } });
  });
  doors.host.log(`${request.method} ${url.pathname} ${response.status}`);
  if (judge !== null && copy !== null) await judge.exchange(copy, response.clone());
  return response;
}

const isGraphql = (path: string): boolean => path === '/api/graphql' || path === '/graphql';

/** git and pages have no description, and GraphQL is held to its own when it is executed. */
const isRest = (request: Request, url: URL): boolean =>
  gitPath(url.pathname) === null && !isGraphql(url.pathname) && !isPage(request, url);

async function answerTo(doors: Doors, request: Request, url: URL): Promise<Response> {
  const { host, deliveries, faults } = doors;
  const git = gitPath(url.pathname);
  if (git !== null) return handleGit(host, request, git);
  if (doors.pages && isPage(request, url)) return doors.pages({ host, deliveries }, request);
  const viewer = authenticate(host, request.headers.get('authorization'));
  if (!viewer.ok) return toResponse(doors, { kind: 'anonymous' }, refuse(viewer.fault));
  if (isGraphql(url.pathname))
    return toResponse(doors, viewer.value, await graphql(doors, viewer.value, request), 'graphql');
  const tooMuch = isFree(url.pathname) ? null : excessOf(doors, viewer.value, request.method !== 'GET');
  if (tooMuch !== null) return toResponse(doors, viewer.value, tooMuch, null);
  const budget = doors.ledger.read(viewer.value, host.now());
  const path = url.pathname.replace(/^\/api\/v3(?=\/|$)/, '') || '/';
  return toResponse(
    doors,
    viewer.value,
    await handleRest({ host, deliveries, faults, viewer: viewer.value, budget, request, url, path }),
    isFree(url.pathname) ? null : 'core',
  );
}

/** Asking how much is left costs nothing, and this host's own routes are no part of GitHub. */
const isFree = (path: string): boolean => /^(\/api\/v3)?\/(rate_limit$|_local\/)/.test(path);

function excessOf({ ledger, host }: Doors, viewer: Viewer, writes: boolean): Answer | null {
  const excess = ledger.excess(viewer, host.now(), 'core', writes);
  return excess === null
    ? null
    : { ...refuse({ kind: 'forbidden', message: excess.message }), ...waiting(excess) };
}

const waiting = ({ seconds }: Excess): Pick<Answer, 'headers'> =>
  seconds === null ? {} : { headers: { 'retry-after': String(seconds) } };

/** GraphQL's schema is large, so it is loaded when somebody first asks. */
async function graphql({ host, ledger }: Doors, viewer: Viewer, request: Request): Promise<Answer> {
  if (viewer.kind === 'anonymous') return unauthenticated;
  const { handleGraphql } = await import('./graphql/handler.ts');
  const body: unknown = await request.json().catch(() => null);
  if (body === null) return { status: 400, body: { message: 'Problems parsing JSON' } };
  const excess = ledger.excess(
    viewer,
    host.now(),
    'graphql',
    /"query":"[^"]*\bmutation\b/.test(JSON.stringify(body)),
  );
  if (excess === null) return handleGraphql(host, viewer, body);
  // GraphQL tells of the primary limit with HTTP 200 and an error of its own.
  if (excess.kind === 'primary')
    return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message: excess.message }] } };
  return { ...refuse({ kind: 'forbidden', message: excess.message }), ...waiting(excess) };
}

/** Adds what every answer of GitHub carries; a null resource is not counted. The date is the host's own clock, which tests may set. */
function toResponse(
  doors: Doors,
  viewer: Viewer,
  given: Answer,
  resource: Resource | null = 'core',
): Response {
  const now = doors.host.now();
  const headers = new Headers({
    date: now.toUTCString(),
    'x-github-request-id': randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    'x-github-enterprise-version': '3.19.0',
    'cache-control': viewer.kind === 'anonymous' ? 'public, max-age=60' : 'private, max-age=60',
    ...doors.ledger.count(viewer, now, given.status === 304 || resource === null, resource ?? 'core'),
    ...given.headers,
  });
  if (given.raw) {
    headers.set('content-type', given.raw.type);
    return new Response(new Uint8Array(given.raw.bytes), { status: given.status, headers });
  }
  if (given.body === undefined) return new Response(null, { status: given.status, headers });
  headers.set('content-type', mediaType);
  return new Response(JSON.stringify(given.body), { status: given.status, headers });
}
