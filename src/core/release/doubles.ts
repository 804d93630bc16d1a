import { doubledIssueBody } from '../messages/activity-page.ts';
import { readMarker } from '../messages/marker.ts';
import type { Thread } from './facts.ts';
import type { Showing } from './showing.ts';
import { attemptsOf, type OpenRelease } from './state.ts';
import type { Write } from './surface.ts';

/**
 * Two replicas may open the same issue in the moment before one of them has recorded it. What is said on the one that the
 * record does not name would be heard by nobody, so it is closed and points to the one that counts.
 */
export function doubleWrites({ state, facts }: Showing): readonly Write[] {
  return facts.unrecorded.flatMap((found): readonly Write[] => {
    // As it is after what has just been written.
    const thread = facts.threads.get(found.issue.number) ?? found;
    const standing = recordedInsteadOf(thread, state);
    if (standing === undefined || !facts.threads.has(standing)) return [];
    const { issue, title, open } = thread;
    return [
      { kind: 'update-issue', nodeId: issue.nodeId, title, body: doubledIssueBody(standing) },
      ...(open
        ? [{ kind: 'close-issue' as const, nodeId: issue.nodeId, reason: 'NOT_PLANNED' as const }]
        : []),
    ];
  });
}

/** Number of the issue that the record names where this one claims to stand; undefined where it may yet be recorded. */
function recordedInsteadOf({ issue, body }: Thread, state: OpenRelease): number | undefined {
  const marker = readMarker(body);
  if ((marker?.kind !== 'release' && marker?.kind !== 'activity') || marker.release !== state.release)
    return undefined;
  const recorded =
    marker.kind === 'release'
      ? [state.tracking?.number]
      : attemptsOf(state, marker.activity)
          .filter(({ attempt }) => attempt === marker.attempt)
          .flatMap(({ notices }) => notices.map((notice) => notice.issue.number));
  return recorded.includes(issue.number) ? undefined : recorded.at(-1);
}
