import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const signoff = (instructions: string) => `{ approvers: { from: team:qa }, instructions: ${instructions} }`;
const legal = '{ approvers: { from: team:sre } }';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  const manifest = manifestOf('r1', { signoff: signoff('Compare the totals'), legal });
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifest });
  await world.as('radia').comments(await world.issue('legal'), '/approve');
  await world.as('grace').comments(await world.issue('signoff'), '/reject The instructions name no report.');
  await world.news();
});
afterAll(() => world.close());

describe('design 2: a fix opens the next attempt of what it changes, and of nothing else', () => {
  test('the changed activity waits again on an issue of its own; the other approval stands', async () => {
    const manifest = manifestOf('r1', { signoff: signoff('Compare the totals of report 7'), legal });
    await world.as('ada').brings('fix', { 'releases/r1.yml': manifest });
    expect(await world.news()).toEqual([
      'opens #6 r1: signoff',
      'countersign/manifest: success',
      'countersign/release/r1/verify/signoff: action_required',
      'countersign/release/r1: action_required',
    ]);
    expect(await world.bodyOf(6)).toContain('attempt 2');
    expect(await world.bodyOf(6)).toContain('report 7');
    expect(await world.conclusion('countersign/release/r1/verify/legal')).toBe('success');
  });

  test('the record holds the difference that ended the first attempt', () => {
    const ended = world.records.events('r1').find(({ kind }) => kind === 'attempt-superseded');
    expect(ended?.body).toMatchObject({
      activity: 'signoff',
      attempt: 1,
      differences: [{ path: 'instructions', before: '"Compare the totals"' }],
    });
  });

  test('the old issue decides nothing any more, and says so', async () => {
    await world.as('katherine').comments(3, '/approve');
    expect(await world.news()).toEqual([
      'refuses katherine on #3',
      'answers katherine on #3: already-decided',
    ]);
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('action_required');
  });

  test('an approval of the second attempt completes the release', async () => {
    await world.as('grace').comments(6, '/approve');
    expect(await world.news()).toEqual([
      'closes #2 as completed',
      'closes #6 as completed',
      'counts grace on #6',
      'countersign/release/r1/verify/signoff: success',
      'countersign/release/r1: success',
    ]);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
