import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const qa2 = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;
const custodians = {
  from: [{ kind: 'team', name: 'governance' }],
  require: { kind: 'count', count: 1 },
} as const;

/** Two of grace, linus and olga; carla is the custodian. */
const world = (more: Partial<Activity> = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest([activity('signoff', { approvers: [qa2], ...more })]),
    configuration: { custodians },
    resolutions: { 'team:governance': team(14, 'carla') },
  });

/** grace is on the team no more. */
const left = (release: ReleaseWorld): ReleaseWorld =>
  release.change({ resolutions: { ...release.facts.resolutions, 'team:qa': team(11, 'linus', 'olga') } });

const codes = (release: ReleaseWorld) =>
  release.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);
const votes = (release: ReleaseWorld) =>
  release
    .opened()
    .attempts['signoff']?.at(-1)
    ?.votes.map(({ elector, choice }) => `${elector.person.login} ${choice}`);

describe('who has left the team and whose approval still counts (design 3.2, T15)', () => {
  it('takes it back with /withdraw', () => {
    const release = left(world().says('grace', '/approve')).says('grace', '/withdraw');
    expect([votes(release), codes(release)]).toEqual([[], []]);
    expect(release.says('linus', '/approve').status()).toBe('waiting');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('takes it back with /reject, which is no rejection any more, and the answer says so', () => {
    const release = left(world().says('grace', '/approve')).says('grace', '/reject I was wrong');
    expect([votes(release), codes(release), release.status()]).toEqual([[], ['took-back'], 'waiting']);
    expect(release.answers()[0]).toContain('It is not a rejection');
    expect(release.says('linus', '/approve').status()).toBe('waiting');
    expect(release.says('olga', '/approve').status()).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('is told so also where the answer was lost', () => {
    const release = left(world().says('grace', '/approve')).says('grace', '/reject I was wrong');
    const thread = release.thread();
    const comments = thread.comments.flatMap((one) => (one.ours ? [] : [{ ...one, reactions: [] }]));
    const threads = new Map(release.facts.threads).set(thread.issue.number, { ...thread, comments });
    expect(codes(release.change({ threads }))).toEqual(['took-back']);
    expect(codes(release.step())).toEqual(['took-back']);
  });

  it.each(['edits', 'deletes'] as const)('is in doubt where they %s its comment', (what) => {
    const release = left(world().says('grace', '/approve'));
    if (what === 'edits') release.edits('grace', 'no no');
    else release.deletes('grace');
    expect(release.says('linus', '/approve').status()).toBe('blocked');
    release.says('grace', '/approve');
    expect([release.status(), codes(release).at(-1)]).toEqual(['blocked', 'may-take-back']);
    release.says('grace', '/withdraw');
    expect([votes(release), release.status()]).toEqual([['linus approve'], 'waiting']);
    expect(release.says('olga', '/approve').status()).toBe('approved');
  });

  it('adds none, and is told what they can do, at whatever length they write', () => {
    const release = left(world().says('grace', '/approve'));
    release.says('grace', `/approve\n${'x'.repeat(3_000)}`);
    expect([votes(release), codes(release)]).toEqual([['grace approve'], ['may-take-back']]);
    expect(release.answers()[0]).toContain('`/withdraw` takes it back');
    release.says('linus', '/withdraw');
    expect(codes(release).at(-1)).toBe('nothing-to-withdraw');
    release.says('grace', '/withdraw').says('grace', '/withdraw');
    expect(codes(release).at(-1)).toBe('not-eligible');
  });

  it('is heard by the rules of every word: not by e-mail, not about something else (T11, T15)', () => {
    const release = left(world().says('grace', '/approve'))
      .says('grace', '/withdraw', { byEmail: true })
      .says('grace', '/withdraw', { app: 'helper' })
      .says('grace', '/withdraw @0000000');
    expect(codes(release)).toEqual(['by-email', 'through-app', 'wrong-scope']);
    expect(votes(release)).toEqual(['grace approve']);
  });

  it('can be kept apart by now: an author takes back what they said before', () => {
    const release = world().says('grace', '/approve');
    const authors = ['ada', 'grace'].map((login) => ({ person: person(login), proof: 'proven' as const }));
    release.revise(manifest([activity('signoff', { approvers: [qa2] })], { title: 'Other' }), authors);
    expect(votes(release.says('grace', '/approve'))).toEqual(['grace approve']);
    expect(codes(release)).toEqual(['excluded']);
    expect(votes(release.says('grace', '/withdraw'))).toEqual([]);
  });
});

describe('who has left the team and whose no still stands (T3, T15)', () => {
  it('takes back a doubt, and what it was about', () => {
    const release = left(world().says('grace', '/approve').edits('grace', 'x'))
      .says('linus', '/approve')
      .says('olga', '/approve');
    expect(release.status()).toBe('blocked');
    expect(release.says('grace', '/withdraw').status()).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('takes back an objection of before, and rejects no more', () => {
    const release = left(world().says('grace', '/reject no').says('carla', '/retry again'))
      .says('linus', '/approve')
      .says('olga', '/approve');
    expect(release.status()).toBe('blocked');
    release.says('grace', '/reject still no');
    expect([release.status(), codes(release)]).toEqual(['blocked', ['may-take-back']]);
    expect(release.says('grace', '/withdraw').status()).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
  });

  it('takes back a rejection that was one too few', () => {
    const release = left(world({ reject: { kind: 'count', count: 2 } }).says('grace', '/reject no'));
    release.says('grace', '/reject no');
    expect([votes(release), codes(release)]).toEqual([['grace reject'], ['may-take-back']]);
    expect(votes(release.says('grace', '/withdraw'))).toEqual([]);
  });
});

describe('an objection of before (T3)', () => {
  it('stands where its author only hands on their seat, also through the next attempt', () => {
    const release = world().says('grace', '/reject no').says('carla', '/retry again');
    release.says('grace', '/delegate @eve').says('eve', '/approve').says('linus', '/approve');
    expect(release.status()).toBe('blocked');
    expect(release.sentence()).toContain('grace rejected this before');
    release.says('olga', '/reject no').says('carla', '/retry again');
    release.says('olga', '/withdraw').says('linus', '/approve').says('olga', '/approve');
    expect(release.status()).toBe('blocked');
    expect(release.says('grace', '/withdraw').status()).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
  });
});

describe('who never had a say (T17)', () => {
  it('has nothing to take back, and raises no doubt', () => {
    const release = world().says('eve', '/withdraw').edits('eve', 'x');
    expect([codes(release), release.status()]).toEqual([['not-eligible'], 'waiting']);
  });
});
