import { gitPath } from '../api/git-http.ts';
import { matchRoute } from '../api/route.ts';
import { routes } from '../api/routes.ts';

/** What a request asks for, as far as faults care. */
export type Operation = {
  /** The names it goes by: a route, `graphql` and its root fields, or `git`. */
  readonly names: readonly string[];
  /** A read changes nothing, so it can be answered from the past. */
  readonly reads: boolean;
  /** The parsed JSON body; undefined where there is none. */
  readonly body: unknown;
};

/** Names a request. The request itself is left unread. Null for what is no part of GitHub: the routes of this host's own. */
export async function operationOf(request: Request): Promise<Operation | null> {
  const { pathname } = new URL(request.url);
  if (gitPath(pathname) !== null) return { names: ['git'], reads: false, body: undefined };
  const path = pathname.replace(/^\/api\/v3(?=\/|$)/, '') || '/';
  if (path.startsWith('/_local/')) return null;
  const body = await bodyOf(request);
  if (path === '/api/graphql' || path === '/graphql') return { ...(await documentOf(body)), body };
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const spec = matchRoute(routes, method, path)?.spec;
  return { names: spec === undefined ? [] : [spec], reads: method === 'GET', body };
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = request.method === 'GET' ? '' : await request.clone().text();
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** GraphQL is loaded when somebody first asks, as everywhere here. */
async function documentOf(body: unknown): Promise<Pick<Operation, 'names' | 'reads'>> {
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
  if (typeof query !== 'string') return { names: ['graphql'], reads: false };
  const { parse } = await import('graphql');
  try {
    const operations = parse(query, { noLocation: true }).definitions.flatMap((definition) =>
      definition.kind === 'OperationDefinition' ? [definition] : [],
    );
    const fields = operations.flatMap(({ selectionSet }) =>
      selectionSet.selections.flatMap((field) => (field.kind === 'Field' ? [field.name.value] : [])),
    );
    const reads = operations.every(({ operation }) => operation === 'query');
    return { names: ['graphql', ...new Set(fields.map((field) => `graphql ${field}`))], reads };
  } catch {
    return { names: ['graphql'], reads: false };
  }
}
