import { readMarker } from '../messages/marker.ts';
import type { Instant } from '../values.ts';
import type { Happening } from './event.ts';
import type { Facts, Thread } from './facts.ts';
import { threadOf } from './listen.ts';
import { type Attempt, latestAttempt, latestAttempts, type OpenRelease } from './state.ts';

/**
 * Objects of ours that no event names yet: just made, or left by a crash between making and recording. Only what a
 * record names is ours afterwards (T18); the marker is believed because our App alone is its author.
 */
export function dueRecognitions(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  const ordered = [...facts.unrecorded].sort((a, b) => a.issue.number - b.issue.number);
  return [
    ...announced(state, facts, ordered, at),
    ...noticed(state, facts, ordered, at),
    ...commented(state, facts, at),
  ];
}

function announced(
  state: OpenRelease,
  facts: Facts,
  threads: readonly Thread[],
  at: Instant,
): readonly Happening[] {
  const standing = state.tracking !== undefined && facts.threads.has(state.tracking.number);
  const found = threads.find((thread) => {
    const marker = readMarker(thread.body);
    return marker?.kind === 'release' && marker.release === state.release;
  });
  return found && !standing
    ? [{ at, kind: 'release-announced', body: { issue: found.issue, at: found.createdAt } }]
    : [];
}

function noticed(
  state: OpenRelease,
  facts: Facts,
  threads: readonly Thread[],
  at: Instant,
): readonly Happening[] {
  const taken = new Set<string>();
  return threads.flatMap((thread): readonly Happening[] => {
    const marker = readMarker(thread.body);
    if (marker?.kind !== 'activity' || marker.release !== state.release) return [];
    const attempt = latestAttempt(state, marker.activity);
    if (
      !attempt ||
      attempt.attempt !== marker.attempt ||
      isNoticed(attempt, facts) ||
      taken.has(marker.activity)
    )
      return [];
    taken.add(marker.activity);
    const { activity, scope } = marker;
    return [
      {
        at,
        kind: 'notice-posted',
        body: { activity, attempt: attempt.attempt, scope, issue: thread.issue, at: thread.createdAt },
      },
    ];
  });
}

/** Comments by which a change of scope was announced on a thread that is recorded already. */
function commented(state: OpenRelease, facts: Facts, at: Instant): readonly Happening[] {
  return latestAttempts(state).flatMap((attempt) => {
    const thread = threadOf(attempt, facts);
    if (!thread) return [];
    const known = new Set(attempt.notices.map((notice) => notice.comment));
    return thread.comments.flatMap((comment): readonly Happening[] => {
      const marker = comment.ours ? readMarker(comment.body) : undefined;
      if (marker?.kind !== 'notice' || marker.attempt !== attempt.attempt || known.has(comment.id)) return [];
      const body = {
        activity: attempt.activity,
        attempt: attempt.attempt,
        scope: marker.scope,
        issue: thread.issue,
        comment: comment.id,
        at: comment.createdAt,
      };
      return [{ at, kind: 'notice-posted', body }];
    });
  });
}

/** A recorded issue that is gone needs another one; until then its attempt counts as not announced. */
const isNoticed = (attempt: Attempt, facts: Facts): boolean =>
  attempt.notices.length > 0 && threadOf(attempt, facts) !== undefined;
