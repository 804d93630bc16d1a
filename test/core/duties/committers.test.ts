import { describe, expect, it } from 'vitest';
import { committersFrom } from '../../../src/core/duties/committers.ts';
import type { Hands } from '../../../src/core/duties/hands.ts';

const [ada, bob] = [
  { id: 1, login: 'ada' },
  { id: 2, login: 'bob' },
];
const sha = (index: number): string => index.toString(16).padStart(40, '0');
const hands = (index: number, more: Partial<Hands> = {}): Hands => ({
  commit: sha(index),
  name: 'Ada',
  proven: [ada],
  claimed: [],
  byMachine: false,
  nameless: [],
  ...more,
});

describe('the committers of a release (T16)', () => {
  it('are all who had a hand in it, each with the newest commits; the 251st commit counts', () => {
    const all = [...Array.from({ length: 250 }, (_, index) => hands(index)), hands(250, { claimed: [bob] })];
    expect(committersFrom(all)).toEqual({
      commits: 251,
      committers: [
        { person: ada, proof: 'proven', commits: [sha(0), sha(1), sha(2)] },
        { person: bob, proof: 'claimed', commits: [sha(250)] },
      ],
      unattributable: [],
    });
  });

  it('name the commits that nobody can be found for', () => {
    const { unattributable } = committersFrom([
      hands(1, { nameless: ['x'.repeat(200), 'y'] }),
      hands(2, { proven: [] }),
      hands(3, { proven: [], claimed: [bob] }),
      hands(4, { proven: [], byMachine: true }),
    ]);
    expect(unattributable).toEqual([
      { commit: sha(1), name: 'x'.repeat(100), why: 'no-account' },
      { commit: sha(2), name: 'Ada', why: 'not-proven' },
      { commit: sha(3), name: 'Ada', why: 'not-proven' },
    ]);
  });

  it('names a hundred of them at most', () => {
    const many = Array.from({ length: 101 }, (_, index) => hands(index, { nameless: ['x'] }));
    expect(committersFrom(many).unattributable).toHaveLength(100);
  });
});
