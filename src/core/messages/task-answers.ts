import { answerBlock, fenced } from '../form/answer-block.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Answer } from '../release/refusal.ts';
import { reasonWords } from './duty-words.ts';
import { markdown } from './escape.ts';
import { blockFor, formLines } from './form-words.ts';

/** An answer on the issue of a task, where it differs from that on an approval: nothing is agreed with there (S-009). */
export function taskAnswerLines(
  to: string,
  answer: Answer,
  activity: Activity,
): readonly string[] | undefined {
  switch (answer.code) {
    case 'help':
      return [`${to} On this issue you can write, each in a comment of its own:`, '', ...commands(activity)];
    case 'not-eligible':
      return [
        `${to} Your command was not counted: only those named above, whom this is assigned to, can do it.`,
      ];
    case 'excluded':
      return [
        answer.why === undefined
          ? `${to} Your command was not counted: the manifest excludes you from this task.`
          : `${to} Your command was not counted: you ${reasonWords(answer.why)}, and who did that leaves this to others.`,
      ];
    case 'claimed':
      return [
        `${to} Your command was not counted: a commit says that you ${reasonWords(answer.why)}, and who did that leaves this to others. You may still say that it cannot be done.`,
      ];
    case 'edited':
      return [
        `${to} Your comment was edited, so nobody can tell what it said when it was written, and this is not done until you speak again.`,
        'Write a new comment with `/done`, `/reject REASON` or `/withdraw`.',
      ];
    case 'malformed':
      return [
        `${to} \`/${answer.verb}\` could not be read: ${markdown(answer.why)}`,
        ...blockFor(activity, answer.verb === 'approve' ? 'done' : answer.verb),
      ];
    case 'invalid-answers':
      return formLines(to, answer, answer.verb === 'approve' ? 'done' : answer.verb);
    case 'too-late':
      return [`${to} Nothing was counted: the deadline was ${answer.deadline}.`];
    case 'nothing-to-withdraw':
      return [`${to} You have said nothing here that could be withdrawn.`];
    case 'may-take-back':
      return [
        `${to} Your command was not counted: this is not assigned to you any more. What you said here before stands; \`/withdraw\` takes it back.`,
      ];
    case 'took-back':
      return [
        `${to} What you said is taken back. The task does not fail by it: it is not assigned to you any more.`,
      ];
    default:
      return undefined;
  }
}

const commands = ({ id, inputs, delegation }: Activity): readonly string[] => [
  ...fenced(answerBlock(inputs, 'approve', `/done ${id}`)),
  '',
  '- `/done`: what is described above is done; for those it is assigned to',
  '- `/reject REASON`: it cannot be done, and this task fails',
  ...(delegation?.max === 0
    ? []
    : ['- `/delegate @LOGIN`: lets somebody do it in your place; `/delegate off` ends that']),
  '- `/defer until DATE REASON`: puts it off; for owners and those it is assigned to',
  '- `/abort REASON`: ends the whole release; for its owners and those it is assigned to',
  '- `/retry REASON`, `/ignore REASON`: asks again after a failure, or goes on without it; for custodians',
];
