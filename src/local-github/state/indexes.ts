// Rows that are asked for all the time, by what they are asked for. Rows of these tables are only ever added, and what they
// are found by never changes, so an index is whole when it has seen as many rows as its table has.

import type { State } from './state.ts';
import type { CheckRun, Issue, PullIssue } from './types.ts';

type Index<Row> = { seen: number; readonly rows: Map<string | number, Row[]> };

function add<Row>(index: Index<Row>, key: string | number, row: Row): void {
  const known = index.rows.get(key);
  if (known === undefined) index.rows.set(key, [row]);
  else known.push(row);
}

const runIndexes = new WeakMap<State['runs'], Index<CheckRun>>();
const commitKey = (repositoryId: number, sha: string): string => `${repositoryId} ${sha}`;

/** Check runs on a commit, oldest first. */
export function runsByCommit({ runs }: State, repositoryId: number, sha: string): readonly CheckRun[] {
  let index = runIndexes.get(runs);
  if (index?.seen !== runs.size) {
    index = { seen: runs.size, rows: new Map() };
    for (const run of runs.values()) add(index, commitKey(run.repositoryId, run.headSha), run);
    runIndexes.set(runs, index);
  }
  return index.rows.get(commitKey(repositoryId, sha)) ?? [];
}

/** Adds a run to its table. An index that was whole stays so, without looking at every run again. */
export function putRun({ runs }: State, run: CheckRun): void {
  const index = runIndexes.get(runs);
  const whole = index?.seen === runs.size && !runs.has(run.id);
  runs.set(run.id, run);
  if (index === undefined || !whole) return;
  add(index, commitKey(run.repositoryId, run.headSha), run);
  index.seen = runs.size;
}

const pullIndexes = new WeakMap<State['issues'], Index<PullIssue>>();
const isPull = (issue: Issue): issue is PullIssue => issue.pull !== null;

/** Pull requests of a repository, oldest first. */
export function pullsByRepository({ issues }: State, repositoryId: number): readonly PullIssue[] {
  let index = pullIndexes.get(issues);
  if (index?.seen !== issues.size) {
    index = { seen: issues.size, rows: new Map() };
    for (const issue of issues.values()) if (isPull(issue)) add(index, issue.repositoryId, issue);
    pullIndexes.set(issues, index);
  }
  return index.rows.get(repositoryId) ?? [];
}
