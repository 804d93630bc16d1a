import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
let issue = 0;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa, legal: byQa }) });
  issue = await world.issue('signoff');
});
beforeEach(async () => {
  await world.news();
});
afterAll(() => world.close());

const patch = async (login: string, body: object) => {
  const path = `/repos/acme/payments/issues/${issue}`;
  expect((await world.hub.request(login, 'PATCH', path, body)).status).toBe(200);
  await world.quiet();
};

describe('design 4: issues are views of the record', () => {
  test('an issue that somebody closes while it waits opens again', async () => {
    await patch('mona', { state: 'closed' });
    expect(await world.news()).toEqual([]);
    expect(world.webhooks()).toContain('webhook issues.reopened -> 200');
  });

  test('words that somebody changes are put right', async () => {
    const before = await world.bodyOf(issue);
    await patch('mona', { body: 'Approved by everybody.', title: 'Nothing to see' });
    expect(await world.bodyOf(issue)).toBe(before);
  });
});

describe('design 2: the default branch may be in disorder; open releases go on as recorded', () => {
  test('a second file with the same name disturbs nothing', async () => {
    const other = manifestOf('R1', { other: byQa }).replace('release: R1', 'release: r1');
    await world.as('alan').pushes('main', { 'releases/other.yml': other });
    expect(await world.news()).toEqual(['countersign/manifest: failure']);
    expect(await world.conclusion('countersign/release/r1')).toBe('action_required');
    await world.as('grace').comments(issue, '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/signoff')).toBe('success');
    await world.as('alan').pushes('main', { 'releases/other.yml': undefined });
  });

  test('a configuration that cannot be read stops nothing that was opened before', async () => {
    await world.as('alan').pushes('main', { '.github/countersign.yml': 'roles: [' });
    expect(await world.conclusion('countersign/manifest')).toBe('failure');
    await world.as('grace').comments(await world.issue('legal'), '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    await world.news();
  });

  test('a new release has to wait until it can be read', async () => {
    await world.as('alan').pushes('main', { 'releases/r2.yml': manifestOf('r2', { signoff: byQa }) });
    expect((await world.check('countersign/release/r2'))?.output).toMatchObject({
      title: 'Not opened',
      summary: expect.stringContaining('the configuration has errors'),
    });
    await world.as('alan').pushes('main', { '.github/countersign.yml': 'manifests: releases/*.yml\n' });
    expect((await world.check('countersign/release/r2'))?.output.title).toMatch(/^On hold/);
    await world.news();
    world.troubles();
  });
});

describe('T9: which records count is not for the branch to say', () => {
  test('a configuration that trusts another key than the App’s closes the gates, and says what to do', async () => {
    const keys = `records: { keys: ['SHA256:${'A'.repeat(43)}'] }\n`;
    await world.as('alan').pushes('main', { '.github/countersign.yml': keys });
    expect(await world.conclusion('countersign/release/r2')).toBe('failure');
    expect((await world.check('countersign/release/r2'))?.output.summary).toContain('records.keys');
    await world.as('alan').pushes('main', { '.github/countersign.yml': 'manifests: releases/*.yml\n' });
    expect(await world.conclusion('countersign/release/r2')).toBe('action_required');
    world.troubles();
    await world.news();
  });

  test('a configuration that names another branch does not begin the record anew, not for a new release either', async () => {
    await world.as('alan').pushes('main', {
      '.github/countersign.yml': 'records: { branch: fresh-start }\n',
      'releases/r3.yml': manifestOf('r3', { signoff: byQa }),
    });
    expect(await world.conclusion('countersign/release/r2')).toBe('failure');
    expect(await world.conclusion('countersign/release/r3')).toBe('failure');
    expect(world.records.git('for-each-ref', 'refs/heads/fresh-start')).toBe('');
    await world.as('alan').pushes('main', { '.github/countersign.yml': 'manifests: releases/*.yml\n' });
    expect(await world.conclusion('countersign/release/r2')).toBe('action_required');
    world.troubles();
    await world.news();
  });
});
