import { answerBlock, fenced } from '../form/answer-block.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Verdict } from '../policy/policy.ts';
import { shortScope } from '../release/scope.ts';
import type { Attempt, OpenRelease } from '../release/state.ts';
import { fieldLines } from './answer-words.ts';
import { mentions } from './mentions.ts';
import { listed } from './people.ts';

type Turn = {
  readonly state: OpenRelease;
  readonly activity: Activity;
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly organization: string;
};

/** Whom an activity waits for, and what they can write: everything to copy and fill in (S-036, S-130). */
export function yourTurn(turn: Turn): readonly string[] {
  const { activity, attempt } = turn;
  const { inputs } = activity;
  const scope = `@${shortScope(attempt.scope)}`;
  const words = activity.task === undefined ? ofApprovals : ofTasks;
  return [
    '',
    '### Your turn',
    '',
    `${calledUpon(turn, words.everybody)}: ${words.call}`,
    '',
    ...(inputs.length === 0 ? [] : [...fieldLines(inputs), '']),
    ...fenced(answerBlock(inputs, 'approve', `/${words.verb} ${activity.id} ${scope}`)),
    '',
    words.otherwise,
    '',
    ...fenced(answerBlock(inputs, 'reject', '/reject REASON')),
    '',
    words.rest,
    ...(activity.advisory === true
      ? ['', 'Everybody else may answer in the same words: that is shown here and counts nowhere.']
      : []),
  ];
}

const ofApprovals = {
  everybody: 'Approvers',
  call: 'answer with a comment. To approve:',
  verb: 'approve',
  otherwise: 'To reject:',
  rest: '`/withdraw` takes your vote back, `/abort REASON` ends the whole release, `/help` explains the rest. Edited comments do not count: write a new one.',
};

const ofTasks: typeof ofApprovals = {
  everybody: 'Those it is assigned to',
  call: 'one of you does this, and then says so with a comment:',
  verb: 'done',
  otherwise: 'If it cannot be done:',
  rest: '`/abort REASON` ends the whole release, `/help` explains the rest. Edited comments do not count: write a new one.',
};

/** People hear of it when it is their turn: GitHub notifies whom an edit of the page mentions first. */
function calledUpon({ state, attempt, verdict, organization }: Turn, everybody: string): string {
  const open = verdict.rules.filter(({ closed }) => !closed);
  const asked = mentions(
    [
      ...open.flatMap(({ rule }) => rule.from),
      ...attempt.delegations.map(({ to }) => ({ kind: 'user' as const, name: to.login })),
    ],
    { organization, roles: state.revision.roles, electors: attempt.roster },
  );
  return asked.length === 0 ? everybody : listed(asked);
}
