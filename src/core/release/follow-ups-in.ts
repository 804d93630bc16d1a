import type { Activity } from '../manifest/manifest.ts';
import type { ReleaseEvent } from './event.ts';
import { fold } from './fold.ts';

/** What no manifest asks for: the reviews of what custodians overrode. */
export function followUpsIn(events: readonly ReleaseEvent[]): readonly Activity[] {
  if (events.every(({ kind }) => kind !== 'holds-lifted')) return [];
  const state = fold('', events);
  return state.kind === 'opened' ? state.followUps : [];
}
