import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Answer<T> = { readonly status: number; readonly body: T };
export type Files = Readonly<Record<string, string | undefined>>;
export type Pushing = {
  /** Where to begin instead of the branch itself: any commit or ref; \`none\` is an orphan. */
  readonly from?: string;
  readonly force?: boolean;
  readonly message?: string;
  /** The login, or any other word, that the commit claims as its author. */
  readonly author?: string;
};

export const repository = 'acme/payments';

/** The local GitHub as plain users reach it: REST and git, with the token of a person. */
export type Hub = {
  /** The repository that pushes go to, `owner/name`. */
  readonly repository: string;
  request<T>(login: string, method: string, path: string, body?: unknown): Promise<Answer<T>>;
  /** Asks for something that must be there. */
  get<T>(path: string): Promise<T>;
  /** Commits with git and pushes; answers the new commit. */
  push(login: string, branch: string, files: Files, how?: Pushing): Promise<string>;
};

export function createHub(url: string, root: string, pushed = repository): Hub {
  const request = async <T>(login: string, method: string, path: string, body?: unknown) => {
    // Without the prefix that the App uses, so that its requests can be told from ours.
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${login.includes('_') ? login : `ghp_local_${login}`}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
  const inClone = async (
    login: string,
    author: string,
    work: (git: Git, folder: string) => Promise<string>,
  ) => {
    const folder = mkdtempSync(join(root, 'clone-'));
    const git = gitAs(login, author, folder);
    await git('clone', '--quiet', `${url}/${pushed}`, '.');
    const done = await work(git, folder);
    rmSync(folder, { recursive: true, force: true });
    return done;
  };
  return {
    repository: pushed,
    request,
    get: async <T>(path: string) => {
      const answer = await request<T>('mona', 'GET', path);
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
      return answer.body;
    },
    push: (login, branch, files, { from, force = false, message = 'A push', author = login } = {}) =>
      inClone(login, author, async (git, folder) => {
        if (from === 'none') {
          await git('checkout', '--quiet', '--orphan', 'story');
          await git('rm', '--quiet', '-r', '--force', '.');
        } else await git('checkout', '--quiet', '-B', 'story', from ?? `origin/${branch}`);
        for (const [path, content] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          if (content === undefined) rmSync(join(folder, path));
          else writeFileSync(join(folder, path), content);
        }
        await git('add', '--all');
        await git('commit', '--quiet', '--allow-empty', '--message', message);
        await git('push', '--quiet', ...(force ? ['--force'] : []), 'origin', `HEAD:refs/heads/${branch}`);
        return (await git('rev-parse', 'HEAD')).trim();
      }),
  };
}

type Git = (...args: readonly string[]) => Promise<string>;

/** git as somebody's own; the token goes by environment. Throws with git's words where git fails. */
function gitAs(login: string, author: string, folder: string): Git {
  const basic = Buffer.from(`x-access-token:ghp_local_${login}`).toString('base64');
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraheader',
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: `${author}@example.com`,
    GIT_COMMITTER_NAME: login,
    GIT_COMMITTER_EMAIL: `${login}@example.com`,
  };
  return (...args) =>
    new Promise((resolve, reject) => {
      execFile('git', [...args], { cwd: folder, env }, (error, stdout, stderr) =>
        error ? reject(new Error(`git ${args[0]}: ${stderr}`)) : resolve(stdout),
      );
    });
}
