import { execFileSync } from 'node:child_process';
import type { ReleaseEvent } from '../../../src/core/release/event.ts';

export const recordsBranch = 'countersign-records';

/** The records branch as anyone with git reads it. */
export type Records = {
  /** Undefined where the branch does not exist. */
  head(): string | undefined;
  /** Subjects of its commits, oldest first. */
  log(): readonly string[];
  read(path: string, at?: string): string;
  paths(): readonly string[];
  events(release: string): readonly ReleaseEvent[];
  /** Kinds of the events of a release, in order. */
  kinds(release: string): readonly string[];
  git(...args: readonly string[]): string;
};

export function readRecords(bare: string): Records {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', bare, ...args], {
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();
  const head = () =>
    git('for-each-ref', '--format=%(objectname)', `refs/heads/${recordsBranch}`).trim() || undefined;
  const read = (path: string, at = recordsBranch) => git('show', `${at}:${path}`);
  const paths = () => git('ls-tree', '-r', '--name-only', recordsBranch).trim().split('\n');
  const events = (release: string) =>
    head() === undefined
      ? []
      : paths()
          .filter((path) => path.startsWith(`releases/${release}/events/`))
          .map((path) => JSON.parse(read(path)) as ReleaseEvent);
  return {
    head,
    log: () => git('log', '--reverse', '--format=%s', recordsBranch).trim().split('\n'),
    read,
    paths,
    events,
    kinds: (release) => events(release).map(({ kind }) => kind),
    git,
  };
}
