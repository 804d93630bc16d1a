import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bringersOf, type Push, reachesBack } from '../../../src/core/duties/bringers.ts';
import type { CommitText } from '../../../src/core/duties/commit-text.ts';
import {
  type Attribution,
  authorsFrom,
  type Hands,
  handsOn,
  peopleOf,
} from '../../../src/core/duties/hands.ts';
import type { Writer } from '../../../src/core/release/facts.ts';

const sha = (letter: string): string => letter.repeat(40);
const person = (id: number, login: string) => ({ id, login });
const [ada, bob, eve] = [person(1, 'ada'), person(2, 'bob'), person(3, 'eve')];
const by = (who: { readonly id: number; readonly login: string }): Writer => ({
  kind: 'person',
  person: who,
});
const robot: Writer = { kind: 'machine', login: 'robo' };
const gone: Writer = { kind: 'gone' };
const commit = (letter: string, parents = '', more: Partial<CommitText> = {}): CommitText => ({
  sha: sha(letter),
  parents: [...parents].map(sha),
  author: { name: 'Ada', email: 'ada@x.org' },
  committer: { name: 'GitHub', email: 'noreply@github.com' },
  message: letter,
  ...more,
});
const nothing: Attribution = { pulls: [], accounts: [], whole: true };

describe('who had a hand in a commit (T16)', () => {
  it('proven: who opened, merged and pushed it', () => {
    const pulls = [{ number: 1, openedBy: by(ada), mergedBy: by(bob) }];
    const hands = handsOn(commit('a'), { ...nothing, pulls }, by(eve), 'github.com');
    expect(hands).toMatchObject({ proven: [ada, bob, eve], byMachine: false });
  });

  it('claimed: accounts of its addresses, whatever their case, and private addresses', () => {
    const accounts = [{ email: 'ADA@x.org', account: ada }];
    const message = 'x\n\nCo-authored-by: Bob <2+bob@users.noreply.github.com>';
    const hands = handsOn(commit('a', '', { message }), { ...nothing, accounts }, undefined, 'github.com');
    expect(hands).toMatchObject({
      proven: [],
      byMachine: false,
      claimed: [ada, bob, ada],
      nameless: [],
      name: 'Ada',
    });
  });

  it('claimed: whom GitHub finds where our reading does not', () => {
    const accounts = [
      { email: 'ada@x.org', account: ada },
      { email: 'eve@x.org', account: eve },
    ];
    expect(peopleOf([handsOn(commit('a'), { ...nothing, accounts }, undefined, 'github.com')])).toMatchObject(
      [{ person: ada }, { person: eve }],
    );
  });

  it('an address that stands for no account leaves somebody out', () => {
    expect(handsOn(commit('a'), nothing, by(eve), 'github.com')).toMatchObject({
      nameless: ['Ada'],
      claimed: [],
    });
  });

  it('web-flow and bots are nobody, but a bot that brought it is somebody who did', () => {
    const email = 'ada@x.org';
    for (const login of ['web-flow', 'robo[bot]']) {
      const accounts = [{ email, account: person(9, login) }];
      const hands = handsOn(commit('a'), { ...nothing, accounts }, robot, 'github.com');
      expect(hands).toMatchObject({ claimed: [], nameless: [], byMachine: true, proven: [] });
    }
    const pulls = [{ number: 1, openedBy: robot, mergedBy: gone }];
    expect(handsOn(commit('a'), { ...nothing, pulls }, undefined, 'github.com').byMachine).toBe(true);
    expect(handsOn(commit('a'), nothing, gone, 'github.com')).toMatchObject({ byMachine: false, proven: [] });
  });
});

const hands = (letter: string, proven: Hands['proven'], claimed: Hands['claimed'] = []): Hands => ({
  commit: sha(letter),
  name: 'Ada',
  proven,
  claimed,
  byMachine: false,
  nameless: [],
});

