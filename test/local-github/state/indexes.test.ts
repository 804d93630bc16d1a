import { expect, it } from 'vitest';
import { pullsByRepository, putRun, runsByCommit } from '../../../src/local-github/state/indexes.ts';
import { emptyState } from '../../../src/local-github/state/state.ts';
import type { CheckRun, Issue, Pull } from '../../../src/local-github/state/types.ts';

const run = (id: number, repositoryId: number, headSha: string) =>
  ({ id, repositoryId, headSha }) as CheckRun;
const issue = (id: number, repositoryId: number, pull: boolean) =>
  ({ id, repositoryId, pull: pull ? ({ id } as Pull) : null }) as Issue;

it('finds the runs of a commit, oldest first, however they came into the table', () => {
  const state = emptyState();
  const ids = (sha: string, repository = 1) => runsByCommit(state, repository, sha).map(({ id }) => id);
  putRun(state, run(1, 1, 'a'));
  expect(ids('a')).toEqual([1]);
  putRun(state, run(2, 1, 'a'));
  putRun(state, run(3, 1, 'b'));
  state.runs.set(4, run(4, 1, 'a')); // as a snapshot does it
  putRun(state, run(5, 2, 'a'));
  expect([ids('a'), ids('b'), ids('a', 2), ids('c')]).toEqual([[1, 2, 4], [3], [5], []]);
});

it('finds the pull requests of a repository among its issues', () => {
  const state = emptyState();
  const add = (row: Issue) => state.issues.set(row.id, row);
  add(issue(1, 1, false));
  add(issue(2, 1, true));
  expect(pullsByRepository(state, 1).map(({ id }) => id)).toEqual([2]);
  add(issue(3, 2, true));
  add(issue(4, 1, true));
  expect(pullsByRepository(state, 1).map(({ id }) => id)).toEqual([2, 4]);
});
