import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
});
afterAll(() => world.close());

const says = async (login: string, activity: string, release: string, body: string) => {
  const issue = await world.issue(activity, release);
  await world.as(login).comments(issue, body);
  return (await world.news()).map((line) => line.replace(`#${issue}`, 'the issue'));
};

describe('T16: the author is whoever pushed any revision of the manifest', () => {
  test('not only whoever pushed the last one, opened the pull request or merged it', async () => {
    const draft = manifestOf('r1', { signoff: byQa });
    await world.as('ada').pushes('topic', { 'releases/r1.yml': draft }, { from: 'origin/main' });
    await world.as('alan').pushes('topic', { 'releases/r1.yml': draft.replace('The r1', 'The first') });
    const pull = { title: 'Release', head: 'topic', base: 'main' };
    const opened = await world.hub.request<{ readonly number: number }>(
      'alan',
      'POST',
      '/repos/acme/payments/pulls',
      pull,
    );
    await world.as('alan').merges(opened.body.number);
    await world.news();
    expect(await says('ada', 'signoff', 'r1', '/approve')).toEqual([
      'refuses ada on the issue',
      'answers ada on the issue: excluded',
    ]);
    expect(await world.bodyOf(await world.issue('signoff', 'r1'))).toContain(
      'Authors of the manifest do not vote: alan and ada',
    );
    await says('grace', 'signoff', 'r1', '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
  });
});
