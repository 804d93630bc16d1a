import type { Comment, Spoken, Thread } from './facts.ts';

/** What people said on a thread, oldest first. */
export const spokenOn = (thread: Thread): readonly Spoken[] => thread.comments.filter(isSpoken);

const isSpoken = (comment: Comment): comment is Spoken => !comment.ours && comment.writer.kind === 'person';
