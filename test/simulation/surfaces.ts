// Whether people see what the record says: issues, checks and comments.

import { readMarker } from '../../src/core/messages/marker.ts';
import { type Attempt, isClosed, latestAttempts, type OpenRelease } from '../../src/core/release/state.ts';
import { commentsOf, issuesOf, latestRuns, runsOn } from '../../src/local-github/state/lookup.ts';
import { broken } from './broken.ts';
import type { Play } from './play.ts';
import { issuesFor } from './say.ts';
import { appId } from './stage.ts';
import { isMachine } from './subject.ts';

export function judgeIssues({ stage }: Play, state: OpenRelease): void {
  const named = `of ${state.release}`;
  const tracking = issuesFor(stage, state.release);
  const open = tracking.filter((issue) => issue.state === 'open');
  const wanted = state.ended ? 0 : 1;
  if (tracking.length > 1 || open.length !== wanted)
    broken('issues', `${open.length} of ${tracking.length} tracking issues ${named} are open, not ${wanted}`);
  for (const attempt of Object.values(state.attempts).flat()) {
    if (isMachine(attempt.activity)) continue;
    const standing = issuesFor(stage, state.release, attempt.activity).filter((issue) => {
      const marker = readMarker(issue.body ?? '');
      return marker?.kind === 'activity' && marker.attempt === attempt.attempt;
    });
    const waits = attempt.ending === undefined && !state.ended;
    const stands = standing.filter((issue) => issue.state === 'open').length;
    if (standing.length > 1 || stands !== (waits ? 1 : 0))
      broken(
        'issues',
        `${stands} of ${standing.length} issues for ${attempt.activity} ${attempt.attempt} ${named} are open, waiting: ${waits}`,
      );
  }
}

/** What the check of an activity must show, by its newest attempt. */
function shownFor({ ending, overruled, activity }: Attempt, state: OpenRelease): string {
  const closed = isClosed(state);
  if (state.skipped.includes(activity)) return closed ? 'failure' : 'neutral';
  switch (ending?.kind) {
    case 'rejected':
    case 'failed':
      return overruled?.act === 'ignore' ? 'neutral' : 'failure';
    case 'expired':
      return overruled?.act === 'ignore' ? 'neutral' : 'timed_out';
    case 'aborted':
      return 'cancelled';
    case 'approved':
    case 'succeeded':
      return closed ? 'failure' : 'success';
    default:
      return closed ? 'failure' : 'action_required';
  }
}

/** What the check of a release must show. */
function shownForRelease(state: OpenRelease): string {
  if (isClosed(state)) return 'failure';
  switch (state.ended?.kind) {
    case 'succeeded':
    case 'partially-succeeded':
      return 'success';
    case 'failed':
      return 'failure';
    case 'aborted':
    case 'cancelled':
      return 'cancelled';
    default:
      return isStuck(state) ? 'failure' : 'action_required';
  }
}

const isStuck = (state: OpenRelease): boolean =>
  state.revision.plan.phases.some(({ activities }) =>
    activities.some(({ id, onFailure }) => {
      const attempt = state.attempts[id]?.at(-1);
      const failed = ['rejected', 'expired', 'failed'].includes(attempt?.ending?.kind ?? '');
      return failed && attempt?.overruled === undefined && onFailure?.kind !== 'continue';
    }),
  );

export function judgeChecks({ stage }: Play, state: OpenRelease): void {
  const { host, repository } = stage;
  const runs = latestRuns(runsOn(host.state, repository, state.target.commit)).filter(
    (run) => run.appId === appId,
  );
  const prefix = `countersign/release/${state.release}`;
  const planned = new Map(
    state.revision.plan.phases.flatMap((phase) => phase.activities.map(({ id }) => [id, phase.id] as const)),
  );
  const expected = latestAttempts(state).flatMap((attempt): readonly (readonly [string, string])[] => {
    const phase = planned.get(attempt.activity);
    return phase === undefined ? [] : [[`${prefix}/${phase}/${attempt.activity}`, shownFor(attempt, state)]];
  });
  for (const [name, right] of [...expected, [prefix, shownForRelease(state)] as const]) {
    const shown = runs.find((run) => run.name === name)?.conclusion;
    if (shown !== right) broken('checks', `${name} shows ${shown}, the record says ${right}`);
  }
}

/** Nobody is answered twice, and nobody is told the same thing twice. */
export function judgeComments({ stage, lagging }: Play): void {
  const { host, repository } = stage;
  for (const issue of issuesOf(host.state, repository)) {
    const words = commentsOf(host.state, issue).flatMap((comment) => {
      const marker = comment.viaAppId === appId ? readMarker(comment.body) : undefined;
      switch (marker?.kind) {
        case 'answer':
          return [`answer to ${marker.comment}, ${marker.code}`];
        case 'reminder':
        case 'escalation':
          return [`${marker.kind} ${marker.number}`];
        default:
          return [];
      }
    });
    const twice = words.find((word, index) => words.indexOf(word) !== index);
    if (twice !== undefined && !lagging) broken('answers', `on #${issue.number}: ${twice}`);
  }
}
