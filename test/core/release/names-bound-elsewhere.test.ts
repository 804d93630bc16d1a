import { describe, expect, it } from 'vitest';
import type { BoundNames } from '../../../src/core/policy/resolve.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const day = (date: number): string => `2026-11-${date}T09:00:00Z`;
const names = (...all: readonly (readonly [string, number, string])[]): BoundNames =>
  new Map(all.map(([name, id, at]) => [name, { id, at, release: 'r0' }]));
const asked = (by: string) =>
  ({ approvers: [{ from: [{ kind: 'team', name: by }], require: { kind: 'count', count: 1 } }] }) as const;
const plan = manifest([activity('signoff'), activity('later', { ...asked('sre'), needs: ['signoff'] })]);
const sentence =
  'team:sre names somebody else than in release r0, which used it first. Write another name, or have the custodians agree to a change of .github/countersign.yml: the name may mean somebody new under the next revision.';

/** `later` becomes due while other releases have bound these names. */
const begin = (bound: BoundNames): ReleaseWorld =>
  releaseWorld({ plan }).change({ bound }).says('grace', '/approve');

describe('T13: a name that another release bound to another id', () => {
  it('keeps an activity from beginning, in words that name the release and the way out', () => {
    const world = begin(names(['team:sre', 99, day(20)]));
    expect([world.status('later'), world.decision().unsure]).toEqual(['blocked', false]);
    expect(world.decision().hindrances.get('later')).toBe(sentence);
  });

  it('goes on by itself under a new revision, under which nothing is bound', () => {
    const world = begin(names(['team:sre', 99, day(20)])).change({ bound: names() });
    expect(world.status('later')).toBe('waiting');
    expect(world.opened().bindings['team:sre']).toMatchObject({ id: 13 });
  });

  it('is no matter where it means the same id, however it is written', () => {
    expect(begin(names(['team:sre', 13, day(20)])).status('later')).toBe('waiting');
    const roles = [{ id: 'ops', members: [{ kind: 'team', name: 'SRE' } as const] }];
    const by = {
      approvers: [{ from: [{ kind: 'role', name: 'ops' }], require: { kind: 'count', count: 1 } }],
    } as const;
    const resolutions = { 'team:SRE': team(13, 'sam') };
    const facts = { roles, resolutions, plan: manifest([activity('signoff', by)]) };
    const world = releaseWorld(facts);
    expect(
      world
        .change({ bound: names(['team:sre', 99, day(20)]) })
        .says('sam', '/approve')
        .status(),
    ).toBe('blocked');
    expect(
      releaseWorld(facts)
        .change({ bound: names(['team:sre', 13, day(20)]) })
        .says('sam', '/approve')
        .status(),
    ).toBe('approved');
  });

  it('lets the one that was recorded first go on where two releases began at one moment', () => {
    const vote = (at: string) =>
      releaseWorld()
        .change({ bound: names(['team:qa', 99, at]) })
        .says('grace', '/approve')
        .status();
    expect(vote(releaseWorld().opened().openedAt)).toBe('blocked');
    expect(vote(day(24))).toBe('approved');
  });

  it('holds back a revision that asks it', () => {
    const world = releaseWorld().change({ bound: names(['team:sre', 99, day(20)]) });
    world.revise(manifest([activity('signoff', asked('sre'))]));
    expect(world.decision().hindrances.get('')).toBe(sentence);
  });

  it('hands no seat on to somebody who registered the login anew (T12)', () => {
    const resolutions = { 'user:pat': { kind: 'user' as const, ...person('pat') } };
    const hand = (id: number) =>
      releaseWorld({ resolutions })
        .change({ bound: names(['user:pat', id, day(20)]) })
        .says('grace', '/delegate @pat')
        .kinds()
        .includes('seat-delegated');
    expect([hand(99), hand(person('pat').id)]).toEqual([false, true]);
  });

  it('makes nobody a custodian (T3)', () => {
    const custodians = {
      from: [{ kind: 'team' as const, name: 'sre' }],
      require: { kind: 'count' as const, count: 1 },
    };
    const retry = (id: number) =>
      releaseWorld({ configuration: { custodians } })
        .says('grace', '/reject no')
        .change({ bound: names(['team:sre', id, day(20)]) })
        .says('sam', '/retry please')
        .kinds()
        .includes('overrule-cast');
    expect([retry(99), retry(13)]).toEqual([false, true]);
  });
});
