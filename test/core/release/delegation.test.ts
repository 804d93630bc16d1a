import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { fold } from '../../../src/core/release/fold.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
  type WorldOptions,
} from '../../support/release-world.ts';

const qa = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;

/** Two of grace, linus and olga; pat, sam and rosa are on other teams, eve and mallory on none. */
const world = (more: Partial<Activity> = {}, options: WorldOptions = {}): ReleaseWorld =>
  releaseWorld({ plan: manifest([activity('signoff', { approvers: [qa], ...more })]), ...options });

const attemptOf = (release: ReleaseWorld) => release.opened().attempts['signoff']?.[0];
const delegations = (release: ReleaseWorld) =>
  attemptOf(release)?.delegations.map(({ from, to }) => `${from.person.login} ${to.login}`);
const codes = (release: ReleaseWorld) =>
  release.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1]);

describe('a delegation (S-148, G-08, T12)', () => {
  it('moves one seat: the delegate fills it, and the denominator stays', () => {
    const majority = { ...qa, require: { kind: 'unanimous' as const } };
    const release = world({ approvers: [majority] }).says('grace', '/delegate @eve');
    expect(delegations(release)).toEqual(['grace eve']);
    expect(release.thread().body).toContain('@eve');
    expect(release.thread().body).toMatch(/grace \[lets\].* eve decide/);
    release.says('linus', '/approve').says('olga', '/approve');
    expect(release.sentence()).toBe('Waiting for 1 approval; eve would be enough.');
    release.says('eve', '/approve');
    expect(release.status()).toBe('approved');
    expect(attemptOf(release)?.votes.at(-1)?.elector.rules).toEqual([
      {
        rule: 0,
        guest: true,
        via: [{ principal: 'delegate:grace', id: person('grace').id, inherited: false }],
      },
    ]);
  });

  it('is one seat, also where it is reckoned who could still be enough: not both', () => {
    const all = { ...qa, require: { kind: 'count', count: 3 } } as const;
    const release = world({ approvers: [all], reject: { kind: 'count', count: 2 } });
    release.says('grace', '/delegate @eve');
    expect(release.status()).toBe('waiting');
    expect(release.says('olga', '/reject no').status()).toBe('rejected');
  });

  it('is a word of its own: what was said before is taken back, and what is said later ends it', () => {
    const release = world().says('grace', '/approve').says('grace', '/delegate @eve');
    expect(attemptOf(release)?.votes).toEqual([]);
    release.says('eve', '/approve');
    expect(attemptOf(release)?.votes).toHaveLength(1);
    release.says('grace', '/approve');
    expect([
      delegations(release),
      attemptOf(release)?.votes.map(({ elector }) => elector.person.login),
    ]).toEqual([[], ['grace']]);
    release.says('eve', '/approve');
    expect(codes(release)).toEqual(['not-eligible']);
    expect(release.status()).toBe('waiting');
  });

  it('ends with /delegate off, and with what was said in its place', () => {
    const release = world()
      .says('grace', '/delegate @eve')
      .says('eve', '/approve')
      .says('grace', '/delegate off');
    expect([delegations(release), attemptOf(release)?.votes]).toEqual([[], []]);
    release.says('grace', '/delegate off');
    expect(codes(release)).toEqual(['not-delegated']);
    expect(release.says('linus', '/approve').status()).toBe('waiting');
  });

  it('goes to somebody else when it is given anew', () => {
    const release = world()
      .says('grace', '/delegate @eve')
      .says('eve', '/approve')
      .says('grace', '/delegate @mallory');
    expect([delegations(release), attemptOf(release)?.votes]).toEqual([['grace mallory'], []]);
  });

  it('ends with the eligibility of whoever gave it, but does not undo what was counted', () => {
    const release = world()
      .says('grace', '/delegate @eve')
      .says('linus', '/delegate @mallory')
      .says('eve', '/approve');
    release.change({ resolutions: { ...release.facts.resolutions, 'team:qa': team(11, 'olga') } });
    release.says('mallory', '/approve');
    expect(codes(release)).toEqual(['delegation-over']);
    expect(release.answers().at(-1)).toContain('you spoke for linus');
    expect(release.says('olga', '/approve').status()).toBe('approved');
  });

  it('does not outlive that whoever gave it turns out to be an author (T16)', () => {
    const release = world().says('grace', '/delegate @eve').says('eve', '/approve');
    const plan = manifest([activity('signoff', { approvers: [qa] }), activity('other')]);
    release.revise(plan, [{ person: person('grace'), proof: 'proven' }]);
    expect(release.says('linus', '/approve').status()).toBe('waiting');
    expect(release.says('eve', '/approve').status()).toBe('waiting');
    expect(release.says('olga', '/approve').status()).toBe('approved');
  });

  it('lapses with the votes when the scope changes', () => {
    const release = world().says('grace', '/delegate @eve');
    release.revise(manifest([activity('signoff', { approvers: [qa], title: 'Other' })]));
    expect(delegations(release)).toEqual([]);
  });

  it('is no vote, so that a delegate who withdraws leaves the seat as it is', () => {
    const release = world().says('grace', '/delegate @eve').says('eve', '/approve').says('eve', '/withdraw');
    expect([delegations(release), attemptOf(release)?.votes]).toEqual([['grace eve'], []]);
    expect(release.says('eve', 'hm').deletes('eve').status()).toBe('blocked');
  });

  it('is recorded and can be replayed', () => {
    const release = world().says('grace', '/delegate @eve').says('eve', '/approve').says('linus', '/approve');
    expect(release.status()).toBe('approved');
    expect(replay(recorded(release))).toEqual([]);
    expect(fold('r1', release.events)).toEqual(release.state);
    expect(release.says('eve', '/approve').answers().at(-1)).toContain('already decided');
  });
});

