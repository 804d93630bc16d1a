import { describe, expect, it } from 'vitest';
import { type Configuration, defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { decide } from '../../../src/core/release/decide.ts';
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
const ofOlga = {
  from: [{ kind: 'user' as const, name: 'olga' }],
  require: { kind: 'count' as const, count: 1 },
};
const resolutions = {
  'team:qa': team(11, 'ada', 'grace', 'linus', 'olga'),
  'team:sre': team(13, 'sam', 'rosa', 'linus'),
  'user:olga': { kind: 'user', id: person('olga').id, login: 'olga' },
  'user:sam': { kind: 'user', id: person('sam').id, login: 'sam' },
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

  it('a manifest that somebody broke meanwhile keeps no floor away (T1)', () => {
    const world = start().change({ manifest: { kind: 'invalid', path: 'releases/r1.yml' } });
    under(world, floored('{ from: [role:lead] }'));
    expect([rules(world), world.opened().revision.floors?.length]).toEqual([2, 1]);
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

  it('a recorded floor goes on meaning the role recorded with it, once the configuration has none of that id', () => {
    const world = under(start(), floored('{ from: [role:lead] }'));
    under(world, defaultConfiguration);
    const silent = { ...gate, origins: [{ part: 'approvers', from: 'the catalog' }] };
    for (const [one, asks] of [
      [silent, 2],
      [{ ...gate, approvers: [...gate.approvers, ofOlga] }, 2],
    ] as const) {
      world.revise(manifest([one]));
      expect([...world.decision().hindrances]).toEqual([]);
      expect([rules(world), world.opened().revision.roles.map(({ id }) => id)]).toEqual([asks, ['lead']]);
    }
    for (const login of ['grace', 'linus']) world.says(login, '/approve');
    expect(world.status()).toBe('waiting');
    expect(world.says('olga', '/approve').status()).toBe('approved');
    expect(replay(recorded(world))).toEqual([]);
  });

  it('a role that the configuration has now means what it says there, in a recorded floor too (decision 0009)', () => {
    const world = under(start(), floored('{ from: [role:lead] }'));
    under(world, configurationOf('roles: { lead: { users: sam }, other: { users: ada } }\n'));
    world.revise(manifest([{ ...gate, approvers: [...gate.approvers, ofOlga] }]));
    expect(world.decision().hindrances.get('')).toContain('can agree without { from: [role:lead]');
    world.revise(manifest([{ ...gate, origins: [{ part: 'approvers', from: 'the catalog' }] }]));
    expect(world.opened().revision.roles).toMatchObject([{ members: [{ name: 'sam' }] }, { id: 'other' }]);
  });

  it('a manifest in between that the recorded floors say nothing about is no way out of them', () => {
    const world = under(start(), floored('{ from: team:sre }'));
    under(world, defaultConfiguration);
    const { uses: _, ...elsewhere } = gate;
    world.revise(manifest([elsewhere]));
    expect([...world.decision().hindrances]).toEqual([]);
    expect(world.opened().revision.floors).toHaveLength(1);
    world.revise(manifest([{ ...gate, title: 'Back' }]));
    expect(world.decision().hindrances.get('')).toContain('The approvers of "signoff" can agree without');
    expect(replay(recorded(world))).toEqual([]);
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

describe('T7: what a repository inherits', () => {
  const from = {
    repository: { id: 7, name: 'acme/.github' },
    commit: 'd'.repeat(40),
    digest: 'e'.repeat(64),
    checkpoint: { number: 3, digest: 'f'.repeat(64) },
  };
  const known = { kind: 'known', value: from } as const;
  const gone = { kind: 'unknown', why: 'It cannot be read any more.' } as const;

  it('is on the record with each revision, so that verifying needs nobody else', () => {
    const world = start().change({ inherited: known });
    expect(world.opened().revision.inherited).toBeUndefined();
    under(world, floored('{ from: [role:lead] }'));
    expect(world.opened().revision.inherited).toEqual(from);
    world.revise(manifest([{ ...gate, title: 'New' }, activity('third')]));
    expect(replay(recorded(world))).toEqual([]);
  });

  it('decides nothing while it is unknown, and hears afterwards what was said meanwhile', () => {
    const world = start().change({ inherited: gone });
    for (const login of ['grace', 'linus']) world.says(login, '/approve');
    expect(world.decision().hindrances.get('')).toBe(gone.why);
    expect(world.status()).toBe('waiting');
    expect(world.change({ inherited: known }).status()).toBe('approved');
  });

  it('opens nothing while it is unknown, and leaves alone what has ended', () => {
    const ended = releaseWorld({ plan: manifest([gate]), resolutions });
    for (const login of ['grace', 'linus']) ended.says(login, '/approve');
    const before = ended.events.length;
    expect(ended.change({ inherited: gone }).decision().hindrances.size).toBe(0);
    expect(ended.events).toHaveLength(before);
    const other = decide(
      { kind: 'unopened', release: 'r1', sequence: 0 },
      ended.facts,
      '2026-11-23T09:00:00Z',
    );
    expect([other.events, other.hindrances.get('')]).toEqual([[], gone.why]);
    const none = { ...ended.facts, manifest: { kind: 'absent' } } as const;
    expect(
      decide({ kind: 'unopened', release: 'r2', sequence: 0 }, none, '2026-11-23T09:00:00Z').hindrances.size,
    ).toBe(0);
  });
});
