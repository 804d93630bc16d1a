import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgedCheckpoint, forgedVote } from '../support/story/forgery.ts';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const branch = 'countersign-records';

let world: WholeProduct;
const closed: string[] = [];
beforeAll(async () => {
  world = await startWholeProduct();
  const releases = ['r1', 'r2', 'r3'];
  const files = releases.map((name) => [
    `releases/${name}.yml`,
    manifestOf(name, { signoff: byQa, legal: byQa }),
  ]);
  await world.as('ada').brings('three', Object.fromEntries(files));
  await world.news();
});
afterAll(() => world.close());

describe('T8, T9: a perfect forgery of a vote, pushed by somebody with write access', () => {
  test('is never folded, and closes the gate of its release only', async () => {
    closed.push(await world.as('eve').pushes(branch, forgedVote(world.records, 'r1', 'signoff', 'grace')));
    expect(await world.news()).toEqual([
      'countersign/release/r1/verify/signoff: failure',
      'countersign/release/r1/verify/legal: failure',
      'countersign/release/r1: failure',
    ]);
    expect(world.records.kinds('r1')).not.toContain('vote-cast');
    expect(world.records.kinds('r1').at(-1)).toBe('deviation-recorded');
    expect(await world.bodyOf(await world.trackingIssue('r1'))).toContain(closed[0]);
  });

  test('what was there before is there again, and the page says what happened', () => {
    expect(world.records.read('releases/r1/RECORD.md')).toContain(closed[0]);
    expect(world.records.read('releases/r1/RECORD.md')).not.toContain('grace approved');
  });

  test('with a checkpoint that only the signature gives away, while the App is down, it ends the same', async () => {
    await world.stopApp();
    const vote = forgedVote(world.records, 'r2', 'signoff', 'grace');
    const files = forgedCheckpoint(world.records, ['r1', 'r2', 'r3'], 'r2', vote);
    closed.push(await world.as('eve').pushes(branch, files));
    await world.startApp({ fresh: true });
    expect(await world.news()).toEqual([
      'countersign/release/r2/verify/signoff: failure',
      'countersign/release/r2/verify/legal: failure',
      'countersign/release/r2: failure',
    ]);
    expect(world.records.kinds('r2').at(-1)).toBe('deviation-recorded');
  });

  test('real approvals do not open what the forgery closed', async () => {
    await world.as('grace').comments(await world.issue('signoff', 'r1'), '/approve');
    await world.as('grace').comments(await world.issue('legal', 'r1'), '/approve');
    await world.news();
    expect(await world.conclusion('countersign/release/r1')).toBe('failure');
    expect(world.records.kinds('r1')).not.toContain('activity-approved');
  });

  test('another release goes on to its success', async () => {
    await world.as('grace').comments(await world.issue('signoff', 'r3'), '/approve');
    await world.as('grace').comments(await world.issue('legal', 'r3'), '/approve');
    expect(await world.news()).toContain('countersign/release/r3: success');
  });

  test('a process that knows nothing comes to the same verdict', async () => {
    await world.restartApp({ fresh: true });
    expect(await world.news()).toEqual([]);
    expect(await world.conclusion('countersign/release/r1')).toBe('failure');
    expect(await world.conclusion('countersign/release/r3')).toBe('success');
  });

  test('verify names both commits, and fails', async () => {
    const { code, output } = await world.verify('--key', world.fingerprint);
    expect(code).toBe(1);
    for (const commit of closed) expect(output).toContain(commit);
  });
});
