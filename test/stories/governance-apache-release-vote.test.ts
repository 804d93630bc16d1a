import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Governed, govern } from '../support/story/governed.ts';

let world: Governed;
beforeAll(async () => {
  world = await govern('apache-release-vote', {
    pmc: ['grace', 'katherine', 'radia', 'tim', 'alan', 'mona'],
  });
  for (const release of ['r1', 'r2', 'r3']) await world.opens('toolkit-1.4.0', release);
});
afterAll(() => world.close());

const vote = async (release: string, command: string, ...people: readonly string[]) => {
  for (const login of people) await world.says(login, 'release-vote', command, release);
};

describe('the release vote of a foundation (S-084, design 3.5)', () => {
  test('is not over after 71 hours, though the quorum is there', async () => {
    await vote('r1', '/approve', 'grace', 'katherine', 'radia');
    await vote('r1', '/reject The notices name the wrong year.', 'tim');
    await vote('r2', '/approve', 'grace', 'katherine');
    await vote('r3', '/approve', 'grace', 'katherine', 'radia');
    await vote('r3', '/reject It does not build on a clean machine.', 'tim', 'alan', 'mona');
    await world.passes('71h');
    for (const release of ['r1', 'r2', 'r3'])
      expect(await world.stands(release, 'vote/release-vote')).toBe('action_required');
  });

  test('needs members of the committee: who is not asked votes without weight', async () => {
    await vote('r2', '/approve', 'eve');
    await vote('r2', '/approve', 'ada');
    await world.passes('2h');
    expect(await world.stands('r2')).toBe('action_required');
  });

  test('passes with three binding approvals and fewer rejections', async () => {
    expect(await world.stands('r1', 'vote/release-vote')).toBe('success');
    expect(await world.stands('r1')).toBe('success');
  });

  test('fails with as many rejections as approvals', async () => {
    expect(await world.stands('r3', 'vote/release-vote')).toBe('failure');
    expect(await world.bodyOf(await world.issue('release-vote', 'r3'))).toContain(
      'Rejected by mona, alan and tim',
    );
  });

  test('fails where two binding approvals stay alone', async () => {
    await world.passes('10d');
    expect(await world.stands('r2')).toBe('action_required');
    await world.passes('2d');
    expect(await world.stands('r2', 'vote/release-vote')).toBe('timed_out');
    expect(await world.stands('r2')).toBe('failure');
  });

  test('and anyone can count again', async () => {
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
