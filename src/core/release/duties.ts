import type { Committers } from '../duties/committers.ts';
import { activitiesOf } from '../manifest/manifest.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Instant, Json } from '../values.ts';
import { barsCommitters, currentDuties } from './apart.ts';
import type { Happening } from './event.ts';
import type { Facts } from './facts.ts';
import { isApproved, type OpenRelease } from './state.ts';
import { beginningOf } from './target.ts';

/** What keeps anybody from knowing who the committers are, or from knowing that these are all. */
export type DutyGap =
  | { readonly kind: 'no-beginning' }
  | { readonly kind: 'unknown'; readonly why: string; readonly lasting?: true }
  | { readonly kind: 'unattributable'; readonly commits: Committers['unattributable'] };

/** The same for whoever overrules; `ask`: nobody has looked. */
type OverrulingGap = Exclude<DutyGap, { readonly kind: 'no-beginning' }> | 'ask';

/** Does any activity that is not approved ask for the committers? */
export const wantsCommitters = (state: OpenRelease): boolean =>
  activitiesOf(state.revision.plan).some(
    (activity) => barsCommitters(activity) && !isApproved(state, activity.id),
  );

/** The committers of the target that holds now, as far as they are known, wanted, and not recorded like that yet. */
export function dueDuties(state: OpenRelease, { duties }: Facts, at: Instant): readonly Happening[] {
  if (state.ended || duties?.found.kind !== 'known') return [];
  if (!duties.forAct && !wantsCommitters(state)) return [];
  const { base, target, found } = duties;
  if (target !== state.target.commit || base !== beginningOf(state.target)) return [];
  const body = { base, target, ...found.value };
  const recorded = currentDuties(state);
  return recorded && sameJson(recorded, body) ? [] : [{ at, kind: 'duties-established', body }];
}

const sameJson = (a: object, b: object): boolean =>
  canonicalize(a as unknown as Json) === canonicalize(b as unknown as Json);

/**
 * Why it is not known whether whoever wants to overrule has committed what is released (T3, T16); 'ask': nobody has looked.
 * Where commits begin nowhere, as in a first release without `since`, only its authors are known.
 */
export function overrulingGap(state: OpenRelease, facts: Pick<Facts, 'duties'>): OverrulingGap | undefined {
  const gap = dutyGap(state, facts);
  if (gap === undefined || gap.kind === 'no-beginning') return undefined;
  return facts.duties?.forAct ? gap : 'ask';
}

/** Why the committers of the target are not known for certain; undefined: they are. */
export function dutyGap(state: OpenRelease, facts?: Pick<Facts, 'duties'>): DutyGap | undefined {
  const recorded = currentDuties(state);
  if (recorded) {
    const { unattributable } = recorded;
    return unattributable.length > 0 ? { kind: 'unattributable', commits: unattributable } : undefined;
  }
  if (beginningOf(state.target) === undefined) return { kind: 'no-beginning' };
  const found = facts?.duties?.found;
  return found?.kind === 'unknown' ? found : { kind: 'unknown', why: 'nobody has looked yet' };
}
