import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const releases = ['r1', 'r2', 'r3', 'r4'];
const everybody = '{ approvers: { from: [team:qa, team:sre], require: 4 } }';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  const files = releases.map((name) => [`releases/${name}.yml`, manifestOf(name, { signoff: everybody })]);
  await world.as('ada').brings('four', Object.fromEntries(files));
  await world.news();
});
afterAll(() => world.close());

describe('design 5: many people, many releases, one line of records', () => {
  test('everybody votes on everything at once: nothing is lost, nothing counts twice', async () => {
    world.calls();
    const before = world.records.log().length;
    const issues = await Promise.all(releases.map((name) => world.issue('signoff', name)));
    const people = ['grace', 'katherine', 'radia', 'tim'];
    const votes = issues.flatMap((issue) =>
      people.map((login) => world.as(login).comments(issue, '/approve')),
    );
    await Promise.all(votes);
    const news = await world.news();
    for (const release of releases) {
      expect(news).toContain(`countersign/release/${release}: success`);
      const kinds = world.records.kinds(release);
      expect(kinds.filter((kind) => kind === 'vote-cast').length).toBe(4);
      expect(kinds.filter((kind) => kind === 'activity-approved').length).toBe(1);
    }
    expect(news.filter((line) => line.startsWith('counts')).length).toBe(16);
    // Sixteen votes on four releases would be sixteen commits and sixty-four calls one by one.
    expect(world.records.log().length - before).toBeLessThan(16);
    expect(world.calls().length).toBeLessThan(64);
  });

  test('the record is one line, and verify follows it from its first commit', async () => {
    const merges = world.records.git('rev-list', '--merges', 'countersign-records');
    expect(merges).toBe('');
    expect((await world.verify('--key', world.fingerprint, '--all-signatures')).code).toBe(0);
  });
});
