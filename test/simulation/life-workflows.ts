// The same for workflows: the order, the answer, the end, and what the three come to.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Ordered, Stand } from './stands.ts';

type WorkflowEvent = Extract<ReleaseEvent, { readonly kind: `workflow-${string}` }>;

/** An order without an answer may be repeated then, and no sooner: whoever gave it may still be about to send it. */
const lostAfterMs = 120_000;

/** What one more event about the workflow of an attempt makes of it, or why it cannot follow. */
export function liveWorkflow({ open, ordered }: Stand, event: WorkflowEvent): Ordered | string {
  switch (event.kind) {
    case 'workflow-ordered': {
      const { workflow: file, commit } = event.body;
      const at = Date.parse(event.at);
      if (!open) return 'its environment was not open';
      if (ordered?.answer !== undefined) return 'it had been started';
      return ordered && !isLost(ordered, at) ? 'it was on its way' : { at, file, commit };
    }
    case 'workflow-answered': {
      const { answer } = event.body;
      if (ordered === undefined || ordered.answer !== undefined) return 'nothing was ordered';
      return answer.kind === 'accepted'
        ? 'this host tells which run it is'
        : { ...ordered, answer: answer.kind === 'run' ? answer.run : 'refused' };
    }
    case 'workflow-ended': {
      const { id, ended, path, commit } = event.body.run;
      if (ordered?.answer !== id || ordered.ended) return 'no run of it went on';
      return { ...ordered, ended: { conclusion: ended.conclusion, path, commit } };
    }
  }
}

/** Nobody answered, and nobody will. */
export const isLost = ({ answer, at: ordered }: Ordered, at: number): boolean =>
  answer === undefined && at >= ordered + lostAfterMs;

/** How an activity must end whose workflow was ordered; undefined: it goes on. */
export function resultOf({ answer, ended, file, commit }: Ordered): string | undefined {
  if (answer === 'refused') return 'workflow-refused';
  if (ended === undefined) return undefined;
  if (ended.commit !== commit || ended.path !== `.github/workflows/${file}`) return 'run-of-another';
  return ended.conclusion === 'success' ? 'success' : 'run-failed';
}
