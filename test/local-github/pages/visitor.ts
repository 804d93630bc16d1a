import type { World } from '../world.ts';

export type Shown = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Path and query a redirect leads to; the whole address where that is another host. */
  readonly to: string | null;
};

/** A browser without a window: keeps cookies, reads the form token of the page before, follows nothing. */
export function visitor(world: World) {
  const jar = { cookie: '' };
  const send = async (path: string, init: RequestInit = {}): Promise<Shown> => {
    const headers = new Headers(init.headers);
    headers.set('accept', headers.get('accept') ?? 'text/html');
    if (jar.cookie !== '') headers.set('cookie', jar.cookie);
    const response = await fetch(`${world.url()}${path}`, { ...init, headers, redirect: 'manual' });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) jar.cookie = cookie.split(';')[0] ?? '';
    const location = response.headers.get('location');
    const to = location?.replace(world.url(), '') ?? null;
    return { status: response.status, headers: response.headers, text: await response.text(), to };
  };
  const get = (path: string, headers: Record<string, string> = {}) => send(path, { headers });
  const token = async (): Promise<string> =>
    /name="form_token" value="([^"]+)"/.exec((await get('/login')).text)?.[1] ?? '';
  const post = async (
    path: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Shown> => {
    const body = new URLSearchParams({ form_token: await token(), ...fields });
    return send(path, { method: 'POST', body, headers });
  };
  return {
    jar,
    send,
    get,
    token,
    post,
    /** Sends a form with files. */
    upload: async (path: string, body: string, files: Record<string, string | Buffer>): Promise<Shown> => {
      const form = new FormData();
      form.set('form_token', await token());
      form.set('body', body);
      for (const [name, content] of Object.entries(files))
        form.append('files', new Blob([new Uint8Array(Buffer.from(content))]), name);
      return send(path, { method: 'POST', body: form });
    },
    signIn: (login: string) => post('/login', { login }),
  };
}

/** A visitor who signed in. */
export async function signedIn(world: World, login: string) {
  const one = visitor(world);
  await one.signIn(login);
  return one;
}
