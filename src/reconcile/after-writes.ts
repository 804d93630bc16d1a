import type { CheckView, Comment, Facts, Thread } from '../core/release/facts.ts';
import type { CheckContent, Write } from '../core/release/surface.ts';
import type { Written } from '../ports/forge.ts';

/** The facts as they are after our own writes took effect, so that nothing has to be read again to go on. */
export function afterWrites(facts: Facts, writes: readonly Write[], written: readonly Written[]): Facts {
  return writes.reduce(
    (now, write, index) => afterWrite(now, write, written[index] ?? { kind: 'done' }),
    facts,
  );
}

function afterWrite(facts: Facts, write: Write, written: Written): Facts {
  switch (write.kind) {
    case 'create-check':
    case 'update-check':
      return { ...facts, checks: withCheck(facts.checks, write.check, written) };
    case 'create-issue':
      if (written.kind !== 'issue') return facts;
      return {
        ...facts,
        unrecorded: [...facts.unrecorded, written.thread],
        threads: new Map(facts.threads).set(written.thread.issue.number, written.thread),
      };
    case 'update-issue':
      return change(facts, write.nodeId, (thread) => ({ ...thread, title: write.title, body: write.body }));
    case 'close-issue':
      return change(facts, write.nodeId, (thread) => ({ ...thread, open: false }));
    case 'reopen-issue':
      return change(facts, write.nodeId, (thread) => ({ ...thread, open: true }));
    case 'link-issue': {
      const parent = [...facts.threads.values()].find((thread) => thread.issue.nodeId === write.parent);
      return parent
        ? change(facts, write.child, (thread) => ({ ...thread, parent: parent.issue.number }))
        : facts;
    }
    case 'comment':
      return written.kind === 'comment'
        ? change(facts, write.issue, (thread) => ({
            ...thread,
            comments: [...thread.comments, written.comment],
          }))
        : facts;
    case 'react':
      return {
        ...facts,
        threads: new Map([...facts.threads].map(([number, thread]) => [number, reacted(thread, write)])),
      };
  }
}

function withCheck(
  checks: readonly CheckView[],
  content: CheckContent,
  written: Written,
): readonly CheckView[] {
  if (written.kind !== 'check') return checks;
  return [...checks.filter((check) => check.name !== content.name), written.check];
}

const change = (facts: Facts, nodeId: string, how: (thread: Thread) => Thread): Facts => ({
  ...facts,
  threads: new Map(
    [...facts.threads].map(([number, thread]) => [
      number,
      thread.issue.nodeId === nodeId ? how(thread) : thread,
    ]),
  ),
});

const reacted = (thread: Thread, write: Extract<Write, { readonly kind: 'react' }>): Thread => ({
  ...thread,
  comments: thread.comments.map(
    (comment): Comment =>
      comment.nodeId === write.subject
        ? { ...comment, reactions: [...comment.reactions, write.reaction] }
        : comment,
  ),
});
