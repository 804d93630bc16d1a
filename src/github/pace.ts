import type { Clock } from '../ports/clock.ts';
import type { CallSpacing } from './host.ts';

/** What a call does: only writes take a slot, whatever HTTP method carries them. */
export type CallKind = 'read' | 'write' | 'notification';

/** Resolves when a call of this kind may start. */
export type Pace = (kind: CallKind) => Promise<void>;

/** Starts writes one after the other with the host's spacing; reads never wait. Nothing waits where the spacing is 0. */
export const createPace = (spacing: CallSpacing, clock: Clock): Pace => {
  let nextWrite = 0;
  let nextNotification = 0;
  return async (kind) => {
    if (kind === 'read') return;
    const now = Date.parse(clock.now());
    const start = Math.max(now, nextWrite, kind === 'notification' ? nextNotification : 0);
    nextWrite = start + spacing.writes;
    if (kind === 'notification') nextNotification = start + spacing.notifications;
    const wait = start - now;
    if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
  };
};
