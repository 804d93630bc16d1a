import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import {
  activityCheckWords,
  type CheckWords,
  closedCheckWords,
  releaseCheckWords,
} from '../messages/check-words.ts';
import { anchorWords } from './anchor.ts';
import { verdictOf } from './ballot.ts';
import type { CheckView, Conclusion } from './facts.ts';
import { isSkipped } from './resolution.ts';
import { sameText } from './same-text.ts';
import { shortScope } from './scope.ts';
import type { Showing, Shown } from './showing.ts';
import { type Attempt, isClosed, latestAttempt, type OpenRelease } from './state.ts';
import { hasRejection, releaseStatus } from './status.ts';
import type { CheckContent, Write } from './surface.ts';
import { awayFrom } from './voter-in.ts';

export const releaseCheckName = (release: string): string => `countersign/release/${release}`;

/** The release whose check a name is; undefined: it is one of the whole repository. */
export const releaseOfCheck = (name: string): string | undefined =>
  /^countersign\/release\/([^/]+)/.exec(name)?.[1];

const activityCheckName = (release: string, activity: Activity): string =>
  `${releaseCheckName(release)}/${activity.phase}/${activity.id}`;

/** The check of the release. */
export function releaseCheckWrites(showing: Shown): readonly Write[] {
  const { state, page, statusOf } = showing;
  const words = releaseCheckWords(state, page, statusOf);
  return checkWrites(
    showing,
    releaseCheckName(state.release),
    releaseConclusion(showing),
    words,
    state.release,
  );
}

/** The check of an activity, from the moment it could begin. */
export function activityCheckWrites(showing: Shown, activity: Activity): readonly Write[] {
  const { state, hindrances } = showing;
  const attempt = latestAttempt(state, activity.id);
  const hindrance = hindrances.get(activity.id);
  const name = activityCheckName(state.release, activity);
  const shown = showing.facts.checks.some((check) => check.name === name);
  if (!attempt && hindrance === undefined && !shown) return [];
  const status = showing.statusOf(activity.id);
  const verdict =
    attempt && isManual(activity)
      ? verdictOf(state, activity, attempt, [], awayFrom(state, activity, attempt, showing.facts))
      : undefined;
  const words =
    isClosed(state) && !attempt?.ending
      ? closedCheckWords
      : activityCheckWords(activity, status, attempt, verdict, hindrance);
  const subject = attempt
    ? `${state.release}/${activity.id} ${attempt.attempt} ${shortScope(attempt.scope)}`
    : `${state.release}/${activity.id}`;
  return checkWrites(showing, name, activityConclusion(state, activity, attempt), words, subject);
}

/** Checks of activities that the manifest no longer asks for must not stay green, nor wait for ever. */
export function leftoverCheckWrites(showing: Showing): readonly Write[] {
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
function activityConclusion(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt | undefined,
): Conclusion {
  // Nobody waits for what is skipped, whatever an attempt before a change of the manifest came to.
  if (isSkipped(state, activity.id)) return isClosed(state) ? 'failure' : 'neutral';
  switch (attempt?.ending?.kind) {
    case 'approved':
    case 'succeeded':
      return isClosed(state) ? 'failure' : 'success';
    case 'failed':
    case 'rejected':
      return attempt.overruled?.act === 'ignore' ? 'neutral' : 'failure';
    case 'expired':
      return attempt.overruled?.act === 'ignore' ? 'neutral' : 'timed_out';
    case 'aborted':
      return 'cancelled';
    default:
      return isClosed(state) ? 'failure' : 'action_required';
  }
}

function releaseConclusion({ state, statusOf }: Shown): Conclusion {
  switch (releaseStatus(state, statusOf)) {
    case 'succeeded':
    case 'partially-succeeded':
      return 'success';
    case 'failed':
    case 'closed':
      return 'failure';
    case 'aborted':
    case 'cancelled':
      return 'cancelled';
    case 'on-hold':
    case 'scheduled':
    case 'running':
      return hasRejection(state) ? 'failure' : 'action_required';
  }
}

export function checkWrites(
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

/** A changed conclusion, or a wish for it, is a new run; changed words update the run; nothing changed, nothing written. */
export function checkWrite(shown: CheckView | undefined, check: CheckContent): readonly Write[] {
  if (!shown || shown.again || shown.conclusion !== check.conclusion)
    return [{ kind: 'create-check', check }];
  if (shown.title === check.title && sameText(shown.summary, check.summary)) return [];
  return [{ kind: 'update-check', nodeId: shown.nodeId, check }];
}
