import { describe, expect, it } from 'vitest';
import { type Configuration, defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  present,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';
import { configurationOf } from '../floors/rulebook.ts';

const floored = (least: string) =>
  configurationOf(`roles: { lead: { users: olga } }
floors: [{ for: { uses: audit }, approvers: { signoff: ${least} } }]
`);
const gate = activity('signoff', {
  uses: 'audit',
  approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
});
const resolutions = {
  'team:qa': team(11, 'ada', 'grace', 'linus', 'olga'),
  'team:sre': team(13, 'sam', 'rosa', 'linus'),
  'user:olga': { kind: 'user', id: person('olga').id, login: 'olga' },
} as const;
const under = (world: ReleaseWorld, value: Configuration) =>
  world.change({ configuration: { kind: 'known', value } });
const start = () =>
  releaseWorld({ plan: manifest([{ ...gate, needs: [] }, activity('other')]), resolutions });
const rules = (world: ReleaseWorld) =>
  world.opened().revision.plan.phases[0]?.activities[0]?.approvers.length;

describe('T7: open releases adopt tightenings only', () => {
  it('a floor that is tighter becomes a revision, and votes on what changed lapse', () => {
    const world = start().says('grace', '/approve').says('grace', '/approve', {}, 'other');
    under(world, floored('{ from: [role:lead] }'));
    expect(world.kinds().filter((kind) => kind === 'manifest-revised')).toHaveLength(1);
    expect([rules(world), world.opened().attempts['signoff']?.[0]?.votes]).toEqual([2, []]);
    expect(world.opened().revision.roles.map(({ id }) => id)).toEqual(['lead']);
    expect(world.opened().revision.floors).toHaveLength(1);
    expect(world.status('other')).toBe('approved');
    for (const login of ['grace', 'linus']) world.says(login, '/approve');
    expect(world.status()).toBe('waiting');
    expect(world.says('olga', '/approve').status()).toBe('approved');
    expect(replay(recorded(world))).toEqual([]);
  });

  it('a floor that is looser changes nothing, and the tighter one goes on ruling', () => {
    const world = under(start(), floored('{ from: team:sre }'));
    expect(rules(world)).toBe(2);
    const before = world.events.length;
    for (const looser of [floored('{ from: [team:sre, team:qa] }'), defaultConfiguration])
      under(world, looser);
    expect(world.events).toHaveLength(before);
    world.change({ configuration: { kind: 'unknown', why: 'it has errors' } });
    expect(world.events).toHaveLength(before);
  });

  it('one tightening after the other is adopted, and all of them are recorded', () => {
    const world = under(start(), floored('{ from: team:sre }'));
    under(world, floored('[{ from: team:sre }, { from: user:olga }]'));
    expect([rules(world), world.opened().revision.floors?.length]).toEqual([3, 2]);
  });

  it('a new manifest of an open release meets the floors that it was opened under', () => {
    const world = under(start(), floored('{ from: team:sre }'));
    under(world, defaultConfiguration);
    world.revise(manifest([{ ...gate, title: 'New' }]));
    expect(world.decision().hindrances.get('')).toContain('The approvers of "signoff" can agree without');
    const silent = { ...gate, title: 'New', origins: [{ part: 'approvers', from: 'the catalog' }] };
    world.revise(manifest([silent]));
    expect([rules(world), world.opened().revision.floors?.length]).toEqual([2, 1]);
    expect(world.opened().revision.plan.phases[0]?.activities[0]?.title).toBe('New');
  });

  it('what only another manifest can mend holds the release, with a sentence', () => {
    const world = start();
    under(world, configurationOf('floors: [{ for: { uses: audit }, activities: security }]\n'));
    expect(world.decision().hindrances.get('')).toContain('"signoff" begins without "security"');
    expect(world.says('grace', '/approve').says('linus', '/approve').status()).toBe('waiting');
    expect(under(world, defaultConfiguration).decision().hindrances.size).toBe(0);
  });

  it('tells floors apart that a manifest was accepted under and those of today', () => {
    const world = under(start(), floored('{ from: team:sre }'));
    const plan = manifest([{ ...gate, origins: [{ part: 'approvers', from: 'the catalog' }] }]);
    const fact = present(plan, [{ person: person('ada'), proof: 'proven' }]);
    if (fact.kind !== 'present') throw new Error('no manifest');
    world.change({ manifest: { ...fact, floors: floored('{ from: team:sre }').floors } });
    expect(world.opened().revision.floors).toHaveLength(1);
  });
});
