import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../../src/core/policy/resolve.ts';
import {
  firstBindings,
  type Naming,
  reformIn,
  reformInForce,
} from '../../../src/core/repository/first-bindings.ts';
import { activity, manifest, releaseWorld } from '../../support/release-world.ts';

const at = (minute: number): string => `2026-11-23T09:${String(minute).padStart(2, '0')}:00Z`;
const bound = (id: number, minute: number, principal = 'team:qa'): Bound => ({
  principal,
  id,
  at: at(minute),
});
const release = (...all: readonly Bound[]): Naming => ({ bound: all });
const reform = (minute: number, weighed: boolean, ...all: readonly Bound[]): Naming => ({
  bound: all,
  reform: { at: at(minute), weighed },
});
const first = (...all: readonly (readonly [string, Naming])[]) =>
  Object.fromEntries(
    [...firstBindings(new Map(all))].map(([name, { id, release }]) => [name, [id, release]]),
  );

describe('T13: what a name meant first', () => {
  it('is what the earliest binding says, in whichever release and spelling', () => {
    expect(first()).toEqual({});
    const later = release(bound(2, 7, 'Team:QA'), bound(5, 7, 'user:ada'));
    expect(first(['r1', later], ['r2', release(bound(1, 3))])).toEqual({
      'team:qa': [1, 'r2'],
      'user:ada': [5, 'r1'],
    });
  });

  it('is said by one release only, though several bound it at one moment, whatever is read first', () => {
    const all = fc.uniqueArray(fc.record({ name: fc.integer({ min: 1, max: 9 }), id: fc.integer() }), {
      selector: ({ name }) => name,
      minLength: 1,
    });
    fc.assert(
      fc.property(all, (many) => {
        const entries = many.map(({ name, id }) => [`r${name}`, release(bound(id, 3))] as const);
        const least = many.toSorted((a, b) => a.name - b.name)[0];
        expect(first(...entries)).toEqual({ 'team:qa': [least?.id, `r${least?.name}`] });
      }),
    );
  });

  it('is asked anew under a new revision of the configuration', () => {
    const before = ['r1', release(bound(1, 3))] as const;
    const after = ['r2', release(bound(2, 9))] as const;
    expect(first(before, after, ['c1', reform(5, true)])).toEqual({ 'team:qa': [2, 'r2'] });
    expect(first(before, after, ['c1', reform(2, true)])).toEqual({ 'team:qa': [1, 'r1'] });
  });

  it('stays for the names of those who agreed to that revision', () => {
    const agreed = ['c2', reform(5, true, bound(1, 4, 'team:sre'))] as const;
    const before = ['c1', reform(2, true, bound(7, 1, 'team:ops'))] as const;
    expect(first(before, agreed, ['r2', release(bound(2, 9, 'team:sre'))])).toEqual({
      'team:sre': [1, 'c2'],
    });
  });
});

describe('T7, T13: the revision in force', () => {
  it('is the newest that was agreed to, not one that only reads differently', () => {
    expect(reformInForce(new Map([['r1', release()]]))).toBeUndefined();
    const all = [
      ['c3', reform(9, false)],
      ['c2', reform(7, true)],
      ['c1', reform(5, false)],
    ] as const;
    expect(reformInForce(new Map(all))?.release).toBe('c2');
    expect(reformInForce(new Map([all[0], all[2]]))?.release).toBe('c1');
  });

  const state = releaseWorld().opened();
  const custodians = { from: [], require: { kind: 'count', count: 1 } } as const;
  const ended = { at: at(5), kind: 'succeeded' } as const;
  const plan = manifest([activity('amend')]);
  const under = (more: Partial<typeof state.revision>) =>
    reformIn({
      release: 'countersign.configuration.2',
      ended,
      revision: { ...state.revision, custodians, plan, ...more },
    });

  it('was agreed to by custodians, or there were none', () => {
    expect(under({})).toEqual({ reform: { at: at(5), weighed: true } });
    expect(under({ plan: { ...plan, phases: [] } })).toEqual({ reform: { at: at(5), weighed: false } });
    const { custodians: _, ...free } = { ...state.revision, plan: { ...plan, phases: [] } };
    expect(reformIn({ release: 'countersign.configuration.2', ended, revision: free })).toEqual({
      reform: { at: at(5), weighed: true },
    });
  });

  it('is brought only by an amendment that succeeded', () => {
    const { revision } = state;
    expect(reformIn({ release: 'r1', ended, revision })).toEqual({});
    expect(reformIn({ ...state, release: 'countersign.configuration.2' })).toEqual({});
    const cancelled = { ...ended, kind: 'cancelled' } as const;
    expect(reformIn({ release: 'countersign.configuration.2', ended: cancelled, revision })).toEqual({});
  });
});
