import { activitiesOf } from '../manifest/manifest.ts';
import type { ReleaseEvent } from '../release/event.ts';

/** The events that are about a task, as the manifest had it when they happened: nothing was approved by them (S-009). */
export function taskEvents(events: readonly ReleaseEvent[]): ReadonlySet<ReleaseEvent> {
  const found = new Set<ReleaseEvent>();
  let tasks: ReadonlySet<string> = new Set();
  for (const event of events) {
    if (event.kind === 'release-opened' || event.kind === 'manifest-revised') {
      const activities = activitiesOf(event.body.revision.plan);
      tasks = new Set(activities.filter(({ task }) => task !== undefined).map(({ id }) => id));
    } else if ('activity' in event.body && tasks.has(event.body.activity)) found.add(event);
  }
  return found;
}
