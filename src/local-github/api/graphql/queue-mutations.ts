import { dequeue, enqueue, queueOf } from '../../merge-queue/merge-queue.ts';
import type { QueueEntry } from '../../merge-queue/queue-entry.ts';
import { repositoryById } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import type { Context } from './context.ts';
import { failure, orRefuse } from './failure.ts';
import { mutation } from './mutation.ts';
import { nodeOf } from './nodes.ts';
import type { Fields } from './resolver.ts';
import { issueOrPull, type PullSource } from './sources.ts';

const homeOf = ({ row }: PullSource, { host }: Context) => repositoryById(host.state, row.repositoryId);

function shown(entry: QueueEntry, { row }: PullSource, { host }: Context) {
  const queue = queueOf(host, repositoryById(host.state, row.repositoryId), entry.baseRef);
  return {
    id: nodeId('event', `queue${entry.id}`),
    position: queue.indexOf(entry) + 1,
    state: entry.group === null ? 'QUEUED' : 'AWAITING_CHECKS',
    enqueuedAt: entry.enqueuedAt,
    pullRequest: issueOrPull(row),
  };
}

type EnqueueInput = { readonly pullRequestId: string; readonly expectedHeadOid?: string | null };

async function add(input: EnqueueInput, context: Context) {
  const pull = await nodeOf(context, input.pullRequestId, 'PullRequest');
  if (input.expectedHeadOid != null && input.expectedHeadOid !== pull.row.pull.headSha)
    throw failure('STALE_DATA', 'The head of the pull request is not the expected one.');
  const { host, viewer } = context;
  const entry = orRefuse(await enqueue(host, viewer, homeOf(pull, context), pull.row));
  return { mergeQueueEntry: shown(entry, pull, context) };
}

async function remove(input: { readonly id: string }, context: Context) {
  const pull = await nodeOf(context, input.id, 'PullRequest');
  const { host, viewer } = context;
  const entry = orRefuse(await dequeue(host, viewer, homeOf(pull, context), pull.row));
  return { mergeQueueEntry: shown(entry, pull, context) };
}

export const queueMutations: Fields = {
  enqueuePullRequest: mutation(add),
  dequeuePullRequest: mutation(remove),
};
