import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  const configuration = 'manifests: releases/*.yml\ncustodians: { from: [team:engineering], require: 1 }\n';
  world = await startWholeProduct({ '.github/countersign.yml': configuration });
  const main = await world.hub.get<{ readonly object: { readonly sha: string } }>(
    '/repos/acme/payments/git/ref/heads/main',
  );
  await world.as('ada').pushes('main', { 'app.txt': 'faster' });
  const target = `{ ref: main, since: '${main.object.sha}' }`;
  const manifest = manifestOf('r1', { signoff: byQa }).replace('{ ref: main }', target);
  await world.as('mona').brings('r1', { 'releases/r1.yml': manifest });
  await world.as('grace').comments(await world.issue('signoff'), '/reject It is not faster.');
  await world.news();
});
afterAll(() => world.close());

describe('T3: a custodian who committed what is released overrules nothing', () => {
  const ignores = async (login: string) => {
    const issue = await world.issue('signoff');
    await world.as(login).comments(issue, '/ignore It is faster here.');
    return (await world.news()).map((line) => line.replace(`#${issue}`, 'the issue'));
  };

  test('whoever pushed it is refused, with a sentence', async () => {
    expect(await ignores('ada')).toEqual(['refuses ada on the issue', 'answers ada on the issue: not-yours']);
    expect(await world.answerOn(await world.issue('signoff'))).toContain('or committed what is released');
    expect(await world.conclusion('countersign/release/r1')).toBe('failure');
    expect(world.records.kinds('r1')).toContain('duties-established');
  });

  test('another custodian may', async () => {
    await ignores('alan');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
