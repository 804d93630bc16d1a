import type { ReleaseEvent } from '../release/event.ts';
import type { Json } from '../values.ts';
import { canonicalize, isPlainlyCanonical } from './canonical.ts';
import { eventSchema } from './schema/event-schema.ts';

/** Largest event file: 1 MiB. */
export const largestEvent = 1_048_576;

export type DecodedEvent =
  | { readonly kind: 'valid'; readonly event: ReleaseEvent }
  | { readonly kind: 'invalid'; readonly why: string };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of an event's file: its canonical form and nothing else. */
export function encodeEvent(event: ReleaseEvent): Uint8Array {
  return Buffer.from(canonicalize(event));
}

/** Reads an event's file. Hostile bytes never throw; bytes that are not the canonical form are no event (T18). */
export function decodeEvent(bytes: Uint8Array): DecodedEvent {
  if (bytes.byteLength > largestEvent) return { kind: 'invalid', why: `larger than ${largestEvent} bytes` };
  let text: string;
  let json: unknown;
  try {
    text = utf8.decode(bytes);
    json = JSON.parse(text);
  } catch {
    return { kind: 'invalid', why: 'not JSON in UTF-8' };
  }
  // The shape bounds the depth, so the canonical form is only made of what is known to be shallow.
  const shaped = eventSchema.safeParse(json);
  if (!shaped.success) {
    const [issue] = shaped.error.issues;
    return { kind: 'invalid', why: `not an event: ${issue?.path.join('.')} ${issue?.message}` };
  }
  return isPlainlyCanonical(json as Json, text) || isCanonical(shaped.data, text)
    ? { kind: 'valid', event: shaped.data }
    : { kind: 'invalid', why: 'not in canonical form' };
}

function isCanonical(event: ReleaseEvent, text: string): boolean {
  try {
    return canonicalize(event) === text;
  } catch {
    return false;
  }
}
