import { describe, expect, it } from 'vitest';
import type { Activity, Principal, QuorumRule } from '../../../src/core/manifest/manifest.ts';
import { activity, manifest, person, releaseWorld, team } from '../../support/release-world.ts';

const from = (name: string): readonly Principal[] => [{ kind: 'team', name }];
const one = (name: string): QuorumRule => ({ from: from(name), require: { kind: 'count', count: 1 } });
const world = (more: Partial<Activity>, resolutions = {}) =>
  releaseWorld({ plan: manifest([activity('signoff', more)]), resolutions });
const codes = (answers: readonly string[]) => answers.map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);

describe('order: sequential (G-07)', () => {
  const inTurn = { approvers: [one('qa'), one('product'), one('sre')], order: 'sequential' } as const;

  it('asks one rule after the other, and tells who comes too early whose turn it is', () => {
    const release = world(inTurn);
    expect(release.thread().body).toContain('@acme/qa: answer with a comment.');
    release.says('sam', '/approve');
    expect(codes(release.answers())).toEqual(['not-your-turn']);
    expect(release.answers().at(-1)).toContain('first comes 1 of team qa');
    release.says('grace', '/approve');
    expect(release.sentence()).toMatch(/Now it is the turn of 1 of team product\.$/);
    expect(release.thread().body).toContain('@acme/qa and @acme/product: answer with a comment.');
    release.says('pat', '/approve').says('sam', '/reject not yet');
    expect(release.status()).toBe('rejected');
  });

  it('counts an early vote for no later rule, until its author speaks again', () => {
    const release = world(inTurn, { 'team:product': team(12, 'grace', 'pat') });
    release.says('grace', '/approve');
    expect(
      release.opened().attempts['signoff']?.[0]?.votes[0]?.elector.rules.map(({ rule }) => rule),
    ).toEqual([0]);
    release.says('grace', '/approve');
    expect(
      release.opened().attempts['signoff']?.[0]?.votes[0]?.elector.rules.map(({ rule }) => rule),
    ).toEqual([0, 1]);
    release.says('linus', '/approve').says('rosa', '/approve');
    expect(release.status()).toBe('approved');
  });

  it('keeps what a vote counts for when its author speaks after an earlier rule has opened again', () => {
    const release = world(
      {
        ...inTurn,
        approvers: [one('qa'), one('product')],
        reject: { kind: 'count', count: 2 },
      },
      { 'team:product': team(12, 'pat', 'sam') },
    );
    release
      .says('grace', '/approve')
      .says('pat', '/reject no')
      .says('grace', '/withdraw')
      .says('pat', '/reject still no');
    expect(codes(release.answers())).toEqual([]);
    expect(release.status()).toBe('waiting');
  });
});

describe('rejections (G-03, G-04)', () => {
  it('end it early where the others cannot be enough, and the page says so', () => {
    const both = { approvers: [{ from: from('sre'), require: { kind: 'unanimous' } }] } as const;
    const release = world({ ...both, reject: { kind: 'count', count: 2 } }).says('sam', '/reject too early');
    expect(release.status()).toBe('rejected');
    expect(release.thread().body).toContain('Rejected by sam: too early');
  });

  it('are weighed when the quorum is there (reject: outweighed)', () => {
    const three = { approvers: [{ from: from('qa'), require: { kind: 'count', count: 2 } }] } as const;
    const weighed = { ...three, reject: { kind: 'outweighed' } } as const;
    const release = world(weighed).says('grace', '/reject no').says('linus', '/approve');
    expect(release.status()).toBe('waiting');
    expect(release.says('olga', '/approve').status()).toBe('approved');
  });
});

describe('one seat a person (G-02)', () => {
  const two = [one('qa'), one('sre')];
  const staff = { 'team:sre': team(13, 'grace', 'sam') };

  it('unless the activity shares them', () => {
    expect(world({ approvers: two }, staff).says('grace', '/approve').status()).toBe('waiting');
    expect(world({ approvers: two, distinct: false }, staff).says('grace', '/approve').status()).toBe(
      'approved',
    );
  });
});

describe('who counts for a rule', () => {
  it('is not whom it takes away, and backups fill seats without being counted (T12)', () => {
    const rule: QuorumRule = {
      from: from('qa'),
      require: { kind: 'majority' },
      except: [{ kind: 'user', name: 'olga' }],
      backups: from('product'),
    };
    const release = world({ approvers: [rule] }, { 'user:olga': { kind: 'user', ...person('olga') } });
    expect(release.says('olga', '/approve').status()).toBe('waiting');
    expect(codes(release.answers())).toEqual(['not-eligible']);
    expect(release.says('grace', '/approve').sentence()).toContain('Waiting for 1 approval');
    expect(release.says('pat', '/approve').status()).toBe('approved');
    const roster = release.opened().attempts['signoff']?.[0]?.roster ?? [];
    expect(roster.filter(({ rules }) => rules[0]?.guest).map(({ person: { login } }) => login)).toEqual([
      'pat',
    ]);
  });
});
