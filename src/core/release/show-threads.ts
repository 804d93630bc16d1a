import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import { activityIssueBody, activityIssueTitle, leftoverIssueBody } from '../messages/activity-page.ts';
import { escalationBody, reminderBody, sessionBody } from '../messages/ladder.ts';
import { readMarker } from '../messages/marker.ts';
import { noticeBody } from '../messages/notice.ts';
import { releaseIssueTitle } from '../messages/release-page.ts';
import { actsIn } from './acts-in.ts';
import { verdictOf } from './ballot.ts';
import type { Thread } from './facts.ts';
import { threadOf } from './listen.ts';
import { sameText } from './same-text.ts';
import type { Showing, Shown } from './showing.ts';
import { type Attempt, type CastVote, isClosed, latestAttempt, type OpenRelease } from './state.ts';
import type { Write } from './surface.ts';
import { awayFrom } from './voter-in.ts';

/** The tracking issue of the release. */
export function trackingWrites({ state, facts, page: body }: Shown): readonly Write[] {
  const title = releaseIssueTitle(state);
  const thread = state.tracking ? facts.threads.get(state.tracking.number) : undefined;
  // Never opened, or deleted by somebody: what people need to act is made again.
  if (!thread) return state.ended ? [] : [{ kind: 'create-issue', title, body }];
  const done = state.ended?.kind === 'succeeded' || state.ended?.kind === 'partially-succeeded';
  const reason = state.ended && (done ? 'COMPLETED' : 'NOT_PLANNED');
  return [...thumbs(state, [], thread), ...viewWrites(thread, title, body, reason)];
}

/** The issue of an attempt; older attempts keep theirs, so that people find out what became of it. */
export function attemptWrites(showing: Shown, attempt: Attempt): readonly Write[] {
  const { state, facts } = showing;
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === attempt.activity);
  const thread = threadOf(attempt, facts);
  if (!activity) return thread ? leftoverWrites(showing, attempt, thread) : [];
  // Nobody is asked: the issue of the release and a check show what a machine does.
  if (!isManual(activity)) return [];
  const title = activityIssueTitle(state, activity);
  const body = bodyOf(showing, activity, attempt);
  // A tracking issue that somebody deleted is made again first; until that one is recorded there is no parent.
  const parent = parentOf(showing);
  if (!thread) {
    const wanted = latestAttempt(state, activity.id) === attempt && !attempt.ending && !state.ended;
    return wanted ? [{ kind: 'create-issue', title, body, ...(parent === undefined ? {} : { parent }) }] : [];
  }
  const linked = parent === undefined || thread.parent === state.tracking?.number;
  return [
    ...(linked ? [] : [{ kind: 'link-issue' as const, parent, child: thread.issue.nodeId }]),
    ...noticeWrites(showing, activity, attempt, thread),
    ...ladderWrites(showing, activity, attempt, thread),
    ...thumbs(state, [...attempt.votes, ...attempt.delegations, ...attempt.advice], thread),
    ...viewWrites(thread, title, body, reasonOf(attempt)),
  ];
}

const parentOf = ({ state: { tracking }, facts }: Showing): string | undefined =>
  tracking && facts.threads.has(tracking.number) ? tracking.nodeId : undefined;

const reasonOf = ({ ending }: Attempt): 'COMPLETED' | 'NOT_PLANNED' | undefined => {
  if (!ending) return undefined;
  return ending.kind === 'approved' ? 'COMPLETED' : 'NOT_PLANNED';
};

/** An activity that the manifest no longer asks for; what was decided about it stays to be read. */
function leftoverWrites({ state }: Showing, attempt: Attempt, thread: Thread): readonly Write[] {
  const body = attempt.ending?.kind === 'aborted' ? leftoverIssueBody(state, attempt) : thread.body;
  return viewWrites(thread, thread.title, body, 'NOT_PLANNED');
}

