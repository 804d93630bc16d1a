import type { Activity, Principal } from '../manifest/manifest.ts';
import type { Elector } from '../policy/policy.ts';
import type { Attempt, Escalated, OpenRelease } from '../release/state.ts';
import type { Instant, Person } from '../values.ts';
import { markdown } from './escape.ts';
import { type Timed, writeMarker } from './marker.ts';
import { mention, mentions } from './mentions.ts';
import { listed, principalsWords } from './people.ts';

type Rung = {
  readonly state: OpenRelease;
  readonly activity: Activity;
  readonly attempt: Attempt;
  /** The how many-th of the attempt it is, from 1. */
  readonly number: number;
  readonly organization: string;
};

/** Reminds those who would be enough, or everybody who is asked (S-102, S-103). */
export function reminderBody(to: readonly Person[], rung: Rung): string {
  const people = to.flatMap(({ login }) => mention(login));
  return body(people.length > 0 ? people : asked(rung), `${whatWaits(rung)} for you`, rung, 'reminder');
}

/** Tells those above, who may be allowed to vote too (S-087, S-138). */
export function escalationBody({ to, granted }: Escalated, rung: Rung): string {
  const words = rung.activity.task === undefined ? ofApprovals : ofTasks;
  const may = granted.length === 0 ? '' : ` ${words.may}`;
  const told = `${words.nobody}, and ${whatWaits(rung)}`;
  return body(called(to, rung, granted), told, rung, 'escalation', may);
}

const ofApprovals = { nobody: 'nobody has decided yet', may: 'You may vote here too.' };
const ofTasks: typeof ofApprovals = { nobody: 'nobody has done it yet', may: 'You may do it, too.' };

/** Tells those who are asked that the session has come in which votes count (S-065). */
export function sessionBody(opens: Instant, rung: Rung): string {
  const { state, activity } = rung;
  const told = `the session of ${opens} has opened: votes on \`${activity.id}\` (${markdown(activity.title)}) of release \`${state.release}\` count`;
  return body(asked(rung), told, rung, 'session');
}

const asked = (rung: Rung): readonly string[] =>
  called(
    rung.activity.approvers.flatMap(({ from }) => from),
    rung,
  );

/** Where nobody can be called by name, it still says whom it is for. */
function called(
  principals: readonly Principal[],
  { state, attempt, organization }: Rung,
  granted: readonly Elector[] = [],
): readonly string[] {
  const { roles } = state.revision;
  const whom = mentions(principals, { organization, roles, electors: [...granted, ...attempt.roster] });
  return whom.length > 0 ? whom : [principalsWords(principals, 'and')];
}

const whatWaits = ({ state, activity }: Rung): string =>
  `\`${activity.id}\` (${markdown(activity.title)}) of release \`${state.release}\` still waits`;

function body(
  whom: readonly string[],
  what: string,
  { attempt, number }: Rung,
  kind: Timed,
  more = '',
): string {
  const until = attempt.timetable?.deadline === undefined ? '' : `, until ${attempt.timetable.deadline}`;
  return [
    `${listed(whom)}: ${what}${until}.${more}`,
    '',
    writeMarker({ kind, attempt: attempt.attempt, number }),
  ].join('\n');
}
