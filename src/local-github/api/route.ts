import type { Handler } from './call.ts';

export type Route = {
  /** As GitHub's reference writes it. */
  readonly spec: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handle: Handler;
};

/**
 * Describes a route as GitHub's reference writes it: `GET /repos/{owner}/{repo}/contents/{path+}`. A name
 * with a plus may hold slashes, one with a star may also be empty.
 */
export function route(spec: string, handle: Handler): Route {
  const [method = '', path = ''] = spec.split(' ');
  const names: string[] = [];
  const source = path.replace(/\{(\w+)([+*]?)\}|[^{}]+/g, (text, name: string | undefined, mark: string) => {
    if (name === undefined) return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    names.push(name);
    return mark === '+' ? '(.+)' : mark === '*' ? '(.*)' : '([^/]+)';
  });
  return { spec, method, pattern: new RegExp(`^${source}/?$`), names, handle };
}

export type Match = {
  readonly spec: string;
  readonly handle: Handler;
  readonly params: Readonly<Record<string, string>>;
};

/** The first route that fits; routes are listed from special to general. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | null {
  for (const candidate of routes) {
    const found = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (found === null) continue;
    const values = candidate.names.map((name, index) => [name, decode(found[index + 1] ?? '')]);
    return { spec: candidate.spec, handle: candidate.handle, params: Object.fromEntries(values) };
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
