import type { Inheritance, Inherited } from '../configuration/inheritance.ts';
import { anotherRepository, inheritedGone } from '../messages/inheritance-words.ts';
import type { RecordsReading } from '../record/record.ts';

/** The organization's configuration as it was looked for; `absent`: there is none, or none that we may see. */
export type FoundAbove = { readonly kind: 'absent' } | Exclude<Inheritance, { readonly kind: 'none' }>;

/** What the record says was inherited last: by the release that was opened last. */
export const recordedInheritance = (releases: RecordsReading['releases']): Inherited | undefined => {
  let newest: { readonly at: number; readonly inherited: Inherited } | undefined;
  for (const { events } of releases.values()) {
    const [first] = events;
    if (first?.kind !== 'release-opened' || first.body.revision.inherited === undefined) continue;
    const at = Date.parse(first.at);
    if (newest === undefined || at >= newest.at) newest = { at, inherited: first.body.revision.inherited };
  }
  return newest?.inherited;
};

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
