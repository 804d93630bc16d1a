import { describe, expect, it } from 'vitest';
import type { RejectionRule } from '../../../src/core/manifest/manifest.ts';
import { evaluate } from '../../../src/core/policy/evaluate.ts';
import type { BallotFacts, Policy } from '../../../src/core/policy/policy.ts';
import { ballot, count, elector, personOf, policy } from './ballot.ts';

const five = [[1, 2, 3, 4, 5]];
const judged = (reject: RejectionRule, wanted: number): Policy => ({ ...policy(count(wanted)), reject });
const verdictOf = (
  asked: Policy,
  votes: { readonly approve?: readonly number[]; readonly reject?: readonly number[] },
  rest: Partial<BallotFacts> = {},
) => evaluate(asked, ballot(five, votes, rest));
const open = { votingOpen: true };

describe('reject: { require: 2 } (G-03)', () => {
  const asked = judged({ kind: 'count', count: 2 }, 2);

  it('goes on after one rejection and ends with the second', () => {
    expect(verdictOf(asked, { approve: [1], reject: [2] })).toMatchObject({
      status: 'waiting',
      unblock: [personOf(3)],
    });
    expect(verdictOf(asked, { approve: [1], reject: [2, 3] })).toMatchObject({
      status: 'rejected',
      because: 'rejections',
      rejections: [personOf(2), personOf(3)],
    });
    expect(verdictOf(asked, { approve: [1, 3], reject: [2] }).status).toBe('approved');
  });

  it('ends with the second whatever is unknown, in doubt or still open (T15)', () => {
    const doubts = [{ person: personOf(1), what: 'edited' as const }];
    expect(verdictOf(asked, { reject: [2, 3] }, { doubts, unknown: ['x'], ...open }).status).toBe('rejected');
  });
});

describe('reject: majority', () => {
  it('takes more than half of the people asked, counted as for a quorum (T12)', () => {
    const asked = judged({ kind: 'majority' }, 1);
    expect(verdictOf(asked, { reject: [1, 2] }).status).toBe('waiting');
    expect(verdictOf(asked, { reject: [1, 2, 3] })).toMatchObject({ because: 'rejections' });
    const { roster, ...rest } = ballot(five, { reject: [1, 2, 3] });
    const six = { ...rest, roster: [...roster, elector(6, [0])] };
    expect(evaluate(asked, six).status).toBe('waiting');
    const guest = {
      ...elector(6, [0]),
      rules: elector(6, [0]).rules.map((one) => ({ ...one, guest: true as const })),
    };
    expect(evaluate(asked, { ...rest, roster: [...roster, guest] }).status).toBe('rejected');
  });
});

describe('reject: outweighed', () => {
  const asked = judged({ kind: 'outweighed' }, 2);

  it.each([
    { approve: [1, 2], reject: [], becomes: 'approved' },
    { approve: [1, 2], reject: [3], becomes: 'approved' },
    { approve: [1, 2], reject: [3, 4], becomes: 'rejected' },
    { approve: [1, 2, 5], reject: [3, 4], becomes: 'approved' },
    { approve: [1], reject: [3], becomes: 'waiting' },
    { approve: [], reject: [3], becomes: 'waiting' },
  ])('$approve against $reject is $becomes', ({ approve, reject, becomes }) => {
    expect(verdictOf(asked, { approve, reject }).status).toBe(becomes);
  });

  it('is not judged before the voting time is over, and says who would outweigh', () => {
    expect(verdictOf(asked, { approve: [1, 2], reject: [3, 4] }, open)).toMatchObject({
      status: 'waiting',
      votingOpen: true,
      outOfReach: false,
      unblock: [personOf(5)],
    });
    expect(verdictOf(asked, { approve: [1], reject: [] }, open)).toMatchObject({ unblock: [personOf(2)] });
    expect(verdictOf(asked, { approve: [1], reject: [3] }, open)).toMatchObject({
      unblock: [personOf(2)],
    });
  });

  it('is rejected as soon as the others cannot outweigh, but not before the voting time is over', () => {
    const votes = { approve: [1], reject: [2, 3, 4] };
    expect(verdictOf(asked, votes, open)).toMatchObject({ status: 'waiting', outOfReach: true, unblock: [] });
    expect(verdictOf(asked, votes)).toMatchObject({ status: 'rejected', because: 'out-of-reach' });
    expect(verdictOf(asked, { reject: [1, 2, 3, 4] }, open)).toMatchObject({
      status: 'waiting',
      outOfReach: true,
    });
  });

  it('draws no sum while something is unknown or in doubt', () => {
    const votes = { approve: [1, 2], reject: [3, 4] };
    const doubts = [{ person: personOf(5), what: 'deleted' as const }];
    expect(verdictOf(asked, votes, { unknown: ['x'] }).status).toBe('blocked');
    expect(verdictOf(asked, votes, { doubts }).status).toBe('blocked');
    expect(verdictOf(asked, votes)).toMatchObject({ status: 'rejected', because: 'outweighed' });
  });
});

describe('early rejection (design 3.4, G-04)', () => {
  it('ends what those who are left cannot decide any more', () => {
    const asked = judged({ kind: 'count', count: 3 }, 4);
    expect(verdictOf(asked, { reject: [1] })).toMatchObject({ status: 'waiting' });
    expect(verdictOf(asked, { reject: [1, 2] })).toMatchObject({
      status: 'rejected',
      because: 'out-of-reach',
    });
  });

  it('is no rejection where there never were enough people', () => {
    const asked = judged({ kind: 'count', count: 3 }, 6);
    expect(verdictOf(asked, { reject: [1] })).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'too-few-eligible', missing: 1 },
    });
    expect(
      verdictOf(judged({ kind: 'count', count: 3 }, 5), { reject: [1] }, { barred: new Set([2]) }),
    ).toMatchObject({
      status: 'blocked',
      blockage: { missing: 1 },
    });
  });
});

describe('the shortest voting time', () => {
  it('keeps a full quorum from approving, and a rejection from nothing', () => {
    const asked = policy(count(2));
    expect(verdictOf(asked, { approve: [1, 2] }, open)).toMatchObject({
      status: 'waiting',
      unblock: [],
      votingOpen: true,
      outOfReach: false,
    });
    expect(verdictOf(asked, { approve: [1, 2], reject: [3] }, open).status).toBe('rejected');
    expect(verdictOf(asked, { approve: [1, 2] }).status).toBe('approved');
  });
});
