import { answerBlock, fenced } from '../form/answer-block.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Answer, DelegationObstacle } from '../release/refusal.ts';
import { shortScope } from '../release/scope.ts';
import { demandWords } from './check-demand-words.ts';
import { differenceLines } from './difference-words.ts';
import { reasonWords } from './duty-words.ts';
import { markdown } from './escape.ts';
import { blockFor, formLines } from './form-words.ts';
import { writeMarker } from './marker.ts';
import { ruleWords } from './people.ts';
import { taskAnswerLines } from './task-answers.ts';

/** A comment of ours that answers somebody's; the marker tells which, so that it is given once. */
export function answerBody(
  comment: number,
  login: string,
  answer: Answer,
  activity: Activity | undefined,
): string {
  const to = `@${login}`;
  const marker = writeMarker({ kind: 'answer', comment, code: answer.code });
  const ofTask = activity?.task === undefined ? undefined : taskAnswerLines(to, answer, activity);
  return [...(ofTask ?? answerLines(to, answer, activity)), '', marker].join('\n');
}

function answerLines(to: string, answer: Answer, activity: Activity | undefined): readonly string[] {
  switch (answer.code) {
    case 'help':
      return [
        `${to} On ${activity ? 'this issue' : 'the issue of an activity'} you can write, each in a comment of its own:`,
        '',
        ...commands(activity),
      ];
    case 'not-eligible':
      return [`${to} Your command was not counted: only the approvers named above may decide here.`];
    case 'excluded':
      return [
        answer.why === undefined
          ? `${to} Your command was not counted: the manifest excludes you from this activity.`
          : `${to} Your command was not counted: you ${reasonWords(answer.why)}, and who did that can neither approve nor reject here. Somebody else has to decide.`,
      ];
    case 'claimed':
      return [
        `${to} Your approval was not counted: a commit says that you ${reasonWords(answer.why)}, and who did that cannot approve here. You may still reject.`,
      ];
    case 'not-your-turn':
      return [
        `${to} Your command was not counted: first comes ${ruleWords(answer.turn)}. Please come back when this issue says that it is your turn.`,
      ];
    case 'delegation-over':
      return [
        `${to} Your command was not counted: you spoke for ${markdown(answer.from.login)}, who may not decide here any more.`,
      ];
    case 'not-delegated':
      return [`${to} No seat was handed on: ${delegationWords[answer.why]}`];
    case 'edited':
      return [
        `${to} Your comment was edited, so nobody can tell what it said when it was written, and nothing is approved until you speak again.`,
        'Write a new comment with `/approve`, `/reject REASON` or `/withdraw`.',
      ];
    case 'by-email':
      return [
        `${to} Your command was not counted: comments sent by e-mail do not vote. Please comment on GitHub.`,
      ];
    case 'through-app':
      return [
        `${to} Your command was not counted: it came through the App "${markdown(answer.app)}". Please comment yourself.`,
      ];
    case 'several-decisions':
      return [`${to} Nothing was counted: a comment carries one decision. Please write one of them again.`];
    case 'malformed':
      return [
        `${to} \`/${answer.verb}\` could not be read: ${markdown(answer.why)}`,
        ...(activity ? blockFor(activity, answer.verb) : []),
      ];
    case 'misspelt':
      if (answer.within !== undefined)
        return [
          `${to} Nothing was counted: Markdown takes the line of \`${answer.written}\` for part of a ${answer.within}. Please write it in a new comment, with a blank line above and below it.`,
        ];
      return [
        `${to} Nothing was counted: \`${answer.written}\` is no command here. Did you mean \`/${answer.meant}\`? Then please write that in a new comment; \`/help\` shows the others.`,
      ];
    case 'unsupported':
      return [`${to} \`/${answer.verb}\` is not supported yet. \`/help\` shows what is.`];
    case 'other-activity':
      return [
        `${to} Nothing was counted: this issue stands for \`${answer.here}\`, not for \`${markdown(answer.named)}\`. Please answer on the issue of that activity.`,
      ];
    case 'wrong-scope':
      return [
        `${to} Nothing was counted: you answered \`@${markdown(answer.given)}\`, but what waits here is \`@${shortScope(answer.current)}\`. Please read it and answer again.`,
      ];
    case 'stale-notice':
      return [
        `${to} Nothing was counted: what you answered has changed since. Please read what waits now (\`@${shortScope(answer.current)}\`) and answer again.`,
        ...(answer.differences.length === 0 ? [] : ['', ...differenceLines(answer.differences)]),
      ];
    case 'invalid-answers':
      return formLines(to, answer, answer.verb);
    case 'not-yours':
      return [
        answer.who === 'owner'
          ? `${to} \`/${answer.verb}\` was not obeyed: only owners of the release or the phase and approvers may do that.`
          : `${to} \`/${answer.verb}\` was not obeyed: only the custodians that the configuration names may do that, and nobody who wrote the manifest or committed what is released.`,
      ];
    case 'no-custodians':
      return [
        `${to} \`/${answer.verb}\` was not obeyed: the configuration named no custodians when this release took over its manifest, so nobody may do that. Once it names them, a change of the manifest brings them in; or abort the release.`,
      ];
    case 'reason-missing':
      return [`${to} \`/${answer.verb}\` was not obeyed: please write it again with the reason behind it.`];
    case 'nothing-failed':
      return [
        answer.verb === 'override'
          ? `${to} \`/override\` was not obeyed: no environment waits here for freezes or windows that could still be lifted. An override counts where one of them holds when it is written, not beforehand.`
          : `${to} \`/${answer.verb}\` was not obeyed: nothing has failed here that could be overruled.`,
      ];
    case 'demanded':
      return [
        `${to} \`/ignore\` was not obeyed: ${markdown(answer.floors.join(', '))} demands this activity, so nobody may let the release pass without it. \`/retry REASON\` asks again.`,
      ];
    case 'nothing-waits':
      return [`${to} Nothing was put off: nothing waits for a decision here.`];
    case 'defer-when':
      return [
        `${to} Nothing was put off: write \`/defer until DATE REASON\` with a date to come such as 2026-11-25, which means the end of that day, or a moment such as 2026-11-25T09:00:00Z.`,
      ];
    case 'defer-beyond':
      return [
        `${to} Nothing was put off: the deadline ${answer.deadline} is a date and would have passed by then, so nobody could vote any more. Put it off until before it, or write a later deadline into the manifest first.`,
      ];
    case 'no-task':
      return [
        `${to} Nothing was counted: this is not a task that is done, but something to agree with. If you do, write \`/approve\`.`,
      ];
    case 'premature':
      return [
        `${to} Nothing was counted yet: first the target has to pass ${demandWords(answer.checks)}. Please write it again when this issue says that it has.`,
      ];
    case 'too-early':
      return [
        `${to} Your vote was not counted yet: this is decided in a session, and votes count from ${answer.opens} on. Please write it again then.`,
      ];
    case 'too-late':
      return [`${to} Your vote was not counted: the deadline was ${answer.deadline}.`];
    case 'nothing-deviates':
      return [`${to} There is no deviation of this release that nobody has taken note of.`];
    case 'nothing-to-withdraw':
      return [`${to} You have no vote here that could be withdrawn.`];
    case 'may-take-back':
      return [
        `${to} Your command was not counted: you are not among the approvers any more. What you said here before stands; \`/withdraw\` takes it back.`,
      ];
    case 'took-back':
      return [
        `${to} Your approval is taken back. It is not a rejection: you are not among the approvers any more.`,
      ];
    case 'already-decided':
      return [`${to} Nothing was counted: this activity is already decided.`];
    case 'not-here':
      return [
        `${to} Nothing was counted: decisions are taken on the issues of the activities, which are listed above.`,
      ];
  }
}

