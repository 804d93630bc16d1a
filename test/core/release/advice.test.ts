import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/core/release/fold.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const two = [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }] as const;
const plan = manifest([activity('signoff', { approvers: two, advisory: true })]);
const hour = 3_600_000;
const letter = (n: number): string => String.fromCharCode(97 + Math.floor(n));

const advice = (release: ReleaseWorld) =>
  release
    .opened()
    .attempts['signoff']?.[0]?.advice.map(({ person: { login }, choice }) => `${login} ${choice}`);
const codes = (release: ReleaseWorld) =>
  release.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);

describe('advice', () => {
  it('is shown and counts nowhere, from whoever gives it', () => {
    const release = releaseWorld({ plan })
      .says('eve', '/approve it works for me')
      .says('mallory', '/reject')
      .says('ada', '/approve');
    expect(release.status()).toBe('waiting');
    expect(advice(release)).toEqual(['eve approve', 'mallory reject', 'ada approve']);
    expect(release.thread().body).toMatch(
      /eve \[would approve\].*: it works for me\n- mallory \[would reject\]/,
    );
    expect(release.thread().comments.filter(({ reactions }) => reactions.includes('THUMBS_UP'))).toHaveLength(
      3,
    );
    expect(release.thread().body).toContain('Everybody else may answer in the same words');
    expect(release.answers()).toEqual([]);
    expect(release.says('grace', '/approve').says('linus', '/approve').status()).toBe('approved');
    const ending = release.opened().attempts['signoff']?.[0]?.ending;
    expect(ending).toMatchObject({
      by: [{ login: 'linus' }, { login: 'grace' }]
        .map(({ login }) => person(login))
        .sort((a, b) => a.id - b.id),
    });
    expect(fold('r1', release.events)).toEqual(release.state);
  });

  it('is no deed: nothing is done where something is to be approved', () => {
    const release = releaseWorld({ plan }).says('eve', '/done');
    expect([advice(release), codes(release)]).toEqual([[], ['not-eligible']]);
  });

  it('may be taken back or changed once an hour', () => {
    const release = releaseWorld({ plan })
      .says('eve', '/approve')
      .says('eve', '/reject')
      .says('eve', '/approve');
    expect(advice(release)).toEqual(['eve approve']);
    release.now += hour;
    release.says('eve', '/withdraw');
    expect([advice(release), release.thread().body.includes('would approve')]).toEqual([
      ['eve undefined'],
      false,
    ]);
    release.says('mallory', '/withdraw');
    expect([advice(release), release.answers()]).toEqual([['eve undefined'], []]);
  });

  it('gains no weight when its author joins, until they speak again (design 3.3)', () => {
    const release = releaseWorld({ plan }).says('eve', '/approve');
    release.change({ resolutions: { ...release.facts.resolutions, 'team:qa': team(11, 'grace', 'eve') } });
    expect(release.says('grace', '/approve').status()).toBe('waiting');
    expect(release.says('eve', '/approve').status()).toBe('approved');
  });

  it('is taken from two hundred people at most (T17)', () => {
    const release = releaseWorld({ plan });
    const { step } = release;
    release.step = () => release;
    for (let n = 0; n < 202; n += 1) release.says(`${letter(n / 26)}${letter(n % 26)}`, '/approve');
    release.step = step;
    release.step();
    expect([advice(release)?.length, codes(release)]).toEqual([200, ['not-eligible']]);
  });

  it('of nobody knows who, by mail or through an App is let be, and holds up no decision (T15, T17)', () => {
    const release = releaseWorld({ plan })
      .says('eve', '/approve', { unattested: true })
      .says('eve', '/approve', { byEmail: true })
      .says('eve', '/approve', { app: 'helper' });
    expect([advice(release), release.answers()]).toEqual([[], []]);
    expect(release.says('grace', '/approve').says('linus', '/approve').status()).toBe('approved');
  });

  it('on something else, or that is more than advice, is refused as from anybody', () => {
    const release = releaseWorld({ plan }).says('eve', '/approve @0000000').says('eve', '/delegate @mallory');
    expect([advice(release), codes(release)]).toEqual([[], ['not-eligible']]);
    expect(codes(releaseWorld({ plan }).says('eve', '/approve\n\n/reject'))).toEqual(['not-eligible']);
  });

  it('is not asked for where the activity does not say so', () => {
    const release = releaseWorld().says('eve', '/approve');
    expect([advice(release), codes(release)]).toEqual([[], ['not-eligible']]);
  });
});
