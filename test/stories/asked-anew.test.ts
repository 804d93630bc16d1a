import { afterAll, beforeAll, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa }) });
  await world.as('ada').opensPull('r2', { 'releases/r2.yml': manifestOf('r2', { signoff: byQa }) });
  await world.news();
});
afterAll(() => world.close());

test.each(['countersign/manifest', 'countersign/release/r1', 'countersign/release/r1/verify/signoff'])(
  'T6: whoever asks for %s again gets a new run with the same verdict, once',
  async (name) => {
    const before = await world.check(name);
    const asked = await world.hub.request(
      'ada',
      'POST',
      `/repos/acme/payments/check-runs/${before?.id}/rerequest`,
    );
    expect(asked.status).toBe(201);
    expect(await world.news()).toEqual([`${name}: ${before?.conclusion}`]);
    const after = await world.check(name);
    expect([after?.output.title, after?.output.summary, after?.head_sha]).toEqual([
      ...[before?.output.title, before?.output.summary, before?.head_sha],
    ]);
    // A second click on the old run has its answer already.
    await world.hub.request('ada', 'POST', `/repos/acme/payments/check-runs/${before?.id}/rerequest`);
    expect(await world.news()).toEqual([]);
  },
);
