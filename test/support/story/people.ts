import type { Files, Hub, Pushing } from './hub.ts';
import type { Run } from './runs.ts';

/** What a person does, over HTTP and git only. Every deed resolves when nothing follows from it any more. */
export type Someone = {
  /** Opens a pull request from a branch of that name; answers its number. */
  opensPull(branch: string, files: Files): Promise<number>;
  /** Adds a commit to a pull request's branch, or to any other. */
  pushes(branch: string, files: Files, how?: Pushing): Promise<string>;
  /** Moves a branch wherever it shall be, as `git push --force` does; undefined deletes it. */
  movesBranch(branch: string, to: string | undefined): Promise<void>;
  /** The same for a tag. */
  movesTag(tag: string, to: string | undefined): Promise<void>;
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
  /** Starts a workflow by its file's name, on a branch or a tag. */
  startsRun(workflow: string, ref: string): Promise<void>;
  startsAgain(run: Run | undefined): Promise<void>;
  cancelsRun(run: Run | undefined): Promise<void>;
  endsRun(run: Run | undefined, conclusion: string): Promise<void>;
};

export function someone(login: string, hub: Hub, quiet: () => Promise<void>): Someone {
  const { repository } = hub;
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
  const writes = async (branch: string, path: string, content: string | undefined) => {
    if (content === undefined) return void (await pushes(branch, { [path]: undefined }));
    const url = `${base}/contents/${path}`;
    const known = await hub.request<{ readonly sha: string }>(login, 'GET', `${url}?ref=${branch}`);
    const file = { message: `Propose ${path}`, content: Buffer.from(content).toString('base64'), branch };
    await does('PUT', url, known.status === 200 ? { ...file, sha: known.body.sha } : file);
  };
  const opensPull = async (branch: string, files: Files) => {
    const main = await hub.get<{ readonly object: { readonly sha: string } }>(`${base}/git/ref/heads/main`);
    await does('POST', `${base}/git/refs`, { ref: `refs/heads/${branch}`, sha: main.object.sha });
    for (const [path, content] of Object.entries(files)) await writes(branch, path, content);
    const pull = { title: `Propose ${branch}`, head: branch, base: 'main' };
    return (await does<{ readonly number: number }>('POST', `${base}/pulls`, pull)).number;
  };
  const moves = async (name: string, to: string | undefined) => {
    const ref = `${base}/git/refs/${name}`;
    const there = (await hub.request(login, 'GET', `${base}/git/ref/${name}`)).status === 200;
    if (to === undefined) await does('DELETE', ref);
    else if (there) await does('PATCH', ref, { sha: to, force: true });
    else await does('POST', `${base}/git/refs`, { ref: `refs/${name}`, sha: to });
  };
  const merges = async (pull: number) => {
    await does('PUT', `${base}/pulls/${pull}/merge`);
  };
  return {
    opensPull,
    pushes,
    movesBranch: (branch, to) => moves(`heads/${branch}`, to),
    movesTag: (tag, to) => moves(`tags/${tag}`, to),
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
    startsRun: (workflow, ref) => does('POST', `${base}/actions/workflows/${workflow}/dispatches`, { ref }),
    startsAgain: (run) => does('POST', `${base}/actions/runs/${run?.id}/rerun`),
    cancelsRun: (run) => does('POST', `${base}/actions/runs/${run?.id}/cancel`),
    endsRun: (run, conclusion) => does('POST', '/_local/end-run', { repository, run: run?.id, conclusion }),
  };
}
