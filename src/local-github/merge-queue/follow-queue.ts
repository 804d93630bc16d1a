import type { Change } from '../state/changes.ts';
import type { Host } from '../state/host.ts';
import { advanceQueue } from './merge-queue.ts';

/** A queue goes on when something enters or leaves it, and when a check ends on the head of its group. */
export async function followQueue(host: Host, change: Change): Promise<void> {
  if (change.kind === 'pull_request') {
    const { action, issue, repository } = change;
    const moved = action === 'enqueued' || action === 'dequeued';
    if (moved && issue.pull !== null) await advanceQueue(host, repository, issue.pull.baseRef);
  }
  if (change.kind !== 'check_run' || change.action !== 'completed') return;
  const { repository, run } = change;
  for (const entry of host.state.queue.values())
    if (entry.repositoryId === repository.id && entry.group?.headSha === run.headSha)
      return advanceQueue(host, repository, entry.baseRef);
}
