import type { Files, Hub, Pushing } from './hub.ts';
import { repository } from './hub.ts';

/** What a person does, over HTTP and git only. Every deed resolves when nothing follows from it any more. */
export type Someone = {
  /** Opens a pull request from a branch of that name; answers its number. */
  opensPull(branch: string, files: Files): Promise<number>;
  /** Adds a commit to a pull request's branch, or to any other. */
  pushes(branch: string, files: Files, how?: Pushing): Promise<string>;
  /** Moves refs as `git push --force` does. */
  pushesRefs(...refspecs: readonly string[]): Promise<void>;
  merges(pull: number): Promise<void>;
  /** Opens a pull request and merges it, as two deeds of the same person. */
  brings(branch: string, files: Files): Promise<void>;
  /** Answers the comment's id. */
  comments(issue: number, body: string): Promise<number>;
  commentsByEmail(issue: number, body: string): Promise<void>;
  commentsThroughApp(issue: number, body: string): Promise<void>;
  edits(comment: number, body: string): Promise<void>;
  removes(comment: number): Promise<void>;
  opensIssue(title: string, body: string): Promise<number>;
};

export function someone(login: string, hub: Hub, quiet: () => Promise<void>): Someone {
  const base = `/repos/${repository}`;
  const does = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await hub.request<T>(login, method, path, body);
    if (answer.status >= 300)
      throw new Error(`${login} may not ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    await quiet();
    return answer.body;
  };
  const pushes = async (branch: string, files: Files, how?: Pushing) => {
    const commit = await hub.push(login, branch, files, how);
    await quiet();
    return commit;
  };
  const opensPull = async (branch: string, files: Files) => {
    await pushes(branch, files, { from: 'origin/main', message: `Propose ${branch}` });
    const pull = { title: `Propose ${branch}`, head: branch, base: 'main' };
    return (await does<{ readonly number: number }>('POST', `${base}/pulls`, pull)).number;
  };
  const merges = async (pull: number) => {
    await does('PUT', `${base}/pulls/${pull}/merge`);
  };
  return {
    opensPull,
    pushes,
    pushesRefs: async (...refspecs) => {
      await hub.pushRefs(login, ...refspecs);
      await quiet();
    },
    merges,
    brings: async (branch, files) => merges(await opensPull(branch, files)),
    comments: async (issue, body) =>
      (await does<{ readonly id: number }>('POST', `${base}/issues/${issue}/comments`, { body })).id,
    commentsByEmail: async (issue, body) => {
      await does('POST', '/_local/comment-by-email', { repository, issue, login, body });
    },
    commentsThroughApp: async (issue, body) => {
      const asked = { login, app: 'typist' };
      const { token } = await does<{ readonly token: string }>('POST', '/_local/user-token', asked);
      const said = await hub.request(token, 'POST', `${base}/issues/${issue}/comments`, { body });
      if (said.status !== 201) throw new Error(`typist may not comment: ${said.status}`);
      await quiet();
    },
    edits: async (comment, body) => {
      await does('PATCH', `${base}/issues/comments/${comment}`, { body });
    },
    removes: async (comment) => {
      await does('DELETE', `${base}/issues/comments/${comment}`);
    },
    opensIssue: async (title, body) =>
      (await does<{ readonly number: number }>('POST', `${base}/issues`, { title, body })).number,
  };
}
