import { describe, expect, it } from 'vitest';
import type { Input } from '../../../src/core/manifest/input.ts';
import { groundsOf } from '../../../src/core/release/condition.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const risk = {
  id: 'risk',
  label: 'Risk',
  type: 'dropdown',
  options: ['Low', 'High'],
  required: 'optional',
} as const;

const custodians = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;

const world = (condition: string, more: Parameters<typeof activity>[1] = {}): ReleaseWorld =>
  releaseWorld({
    configuration: { custodians },
    plan: manifest([
      activity('signoff', { inputs: [risk] }),
      activity('other'),
      activity('board', { needs: ['signoff'], if: condition, ...more }),
      activity('after', { needs: ['board'] }),
    ]),
  });

const consistent = (one: ReleaseWorld): ReleaseWorld => {
  expect(replay(recorded(one))).toEqual([]);
  return one;
};

describe('G-12: a condition is asked when the turn of its activity comes', () => {
  it('true: it begins; false: it is skipped, and what needs it goes on', () => {
    const condition = "activities.signoff.inputs.risk == 'High'";
    const high = world(condition).says('grace', '/approve\nrisk: High');
    expect([high.status('board'), high.status('after')]).toEqual(['waiting', 'pending']);
    const low = world(condition);
    expect(low.status('board')).toBe('pending');
    low.says('grace', '/approve\nrisk: Low');
    expect([low.status('board'), low.status('after')]).toEqual(['skipped', 'waiting']);
    expect(low.thread('').body).toContain('board: Skipped');
    low.says('grace', '/approve', {}, 'after').says('grace', '/approve', {}, 'other');
    expect(low.releaseStatus()).toBe('succeeded');
    consistent(low);
    consistent(high);
  });

  it.each([
    ["activities.signoff.inputs.risk == ''", 'waiting'],
    ["activities.signoff.status == 'approved'", 'waiting'],
    ["release.name == 'r1' && target.ref == 'v1'", 'waiting'],
    [`target.commit == '${'b'.repeat(40)}'`, 'waiting'],
    ["release.name != 'r1'", 'skipped'],
    ['success()', 'waiting'],
    ['failure()', 'skipped'],
  ])('%s', (condition, expected) => {
    expect(consistent(world(condition).says('grace', '/approve')).status('board')).toBe(expected);
  });

  it.each([
    ["activities.other.status == 'approved'", 'other is not decided yet'],
    ["activities.gone.status == 'approved'", 'there is no activities.gone.status'],
    ['((', 'cannot be read'],
  ])('%s is not known: it is blocked, and neither begun nor skipped', (condition, why) => {
    const one = world(condition).says('grace', '/approve');
    expect(one.status('board')).toBe('blocked');
    expect(one.thread('').body).toContain(why);
    expect(one.says('grace', '/approve', {}, 'other').kinds()).not.toContain('release-succeeded');
  });

  it.each([
    ['activities.form.inputs.urgent', 'skipped'],
    ['!activities.form.inputs.urgent', 'waiting'],
    ["contains(activities.form.inputs.parts, 'api')", 'skipped'],
    ["!contains(activities.form.inputs.seen, 'log')", 'waiting'],
    ["activities.form.inputs.risk == ''", 'waiting'],
  ])('what nobody filled in is empty, and a box is not ticked: %s', (condition, status) => {
    const optional = (id: string, more: object) =>
      ({ id, label: id, required: 'optional', ...more }) as Input;
    const inputs = [
      risk,
      optional('urgent', { type: 'checkbox' }),
      optional('parts', { type: 'multi-select', options: ['api', 'web'] }),
      optional('seen', { type: 'checkboxes', items: [{ id: 'log', label: 'Log' }] }),
    ];
    const plan = manifest([
      activity('form', { inputs }),
      activity('board', { needs: ['form'], if: condition }),
    ]);
    const one = releaseWorld({ plan }).says('grace', '/approve', {}, 'form');
    expect(one.status('board')).toBe(status);
    consistent(one);
  });

  it('a target without a ref has an empty one', () => {
    const plan = manifest([activity('signoff', { if: "target.ref == ''" })], {
      target: { kind: 'sha', sha: 'b'.repeat(40) },
    });
    expect(releaseWorld({ plan }).status()).toBe('waiting');
  });

  it('says what a condition reads: values, what nobody knows, and what is not there', () => {
    const state = releaseWorld({ plan: manifest([activity('signoff')]) }).opened();
    const values = (condition: string) =>
      groundsOf(state, activity('signoff', { if: condition })).values.map(({ value }) => value);
    expect(values("release == 'r2'")).toEqual(['"r1"']);
    expect(values("activities.signoff.status == 'approved'")).toEqual([
      'not known: signoff is not decided yet',
    ]);
    expect(values("activities.gone.status == 'approved'")).toEqual(['not there']);
    expect(values('(')).toEqual([]);
  });

  it('what was approved and is left out by another manifest that also changes it is replayed (T2)', () => {
    const plan = manifest([activity('first'), activity('board')]);
    const one = releaseWorld({ plan }).says('grace', '/approve', {}, 'board');
    one.revise(manifest([activity('first'), activity('board', { title: 'Board', if: "release == 'r2'" })]));
    expect(one.status('board')).toBe('skipped');
    expect(one.says('grace', '/approve', {}, 'first').releaseStatus()).toBe('succeeded');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('a skipped activity can be asked about as well', () => {
    const one = releaseWorld({
      plan: manifest([
        activity('first', { if: "release.name == 'other'" }),
        activity('second', { needs: ['first'], if: "activities.first.status == 'skipped'" }),
      ]),
    });
    expect([one.status('first'), one.status('second')]).toEqual(['skipped', 'waiting']);
    consistent(one);
  });

  it('another manifest asks anew', () => {
    const one = world("release.name == 'other'").says('grace', '/approve');
    const plan = manifest([
      activity('signoff', { inputs: [risk] }),
      activity('other'),
      activity('board', { needs: ['signoff'] }),
    ]);
    expect(consistent(one.revise(plan)).status('board')).toBe('waiting');
  });
});

describe('design 4: what is skipped keeps nobody waiting', () => {
  it('whatever an attempt before a change of the manifest came to', () => {
    const one = world("activities.signoff.inputs.risk == 'High'");
    one.says('grace', '/approve\nrisk: High').says('grace', '/approve', {}, 'board');
    const check = () => one.check('countersign/release/r1/verify/board')?.conclusion;
    expect(check()).toBe('success');
    const { plan } = one.opened().revision;
    const changed = plan.phases.flatMap(({ activities }) =>
      activities.map((each) =>
        each.id === 'board'
          ? { ...each, title: 'Other', if: "activities.signoff.inputs.risk == 'Low'" }
          : each,
      ),
    );
    one.revise(manifest(changed));
    expect([one.status('board'), check()]).toEqual(['skipped', 'neutral']);
    const foreign = { commit: 'f'.repeat(40), author: 'x', releases: ['r1'], paths: ['releases/r1/x'] };
    one.change({ foreign: [foreign] });
    expect(check()).toBe('failure');
    consistent(one);
  });
});

describe('S-047: a condition that asks how it went sees failures', () => {
  it('failure() begins after one, always() in any case, and nothing else does', () => {
    const rejected = (condition: string) => world(condition).says('grace', '/reject no');
    expect(consistent(rejected('failure()')).status('board')).toBe('waiting');
    expect(rejected('always()').status('board')).toBe('waiting');
    expect(rejected("always() && activities.signoff.status == 'rejected'").status('board')).toBe('waiting');
    expect(rejected('success()').status('board')).toBe('skipped');
    expect(rejected("release.name == 'r1'").status('board')).toBe('pending');
  });

  it('what was skipped because of a failure is asked again when custodians overrule it (T3)', () => {
    const retried = world('success()').says('grace', '/reject no');
    expect(retried.status('board')).toBe('skipped');
    retried.says('sam', '/retry x').says('grace', '/approve');
    expect([retried.status(), retried.status('board')]).toEqual(['approved', 'waiting']);
    const ignored = world('success()').says('grace', '/reject no').says('sam', '/ignore x');
    expect([ignored.status(), ignored.status('board')]).toEqual(['ignored', 'waiting']);
    consistent(retried);
    consistent(ignored);
  });

  it('an ignored failure is neither', () => {
    const one = world("activities.signoff.status == 'ignored' && activities.signoff.inputs.risk == 'Low'");
    one.says('grace', '/reject no').says('sam', '/ignore done by hand\nrisk: Low');
    expect(consistent(one).status('board')).toBe('waiting');
  });

  it('of a phase that is over, not of one that goes on', () => {
    const one = releaseWorld({
      plan: manifest([
        activity('a'),
        activity('b'),
        activity('cleanup', { phase: 'after', if: 'failure()' }),
        activity('more', { phase: 'after' }),
      ]),
    }).says('grace', '/reject no', {}, 'a');
    expect(one.status('cleanup')).toBe('pending');
    one.says('grace', '/approve', {}, 'b');
    expect([one.status('cleanup'), one.status('more')]).toEqual(['waiting', 'pending']);
    consistent(one);
  });
});
