import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import type { Role } from '../../../src/core/configuration/configuration.ts';
import type { Floor } from '../../../src/core/configuration/floor.ts';
import { applyFloors } from '../../../src/core/floors/apply-floors.ts';
import { isAsNeeded, looserFields } from '../../../src/core/floors/tighter-input.ts';
import { readAnswers } from '../../../src/core/form/read-answers.ts';
import type { Input, Necessity } from '../../../src/core/manifest/input.ts';
import type { Activity, Principal, QuorumRule, Requirement } from '../../../src/core/manifest/manifest.ts';
import { evaluate } from '../../../src/core/policy/evaluate.ts';
import { ballot } from '../policy/ballot.ts';
import { patched } from './rulebook.ts';

const roles: readonly Role[] = [
  {
    id: 'lead',
    members: [
      { kind: 'user', name: 'u1' },
      { kind: 'team', name: 'b' },
    ],
  },
];
const everybody = [1, 2, 3, 4, 5, 6];

const principal: fc.Arbitrary<Principal> = fc.constantFrom(
  { kind: 'team', name: 'a' },
  { kind: 'team', name: 'b' },
  { kind: 'user', name: 'u1' },
  { kind: 'user', name: 'U1' },
  { kind: 'user', name: 'u2' },
  { kind: 'role', name: 'lead' },
);
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'count' as const, count })),
  fc.constantFrom({ kind: 'majority' as const }, { kind: 'unanimous' as const }),
);
const rule: fc.Arbitrary<QuorumRule> = fc.record({
  from: fc.uniqueArray(principal, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
  require: requirement,
});
const rules = fc.array(rule, { minLength: 1, maxLength: 2 });

/** Rules near to those of a floor, so that many of them pass. */
const near = (least: readonly QuorumRule[]): fc.Arbitrary<readonly QuorumRule[]> =>
  fc
    .tuple(
      ...least.map((one) =>
        fc.oneof(fc.constant(one), rule, fc.record({ from: fc.constant(one.from), require: requirement })),
      ),
    )
    .chain((own) =>
      fc.oneof(
        fc.constant(own),
        rules.map((more) => [...more, ...own]),
      ),
    );
const exclude = fc.uniqueArray(principal, { maxLength: 1 });

/** Who is in the two teams, and who approves. */
const many = fc.oneof(fc.constant(everybody), fc.subarray(everybody));
const world = fc.record({ a: many, b: many, approve: many });
type Crowd = {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly approve: readonly number[];
};

const peopleOf = (one: Principal, crowd: Crowd): readonly number[] => {
  if (one.kind === 'role') return (roles[0] as Role).members.flatMap((member) => peopleOf(member, crowd));
  if (one.kind === 'user') return [Number(one.name.slice(1))];
  return one.name === 'a' ? crowd.a : crowd.b;
};

const isApproved = (asked: readonly QuorumRule[], out: readonly Principal[], crowd: Crowd): boolean => {
  const excluded = new Set(out.flatMap((one) => peopleOf(one, crowd)));
  const members = asked.map(({ from }) => [
    ...new Set(from.flatMap((one) => peopleOf(one, crowd)).filter((id) => !excluded.has(id))),
  ]);
  const votes = { approve: crowd.approve.filter((id) => members.flat().includes(id)) };
  return evaluate({ rules: asked }, ballot(members, votes)).status === 'approved';
};

const floorOf = (least: readonly QuorumRule[], out: readonly Principal[]): Floor => ({
  source: { path: 'f', line: 1 },
  for: { kind: 'environment', name: 'production' },
  activities: [],
  approvers: { gate: least },
  exclude: out,
  inputs: {},
  profile: [],
  lines: {},
});

const activity = (id: string, asked: readonly QuorumRule[], out: readonly Principal[]): Activity => ({
  id,
  phase: 'p',
  title: id,
  needs: id === 'deploy' ? ['gate'] : [],
  approvers: asked,
  exclude: out,
  inputs: [],
});

describe('T1, design 3.10: tighter is sound', () => {
  it('an activity that passes the floors and is approved satisfies the floors’ own rules', () => {
    let passed = 0;
    let approved = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(rules, exclude), { minLength: 1, maxLength: 2 }).chain((floors) =>
          fc.record({
            own: near(floors[0]?.[0] ?? []),
            out: fc.oneof(fc.constant([]), exclude),
            silent: fc.boolean(),
            floors: fc.constant(floors),
          }),
        ),
        fc.array(world, { minLength: 8, maxLength: 8 }),
        ({ own, out, silent, floors: written }, crowds) => {
          const floors = written.map(([least, excluded]) => floorOf(least, excluded));
          const gate = {
            ...activity('gate', own, out),
            ...(silent ? { origins: [{ part: 'approvers', from: 'x' }] } : {}),
          };
          const phase = { id: 'p', title: 'p', needs: [], activities: [gate, activity('deploy', own, [])] };
          const plan = patched(
            { release: 'r', title: 'r', target: { kind: 'ref', ref: 'm' }, phases: [phase] },
            { deploy: { environment: 'production' } },
          );
          const result = applyFloors(plan, { floors, roles, catalog: usableCatalog({ catalog: {} }) });
          if (result.objections.length > 0) return;
          passed += 1;
          const raised = result.plan.phases[0]?.activities[0] as Activity;
          for (const crowd of crowds) {
            if (!isApproved(raised.approvers, raised.exclude, crowd)) continue;
            approved += 1;
            for (const [least] of written)
              expect(
                isApproved(
                  least,
                  floors.flatMap((one) => one.exclude),
                  crowd,
                ),
              ).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
    // A property that never gets this far says nothing.
    expect([passed > 100, approved > 100]).toEqual([true, true]);
  });

  const necessity = fc.constantFrom<Necessity>('optional', 'to-approve', 'always');
  const base = { id: fc.constant('x'), label: fc.constantFrom('Yes', 'No'), required: necessity };
  const number = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
  const count = fc.constantFrom(undefined, 1, 2);
  const day = fc.constantFrom(undefined, '2026-01-01', '2026-01-02');
  const boxes = ['a', 'b'].map((id) => ({ id, label: id }));
  const nowhere = { host: '', files: new Map() };
  const without = (input: Record<string, unknown>): Input =>
    Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as unknown as Input;
  const input: fc.Arbitrary<Input> = fc
    .oneof(
      fc.record({
        ...base,
        type: fc.constant('text'),
        minLength: number,
        pattern: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
      }),
      fc.record({ ...base, type: fc.constant('number'), min: number, max: number }),
      fc.record({
        ...base,
        type: fc.constant('dropdown'),
        options: fc.subarray(['a', 'b', '1'], { minLength: 1 }),
      }),
      fc.record({ ...base, type: fc.constant('checkbox') }),
      fc.record({
        ...base,
        type: fc.constant('multi-select'),
        options: fc.subarray(['a', 'b', '1'], { minLength: 1 }),
        min: number,
        max: number,
      }),
      fc.record({ ...base, type: fc.constant('checkboxes'), items: fc.constant(boxes), min: count }),
      fc.record({ ...base, type: fc.constant('date'), min: day, max: day }),
      fc.record({ ...base, type: fc.constant('text'), maxLength: number }),
      fc.record({
        ...base,
        type: fc.constant('url'),
        hosts: fc.option(fc.constantFrom(['a.com'], ['*.a.com', 'a.com']), { nil: undefined }),
        http: fc.constantFrom(undefined, true),
      }),
    )
    .map(without);
  const answer = fc.constantFrom<string | boolean>(
    ...['a,b', 'b,1', 'a,b,1', '2026-01-01', '2026-01-02', 'https://a.com', 'http://b.a.com'],
    'a',
    'b',
    'ab',
    'aab',
    '0',
    '1',
    '2',
    '3',
    true,
    false,
  );

  /** A field that is sometimes the floor's own, but for a few of its parts. */
  const pair = fc
    .tuple(
      input,
      input,
      fc.subarray([
        ...[
          'min',
          'max',
          'minLength',
          'maxLength',
          'pattern',
          'options',
          'required',
          'label',
          'hosts',
          'http',
        ],
      ]),
    )
    .map(([least, other, parts]) => {
      const taken = parts.map((part) => [part, (other as unknown as Record<string, unknown>)[part]] as const);
      const kept = taken.filter(([part, value]) => value !== undefined || part === 'min' || part === 'max');
      const same = other.type === least.type;
      return { least, own: same ? without({ ...least, ...Object.fromEntries(kept) }) : other };
    });

  it('an answer that passes the manifest’s field passes the floor’s field', () => {
    let passed = 0;
    fc.assert(
      fc.property(
        pair,
        fc.option(answer, { nil: undefined }),
        fc.constantFrom('approve', 'reject'),
        ({ own, least }, value, choice) => {
          if (looserFields(own, least).length > 0 || !isAsNeeded(own.required, least.required)) return;
          const raw = value === undefined ? [] : [{ name: 'x', value }];
          if (readAnswers([own], raw, choice, nowhere).kind === 'invalid') return;
          passed += 1;
          expect(readAnswers([least], raw, choice, nowhere).kind).toBe('valid');
        },
      ),
      { numRuns: 10_000 },
    );
    expect(passed).toBeGreaterThan(100);
  });
});
