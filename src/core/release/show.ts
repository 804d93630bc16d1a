import type { Activity } from '../manifest/manifest.ts';
import { activityIssueBody, activityIssueTitle } from '../messages/activity-page.ts';
import { answerBody } from '../messages/answers.ts';
import { activityCheckWords, type CheckWords, releaseCheckWords } from '../messages/check-words.ts';
import { readMarker } from '../messages/marker.ts';
import { noticeBody } from '../messages/notice.ts';
import { releaseIssueBody, releaseIssueTitle } from '../messages/release-page.ts';
import type { Anchor } from '../record/record.ts';
import { anchorWords } from './anchor.ts';
import { verdictOf } from './ballot.ts';
import type { CheckView, Conclusion, Facts, Thread } from './facts.ts';
import { threadOf } from './listen.ts';
import type { Refusal } from './refusal.ts';
import { shortScope } from './scope.ts';
import {
  type Attempt,
  activitiesOf,
  attemptsOf,
  isClosed,
  latestAttempt,
  type OpenRelease,
} from './state.ts';
import { activityStatus, type Hindrances, hasRejection, releaseStatus } from './status.ts';
import type { CheckContent, Write } from './surface.ts';

/** What views need besides the state: who they are shown to, and how far the record reaches. */
export type Showing = {
  readonly state: OpenRelease;
  readonly facts: Facts;
  readonly refusals: readonly Refusal[];
  readonly hindrances: Hindrances;
  /** Login of the organization that owns the repository. */
  readonly organization: string;
  readonly anchor: Anchor;
};

export const releaseCheckName = (release: string): string => `countersign/release/${release}`;
const activityCheckName = (release: string, activity: Activity): string =>
  `${releaseCheckName(release)}/${activity.phase}/${activity.id}`;

/** What must change for people to see what the record says; empty where they see it already (design 4). */
export function show(showing: Showing): readonly Write[] {
  const { state } = showing;
  const activities = activitiesOf(state.revision.plan);
  return [
    ...trackingWrites(showing),
    ...Object.keys(state.attempts).flatMap((id) => issueWrites(showing, id)),
    ...activities.flatMap((activity) => activityCheckWrites(showing, activity)),
    ...leftoverCheckWrites(showing),
    ...checkWrites(
      showing,
      releaseCheckName(state.release),
      releaseConclusion(showing),
      releaseCheckWords(state, showing.hindrances, showing.anchor),
      state.release,
    ),
    ...showing.refusals.flatMap((refusal) => refusalWrites(showing, refusal)),
  ];
}

function trackingWrites({ state, facts, hindrances }: Showing): readonly Write[] {
  const title = releaseIssueTitle(state);
  const body = releaseIssueBody(state, hindrances);
  const thread = state.tracking ? facts.threads.get(state.tracking.number) : undefined;
  // Never opened, or deleted by somebody: what people need to act is made again.
  if (!thread) return state.ended ? [] : [{ kind: 'create-issue', title, body }];
  return viewWrites(
    thread,
    title,
    body,
    state.ended ? (state.ended.kind === 'succeeded' ? 'COMPLETED' : 'NOT_PLANNED') : undefined,
  );
}

/** Every attempt that is still shown: the newest one, and an older one whose issue is not closed yet. */
function issueWrites(showing: Showing, id: string): readonly Write[] {
  return attemptsOf(showing.state, id).flatMap((attempt) => attemptWrites(showing, id, attempt));
}

function attemptWrites(showing: Showing, id: string, attempt: Attempt): readonly Write[] {
  const { state, facts } = showing;
  const latest = latestAttempt(state, id) === attempt;
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === id);
  const thread = threadOf(attempt, facts);
  const parent = state.tracking?.nodeId;
  if (!activity)
    return thread?.open ? [{ kind: 'close-issue', nodeId: thread.issue.nodeId, reason: 'NOT_PLANNED' }] : [];
  const title = activityIssueTitle(state, activity);
  const body = bodyOf(showing, activity, attempt);
  if (!thread) {
    const wanted = latest && !attempt.ending && !state.ended;
    return wanted ? [{ kind: 'create-issue', title, body, ...(parent === undefined ? {} : { parent }) }] : [];
  }
  const reason = attempt.ending
    ? attempt.ending.kind === 'approved'
      ? 'COMPLETED'
      : 'NOT_PLANNED'
    : undefined;
  const linked = parent === undefined || thread.parent === state.tracking?.number;
  return [
    ...(linked ? [] : [{ kind: 'link-issue' as const, parent, child: thread.issue.nodeId }]),
    ...noticeWrites(showing, activity, attempt, thread),
    ...thumbs(attempt, thread),
    ...viewWrites(thread, title, body, reason),
  ];
}

function bodyOf({ state, hindrances, organization }: Showing, activity: Activity, attempt: Attempt): string {
  const hindrance = hindrances.get(activity.id);
  return activityIssueBody({
    state,
    activity,
    attempt,
    organization,
    status:
      latestAttempt(state, activity.id) === attempt
        ? activityStatus(state, activity.id, hindrances)
        : 'aborted',
    verdict: verdictOf(state, activity, attempt, []),
    ...(hindrance === undefined ? {} : { hindrance }),
  });
}

