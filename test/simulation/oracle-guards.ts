// Judges whether GitHub itself guards an environment, where a floor lets it open only then (T14).

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Chronicle } from './chronicle.ts';
import { isOf, second } from './ground.ts';
import type { Gap } from './guards.ts';
import type { Scene } from './oracle-machines.ts';
import type { Settings } from './subject.ts';

const everything: readonly Gap[] = ['rule', 'branches', 'bypass'];

/** What was missing at one moment or another since; whoever looked may have done so at any. */
export function gapsSince(
  { guards }: Chronicle,
  environment: string,
  from: number,
): readonly (readonly Gap[])[] {
  const own = guards.filter((one) => one.environment === environment.toLowerCase());
  const before = own.findLast(({ at }) => at <= from)?.gaps ?? everything;
  return [before, ...own.filter(({ at }) => at > from).map(({ gaps }) => gaps)];
}

/** Whether a floor lets the environment open only where it is guarded. */
export const isDemanded = ({ guarded }: Settings, environment: string): boolean =>
  guarded === environment.toLowerCase();

/** Why the host cannot have shown that, or the environment not have been opened; undefined: it can. */
export function objectionToGuard(
  { chronicle, settings, before }: Pick<Scene, 'chronicle' | 'settings' | 'before'>,
  event: ReleaseEvent,
): string | undefined {
  if (event.kind !== 'guard-seen' && event.kind !== 'environment-opened') return undefined;
  const { activity, attempt, environment } = event.body;
  const shown = gapsSince(chronicle, environment, Date.parse(event.at) - second);
  if (event.kind === 'guard-seen') {
    const { guard } = event.body;
    if (guard.kind === 'unknown') return 'the App may look at it';
    const found = guard.value.join();
    return shown.some((gaps) => everything.filter((gap) => gaps.includes(gap)).join() === found)
      ? undefined
      : `it was never ${found || 'guarded'}`;
  }
  if (!isDemanded(settings, environment)) return undefined;
  const seen = before.findLast((one) => one.kind === 'guard-seen' && isOf(one, activity, attempt));
  const known =
    seen?.kind === 'guard-seen' && seen.body.guard.kind === 'known' ? seen.body.guard.value : undefined;
  if (known === undefined || known.length > 0) return 'it was not seen to be guarded';
  return shown.some((gaps) => gaps.length === 0) ? undefined : 'it was not guarded any more';
}
