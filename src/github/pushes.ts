import type { Push } from '../core/duties/bringers.ts';
import type { Writer } from '../core/release/facts.ts';
import { type Connection, ownerAndName, type Variables } from './connection.ts';

type WireActivity = {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly actor: { readonly id: number; readonly login: string; readonly type?: string } | null;
};

/** Further back we do not look: a thousand pushes. Whoever came before them is not known to have pushed. */
const MOST_PAGES = 10;

const byOf = (actor: WireActivity['actor']): Writer => {
  if (actor === null) return { kind: 'gone' };
  const { id, login, type = 'User' } = actor;
  return type === 'User' ? { kind: 'person', person: { id, login } } : { kind: 'machine', login };
};

/**
 * Pushes and merges to all branches, newest first: GitHub's list of a repository's activity. Whoever pushed to a topic
 * branch had a hand in what was merged from it. Pages are read until there are enough, or no more.
 */
export const readPushes = async (
  connection: Connection,
  repository: string,
  enough: (pushes: readonly Push[]) => boolean,
): Promise<readonly Push[]> => {
  const caller = await connection.on(repository);
  const { owner, name } = ownerAndName(repository);
  const pushes: Push[] = [];
  let cursor: Variables | undefined = {};
  for (let page = 0; cursor !== undefined && page < MOST_PAGES; page += 1) {
    const parameters: Variables = { per_page: 100, ...cursor, owner, repo: name };
    const { data, next } = await caller.rest<readonly WireActivity[]>(
      'GET /repos/{owner}/{repo}/activity',
      parameters,
      'read',
    );
    pushes.push(...data.map(({ ref, before, after, actor }) => ({ ref, before, after, by: byOf(actor) })));
    // The address of the next page carries the cursor, whatever GitHub calls it.
    cursor =
      next === undefined || enough(pushes) ? undefined : Object.fromEntries(new URL(next).searchParams);
  }
  return pushes;
};
