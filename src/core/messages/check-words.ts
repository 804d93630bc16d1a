import { askedOf } from '../manifest/asked.ts';
import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import type { Verdict } from '../policy/policy.ts';
import { shortScope } from '../release/scope.ts';
import type { Attempt, OpenRelease } from '../release/state.ts';
import { type ActivityStatus, releaseStatus, type StatusOf, waitingCount } from '../release/status.ts';
import { demandLines } from './check-demand-words.ts';
import { runLink } from './dispatch-words.ts';
import { markdown } from './escape.ts';
import { machineState } from './machine-words.ts';
import { listed, plural } from './people.ts';
import { releaseWords, statusWords } from './status-words.ts';
import { ruleLines, verdictSentence } from './verdict-words.ts';

/** What a check shows: a title of one line, and Markdown. */
export type CheckWords = { readonly title: string; readonly summary: string };

export function activityCheckWords(
  activity: Activity,
  status: ActivityStatus,
  attempt: Attempt | undefined,
  verdict: Verdict | undefined,
  hindrance: string | undefined,
): CheckWords {
  const asked = askedOf(activity);
  const issue = attempt?.notices.at(-1)?.issue;
  const machine = attempt && machineState(attempt, activity);
  const open =
    verdict && !attempt?.ending
      ? [verdictSentence(verdict, markdown, asked), '', ...ruleLines(verdict, asked)]
      : [];
  return {
    title: titleOf(statusWords(status, asked), attempt?.ending),
    summary: [
      ...(hindrance === undefined ? [] : [markdown(hindrance), '']),
      ...open,
      ...(machine === undefined ? [] : [markdown(machine)]),
      ...(activity.checks && attempt ? ['', ...demandLines(activity.checks, attempt.seen)] : []),
      ...(attempt?.dispatch?.answer?.kind === 'run' ? ['', runLink(attempt.dispatch).trim()] : []),
      ...(issue
        ? [
            '',
            `${asked === 'approval' ? 'Decide on' : 'Say that it is done on'} [#${issue.number}](${issue.url}).`,
          ]
        : []),
      ...(attempt ? ['', `Attempt ${attempt.attempt}, scope \`${shortScope(attempt.scope)}\`.`] : []),
    ].join('\n'),
  };
}

function titleOf(status: string, ending: Attempt['ending']): string {
  if (ending?.kind !== 'approved' && ending?.kind !== 'rejected') return status;
  return ending.kind === 'approved' && ending.automatic !== undefined
    ? `Approved automatically, by nobody: ${ending.automatic}`
    : `${status} by ${listed(ending.by.map(({ login }) => login))}`;
}

/** An activity that was still open when its release was closed. */
export const closedCheckWords: CheckWords = {
  title: 'Closed',
  summary: 'Somebody else wrote to the record of this release. Nothing can be decided here any more.',
};

/** The check of a release that could not be opened, with what a person has to mend. */
export const unopenedCheckWords = (hindrance: string): CheckWords => ({
  title: 'Not opened',
  summary: markdown(hindrance),
});

/**
 * Only what this release records changes these words: the newest checkpoint of the branch is in the external id. `page` is
 * what the tracking issue shows.
 */
export function releaseCheckWords(state: OpenRelease, page: string, statusOf: StatusOf): CheckWords {
  const status = releaseStatus(state, statusOf);
  const waiting = waitingCount(activitiesOf(state.revision.plan), statusOf);
  const count =
    status === 'on-hold' ? `: ${plural(waiting, 'activity requires', 'activities require')} your input` : '';
  return {
    title: `${releaseWords[status]}${count}`,
    summary: [
      page.split('\n').slice(0, -2).join('\n'),
      '',
      ...(state.tracking ? [`Followed in [#${state.tracking.number}](${state.tracking.url}).`] : []),
      `Recorded: ${plural(state.sequence, 'event', 'events')}.`,
    ].join('\n'),
  };
}
