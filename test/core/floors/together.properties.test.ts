import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { DemandedInput, Floor } from '../../../src/core/configuration/floor.ts';
import { adoptFloors, keepFloors } from '../../../src/core/floors/adopt-floors.ts';
import { applyFloors } from '../../../src/core/floors/apply-floors.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import type { Activity, Duty, Manifest, Principal, QuorumRule } from '../../../src/core/manifest/manifest.ts';
import { normalizeInput } from '../../../src/core/manifest/normalize-input.ts';
import { patched } from './rulebook.ts';

const options = ['Minor', 'Major', 'None'];
const gaps = { type: 'dropdown', label: 'Gaps', options } as const;
const configuration = {
  ...defaultConfiguration,
  roles: [{ id: 'lead', members: [{ kind: 'user' as const, name: 'u1' }] }],
  // Another type than the one that is built in.
  catalog: { audit: { approvers: [], preconditions: [], inputs: { gaps } } },
};
const { roles } = configuration;
const catalog = usableCatalog(configuration);

const principal: fc.Arbitrary<Principal> = fc.constantFrom(
  { kind: 'team', name: 'qa' },
  { kind: 'team', name: 'sre' },
  { kind: 'user', name: 'u1' },
  { kind: 'user', name: 'U1' },
  { kind: 'role', name: 'lead' },
);
const rule: fc.Arbitrary<QuorumRule> = fc.record({
  from: fc.uniqueArray(principal, { minLength: 1, maxLength: 2, selector: ({ name }) => name }),
  require: fc.oneof(
    fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'count' as const, count })),
    fc.constantFrom({ kind: 'majority' as const }, { kind: 'unanimous' as const }),
  ),
});
const rules = fc.array(rule, { maxLength: 2 });
const exclude = fc.uniqueArray(
  fc.constantFrom<Principal>({ kind: 'team', name: 'sre' }, { kind: 'user', name: 'eve' }),
  {
    maxLength: 1,
  },
);
const duties = fc.constantFrom<readonly Duty[] | undefined>(undefined, [{ kind: 'committers' }]);
const seats = fc.constantFrom(undefined, { max: 1 }, { max: 3 });
const field: fc.Arbitrary<Input> = fc
  .record({
    chosen: fc.subarray(options, { minLength: 1 }),
    required: fc.constantFrom('optional', 'to-approve', 'always'),
    text: fc.boolean(),
  })
  .map(({ chosen, required, text }) => ({
    ...(normalizeInput(
      'gaps',
      text ? { type: 'text', label: 'Gaps' } : { ...gaps, options: chosen },
    ) as Input),
    required: required as Input['required'],
  }));
const demandedInput: fc.Arbitrary<DemandedInput> = fc.oneof(
  fc.constantFrom<DemandedInput>({ kind: 'named', id: 'gaps' }, { kind: 'named', id: 'other' }),
  field.map((input): DemandedInput => ({ kind: 'defined', input })),
);

const floorFor = fc.constantFrom<Floor['for']>(
  { kind: 'environment', name: 'production' },
  { kind: 'environment', name: '*' },
  { kind: 'uses', name: 'audit' },
  { kind: 'profile', name: 'one' },
);
const floor: fc.Arbitrary<Floor> = fc
  .record({
    for: floorFor,
    approvers: rules,
    exclude,
    apartFrom: duties,
    inputs: fc.array(demandedInput, { maxLength: 1 }),
    profile: fc.constantFrom([], ['one']),
    delegation: seats,
    distinct: fc.constantFrom(undefined, false as const),
  })
  .map(({ apartFrom, delegation, distinct, approvers, inputs, ...rest }) => ({
    ...rest,
    source: { path: 'f', line: 1 },
    activities: ['audit'],
    approvers: approvers.length === 0 ? {} : { audit: approvers },
    inputs: { audit: inputs },
    ...(apartFrom === undefined ? {} : { apartFrom }),
    ...(delegation === undefined ? {} : { delegation }),
    ...(distinct === undefined ? {} : { distinct }),
    lines: {},
  }));
