import type { Exchange } from '../../src/local-github/fidelity/judge-exchange.ts';
import { type App, appIds, type Hosts, jsonWebToken, type RestHost } from './hosts.ts';
import type { Asker, Kept, Request } from './requests/request.ts';

type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** The value at a place such as `items.0.name`; undefined where there is none. */
export const valueAt = (value: unknown, place: string): unknown =>
  place
    .split('.')
    .reduce<unknown>(
      (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
      value,
    );

const send = async (
  host: RestHost,
  method: string,
  path: string,
  token: string | undefined,
  body?: object,
): Promise<Answer> => {
  const response = await fetch(`${host.url}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
};

/** A token of an App's only installation. */
export const mint = async (hosts: Hosts, host: RestHost, app: App, now: Date): Promise<string> => {
  const jwt = jsonWebToken(appIds[app], hosts.keyOf(app), now);
  const listed = await send(host, 'GET', '/app/installations', jwt);
  const path = `/app/installations/${valueAt(listed.body, '0.id')}/access_tokens`;
  return String(valueAt((await send(host, 'POST', path, jwt)).body, 'token'));
};

const credentialsOn = async (
  hosts: Hosts,
  host: RestHost,
  now: Date,
): Promise<(who: Asker) => string | undefined> => {
  const key = hosts.keyOf('countersign');
  const tokens = {
    app: jsonWebToken(appIds.countersign, key, now),
    installation: await mint(hosts, host, 'countersign', now),
    viewer: await mint(hosts, host, 'viewer', now),
    nobody: undefined,
    'wrong token': jsonWebToken(appIds.countersign, hosts.keyOf('viewer'), now),
    'late token': jsonWebToken(appIds.countersign, key, new Date(now.getTime() - 3_600_000)),
  };
  return (who) => (who === 'mona' || who === 'ada' || who === 'grace' ? host.tokenOf(who) : tokens[who]);
};

/** One request and its answer, as the description judges it. */
export type Asked = { readonly request: Request; readonly exchange: Exchange; readonly headers: Headers };

/** Sends all requests to one host, one after the other. Throws where an answer lacks what later ones need. */
export const askAll = async (
  hosts: Hosts,
  host: RestHost,
  requests: readonly Request[],
  now: Date,
): Promise<readonly Asked[]> => {
  const tokenOf = await credentialsOn(hosts, host, now);
  const kept: Record<string, unknown> = {};
  const asked: Asked[] = [];
  for (const request of requests) {
    const [method = '', template = ''] = request.route.split(' ');
    const path = template.replace(/<(\w+)>/g, (_, name: string) => String(kept[name]));
    const body = request.body?.(kept);
    const answer = await send(host, method, path, tokenOf(request.as), body);
    for (const [name, place] of Object.entries(request.keep ?? {}))
      kept[name] = needed(valueAt(answer.body, place), `${host.name}, ${request.name}: ${place}`, answer);
    asked.push({ request, exchange: exchangeOf(method, path, body, answer), headers: answer.headers });
  }
  return asked;
};

const needed = (value: unknown, what: string, answer: Answer): Kept[string] => {
  if (value === undefined)
    throw new Error(`${what} is missing in ${answer.status} ${JSON.stringify(answer.body)}`);
  return value;
};

const exchangeOf = (method: string, path: string, body: unknown, answer: Answer): Exchange => {
  const { pathname, searchParams } = new URL(path, 'http://host');
  return {
    method,
    path: pathname,
    query: searchParams,
    asked: body,
    status: answer.status,
    json: answer.headers.get('content-type')?.includes('json') === true || answer.body === undefined,
    answered: answer.body,
  };
};
