import { askedOf } from '../manifest/asked.ts';
import { type Activity, activitiesOf, isManual } from '../manifest/manifest.ts';
import { latestAttempt, type OpenRelease } from '../release/state.ts';
import {
  type Hindrances,
  phaseStatus,
  releaseStatus,
  type StatusOf,
  waitingCount,
} from '../release/status.ts';
import { runLink } from './dispatch-words.ts';
import { markdown } from './escape.ts';
import { machineState } from './machine-words.ts';
import { writeMarker } from './marker.ts';
import { plural, principalWords } from './people.ts';
import { activityMark, phaseWords, releaseWords, statusWords } from './status-words.ts';
import { targetWords } from './target-words.ts';

export const releaseIssueTitle = (state: OpenRelease): string =>
  `Release ${state.release}: ${state.revision.plan.title}`;

/** What the tracking issue of a release shows: S-118 to S-123. */
export function releaseIssueBody(state: OpenRelease, hindrances: Hindrances, statusOf: StatusOf): string {
  const { plan } = state.revision;
  return [
    `**${releaseSentence(state, hindrances, statusOf)}**`,
    '',
    `Target: ${targetWords(state.target, plan.target)}.`,
    `Manifest: \`${state.revision.path}\` at \`${state.revision.commit}\`.`,
    ...(plan.owner ? [`Owner: ${principalWords(plan.owner)}.`] : []),
    ...deviationLines(state),
    ...plan.phases.flatMap((phase) => [
      '',
      `### ${markdown(phase.title)}: ${phaseWords[phaseStatus(state, phase, statusOf)]}${badge(phase.activities, statusOf)}`,
      '',
      ...phase.activities.map((activity) => activityLine(state, activity, hindrances, statusOf)),
    ]),
    '',
    writeMarker({ kind: 'release', release: state.release }),
  ].join('\n');
}

/** Status and count in one sentence (S-119, S-120). */
function releaseSentence(state: OpenRelease, hindrances: Hindrances, statusOf: StatusOf): string {
  const status = releaseStatus(state, statusOf);
  const waiting = waitingCount(activitiesOf(state.revision.plan), statusOf);
  const general = hindrances.get('');
  const words = `${releaseWords[status]}.`;
  if (status === 'closed') return `${words} Somebody else wrote to the record of this release.`;
  if (general !== undefined)
    return `${words} The manifest on the default branch cannot take effect. ${markdown(general)}`;
  if (state.ended?.kind === 'aborted')
    return `${words} ${markdown(state.ended.by.login)} ended it: ${markdown(state.ended.reason)}`;
  if (status !== 'on-hold') return words;
  return `${words} ${plural(waiting, 'activity requires', 'activities require')} your input.`;
}

function badge(activities: readonly Activity[], statusOf: StatusOf): string {
  const waiting = waitingCount(activities, statusOf);
  return waiting === 0 ? '' : ` (${waiting} pending)`;
}

function activityLine(
  state: OpenRelease,
  activity: Activity,
  hindrances: Hindrances,
  statusOf: StatusOf,
): string {
  const status = statusOf(activity.id);
  const issue = latestAttempt(state, activity.id)?.notices.at(-1)?.issue;
  const where = issue ? ` — #${issue.number}` : '';
  const attempt = latestAttempt(state, activity.id);
  const machine = attempt && !isManual(activity) ? machineState(attempt, activity) : undefined;
  const why = hindrances.get(activity.id) ?? machine;
  const needs =
    status === 'pending' && activity.needs.length > 0 ? ` (after ${activity.needs.join(', ')})` : '';
  return `- ${activityMark[status]} ${markdown(activity.title)}: ${statusWords(status, askedOf(activity))}${needs}${where}${why === undefined ? '' : `. ${markdown(why)}`}${attempt?.dispatch === undefined ? '' : runLink(attempt.dispatch)}`;
}

function deviationLines(state: OpenRelease): readonly string[] {
  return state.deviations.map((deviation, index) =>
    deviation.what === 'foreign-commit'
      ? `⛔ Deviation: commit \`${deviation.commit}\` on the records branch is not the controller's and touches this release. ${index < state.acknowledged ? 'Custodians have taken note of it.' : 'Its gate stays closed until custodians take note of it with `/acknowledge REASON` here.'}`
      : `⚠️ Deviation: \`${deviation.ref}\` now means \`${deviation.to}\`. This release keeps \`${deviation.from}\`.`,
  );
}
