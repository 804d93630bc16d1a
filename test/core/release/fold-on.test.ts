import { describe, expect, it } from 'vitest';
import { chainEvents } from '../../../src/core/record/compose.ts';
import { digestOf } from '../../../src/core/record/digest.ts';
import { encodeEvent } from '../../../src/core/record/event-codec.ts';
import type { ReleaseRecord } from '../../../src/core/record/record.ts';
import type { ReleaseEvent } from '../../../src/core/release/event.ts';
import { fold } from '../../../src/core/release/fold.ts';
import { foldOn } from '../../../src/core/release/fold-on.ts';
import { everyHappening } from '../../support/every-happening.ts';

const events = chainEvents('r1', [], everyHappening, { id: 7, name: 'acme/payments' });

const recordOf = (some: readonly ReleaseEvent[]): ReleaseRecord => ({
  release: 'r1',
  events: some,
  tip: { release: 'r1', sequence: some.length, event: digestOf(encodeEvent(some.at(-1) as ReleaseEvent)) },
});

/** Whoever looks into an event that was folded before fails. */
const onlyFrom = (count: number): readonly ReleaseEvent[] =>
  events.map((event, index) =>
    index >= count
      ? event
      : new Proxy(event, {
          get: () => {
            throw new Error(`event ${index + 1} is folded again`);
          },
        }),
  );

describe('the state of a record that has grown', () => {
  it.each(events.map((_, index) => index + 1).slice(0, -1))(
    'is what all its events add up to, and the first %i are not folded again',
    (count) => {
      const before = foldOn(undefined, recordOf(events.slice(0, count)));
      const { tip } = recordOf(events);
      const after = foldOn(before, { release: 'r1', events: onlyFrom(count), tip });
      expect(after).toEqual({ tip: tip.event, count: events.length, state: fold('r1', events) });
      expect(before.state).toEqual(fold('r1', events.slice(0, count)));
    },
  );

  it('is the same where nothing was added', () => {
    const whole = foldOn(undefined, recordOf(events));
    expect(foldOn(whole, recordOf([...events]))).toBe(whole);
  });

  it('is made of all events where they do not go on from what was known', () => {
    const [first, ...rest] = everyHappening;
    const other = chainEvents(
      'r1',
      [],
      [{ ...first, at: '2026-01-01T00:00:00Z' }, ...rest] as typeof everyHappening,
      { id: 7, name: 'acme/payments' },
    );
    const before = foldOn(undefined, recordOf(other.slice(0, 5)));
    expect(foldOn(before, recordOf(events)).state).toEqual(fold('r1', events));
    expect(foldOn(foldOn(undefined, recordOf(events)), recordOf(events.slice(0, 5))).state).toEqual(
      fold('r1', events.slice(0, 5)),
    );
  });
});
