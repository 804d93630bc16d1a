import type { Inheritance, Inherited } from '../configuration/inheritance.ts';
import { anotherRepository, inheritedGone } from '../messages/inheritance-words.ts';
import type { ReleaseEvent } from '../release/event.ts';
import type { Instant } from '../values.ts';

/** The organization's configuration as it was looked for; `absent`: there is none, or none that we may see. */
export type FoundAbove = { readonly kind: 'absent' } | Exclude<Inheritance, { readonly kind: 'none' }>;

/** What a release says was inherited, and when. */
export type SeenAbove = { readonly at: Instant; readonly inherited: Inherited };

/** What the newest revision of a release that names it inherited. */
export const lastInherited = (events: readonly ReleaseEvent[]): SeenAbove | undefined => {
  for (const event of events.toReversed()) {
    if (event.kind !== 'release-opened' && event.kind !== 'manifest-revised') continue;
    const { inherited } = event.body.revision;
    if (inherited !== undefined) return { at: event.at, inherited };
  }
  return undefined;
};

/** What all releases of a repository say was inherited last. */
export const recordedInheritance = (seen: readonly SeenAbove[]): Inherited | undefined =>
  seen.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).at(-1)?.inherited;

/**
 * What a repository inherits. Once there was something, its absence is not known to be meant, and another repository under
 * the old name is not what was trusted (T7, T13): then nothing is decided until somebody puts it back.
 */
export const judgeInheritance = (
  found: FoundAbove,
  recorded: Inherited | undefined,
  from: string,
): Inheritance => {
  if (found.kind === 'unknown') return found;
  if (found.kind === 'absent')
    return recorded === undefined
      ? { kind: 'none' }
      : { kind: 'unknown', why: inheritedGone(from, recorded) };
  const isTrusted =
    recorded === undefined ||
    recorded.repository.id === found.from.repository.id ||
    recorded.digest === found.from.digest;
  return isTrusted ? found : { kind: 'unknown', why: anotherRepository(from, recorded) };
};
