import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs git in a folder and returns what it printed; throws with git's own words. */
export type Git = (...args: readonly string[]) => Promise<string>;

/** Git as one person, with nothing of this machine's own settings; the token travels in the environment (T19). */
export function gitAs(login: string, folder: string): Git {
  const password = Buffer.from(`${login}:ghp_local_${login}`).toString('base64');
  const name = login.charAt(0).toUpperCase() + login.slice(1);
  const email = `${login}@users.noreply.github.com`;
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${password}`,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  return async (...args) => {
    const { stdout } = await run('git', args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
}
