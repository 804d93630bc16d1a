import { describe, expect, it } from 'vitest';
import type { Eligibility, Via } from '../../../src/core/policy/policy.ts';
import { unitedElector } from '../../../src/core/policy/united-elector.ts';
import { person } from '../../support/release-world.ts';

const via = (principal: string): Via => ({ principal, id: 1, inherited: false });
const own = (rule: number, ...names: readonly string[]): Eligibility => ({ rule, via: names.map(via) });
const guest = (rule: number, ...names: readonly string[]): Eligibility => ({
  ...own(rule, ...names),
  guest: true,
});
const united = (...all: readonly (readonly Eligibility[])[]) =>
  unitedElector(all.map((rules) => ({ person: person('grace'), rules })))?.rules;

describe('seats that somebody has in several ways (T12)', () => {
  it('are all theirs, each rule once', () => {
    expect(united()).toBeUndefined();
    expect(united([own(1, 'a')], [own(0, 'b')])).toEqual([own(0, 'b'), own(1, 'a')]);
    expect(united([own(0, 'a')], [guest(0, 'b'), guest(1, 'b')])).toEqual([own(0, 'a'), guest(1, 'b')]);
    expect(united([guest(0, 'b')], [own(0, 'a')])).toEqual([own(0, 'a')]);
  });

  it('keep every reason of one kind, once', () => {
    expect(united([guest(0, 'a')], [guest(0, 'a', 'b')])).toEqual([guest(0, 'a', 'b')]);
    expect(united([own(0, 'a')], [own(0, 'b')])).toEqual([own(0, 'a', 'b')]);
  });
});