describe('the authors of a manifest (T16)', () => {
  it('are all who had a hand in any of its commits, proven before claimed', () => {
    expect(authorsFrom([hands('a', [ada], [bob, eve]), hands('b', [eve, ada], [ada])])).toEqual({
      kind: 'known',
      value: [
        { person: ada, proof: 'proven' },
        { person: eve, proof: 'proven' },
        { person: bob, proof: 'claimed' },
      ],
    });
  });

  it('are unknown where nobody is proven to have brought one of them, or there is none', () => {
    expect(authorsFrom([hands('a', [ada]), hands('b', [], [bob])])).toEqual({
      kind: 'unknown',
      why: `GitHub does not tell who brought in ${sha('b')}`,
    });
    expect(authorsFrom([])).toMatchObject({ kind: 'unknown' });
  });

  it('a person is listed once, with every commit', () => {
    expect(peopleOf([hands('a', [ada], [ada]), hands('b', [ada])])).toEqual([
      { person: ada, proof: 'proven', commits: [sha('a'), sha('b')] },
    ]);
  });
});

describe('who brought a commit (T16)', () => {
  const push = (before: string, after: string, who: Writer, ref = 'refs/heads/main'): Push => ({
    ref,
    before: sha(before),
    after: sha(after),
    by: who,
  });
  // a - b - d (main), b - c - d (a topic that was merged)
  const graph = [commit('d', 'bc'), commit('c', 'b'), commit('b', 'a'), commit('a', '0')];
  const bringers = (...pushes: readonly Push[]) =>
    Object.fromEntries(
      [...bringersOf(graph, 'main', pushes)].map(([name, who]) => [
        name[0],
        who.kind === 'person' ? who.person.login : who.kind,
      ]),
    );

  it('is the oldest push that leads to it', () => {
    expect(
      bringers(push('b', 'd', by(bob)), push('f', 'c', by(eve), 'refs/heads/topic'), push('0', 'b', by(ada))),
    ).toEqual({
      a: 'ada',
      b: 'ada',
      c: 'eve',
      d: 'bob',
    });
  });

  it('is not known for what the branch held before the oldest push that is told', () => {
    expect(bringers(push('b', 'd', robot), push('0', 'c', by(eve), 'refs/heads/topic'))).toEqual({
      c: 'eve',
      d: 'machine',
    });
  });

  it('is not who opens another branch on what somebody else brought', () => {
    expect(
      bringers(push('0', 'd', by(eve), 'refs/heads/other'), push('b', 'd', by(bob)), push('0', 'b', by(ada))),
    ).toMatchObject({ c: 'bob', d: 'bob' });
  });

  it('knows nothing without pushes, and of branches that went elsewhere', () => {
    expect(bringers()).toEqual({});
    expect(bringers(push('e', '9', by(ada)))).toEqual({});
  });

  it('has read enough once the branch stood before all of it', () => {
    const known = new Set(graph.map((one) => one.sha));
    expect(reachesBack(known, 'main', [push('b', 'd', by(bob))])).toBe(false);
    expect(reachesBack(known, 'main', [push('0', 'b', by(bob))])).toBe(true);
    expect(reachesBack(known, 'main', [push('0', 'b', by(bob), 'refs/heads/topic')])).toBe(false);
  });

  it('a line of pushes attributes every commit to the one who pushed it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }), (owners) => {
        const name = (index: number) => index.toString(16).padStart(40, '0');
        const line = owners.map(
          (_, index): CommitText => ({ ...commit('a'), sha: name(index + 1), parents: [name(index)] }),
        );
        const pushes = owners.map(
          (owner, index): Push => ({
            ref: 'refs/heads/main',
            before: name(index),
            after: name(index + 1),
            by: by(person(owner, `p${owner}`)),
          }),
        );
        const found = bringersOf([...line].reverse(), 'main', [...pushes].reverse());
        expect(line.map((one) => found.get(one.sha))).toEqual(pushes.map((one) => one.by));
      }),
    );
  });
});
