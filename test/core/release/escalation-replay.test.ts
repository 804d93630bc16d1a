import { expect, it } from 'vitest';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, manifest, person, recorded, releaseWorld } from '../../support/release-world.ts';

const told = (grant: boolean, rule: number, more: object) => {
  const escalate = [{ at: '2h', to: [{ kind: 'team', name: 'sre' }] as const, ...(grant && { grant }) }];
  const world = releaseWorld({ plan: manifest([activity('signoff', { timing: { remind: [], escalate } })]) });
  world.now += 10_800_000;
  const granted = [{ person: person('eve'), rules: [{ rule, via: [], ...more }] }];
  return replay(
    recorded(world.step()).map((event) =>
      event.kind === 'activity-escalated' ? { ...event, body: { ...event.body, granted } } : event,
    ),
  ).map(({ why }) => why);
};

it('T12: an escalation lets nobody vote who was not let, and none as more than guests', () => {
  const others = ['the escalation of signoff lets others vote'];
  expect([told(false, 0, { guest: true }), told(true, 0, {}), told(true, 1, { guest: true })]).toEqual([
    ...[others, others, others],
  ]);
  expect(told(true, 0, { guest: true })).toEqual([]);
});
