// The same for what machines do: which event may follow which.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
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
    case 'activity-succeeded': {
      if (!isAtWork || stand.report !== 'success') return 'nothing was deployed';
      end(life, body.activity, 'succeeded');
      return undefined;
    }
    case 'activity-failed': {
      const reports: ReadonlyMap<string, Stand['report']> = new Map([
        ['deployment-failed', 'failure'],
        ['environment-taken', 'taken'],
      ]);
      const { why } = event.body;
      const { until } = stand?.open ?? {};
      const overdue = until !== undefined && Date.parse(event.at) >= until;
      const reported = reports.has(why) && stand?.report === reports.get(why);
      const right = why === 'not-deployed' ? overdue : reported;
      if (!isAtWork || !right) return `it did not fail by ${why}`;
      end(life, body.activity, 'failed');
      return undefined;
    }
    case 'retry-ordered':
      if (stand?.ended !== 'failed' || stand.overruled) return 'no machine had failed';
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
