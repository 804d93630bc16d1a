import { readMarker } from '../../../src/core/messages/marker.ts';
import type { Hub } from './hub.ts';
import { type Records, recordsBranch } from './records.ts';

type User = { readonly login: string };
export type Issue = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly state_reason: string | null;
  readonly user: User;
  readonly pull_request?: unknown;
};
export type Comment = {
  readonly id: number;
  readonly issue_url: string;
  readonly body: string;
  readonly user: User;
  readonly reactions: { readonly '+1': number; readonly confused: number };
};
export type CheckRun = {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string | null;
  readonly external_id: string;
  readonly head_sha: string;
  readonly output: { readonly title: string; readonly summary: string; readonly annotations_count: number };
};

const bot = 'countersign[bot]';

/** Everything that people can see of the App at one moment, as lines in the order of its making. */
export type Sight = {
  readonly issues: readonly Issue[];
  readonly comments: readonly Comment[];
  readonly checks: readonly CheckRun[];
};

/** Reads all pages of a list. */
async function all<T>(hub: Hub, path: string, list: (body: unknown) => readonly T[]): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let page = 1; ; page += 1) {
    const found = list(await hub.get(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`));
    rows.push(...found);
    if (found.length < 100) return rows;
  }
}

const baseOf = ({ repository }: Hub): string => `/repos/${repository}`;
const rows = <T>(body: unknown): readonly T[] => body as readonly T[];

/** Every issue that is no pull request, oldest first. */
export async function seeIssues(hub: Hub): Promise<readonly Issue[]> {
  const issues = await all<Issue>(hub, `${baseOf(hub)}/issues?state=all&direction=asc`, rows);
  return issues.filter((issue) => issue.pull_request === undefined);
}

export async function seeComments(hub: Hub): Promise<readonly Comment[]> {
  return (await all<Comment>(hub, `${baseOf(hub)}/issues/comments`, rows)).toSorted((a, b) => a.id - b.id);
}

/** The runs on every commit of the repository outside its records, the newest last. */
export async function seeChecks(hub: Hub, records: Records): Promise<readonly CheckRun[]> {
  const commits = records
    .git('rev-list', `--exclude=refs/heads/${recordsBranch}`, '--all')
    .trim()
    .split('\n');
  const runsOf = (body: unknown) => (body as { readonly check_runs: readonly CheckRun[] }).check_runs;
  const runs = await Promise.all(
    commits.map((sha) => all<CheckRun>(hub, `${baseOf(hub)}/commits/${sha}/check-runs?filter=all`, runsOf)),
  );
  return runs.flat().toSorted((a, b) => a.id - b.id);
}

export const see = async (hub: Hub, records: Records): Promise<Sight> => ({
  issues: await seeIssues(hub),
  comments: await seeComments(hub),
  checks: await seeChecks(hub, records),
});

export const isOurs = ({ user }: { readonly user: User }): boolean => user.login === bot;

/** What the App made people see between two moments, one line a deed; rewritten bodies and summaries are no news. */
export function newsBetween(before: Sight, now: Sight): readonly string[] {
  return [...issueNews(before, now), ...commentNews(before, now), ...checkNews(before, now)];
}

function issueNews(before: Sight, now: Sight): readonly string[] {
  return now.issues.filter(isOurs).flatMap((issue) => {
    const known = before.issues.find(({ number }) => number === issue.number);
    const opened = known ? [] : [`opens #${issue.number} ${issue.title}`];
    const closed =
      issue.state === 'closed'
        ? [`closes #${issue.number} as ${issue.state_reason}`]
        : [`reopens #${issue.number}`];
    return [...opened, ...((known?.state ?? 'open') === issue.state ? [] : closed)];
  });
}

function commentNews(before: Sight, now: Sight): readonly string[] {
  return now.comments.flatMap((comment) => {
    const known = before.comments.find(({ id }) => id === comment.id);
    const on = `#${comment.issue_url.split('/').at(-1)}`;
    if (isOurs(comment)) return known ? [] : [said(comment, on, now)];
    const { '+1': up, confused } = comment.reactions;
    const was = known?.reactions ?? { '+1': 0, confused: 0 };
    return [
      ...(up > was['+1'] ? [`counts ${comment.user.login} on ${on}`] : []),
      ...(confused > was.confused ? [`refuses ${comment.user.login} on ${on}`] : []),
    ];
  });
}

function said(comment: Comment, on: string, now: Sight): string {
  const marker = readMarker(comment.body);
  if (marker?.kind === 'notice') return `announces a change on ${on}`;
  if (marker?.kind !== 'answer') return `says on ${on}: ${comment.body}`;
  const asked = now.comments.find(({ id }) => id === marker.comment);
  return `answers ${asked?.user.login ?? 'a deleted comment'} on ${on}: ${marker.code}`;
}

function checkNews(before: Sight, now: Sight): readonly string[] {
  return now.checks.flatMap((run) => {
    const known = before.checks.find(({ id }) => id === run.id);
    return known?.conclusion === run.conclusion ? [] : [`${run.name}: ${run.conclusion}`];
  });
}
