import type { Activity } from '../manifest/manifest.ts';
import { shortScope } from '../release/scope.ts';
import type { Attempt, Lapse, OpenRelease } from '../release/state.ts';
import { differenceLines } from './difference-words.ts';
import { writeMarker } from './marker.ts';
import { mentions } from './mentions.ts';
import { listed, logins } from './people.ts';

/** Tells a thread that what waits there has changed; votes after this comment answer the new scope (T11). */
export function noticeBody(
  state: OpenRelease,
  activity: Activity,
  attempt: Attempt,
  lapse: Lapse,
  organization: string,
): string {
  const asked = mentions(
    activity.approvers.flatMap(({ from }) => from),
    { organization, roles: state.revision.roles, electors: attempt.roster },
  );
  return [
    `The manifest of \`${state.release}\` changed, and with it what ${activity.task === undefined ? 'is approved' : 'is to be done'} here. Now \`@${shortScope(attempt.scope)}\` waits${asked.length === 0 ? '' : ` for ${listed(asked)}`}.`,
    lapse.people.length > 0 ? `The votes of ${logins(lapse.people)} lapsed.` : nobodyBefore(activity),
    '',
    ...differenceLines(lapse.differences),
    '',
    writeMarker({ kind: 'notice', attempt: attempt.attempt, scope: attempt.scope }),
  ].join('\n');
}

const nobodyBefore = ({ task }: Activity): string =>
  task === undefined ? 'Nobody had voted before.' : 'Nobody had done it before.';
