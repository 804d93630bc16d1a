import type { Command } from '../command/command.ts';
import { nearCommand } from '../command/near-command.ts';
import { parseCommands } from '../command/parse-commands.ts';
import { actsIn } from './acts-in.ts';
import type { Facts, Thread } from './facts.ts';
import { threadOf } from './listen.ts';
import { namesIn } from './names-in.ts';
import type { Answer, Refusal } from './refusal.ts';
import { answersOn, isSettled } from './settled.ts';
import { spokenOn } from './spoken.ts';
import { type Attempt, isLater, type OpenRelease } from './state.ts';

/** Commands where nothing waits any more, or never did: people who may act somewhere here get one answer (design 4). */
export function remark(state: OpenRelease, facts: Facts): readonly Refusal[] {
  const ids = namesIn(state);
  const acts = actsIn(state);
  const everybody = new Set(Object.values(state.attempts).flatMap((attempts) => attempts.flatMap(peopleOf)));
  const decided = Object.values(state.attempts)
    .flat()
    .flatMap((attempt) => {
      const thread = attempt.ending ? threadOf(attempt, facts) : undefined;
      return thread
        ? onThread(thread, ids, new Set(peopleOf(attempt)), { code: 'already-decided' }, attempt)
        : [];
    });
  const tracking = state.tracking ? facts.threads.get(state.tracking.number) : undefined;
  const elsewhere = tracking ? onThread(tracking, ids, everybody, { code: 'not-here' }) : [];
  return [...decided, ...elsewhere].filter(({ comment }) => !acts.has(comment.id));
}

const peopleOf = (attempt: Attempt): readonly number[] => [
  ...attempt.roster.map((elector) => elector.person.id),
  ...attempt.votes.map((vote) => vote.elector.person.id),
  ...attempt.delegations.map(({ to }) => to.id),
];

function onThread(
  thread: Thread,
  activities: readonly string[],
  people: ReadonlySet<number>,
  answer: Answer,
  attempt?: Attempt,
): readonly Refusal[] {
  const answered = answersOn(thread);
  return spokenOn(thread).flatMap((comment): readonly Refusal[] => {
    if (comment.edited || isSettled(comment, answered)) return [];
    const { id } = comment.writer.person;
    const last = attempt?.heard[id];
    if (!people.has(id) || (last && !isLater({ comment: comment.id, at: comment.createdAt }, last)))
      return [];
    const commands = parseCommands(comment.body, activities);
    const helped = answerTo(comment.body, commands, answer);
    return helped === undefined
      ? []
      : [{ comment, issueNodeId: thread.issue.nodeId, answer: helped, silent: false }];
  });
}

function answerTo(body: string, commands: readonly Command[], answer: Answer): Answer | undefined {
  if (commands.length > 0) return commands.every(({ kind }) => kind === 'help') ? { code: 'help' } : answer;
  const near = nearCommand(body);
  return near && { code: 'misspelt', ...near };
}
