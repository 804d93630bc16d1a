import fc from 'fast-check';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { type Configuration, defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Floor } from '../../../src/core/configuration/floor.ts';
import { applyFloors } from '../../../src/core/floors/apply-floors.ts';
import type { CheckDemand } from '../../../src/core/manifest/check-demand.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import type { Activity, Duty, Manifest, OnFailure, Timing } from '../../../src/core/manifest/manifest.ts';
import type { Author } from '../../../src/core/release/event.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { activity, manifest, present } from '../../support/release-world.ts';

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

const team = (name: string) => ({ kind: 'team' as const, name });
const count = (many: number) => ({ kind: 'count' as const, count: many });
const risk: Input = {
  ...{ id: 'risk', label: 'Risk', type: 'dropdown', options: ['Low', 'High'], required: 'optional' },
};
const smoke: CheckDemand = { name: 'smoke', workflow: '.github/workflows/smoke.yml' };
const lint: CheckDemand = { name: 'lint' };

const timing = (more: Partial<Timing>): Partial<Activity> => ({
  timing: { remind: [], escalate: [], ...more },
});
const toSre = { at: '1h', to: [team('sre')] };
const times: fc.Arbitrary<Partial<Activity>> = often<Partial<Activity>>(
  {},
  timing({ deadline: '4h', remind: ['50%', '30m before'] }),
  timing({
    deadline: '4h',
    escalate: [
      { ...toSre, grant: true },
      { at: '75%', to: [team('product')] },
    ],
  }),
  timing({ deadline: '3h', expire: 'stay', escalate: [toSre] }),
  timing({ openFor: '2h', deadline: '6h' }),
  timing({ session: 'cab', deadline: '24h', remind: ['1h'] }),
  timing({ autoApprove: { at: '2h', comment: 'Standard change' } }),
  timing({ deadline: '2 business days', remind: ['25%', '50%', '75%'] }),
);
const judged = often<Partial<Activity>>(
  {},
  { approvers: [{ from: [team('qa')], require: count(2) }] },
  { approvers: [{ from: [team('qa')], require: { kind: 'unanimous' } }] },
  { approvers: [{ from: [team('qa')], require: { kind: 'majority' } }], reject: { kind: 'outweighed' } },
  {
    approvers: [
      { from: [team('qa')], require: count(1) },
      { from: [team('product')], require: count(1) },
    ],
    order: 'sequential',
  },
  { approvers: [{ from: [team('qa'), team('sre')], require: count(2) }], reject: count(2) },
  { advisory: true, delegation: { max: 1 } },
);
const failing = often<Partial<Activity>>(
  {},
  ...(['continue', 'fail', 'hold'] as const).map((kind) => ({ onFailure: { kind } as OnFailure })),
  { onFailure: { kind: 'run', phase: 'rollback' } },
);
const titles = fc.constantFrom('One', 'One', 'Two').map((title) => ({ title }));
const apart = (...duties: readonly Duty[]): Partial<Activity> => ({ apartFrom: duties });

/** What the plan may say of one activity that people decide. */
const manual = (...more: readonly Partial<Activity>[]): fc.Arbitrary<Partial<Activity>> =>
  fc
    .tuple(titles, times, judged, failing, often<Partial<Activity>>({}, { preconditions: [lint] }, ...more))
    .map((parts) => Object.assign({}, ...parts) as Partial<Activity>);
const machine = (...more: readonly Partial<Activity>[]): fc.Arbitrary<Partial<Activity>> =>
  fc
    .tuple(titles, failing, often<Partial<Activity>>({}, ...more))
    .map((parts) => ({ ...(Object.assign({}, ...parts) as Partial<Activity>), approvers: [] }));

const withRisk = { risk: '$' + '{{ activities.go.inputs.risk }}' };
const gates = ['a', 'go'];
const asking = (condition: string): Partial<Activity> => ({ if: condition });
const task: Partial<Activity> = { task: { authors: 'may-act' } };

