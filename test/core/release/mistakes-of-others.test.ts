import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/core/manifest/manifest.ts';
import { shortScope } from '../../../src/core/release/scope.ts';
import { activity, manifest, releaseWorld, team } from '../../support/release-world.ts';

const qa = (count: number) =>
  ({ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count } }) as const;
const tolerant = manifest([activity('signoff', { approvers: [qa(2)], reject: { kind: 'count', count: 2 } })]);

describe('mistakes of other approval gates', () => {
  it('pitfall 1: an error of the host is neither a yes nor a no, and passes when it is over', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff', { approvers: [qa(2)] })]) });
    world.says('grace', '/approve');
    world.change({ resolutions: { 'team:qa': { kind: 'unknown', why: 'timeout' } } });
    world.says('linus', '/approve');
    expect([world.status(), world.decision().unsure]).toEqual(['blocked', true]);
    expect(world.check('countersign/release/r1/verify/signoff')?.conclusion).toBe('action_required');
    world.change({ resolutions: { 'team:qa': team(11, 'grace', 'linus', 'olga') } });
    expect(world.status()).toBe('approved');
  });

  it('pitfall 4: a change of mind that is taken back brings no older vote to life', () => {
    const world = releaseWorld({ plan: tolerant })
      .says('grace', '/approve')
      .says('grace', '/reject too soon');
    world.says('grace', '/withdraw').says('linus', '/approve');
    expect(world.status()).toBe('waiting');
    expect(world.opened().attempts['signoff']?.[0]?.votes.map(({ elector }) => elector.person.login)).toEqual(
      ['linus'],
    );
  });

  it('pitfall 10: what was meant for another release counts nowhere else, though all else is the same', () => {
    const one = releaseWorld();
    const other = releaseWorld({ plan: manifest([activity('signoff')], { release: 'r2' }) });
    const scope = (world: typeof one) => shortScope(world.opened().attempts['signoff']?.[0]?.scope ?? '');
    expect(scope(one)).not.toBe(scope(other));
    one.says('grace', `/approve @${scope(other)}`);
    expect([one.status(), one.answers().length]).toEqual(['waiting', 1]);
    expect(one.says('grace', `/approve @${scope(one)}`).status()).toBe('approved');
  });

  it('T11, pitfall 11: what was said before a change was announced answers what stood there then, however late it comes', () => {
    const late = (ms: number) => {
      const world = releaseWorld().revise(manifest([activity('signoff', { title: 'Another' })]));
      world.now += ms;
      return world.says('grace', '/approve');
    };
    const before = late(-5_000);
    expect([before.status(), before.opened().attempts['signoff']?.[0]?.votes]).toEqual(['waiting', []]);
    expect(late(0).status()).toBe('approved');
  });

  it('pitfall 17: time alone never says go, whatever is written about it', () => {
    const offsets = fc.constantFrom('1h', '50%', '2h before');
    const timings: fc.Arbitrary<Timing> = fc
      .record({
        openFor: fc.constantFrom(undefined, '1h', '72h'),
        deadline: fc.constantFrom(undefined, '2h', '24h', '3 business days'),
        remind: fc.array(offsets, { maxLength: 2 }),
        at: fc.constantFrom(undefined, '1h', '75%'),
        stays: fc.boolean(),
      })
      .map(({ openFor, deadline, remind, at, stays }) => ({
        ...(openFor && { openFor }),
        ...(deadline && { deadline }),
        remind,
        escalate: at === undefined ? [] : [{ at, to: [{ kind: 'team', name: 'sre' }], grant: true as const }],
        ...(stays && { expire: 'stay' as const }),
      }));
    const hours = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(timings, hours, fc.boolean(), (timing, jumps, half) => {
        const world = releaseWorld({
          plan: manifest([
            activity('signoff', { approvers: [qa(2)], timing }),
            activity('next', { needs: ['signoff'] }),
          ]),
        });
        if (half) world.says('grace', '/approve');
        for (const jump of jumps) {
          world.now += jump * 3_600_000;
          world.step();
          expect(['waiting', 'expired']).toContain(world.status());
          expect(world.status('next')).toBe('pending');
        }
        expect(world.kinds()).not.toContain('activity-approved');
      }),
      { numRuns: 60 },
    );
  });
});