const floors = fc
  .array(floor, { minLength: 2, maxLength: 3 })
  .map((all) => all.map((one, index) => ({ ...one, source: { path: 'f', line: index + 1 } })));

const gate = fc.record({
  approvers: rules,
  silent: fc.boolean(),
  exclude: fc.oneof(fc.constant([]), exclude),
  input: fc.oneof(fc.constant(undefined), fc.constant(normalizeInput('gaps', gaps)), field),
  delegation: seats,
});
const manifest: fc.Arbitrary<Manifest> = gate.map(({ silent, input, delegation, ...own }) => {
  const audit: Activity = {
    ...{ id: 'audit', phase: 'p', title: 'audit', uses: 'audit', needs: [] },
    ...own,
    inputs: input === undefined ? [] : [input],
    ...(delegation === undefined ? {} : { delegation }),
    ...(silent ? { origins: [{ part: 'approvers', from: 'the catalog' }] } : {}),
  };
  const none = { approvers: [], exclude: [], inputs: [] };
  const deploy: Activity = { ...none, id: 'deploy', phase: 'p', title: 'deploy', needs: ['audit'] };
  const phase = { id: 'p', title: 'p', needs: [], activities: [audit, deploy] };
  const plan: Manifest = { release: 'r', title: 'r', target: { kind: 'ref', ref: 'm' }, phases: [phase] };
  return patched(plan, { deploy: { environment: 'production' } });
});

const rulebook = (all: readonly Floor[]) => ({ floors: all, roles, catalog });
const sorted = (objections: readonly { readonly message: string }[]) =>
  objections.map(({ message }) => message).sort();

describe('T1, T7, decision 0059: floors compose', () => {
  it('in any order to the same plan, or to the same problems', () => {
    const seen = { fine: 0, problems: 0 };
    fc.assert(
      fc.property(manifest, floors, (plan, all) => {
        const one = applyFloors(plan, rulebook(all));
        seen[one.objections.length === 0 ? 'fine' : 'problems'] += 1;
        for (const order of [[...all].reverse(), [...all.slice(1), ...all.slice(0, 1)]]) {
          const other = applyFloors(plan, rulebook(order));
          expect(other.plan).toEqual(one.plan);
          expect(sorted(other.objections)).toEqual(sorted(one.objections));
        }
      }),
      { numRuns: 400 },
    );
    expect([seen.fine > 50, seen.problems > 50]).toEqual([true, true]);
  });

  it('and say nothing to a plan that they made, whether it is looked at again or revised', () => {
    let fine = 0;
    fc.assert(
      fc.property(manifest, floors, (plan, all) => {
        const { plan: raised, applied, objections } = applyFloors(plan, rulebook(all));
        if (objections.length > 0) return;
        fine += 1;
        const accepted = { plan: raised, roles, floors: applied };
        expect(adoptFloors(accepted, { ...configuration, floors: all })).toBeUndefined();
        const { plan: kept, objections: found } = keepFloors(accepted, accepted, configuration);
        expect([kept, found]).toEqual([raised, []]);
      }),
      { numRuns: 400 },
    );
    expect(fine).toBeGreaterThan(50);
  });

  it('and are adopted by a release that was opened under some of them', () => {
    let fine = 0;
    fc.assert(
      fc.property(manifest, floors, (plan, all) => {
        const some = applyFloors(plan, rulebook(all.slice(0, 1)));
        if (some.objections.length + applyFloors(plan, rulebook(all)).objections.length > 0) return;
        const accepted = { plan: some.plan, roles, floors: some.applied };
        const adopted = adoptFloors(accepted, { ...configuration, floors: all });
        if (adopted === undefined) return;
        fine += 1;
        expect(adopted.objections).toEqual([]);
        expect(adoptFloors(adopted, { ...configuration, floors: all })).toBeUndefined();
      }),
      { numRuns: 400 },
    );
    expect(fine).toBeGreaterThan(30);
  });
});
