import { expect, it } from 'vitest';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, manifest, recorded, releaseWorld } from '../../support/release-world.ts';

const custodians = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;
const plan = manifest([
  activity('signoff'),
  activity('deploy', { approvers: [], environment: 'production', needs: ['signoff'] }),
]);
const freeze = {
  name: 'Fair',
  from: '2026-11-23T12:00:00Z',
  until: '2026-11-23T15:00:00Z',
  environments: [],
};
const world = (from: string) =>
  releaseWorld({ plan, configuration: { custodians, freezes: [{ ...freeze, from }] } }).says(
    'grace',
    '/approve',
  );

it('T3: an override lifts no freeze that comes later: nothing held when it was written', () => {
  const now = world(freeze.from).says('sam', '/override deploy just in case', {}, '');
  expect(now.answers('').at(-1)).toContain('where one of them holds when it is written, not beforehand');
  now.now = Date.parse('2026-11-23T13:00:00Z');
  expect([now.step().status('deploy'), now.kinds().includes('holds-lifted')]).toEqual(['held', false]);
  expect(replay(recorded(now))).toEqual([]);
});

it('T3: an override waits until it is known whether anything held', () => {
  const now = world('2026-11-23T08:00:00Z');
  const { configuration } = now.facts;
  now.change({ configuration: { kind: 'unknown', why: 'it cannot be read' } });
  now.says('sam', '/override deploy a customer is down', {}, '');
  expect([now.status('deploy'), now.decision().unsure]).toEqual(['held', true]);
  expect(now.change({ configuration }).status('deploy')).toBe('running');
});