/** The thread must announce the scope that holds now, or no vote there can count (T11). */
function noticeWrites(
  { state, organization }: Showing,
  activity: Activity,
  attempt: Attempt,
  thread: Thread,
): readonly Write[] {
  if (attempt.ending || attempt.notices.at(-1)?.scope === attempt.scope) return [];
  const posted = thread.comments.some((comment) => {
    const marker = comment.ours ? readMarker(comment.body) : undefined;
    return marker?.kind === 'notice' && marker.scope === attempt.scope && marker.attempt === attempt.attempt;
  });
  return posted
    ? []
    : [
        {
          kind: 'comment',
          issue: thread.issue.nodeId,
          body: noticeBody(state, activity, attempt, organization),
        },
      ];
}

/** A vote that counts is acknowledged on its comment. */
const thumbs = (attempt: Attempt, thread: Thread): readonly Write[] => {
  const counted = new Set(attempt.votes.map((vote) => vote.source.id));
  return thread.comments
    .filter((comment) => counted.has(comment.id) && !comment.reactions.includes('THUMBS_UP'))
    .map((comment) => ({ kind: 'react', subject: comment.nodeId, reaction: 'THUMBS_UP' }));
};

/** GitHub may hand line ends back as CRLF; that is no difference. */
const same = (a: string, b: string): boolean =>
  a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();

function viewWrites(
  thread: Thread,
  title: string,
  body: string,
  reason: 'COMPLETED' | 'NOT_PLANNED' | undefined,
): readonly Write[] {
  const { nodeId } = thread.issue;
  return [
    ...(same(thread.title, title) && same(thread.body, body)
      ? []
      : [{ kind: 'update-issue' as const, nodeId, title, body }]),
    ...(reason !== undefined && thread.open ? [{ kind: 'close-issue' as const, nodeId, reason }] : []),
    ...(reason === undefined && !thread.open ? [{ kind: 'reopen-issue' as const, nodeId }] : []),
  ];
}

function activityCheckWrites(showing: Showing, activity: Activity): readonly Write[] {
  const { state, hindrances } = showing;
  const attempt = latestAttempt(state, activity.id);
  const hindrance = hindrances.get(activity.id);
  const name = activityCheckName(state.release, activity);
  const shown = showing.facts.checks.some((check) => check.name === name);
  if (!attempt && hindrance === undefined && !shown) return [];
  const status = activityStatus(state, activity.id, hindrances);
  const verdict = attempt ? verdictOf(state, activity, attempt, []) : undefined;
  const words = activityCheckWords(status, attempt, verdict, hindrance);
  const subject = attempt
    ? `${state.release}/${activity.id} ${attempt.attempt} ${shortScope(attempt.scope)}`
    : `${state.release}/${activity.id}`;
  return checkWrites(showing, name, activityConclusion(state, attempt), words, subject);
}

/** Checks of activities that the manifest no longer asks for must not stay green, nor wait for ever. */
function leftoverCheckWrites(showing: Showing): readonly Write[] {
  const { state, facts } = showing;
  const current = new Set(
    activitiesOf(state.revision.plan).map((activity) => activityCheckName(state.release, activity)),
  );
  const prefix = `${releaseCheckName(state.release)}/`;
  return facts.checks
    .filter(({ name }) => name.startsWith(prefix) && !current.has(name))
    .flatMap(({ name }) => {
      const words = { title: 'Aborted', summary: 'The manifest no longer asks for it.' };
      return checkWrites(showing, name, 'cancelled', words, state.release);
    });
}

/** Waiting is a completed run that asks for action; only an approval in an open gate is a success (design 4). */
function activityConclusion(state: OpenRelease, attempt: Attempt | undefined): Conclusion {
  switch (attempt?.ending?.kind) {
    case 'approved':
      return isClosed(state) ? 'failure' : 'success';
    case 'rejected':
      return 'failure';
    case 'aborted':
      return 'cancelled';
    default:
      return isClosed(state) ? 'failure' : 'action_required';
  }
}

function releaseConclusion({ state, hindrances }: Showing): Conclusion {
  switch (releaseStatus(state, hindrances)) {
    case 'succeeded':
      return 'success';
    case 'failed':
    case 'closed':
      return 'failure';
    case 'cancelled':
      return 'cancelled';
    case 'on-hold':
    case 'running':
      return hasRejection(state) ? 'failure' : 'action_required';
  }
}

function checkWrites(
  { state, facts, anchor }: Showing,
  name: string,
  conclusion: Conclusion,
  words: CheckWords,
  subject: string,
): readonly Write[] {
  const check: CheckContent = {
    name,
    commit: state.target.commit,
    conclusion,
    ...words,
    externalId: `${subject} ${anchorWords(anchor)}`,
    annotations: [],
  };
  const shown = facts.checks.find((one) => one.name === name);
  return checkWrite(shown, check);
}

/** A changed conclusion is a new run; changed words update the run; nothing changed, nothing written. */
export function checkWrite(shown: CheckView | undefined, check: CheckContent): readonly Write[] {
  if (!shown || shown.conclusion !== check.conclusion) return [{ kind: 'create-check', check }];
  if (shown.title === check.title && same(shown.summary, check.summary)) return [];
  return [{ kind: 'update-check', nodeId: shown.nodeId, check }];
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