describe('S-087: an escalation that lets others vote', () => {
  const eve = { kind: 'user', name: 'eve' } as const;
  const managers = { kind: 'team', name: 'managers' } as const;
  const timing = { remind: [], escalate: [{ at: '2h', to: [eve], grant: true }] } as const;
  const options = {
    resolutions: { 'user:eve': { kind: 'user', ...person('eve') }, 'team:managers': team(15, 'max') },
  } as const;
  const escalated = (approvers: Activity['approvers'], facts: object = {}): ReleaseWorld => {
    const release = world({ approvers, timing }, options);
    release.now += 3 * 3_600_000;
    return release.change(facts);
  };

  it('T12: lets nobody vote for a rule that leaves them out', () => {
    const away = escalated([{ ...qa, except: [eve] }]).says('eve', '/approve');
    expect([attemptOf(away)?.votes, away.answers().at(-1)]).toEqual([
      [],
      expect.stringContaining('only the approvers'),
    ]);
    const second = escalated([{ ...qa, except: [eve] }, qa]).says('eve', '/approve');
    expect(attemptOf(second)?.votes[0]?.elector.rules.map(({ rule }) => rule)).toEqual([1]);
    expect(replay(recorded(second))).toEqual([]);
  });

  it('waits where it is not known whom a rule leaves out', () => {
    const unknown = { kind: 'unknown', why: 'timeout' } as const;
    const release = world({ approvers: [{ ...qa, except: [managers] }], timing }, options);
    release.now += 3 * 3_600_000;
    release.change({ resolutions: { ...release.facts.resolutions, 'team:managers': unknown } });
    expect(release.kinds()).not.toContain('activity-escalated');
    expect(
      release.change({ resolutions: { ...release.facts.resolutions, ...options.resolutions } }).kinds(),
    ).toContain('activity-escalated');
  });
});