function bodyOf(
  { state, facts, hindrances, organization, statusOf }: Shown,
  activity: Activity,
  attempt: Attempt,
): string {
  const hindrance = hindrances.get(activity.id);
  return activityIssueBody({
    state,
    activity,
    attempt,
    organization,
    status: attempt.ending?.kind ?? (isClosed(state) ? 'blocked' : statusOf(activity.id)),
    verdict: verdictOf(state, activity, attempt, [], awayFrom(state, activity, attempt, facts)),
    ...(hindrance === undefined ? {} : { hindrance }),
  });
}

/** The thread must announce the scope that holds now, last of all, or no vote there can count (T11). */
function noticeWrites(
  { state, organization }: Showing,
  activity: Activity,
  attempt: Attempt,
  { issue }: Thread,
): readonly Write[] {
  const lapse = attempt.lapses.at(-1);
  if (attempt.ending || !lapse || attempt.notices.at(-1)?.scope === attempt.scope) return [];
  return [
    { kind: 'comment', issue: issue.nodeId, body: noticeBody(state, activity, attempt, lapse, organization) },
  ];
}

/** What time has brought and the thread does not show yet: the session, the newest reminder, every escalation. */
function ladderWrites(
  { state, facts, organization }: Showing,
  activity: Activity,
  attempt: Attempt,
  { issue, comments }: Thread,
): readonly Write[] {
  if (attempt.ending) return [];
  const shown = comments.flatMap((comment) => {
    const marker = comment.ours ? readMarker(comment.body) : undefined;
    return marker && 'number' in marker ? [`${marker.kind} ${marker.number}`] : [];
  });
  const rung = (number: number) => ({ state, activity, attempt, number, organization });
  const reminders = attempt.reminders.slice(-1).map(({ to }) => {
    const number = attempt.reminders.length;
    // Nobody calls those who have left; where nobody else is meant, all who are asked are called.
    const away = awayFrom(state, activity, attempt, facts);
    const here = to.filter(({ id }) => away?.has(id) !== true);
    return { name: `reminder ${number}`, body: reminderBody(here, rung(number)) };
  });
  const escalations = attempt.escalations.map((escalation, index) => ({
    name: `escalation ${index + 1}`,
    body: escalationBody(escalation, rung(index + 1)),
  }));
  // A deferral brings another session, and so does a change of what is asked.
  const number = attempt.deferrals.length + attempt.lapses.length + 1;
  const opened = attempt.votingOpened === true ? attempt.timetable?.opens : undefined;
  const sessions =
    opened === undefined ? [] : [{ name: `session ${number}`, body: sessionBody(opened, rung(number)) }];
  return [...sessions, ...reminders, ...escalations]
    .filter(({ name }) => !shown.includes(name))
    .map(({ body }) => ({ kind: 'comment', issue: issue.nodeId, body }));
}

/** A vote that counts and an act that is obeyed are acknowledged on their comments. */
const thumbs = (
  state: OpenRelease,
  votes: readonly Pick<CastVote, 'source'>[],
  thread: Thread,
): readonly Write[] => {
  const counted = new Set([...votes.map((vote) => vote.source.id), ...actsIn(state)]);
  return thread.comments
    .filter((comment) => counted.has(comment.id) && !comment.reactions.includes('THUMBS_UP'))
    .map((comment) => ({ kind: 'react', subject: comment.nodeId, reaction: 'THUMBS_UP' }));
};

function viewWrites(
  thread: Thread,
  title: string,
  body: string,
  reason: 'COMPLETED' | 'NOT_PLANNED' | undefined,
): readonly Write[] {
  const { nodeId } = thread.issue;
  return [
    ...(sameText(thread.title, title) && sameText(thread.body, body)
      ? []
      : [{ kind: 'update-issue' as const, nodeId, title, body }]),
    ...(reason !== undefined && thread.open ? [{ kind: 'close-issue' as const, nodeId, reason }] : []),
    ...(reason === undefined && !thread.open ? [{ kind: 'reopen-issue' as const, nodeId }] : []),
  ];
}