const delegationWords: { readonly [W in DelegationObstacle]: string } = {
  'no-seat': 'only approvers with a seat of their own can do that, and it is handed on once only.',
  'not-allowed': 'this activity does not allow it.',
  'too-many': 'as many seats as this activity allows are handed on already.',
  missing: 'GitHub knows nobody of that name.',
  yourself: 'it is yours already. `/delegate off` takes it back.',
  excluded:
    'whoever is excluded here, such as an author of the manifest, cannot speak for somebody else either.',
  'has-seat': 'that person has a seat here already, and nobody fills two.',
  'nothing-to-take-back': 'you have not handed on your seat, so there is nothing to take back.',
};

const commands = (activity: Activity | undefined): readonly string[] => [
  ...(activity ? [...fenced(answerBlock(activity.inputs, 'approve', `/approve ${activity.id}`)), ''] : []),
  '- `/approve`: you agree with what is described above',
  `- \`/reject REASON\`: you do not${activity?.reject === undefined ? '; one rejection ends the activity' : ''}`,
  '- `/withdraw`: takes your vote back while nothing is decided',
  ...(activity?.delegation?.max === 0
    ? []
    : ['- `/delegate @LOGIN`: lets somebody decide in your place; `/delegate off` ends that']),
  '- `/defer until DATE REASON`: puts the decision off, and keeps the votes; for owners and approvers',
  '- `/abort REASON`: ends the whole release; for its owners and approvers',
  '- `/retry REASON`, `/ignore REASON`: asks again after a failure, or goes on without it; for custodians',
  '- `/acknowledge REASON` on the issue of the release: takes note of what deviates; for custodians',
  ...(activity === undefined
    ? [
        '- `/retry ACTIVITY` here, where a machine failed: tries it again; for owners',
        '- `/override ACTIVITY REASON` here: opens its environment in spite of freezes and windows, which is reviewed afterwards; for custodians',
      ]
    : []),
];
