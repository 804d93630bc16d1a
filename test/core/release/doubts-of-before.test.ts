import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
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
const plan = (title: string, more: Partial<Activity> = {}) =>
  manifest([activity('signoff', { title, approvers: [qa2], ...more })]);

const world = (): ReleaseWorld => releaseWorld({ plan: plan('One') });

/** Two of the team approve; `now` is what comes of it. */
const approved = (one: ReleaseWorld): string => {
  const now = one.says('linus', '/approve').says('olga', '/approve').status();
  expect(replay(recorded(one))).toEqual([]);
  return now;
};

const doubts = (one: ReleaseWorld) =>
  latestAttempt(one.opened(), 'signoff')?.doubts.map(({ person, what }) => `${person.login} ${what}`);

/** Nothing is looked at meanwhile. */
const unseen = (one: ReleaseWorld, how: (one: ReleaseWorld) => void): ReleaseWorld => {
  const { step } = one;
  one.step = () => one;
  how(one);
  one.step = step;
  return one.step();
};

describe('a change of scope ends doubts, as it ends votes (T11, T15, decision 0055)', () => {
  it.each(['edits', 'deletes'] as const)('of somebody who %s what they said before', (what) => {
    const one = world().says('grace', 'Looks godd.');
    if (what === 'edits') one.edits('grace', 'Looks good.');
    else one.deletes('grace');
    expect(one.status()).toBe('blocked');
    expect(doubts(one.revise(plan('Two')))).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('of somebody who has left', () => {
    const one = world().says('grace', '/approve').edits('grace', 'hm');
    one.facts = {
      ...one.facts,
      resolutions: { ...one.facts.resolutions, 'team:qa': team(11, 'linus', 'olga') },
    };
    expect(approved(one.revise(plan('Two')))).toBe('approved');
  });

  it('of somebody who is not asked any more', () => {
    const one = world().says('grace', '/approve').edits('grace', '/approve!');
    const product = { from: [{ kind: 'team', name: 'product' }], require: qa2.require } as const;
    one.revise(plan('One', { approvers: [{ ...product, require: { kind: 'count', count: 1 } }] }));
    expect(one.says('pat', '/approve').status()).toBe('approved');
  });

  it('of a delegate whose seat lapsed', () => {
    const one = world().says('grace', '/delegate @dora').says('dora', '/approve').edits('dora', 'hm');
    expect(one.status()).toBe('blocked');
    expect(approved(one.revise(plan('Two')))).toBe('approved');
  });
});

describe('what was said before a notice (T11)', () => {
  it('leaves no doubt about it, whenever it is edited', () => {
    const one = world().says('grace', 'Looks godd.').revise(plan('Two')).edits('grace', 'Looks good.');
    expect(doubts(one)).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('leaves none where it was said and touched before the notice, and seen only after it', () => {
    const one = unseen(world(), (now) =>
      now.says('grace', 'x').edits('grace', 'y').says('linus', 'x').deletes('linus').revise(plan('Two')),
    );
    expect(doubts(one)).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('is in doubt where it is deleted later: nobody knows when it had been written (T15)', () => {
    const one = world().says('grace', 'Looks godd.').revise(plan('Two')).deletes('grace');
    expect([doubts(one), approved(one)]).toEqual([['grace deleted'], 'blocked']);
    expect(one.says('grace', '/approve').status()).toBe('approved');
  });

  it('is not what was said after it', () => {
    const one = world().revise(plan('Two')).says('grace', '/approve').edits('grace', 'hm');
    expect([doubts(one), approved(one)]).toEqual([['grace edited'], 'blocked']);
  });

  it('is measured by the notice of what came back, not of what it was before', () => {
    const one = world().says('grace', 'x').revise(plan('Two')).says('grace', 'y').revise(plan('One'));
    expect(doubts(one.edits('grace', 'z'))).toEqual([]);
    expect(doubts(one.says('grace', 'x').edits('grace', 'y'))).toEqual(['grace edited']);
  });
});

describe('who may speak only because they were let (T12, T15)', () => {
  const escalate = [{ at: '2h', to: [{ kind: 'team', name: 'sre' }], grant: true }] as const;
  const laddered = () => releaseWorld({ plan: plan('One', { timing: { remind: [], escalate } }) });
  const passing = (hours: number, one: ReleaseWorld): ReleaseWorld => {
    one.now += hours * 3_600_000;
    return one.step();
  };

  it.each(['edits', 'deletes'] as const)('by an escalation: what they %s before holds up nothing', (what) => {
    const one = laddered().says('sam', 'I look at the dashbords.');
    if (what === 'edits') one.edits('sam', 'I look at the dashboards.');
    else one.deletes('sam');
    expect(doubts(passing(3, one))).toEqual([]);
    expect(approved(one)).toBe('approved');
  });

  it('what they edit from then on is in doubt, whenever it is seen', () => {
    const one = passing(3, laddered()).says('sam', 'x').edits('sam', 'y');
    expect([doubts(one), approved(one)]).toEqual([['sam edited'], 'blocked']);
    const late = laddered();
    unseen(late, (now) => passing(3, now).says('sam', 'x').edits('sam', 'y'));
    expect(doubts(late.says('linus', 'hm'))).toEqual(['sam edited']);
  });

  it('what is deleted later is, too: nobody knows when it had been written', () => {
    expect(doubts(passing(3, laddered().says('sam', 'x')).deletes('sam'))).toEqual(['sam deleted']);
  });

  it('where a vote of their own stands, all of theirs is, however late it is told', () => {
    const one = laddered();
    one.change({ resolutions: { ...one.facts.resolutions, 'team:qa': team(11, 'linus', 'olga', 'sam') } });
    passing(3, one.says('sam', '/approve'));
    const thread = one.thread();
    const writer = { kind: 'person', person: person('sam') } as const;
    const deletions = [{ comment: 7, writer, at: '2026-11-23T10:00:00Z' }];
    one.change({ threads: new Map(one.facts.threads).set(thread.issue.number, { ...thread, deletions }) });
    expect(doubts(one)).toEqual(['sam deleted']);
  });

  it('as it is where a deferral has moved the times since', () => {
    const one = passing(3, laddered()).says('sam', 'x');
    one.says('grace', '/defer until 2026-11-30T09:00:00Z later').edits('sam', 'y');
    expect(doubts(one)).toEqual(['sam edited']);
  });

  it('for somebody else: what they edited before they were chosen holds up nothing', () => {
    const one = world().says('dora', 'Helo.').edits('dora', 'Hello.').says('grace', '/delegate @dora');
    expect(doubts(one)).toEqual([]);
    expect(doubts(one.says('dora', 'Helo.').edits('dora', 'Hello.'))).toEqual(['dora edited']);
    expect(one.says('dora', '/approve').says('linus', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('but who is asked themselves is in doubt from the beginning, whoever lets them speak too', () => {
    const one = laddered();
    one.facts = { ...one.facts, resolutions: { ...one.facts.resolutions, 'team:sre': team(13, 'linus') } };
    expect(doubts(passing(3, one.says('linus', 'x')).edits('linus', 'y'))).toEqual(['linus edited']);
  });

  it('as is who came to be asked later, and was let by nobody', () => {
    const one = world().says('sam', 'x').edits('sam', 'y');
    one.change({ resolutions: { ...one.facts.resolutions, 'team:qa': team(11, 'linus', 'olga', 'sam') } });
    expect(doubts(one)).toEqual(['sam edited']);
  });
});
