import type { Thread } from '../core/release/facts.ts';
import { threadOf } from './from-wire.ts';
import { gather, type Open } from './pages.ts';
import type { WireIssue } from './wire.ts';

/** An issue whose comments may go on; `read` is complete once every page of `open` was read. */
export const gatherThread = (
  issue: WireIssue,
): { readonly read: () => Thread; readonly open: readonly Open[] } => {
  const comments = gather('comments', issue.id, issue.comments);
  const deletions = gather('deletions', issue.id, issue.timelineItems);
  const read = (): Thread =>
    threadOf({ ...issue, comments: { nodes: comments.nodes }, timelineItems: { nodes: deletions.nodes } });
  return { read, open: [comments.open, deletions.open] };
};
