import { describe, expect, it } from 'vitest';
import { foresightLines } from '../../../src/core/messages/foresight-lines.ts';
import type { Foreseen } from '../../../src/core/preview/foresight.ts';
import { person } from '../../support/release-world.ts';

const named = { release: 'r1', title: 'One' } as const;
const lines = (one: Foreseen): string => foresightLines(one).slice(1, -1).join('\n');
const quiet = { lapsed: [], differences: [], asks: [], begins: false, unknown: false } as const;
const rule = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 1 } } as const;

describe('G-39: what would flip, for a terminal', () => {
  it('a change, activity by activity', () => {
    expect(
      lines({
        ...named,
        ...{ kind: 'changes', by: 'manifest', from: 'on-hold', to: 'running', adopts: [] },
        flips: [
          {
            ...{ ...quiet, activity: 'a', title: 'A', from: 'approved', to: 'pending', begins: true },
            ...{ lapsed: [person('grace')], asks: [rule], unknown: true },
            differences: [{ path: 'title', before: '"A"', after: '"B"' }, { path: 'x' }],
          },
          { ...quiet, activity: 'b', title: 'B', to: 'pending', asks: [rule] },
          { ...quiet, activity: 'c', title: 'C', from: 'running', environment: 'production' },
        ],
        shifts: [
          { what: 'deadline', activity: 'a', before: '24h', after: '48h', reaches: 'next-attempt' },
          { what: 'owner', reaches: 'at-once' },
        ],
      }),
    ).toMatchInlineSnapshot(`
      "r1: On hold → Running.
        a: Completed → Awaiting approval
          votes that lapse: grace
          asks again: 1 of team qa
          who they are is known only then
          title: "A" → "B"
          x: nothing → nothing
        b: not there → Pending
          asks when its turn comes: 1 of team qa
        c: Running → gone
          Shuts production.
        a, deadline: 24h → 48h; takes effect with the next attempt
        owner: nothing → nothing"
    `);
  });

  it('everything else in a line', () => {
    const same = { flips: [], shifts: [], adopts: [] } as const;
    const all: readonly Foreseen[] = [
      { ...named, ...same, kind: 'changes', by: 'manifest', from: 'on-hold', to: 'on-hold' },
      { ...named, kind: 'stalls', why: ['No\u001b[2Jway.'], belowFloors: true },
      { ...named, kind: 'cancelled', waiting: [], lapsed: [] },
      { ...named, kind: 'opens', asks: [] },
      { ...named, kind: 'goes-on', path: 'releases/r1.yml' },
    ];
    expect(all.map(lines)).toMatchInlineSnapshot(`
      [
        "r1 stays On hold.
        Nothing changes for anybody.",
        "r1 would stop, until somebody mends it:
        No\\u{1b}[2Jway.",
        "r1 would be cancelled.",
        "r1 is not on record: it would open.",
        "r1 would go on as it was accepted.",
      ]
    `);
  });
});
