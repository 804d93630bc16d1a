import type { Json } from '../../core/values.ts';

/** Somebody at a keyboard: whatever they do goes over HTTP, with their own token. */
export type Person = {
  readonly login: string;
  /** Calls the REST API below the repository; returns the body. Throws where the host refuses. */
  call(method: string, path: string, body?: Json): Promise<Answer>;
};

/** A JSON answer that is read with care. */
export type Answer = { readonly [key: string]: unknown } | readonly unknown[];

export type Fields = { readonly [key: string]: unknown };

export function createPerson(login: string, repositoryApi: string): Person {
  return {
    login,
    call: async (method, path, body) => {
      const response = await fetch(`${repositoryApi}${path}`, {
        method,
        headers: { authorization: `token ghp_local_${login}`, accept: 'application/vnd.github+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} as ${login}: ${response.status} ${text}`);
      return text === '' ? {} : (JSON.parse(text) as Answer);
    },
  };
}

/** The objects of a list, or of the list below `key`. */
export function listOf(answer: Answer, key?: string): readonly Fields[] {
  const list = key === undefined ? answer : (answer as Fields)[key];
  return Array.isArray(list) ? (list as readonly Fields[]) : [];
}

export function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}

export function numberOf(answer: Answer, key: string): number {
  const value = (answer as Fields)[key];
  if (typeof value !== 'number') throw new Error(`The host answered without a number "${key}".`);
  return value;
}

/** Login of whoever made an issue or a comment. */
export function writerOf(fields: Fields): string {
  const { user } = fields;
  return typeof user === 'object' && user !== null && 'login' in user ? String(user.login) : '';
}
