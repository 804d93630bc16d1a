import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../../../src/core/record/canonical.ts';
import { decodeEvent, encodeEvent, largestEvent } from '../../../src/core/record/event-codec.ts';
import { natureOf, type ReleaseEvent } from '../../../src/core/release/event.ts';
import { arbitraryEvent, eventKinds } from '../../support/arbitrary-event.ts';
import { noon, place, vote } from '../../support/happenings.ts';

const { repository } = place;
const event: ReleaseEvent = { ...vote('fine'), version: 1, repository, release: 'x', sequence: 1 };
const written = Buffer.from(encodeEvent(event)).toString();

test('the round trip covers every kind', () => {
  expect([...eventKinds].sort()).toEqual(Object.keys(natureOf).sort());
});

describe.each(eventKinds)('%s', (kind) => {
  test('is read as written', () => {
    fc.assert(
      fc.property(arbitraryEvent(kind), (one) => {
        expect(decodeEvent(encodeEvent(one))).toEqual({ kind: 'valid', event: one });
      }),
      { numRuns: 30 },
    );
  });

  test('with one more member, anywhere, is no event', () => {
    fc.assert(
      fc.property(arbitraryEvent(kind), (one) => {
        const outside = { ...one, more: 1 };
        const inside = { ...one, body: { ...one.body, more: 1 } };
        for (const bad of [outside, inside]) {
          expect(decodeEvent(Buffer.from(canonicalize(bad)))).toMatchObject({ kind: 'invalid' });
        }
      }),
      { numRuns: 10 },
    );
  });
});

test('any other bytes are no event, and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(), (noise, at) => {
      const bytes = Buffer.from(written);
      bytes.set(noise.subarray(0, 1), at % bytes.length);
      for (const bad of [noise, bytes]) {
        const decoded = decodeEvent(bad);
        if (decoded.kind === 'valid') expect(Buffer.from(encodeEvent(decoded.event)).equals(bad)).toBe(true);
      }
    }),
  );
});

test.each([
  ['white space', `${written}\n`],
  ['a byte order mark', `\ufeff${written}`],
  ['members in another order', written.replace(/^\{"at":"([^"]*)",/, '{').replace(/\}$/, `,"at":"${noon}"}`)],
  ['a member twice', written.replace('{', '{"at":"2020-01-01T00:00:00Z",')],
  ['a number in another spelling', written.replace('"sequence":1', '"sequence":1.0')],
  ['an escape that is not needed', written.replace('"fine"', '"f\\u0069ne"')],
  ['half a surrogate pair', written.replace('"fine"', '"\\ud800"')],
  ['a prototype', written.replace('"inputs":{}', '"inputs":{"__proto__":{"a":1}}')],
  ['a prototype at the top', written.replace('"body":', '"__proto__":{},"body":')],
  ['a sequence of nought', written.replace('"sequence":1', '"sequence":0')],
  ['an unknown kind', written.replace('vote-cast', 'vote-dreamt')],
  ['a null', 'null'],
  ['nothing', ''],
  ['a deep nest', '['.repeat(200_000) + ']'.repeat(200_000)],
  ['a deep nest inside', written.replace('"inputs":{}', `"inputs":${'['.repeat(9_000)}${']'.repeat(9_000)}`)],
  ['an endless text', written.replace('fine', 'f'.repeat(largestEvent))],
])('%s is no event', (_, bytes) => {
  expect(decodeEvent(Buffer.from(bytes))).toMatchObject({ kind: 'invalid' });
});