export const anyPlan: fc.Arbitrary<Manifest> = fc
  .record({
    a: manual(task, { inputs: [risk] }),
    b: manual(apart({ kind: 'approvers', activity: 'a' }), task, asking("activities.a.status == 'approved'")),
    bNeeds: fc.constantFrom([], ['a']),
    watch: machine(timing({ deadline: '5h' })),
    go: manual(apart({ kind: 'committers' }), { inputs: [risk] }),
    deploy: machine(
      { validFor: '3h' },
      { workflow: 'deploy.yml' },
      { workflow: 'deploy.yml', with: withRisk, validFor: '3h' },
    ),
    smoke: machine(timing({ deadline: '5h' })),
    ops: manual(asking('failure()'), asking("activities.deploy.status == 'succeeded'")),
    undo: machine({ environment: 'staging' }, { validFor: '1h' }),
    left: fc.subarray(['b', 'watch', 'smoke', 'ops'], { minLength: 1 }),
    more: often<Partial<Manifest>>({}, { supersedes: 'previous' }, { start: '2026-11-23T11:00:00Z' }),
    name: fc.constantFrom('v1', 'v1', 'v1', 'v2'),
  })
  .map(({ bNeeds, left, more, name, ...parts }) => {
    const phase = 'production';
    const all = [
      activity('a', { inputs: [risk], ...parts.a }),
      activity('b', { needs: bNeeds, ...(parts.b.if ? { needs: ['a'] } : {}), ...parts.b }),
      activity('watch', { checks: [lint, smoke], ...parts.watch }),
      activity('go', { phase, inputs: [risk], ...parts.go }),
      activity('deploy', { phase, needs: ['go'], environment: 'Production', ...parts.deploy }),
      activity('smoke', { phase, needs: ['deploy'], checks: [smoke], ...parts.smoke }),
      activity('ops', { phase, needs: ['deploy'], ...parts.ops }),
      activity('undo', {
        phase: 'rollback',
        environment: 'production',
        ...parts.undo,
        onFailure: { kind: 'hold' },
      }),
    ].filter(({ id }) => !left.includes(id));
    const runs = all.some(({ onFailure }) => onFailure?.kind === 'run');
    const kept = runs ? all : all.filter(({ id }) => id !== 'undo');
    const plan = manifest(kept, {
      owner: { kind: 'user', name: 'mona' },
      target: { kind: 'ref', ref: name, since: 'v0' },
      ...more,
    });
    // Nothing stands before what only a failure runs.
    const phases = plan.phases.map((one) => (one.id === 'rollback' ? { ...one, needs: [] } : one));
    return { ...plan, phases };
  });

export const demanding = (guarded: boolean): Floor => ({
  source: { path: '.github/countersign.yml', line: 1 },
  for: { kind: 'environment', name: 'production' },
  ...{ activities: gates, approvers: {}, exclude: [], inputs: {}, profile: [], lines: {} },
  ...(guarded ? { guarded: true } : {}),
});

const sessions = { cab: { every: 'tue', at: '14:00', except: [] } } as const;
export const rulesWith = (more: Partial<Configuration>): Configuration => ({
  ...defaultConfiguration,
  calendar: { ...defaultConfiguration.calendar, sessions },
  ...more,
});

export const custodiansOf = (many: number) => ({ from: [team('governance')], require: count(many) });

/** As the default branch would have it: a manifest below the floors in force cannot take force. */
export function factOf(
  plan: Manifest,
  { configuration }: Pick<Facts, 'configuration'>,
  authors: readonly Author[],
): Facts['manifest'] {
  const rules = configuration.kind === 'known' ? configuration.value : defaultConfiguration;
  const rulebook = { floors: rules.floors, roles: [], catalog: usableCatalog(rules) };
  const { plan: raised, applied, objections } = applyFloors(plan, rulebook);
  // The digest is that of the file, whatever floors make of it.
  const fact = { ...present(plan, authors), plan: raised } as Facts['manifest'];
  if (objections.length > 0 || fact.kind !== 'present') return { kind: 'invalid', path: 'releases/r1.yml' };
  return applied.length === 0 ? fact : { ...fact, floors: applied };
}
