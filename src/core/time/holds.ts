import type { Instant } from '../values.ts';
import { instantFrom } from './clock-face.ts';
import { concerns, type Freeze, frozenBy } from './freeze.ts';
import { nextOpenMoment } from './next-open-moment.ts';
import { type ChangeWindow, isInWindow, nextClosing, type Window } from './window.ts';

/** What keeps an environment shut, whatever is approved (design 3.9). */
export type Holds = { readonly freezes: readonly Freeze[]; readonly windows: readonly Window[] };

/** Why it is shut at a moment. */
export type Hold = { readonly kind: 'freeze'; readonly freeze: Freeze } | { readonly kind: 'window' };

/** The freezes and windows of a configuration that are about an environment. */
export const holdsOn = (
  { freezes, windows }: { readonly freezes: readonly Freeze[]; readonly windows: readonly ChangeWindow[] },
  environment: string,
): Holds => ({
  freezes: freezes.filter((freeze) => concerns(freeze, environment)),
  windows: windows
    .filter((window) => concerns(window, environment))
    .map(({ environments: _, ...window }) => window),
});

/** What keeps it shut; undefined: nothing. */
export const heldBy = ({ freezes, windows }: Holds, environment: string, at: Instant): Hold | undefined => {
  const [freeze] = frozenBy(freezes, environment, at);
  if (freeze) return { kind: 'freeze', freeze };
  return isInWindow(windows, at) ? undefined : { kind: 'window' };
};

/** When it opens, where it is shut, or is shut, where it is open; undefined: not in sight. */
export const nextTurn = (holds: Holds, environment: string, at: Instant): Instant | undefined => {
  const { freezes, windows } = holds;
  if (heldBy(holds, environment, at)) return nextOpenMoment(freezes, windows, environment, at);
  const now = Date.parse(at);
  const begins = freezes.map(({ from }) => Date.parse(from)).filter((from) => from > now);
  const closes = windows.length === 0 ? undefined : nextClosing(windows, now);
  const turns = [...begins, ...(closes === undefined ? [] : [closes])];
  return turns.length === 0 ? undefined : instantFrom(Math.min(...turns));
};
