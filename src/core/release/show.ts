import { activitiesOf } from '../manifest/manifest.ts';
import { answerBody } from '../messages/answers.ts';
import { releaseIssueBody } from '../messages/release-page.ts';
import { doubleWrites } from './doubles.ts';
import { threadOf } from './listen.ts';
import type { Refusal } from './refusal.ts';
import { activityCheckWrites, leftoverCheckWrites, releaseCheckWrites } from './show-checks.ts';
import { environmentCheckWrites } from './show-environments.ts';
import { attemptWrites, trackingWrites } from './show-threads.ts';
import type { Showing } from './showing.ts';
import { latestAttempt } from './state.ts';
import { statusesOf } from './status.ts';
import type { Write } from './surface.ts';

/** What must change for people to see what the record says; empty where they see it already (design 4). */
export function show(showing: Showing): readonly Write[] {
  const { state, refusals, hindrances } = showing;
  const statusOf = statusesOf(state, hindrances);
  const shown = { ...showing, statusOf, page: releaseIssueBody(state, hindrances, statusOf) };
  const attempts = Object.values(state.attempts).flat();
  const activities = activitiesOf(state.revision.plan);
  return [
    ...trackingWrites(shown),
    ...doubleWrites(showing),
    ...attempts.flatMap((attempt) => attemptWrites(shown, attempt)),
    ...activities.flatMap((activity) => activityCheckWrites(shown, activity)),
    ...leftoverCheckWrites(showing),
    ...environmentCheckWrites(showing),
    ...releaseCheckWrites(shown),
    ...refusals.flatMap((refusal) => refusalWrites(showing, refusal)),
  ];
}

function refusalWrites(
  { state, facts }: Showing,
  { comment, issueNodeId, answer, silent }: Refusal,
): readonly Write[] {
  const activity = activitiesOf(state.revision.plan).find((one) => {
    const attempt = latestAttempt(state, one.id);
    return attempt !== undefined && threadOf(attempt, facts)?.issue.nodeId === issueNodeId;
  });
  const mark: Write = { kind: 'react', subject: comment.nodeId, reaction: 'CONFUSED' };
  const marked = answer.code === 'help' || comment.reactions.includes('CONFUSED') ? [] : [mark];
  if (silent) return marked;
  return [
    ...marked,
    {
      kind: 'comment',
      issue: issueNodeId,
      body: answerBody(comment.id, comment.writer.person.login, answer, activity),
    },
  ];
}
