// The same for what machines do: which event may follow which.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { isLost, liveWorkflow, resultOf } from './life-workflows.ts';
import { end, type Life, type Stand } from './stands.ts';
import { isMachine } from './subject.ts';

/** One more event about a machine. Why it cannot follow; undefined: it can, or is about something else. */
export function liveMachine(life: Life, event: ReleaseEvent): string | undefined {
  const { body } = event;
  if (!('activity' in body)) return undefined;
  const stand = life.stands.get(body.activity);
  const isAtWork = stand !== undefined && stand.ended === undefined && isMachine(body.activity);
  const set = (more: Partial<Stand>): undefined => {
    if (stand) life.stands.set(body.activity, { ...stand, ...more });
    return undefined;
  };
  switch (event.kind) {
    case 'environment-opened': {
      if (!isAtWork || stand.open) return 'it was not shut, or not its turn';
      const { environment, commit, until } = event.body;
      const at = Date.parse(event.at);
      return set({
        open: { environment, commit, at, ...(until === undefined ? {} : { until: Date.parse(until) }) },
      });
    }
    case 'environment-shut': {
      if (!isAtWork || !stand.open) return 'it was not open';
      const { open: _, ...rest } = stand;
      life.stands.set(body.activity, rest);
      return undefined;
    }
    case 'deployment-seen':
    case 'environment-taken': {
      if (!isAtWork || !stand.open || stand.report) return 'nothing was open, or its end is known';
      return set({ report: event.kind === 'deployment-seen' ? event.body.state : 'taken' });
    }
    case 'workflow-ordered':
    case 'workflow-answered':
    case 'workflow-ended': {
      const ordered = isAtWork ? liveWorkflow(stand, event) : 'it was not its turn';
      if (typeof ordered === 'string') return ordered;
      if (typeof ordered.answer === 'number') life.runs.add(ordered.answer);
      return set({ ordered });
    }
    case 'run-admitted': {
      if (!isAtWork || !stand.open || stand.admitted) return 'nothing was open, or it had let in a run';
      const { run, attempt } = event.body.run;
      return set({ admitted: { run, attempt } });
    }
    case 'admitted-run-ended': {
      const { run, attempt, conclusion } = event.body.run;
      const { admitted, ordered } = stand ?? {};
      const goesOn = admitted?.run === run && admitted.attempt === attempt && !admitted.ended;
      if (!isAtWork || !goesOn || ordered) return 'no run that it let in went on';
      return set({ admitted: { run, attempt, ended: conclusion } });
    }
    case 'activity-succeeded': {
      const done = stand?.ordered ? resultOf(stand.ordered) : (stand?.report ?? stand?.admitted?.ended);
      if (!isAtWork || done !== 'success') return 'nothing was deployed';
      end(life, body.activity, 'succeeded');
      return undefined;
    }
    case 'activity-failed': {
      const { why } = event.body;
      if (!isAtWork || !mayFail(stand, why, Date.parse(event.at))) return `it did not fail by ${why}`;
      end(life, body.activity, 'failed');
      return undefined;
    }
    case 'retry-ordered':
      if (stand?.ended !== 'failed' || stand.overruled) return 'no machine had failed';
      life.skipped.clear();
      return set({ overruled: 'retry' });
    case 'overrule-cast':
      return isAtWork && !stand.lifted ? undefined : 'nothing was held';
    case 'holds-lifted':
      if (!isAtWork || stand.lifted) return 'nothing was held';
      return set({ lifted: true });
    default:
      return undefined;
  }
}

/** Somebody else took the environment, its time was over before anything was started, or what was started failed. */
function mayFail({ open, ordered, report, admitted }: Stand, why: string, at: number): boolean {
  if (why === 'environment-taken') return report === 'taken';
  if (!ordered && why === 'run-failed') return !report && (admitted?.ended ?? 'success') !== 'success';
  if (why !== 'not-deployed')
    return ordered ? resultOf(ordered) === why : why === 'deployment-failed' && report === 'failure';
  return at >= (open?.until ?? Infinity) && (ordered ? isLost(ordered, at) : admitted === undefined);
}