describe('a seat stays where it is', () => {
  const why = (release: ReleaseWorld): string =>
    /handed on: (.*)/.exec(release.answers().at(-1) ?? '')?.[1] ?? '';
  const authors = [
    { person: person('ada'), proof: 'proven' },
    { person: person('linus'), proof: 'claimed' },
  ] as const;

  it.each<readonly [string, string, string, Partial<Activity>, WorldOptions]>([
    ['by an author', '/delegate @ada', 'excluded here', {}, {}],
    ['by somebody named as author', '/delegate @linus', 'excluded here', {}, { authors }],
    ['by somebody with a seat', '/delegate @olga', 'has a seat here already', {}, {}],
    ['by its holder', '/delegate @grace', 'yours already', {}, {}],
    ['by nobody', '/delegate @ghost', 'nobody of that name', {}, {}],
    ['where the activity forbids it', '/delegate @eve', 'does not allow it', { delegation: { max: 0 } }, {}],
    ['where nothing was handed on', '/delegate off', 'nothing to take back', {}, {}],
  ])('%s', (_, words, sentence, more, options) => {
    const release = world(more, options).says('grace', words);
    expect(why(release)).toContain(sentence);
    expect(delegations(release)).toEqual([]);
  });

  it('when it would go to somebody whom its rule leaves out (T12)', () => {
    const resolutions = { 'user:eve': { kind: 'user', ...person('eve') } } as const;
    const except = [{ kind: 'user', name: 'eve' }] as const;
    const release = world({ approvers: [{ ...qa, except }] }, { resolutions }).says(
      'grace',
      '/delegate @eve',
    );
    expect(why(release)).toContain('excluded here');
    expect(delegations(release.says('grace', '/delegate @mallory'))).toEqual(['grace mallory']);
  });

  it('when more are handed on than the activity allows', () => {
    const release = world({ delegation: { max: 1 } })
      .says('grace', '/delegate @eve')
      .says('linus', '/delegate @mallory');
    expect([why(release), delegations(release)]).toEqual([
      expect.stringContaining('as many seats'),
      ['grace eve'],
    ]);
    expect(delegations(release.says('grace', '/delegate @mallory'))).toEqual(['grace mallory']);
  });

  it('when it was handed on once, or to somebody who speaks for another', () => {
    const release = world().says('grace', '/delegate @eve').says('eve', '/delegate @mallory');
    expect(why(release)).toContain('once only');
    release.says('linus', '/delegate @eve');
    expect(why(release)).toContain('has a seat here already');
  });

  it('when whoever asks may only reject, stands in, or is nobody here (T16)', () => {
    expect(why(world({}, { authors }).says('linus', '/delegate @eve'))).toContain('seat of their own');
    const backups = [{ ...qa, backups: [{ kind: 'team' as const, name: 'product' }] }];
    expect(why(world({ approvers: backups }).says('pat', '/delegate @eve'))).toContain('seat of their own');
    expect(codes(world().says('eve', '/delegate @mallory'))).toEqual(['not-eligible']);
  });

  it('when a name means somebody else than when it was first used (T13)', () => {
    const rule = { from: [{ kind: 'user', name: 'eve' }], require: { kind: 'count', count: 1 } } as const;
    const plan = manifest([
      activity('signoff', { approvers: [qa] }),
      activity('other', { approvers: [rule] }),
    ]);
    const release = releaseWorld({ plan, resolutions: { 'user:eve': { kind: 'user', ...person('eve') } } });
    const other = { kind: 'user', id: 4_711, login: 'eve' } as const;
    release.change({ resolutions: { ...release.facts.resolutions, 'user:eve': other } });
    expect(why(release.says('grace', '/delegate @eve'))).toContain('nobody of that name');
  });

  it('while GitHub does not tell whom a name stands for', () => {
    const release = world({}, { resolutions: { 'user:eve': { kind: 'unknown', why: 'timeout' } } });
    expect(release.says('grace', '/delegate @eve').status()).toBe('blocked');
    release.change({
      resolutions: { ...release.facts.resolutions, 'user:eve': { kind: 'user', ...person('eve') } },
    });
    expect(delegations(release)).toEqual(['grace eve']);
  });
});

