import { storedBy } from '../release/cited.ts';
import type { ReleaseEvent } from '../release/event.ts';
import type { Digest, Sha } from '../values.ts';
import { digestOf } from './digest.ts';
import { decodeEvent } from './event-codec.ts';
import type { Flaw } from './flaw.ts';
import { eventPath, evidencePath, manifestPath } from './layout.ts';
import type { Tip } from './record.ts';

/** Bytes of a blob; undefined where it is missing or larger than any record. */
export type Contents = (blob: Sha) => Uint8Array | undefined;

type Files = { readonly get: (path: string) => Sha | undefined };

export type CoveredEvents =
  | {
      readonly kind: 'covered';
      readonly events: readonly ReleaseEvent[];
      readonly attached: readonly string[];
    }
  | { readonly kind: 'flawed'; readonly flaw: Flaw };

/**
 * Reads the events that a checkpoint adds to one release: from the tip before to `tip`, each chained to the one
 * before it by number and digest. `attached` are the paths of the manifests they accept
 * and of the evidence that votes store.
 */
export function readCoveredEvents(
  before: Tip | undefined,
  tip: Tip,
  repository: number,
  files: Files,
  contents: Contents,
): CoveredEvents {
  const events: ReleaseEvent[] = [];
  let previous: Digest | undefined = before?.event;
  for (let sequence = (before?.sequence ?? 0) + 1; sequence <= tip.sequence; sequence++) {
    const path = eventPath(tip.release, sequence);
    const blob = files.get(path);
    const bytes = blob === undefined ? undefined : contents(blob);
    // A missing file ends the loop, so a number made huge by its writer costs nothing (T17).
    if (bytes === undefined) return flawed('chain', path, 'the checkpoint covers an event that is not there');
    const decoded = decodeEvent(bytes);
    if (decoded.kind === 'invalid') return flawed('canonical', path, decoded.why);
    const { event } = decoded;
    if (event.release !== tip.release || event.sequence !== sequence || event.repository.id !== repository) {
      return flawed('chain', path, 'the event names another release, number or repository than its place');
    }
    if (event.previous !== previous)
      return flawed('chain', path, 'the digest of the event before is another');
    previous = digestOf(bytes);
    events.push(event);
  }
  if (events.length === 0 || previous !== tip.event) {
    return flawed('chain', eventPath(tip.release, tip.sequence), 'not the event that the checkpoint covers');
  }
  return { kind: 'covered', events, attached: events.flatMap(attachedTo) };
}

function attachedTo(event: ReleaseEvent): readonly string[] {
  switch (event.kind) {
    case 'release-opened':
    case 'manifest-revised':
      return [manifestPath(event.release, event.body.revision.manifest)];
    default:
      return storedBy(event).map(({ sha256 }) => evidencePath(event.release, sha256));
  }
}

function flawed(code: Flaw['code'], place: string, why: string): CoveredEvents {
  return { kind: 'flawed', flaw: { code, place, why } };
}
