import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const base = '/repos/acme/payments/git';
const plan = (release: string, target: string) =>
  manifestOf(release, { signoff: byQa }).replace('{ ref: main }', target);

let world: WholeProduct;
let first = '';
beforeAll(async () => {
  world = await startWholeProduct();
  first = await headOfMain();
  await world.as('mona').movesTag('v1', first);
});
beforeEach(async () => {
  await world.news();
});
afterAll(() => world.close());

async function headOfMain(): Promise<string> {
  return (await world.hub.get<{ readonly object: { readonly sha: string } }>(`${base}/ref/heads/main`)).object
    .sha;
}

describe('design 2: a target is resolved once, when the release opens', () => {
  test('the checks stand on the commit that the tag means, not on the manifest’s own', async () => {
    await world.as('ada').brings('r1', { 'releases/r1.yml': plan('r1', '{ ref: v1 }') });
    expect((await world.check('countersign/release/r1'))?.head_sha).toBe(first);
    expect(await headOfMain()).not.toBe(first);
  });

  test('a tag that moves later is a deviation, not a new target', async () => {
    const sha = await headOfMain();
    await world.as('mona').movesTag('v1', sha);
    expect(world.records.kinds('r1').at(-1)).toBe('deviation-recorded');
    expect(await world.bodyOf(await world.trackingIssue('r1'))).toContain(`now means \`${sha}\``);
    await world.as('grace').comments(await world.issue('signoff', 'r1'), '/approve');
    const check = await world.check('countersign/release/r1');
    expect([check?.conclusion, check?.head_sha]).toEqual(['success', first]);
    await world.news();
  });

  test('a target that does not exist yet opens nothing; the tag, when it comes, opens the release', async () => {
    await world.as('ada').brings('r2', { 'releases/r2.yml': plan('r2', '{ ref: v2 }') });
    expect(await world.news()).toEqual([
      'countersign/manifest: success',
      'countersign/release/r2: action_required',
    ]);
    expect((await world.check('countersign/release/r2'))?.output.title).toBe('Not opened');
    expect(world.records.kinds('r2')).toEqual([]);
    expect(world.timers()).toEqual([]);
    await world.as('mona').movesTag('v2', first);
    expect(await world.conclusion('countersign/release/r2')).toBe('action_required');
    expect((await world.check('countersign/release/r2'))?.head_sha).toBe(first);
    await world.news();
    world.troubles();
  });

  test('a commit by its full name', async () => {
    await world.as('ada').brings('r3', { 'releases/r3.yml': plan('r3', `{ sha: '${first}' }`) });
    expect((await world.check('countersign/release/r3'))?.head_sha).toBe(first);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    await world.news();
  });
});