describe('the seat of somebody who has left (T12, decision 0056)', () => {
  const left = (more: Partial<Activity> = {}): ReleaseWorld => {
    const release = world(more).says('grace', '/delegate @eve').says('eve', '/approve');
    return release.change({
      resolutions: { ...release.facts.resolutions, 'team:qa': team(11, 'linus', 'olga') },
    });
  };

  it('does not use up what others may hand on, nor keep them from choosing the same person', () => {
    const release = left({ delegation: { max: 1 } }).says('linus', '/delegate @pat');
    expect([codes(release), delegations(release)]).toEqual([[], ['grace eve', 'linus pat']]);
    expect(codes(release.says('olga', '/delegate @rosa'))).toEqual(['not-delegated']);
    expect(delegations(left().says('linus', '/delegate @eve'))).toEqual(['grace eve', 'linus eve']);
  });

  it.each(['/delegate off', '/withdraw'])(
    'is theirs to take back with %s, with what was said there',
    (words) => {
      const release = left().says('grace', words);
      expect([codes(release), delegations(release), attemptOf(release)?.votes]).toEqual([[], [], []]);
      expect(codes(release.says('grace', words))).toEqual(['not-eligible']);
      expect(replay(recorded(release))).toEqual([]);
    },
  );

  it('is not to be handed on again', () => {
    expect(codes(left().says('grace', '/delegate @rosa'))).toEqual(['may-take-back']);
  });
});

describe('a doubt about a delegate (T12, T15)', () => {
  const doubted = (): ReleaseWorld =>
    world().says('grace', '/delegate @eve').says('eve', '/approve').edits('eve', 'on second thought');

  it.each(['/approve', '/delegate off', '/delegate @pat'])(
    'ends where the seat is taken back: %s',
    (words) => {
      const release = doubted().says('grace', words);
      expect(attemptOf(release)?.doubts).toEqual([]);
      release.says('linus', '/approve').says('olga', '/approve');
      expect([release.status(), replay(recorded(release))]).toEqual(['approved', []]);
    },
  );

  it('goes on until then, and about others', () => {
    const release = doubted().says('linus', '/approve').edits('linus', 'hm').says('grace', '/approve');
    expect(attemptOf(release)?.doubts.map(({ person: { login } }) => login)).toEqual(['linus']);
    expect(doubted().says('linus', '/approve').status()).toBe('blocked');
  });
});

describe('the comment that handed on a seat (T15)', () => {
  const handed = () => world().says('grace', '/delegate @eve').says('eve', '/approve');

  it.each(['edited', 'deleted'] as const)('%s: nobody knows whether it still is', (how) => {
    const release = how === 'edited' ? handed().edits('grace', '/delegate off') : handed().deletes('grace');
    expect([release.says('linus', '/approve').status(), replay(recorded(release))]).toEqual(['blocked', []]);
    expect(release.says('grace', '/delegate off').says('olga', '/approve').status()).toBe('approved');
  });

  it('edited after the seat was taken back is no matter', () => {
    const release = handed().says('grace', '/delegate off').edits('grace', '/delegate @pat');
    expect(release.says('linus', '/approve').says('olga', '/approve').status()).toBe('approved');
  });
});

describe('the words', () => {
  it.each(['/delegate', '/delegate eve', '/delegate @acme/qa', '/delegate @-x'])(
    '%s are answered',
    (words) => {
      expect(codes(world().says('grace', words))).toEqual(['malformed']);
    },
  );

  it.each(['/delegate @eve', '/Delegate signoff @eve', '/delegate @eve, please', '/delegate @eve signoff'])(
    '%s count',
    (words) => {
      expect(delegations(world().says('grace', words))).toEqual(['grace eve']);
    },
  );

  it('are shown by /help where they may be said', () => {
    expect(world().says('grace', '/help').answers().at(-1)).toContain('/delegate @LOGIN');
    expect(
      world({ delegation: { max: 0 } })
        .says('grace', '/help')
        .answers()
        .at(-1),
    ).not.toContain('/delegate');
  });
});
