import type { Instant } from '../core/values.ts';
import type { Forge, MovedIssues } from '../ports/forge.ts';
import { type Caller, type Connection, ownerAndName } from './connection.ts';

/** An entry of either list: an issue has a number, a comment names its issue by address. */
type WireMoved = { readonly number?: number; readonly issue_url?: string };

type List = { readonly route: string; readonly more: { readonly state?: 'all' } };

/** An edited comment moves itself, and a deleted one only its issue, so both lists are asked. */
const lists: readonly List[] = [
  { route: 'GET /repos/{owner}/{repo}/issues', more: { state: 'all' } },
  { route: 'GET /repos/{owner}/{repo}/issues/comments', more: {} },
];

const pageSize = 100;
/** Beyond this looking at every open release is no dearer. */
const mostPages = 10;

type Found = { readonly at: Instant; readonly issues: readonly number[] | 'many' };
type Remembered = Found & { readonly since: Instant; readonly tag: string | undefined };

/**
 * Asks which issues moved. The newest changes come first, so that an unchanged first page means that nothing changed at
 * all; its tag is remembered with what was found, and the same question costs nothing of the quota then.
 */
export const createMovedIssues = (connection: Connection): Forge['movedIssues'] => {
  const memory = new Map<string, Remembered>();
  return async (repository, since): Promise<MovedIssues> => {
    const caller = await connection.on(repository);
    const found: Found[] = [];
    for (const list of lists) {
      const key = `${repository} ${list.route}`;
      const known = memory.get(key);
      const seen = await look(caller, list, repository, since, known?.since === since ? known : undefined);
      memory.set(key, seen);
      found.push(seen);
    }
    const numbers = new Set<number>();
    for (const { issues } of found) {
      if (issues === 'many') return { at: found[0]?.at ?? since, issues };
      for (const issue of issues) numbers.add(issue);
    }
    return { at: found[0]?.at ?? since, issues: [...numbers] };
  };
};

async function look(
  caller: Caller,
  { route, more }: List,
  repository: string,
  since: Instant,
  known: Remembered | undefined,
): Promise<Remembered> {
  const { owner, name } = ownerAndName(repository);
  const asked = {
    owner,
    repo: name,
    since,
    ...more,
    sort: 'updated',
    direction: 'desc',
    per_page: pageSize,
  };
  const first = await caller.restIfChanged<readonly WireMoved[]>(route, asked, known?.tag);
  // What was found then may not have been acted upon: a later call of the same look may have failed.
  if (first.kind === 'same') return { since, at: first.at, tag: known?.tag, issues: known?.issues ?? 'many' };
  const moved = [...first.data];
  for (let page = 2, { next } = first; next !== undefined; page += 1) {
    if (page > mostPages) return { since, at: first.at, tag: first.tag, issues: 'many' };
    const reply = await caller.rest<readonly WireMoved[]>(route, { ...asked, page }, 'read');
    moved.push(...reply.data);
    next = reply.next;
  }
  return { since, at: first.at, tag: first.tag, issues: moved.flatMap(issueOf) };
}

function issueOf({ number, issue_url: url }: WireMoved): readonly number[] {
  const found = number ?? Number(/\/(\d+)$/.exec(url ?? '')?.[1]);
  return Number.isSafeInteger(found) ? [found] : [];
}
