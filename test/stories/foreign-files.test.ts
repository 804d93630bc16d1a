import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const branch = 'countersign-records';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  const releases = ['r1', 'r2', 'r3', 'r4'];
  const files = releases.map((name) => [`releases/${name}.yml`, manifestOf(name, { signoff: byQa })]);
  await world.as('ada').brings('four', Object.fromEntries(files));
  await world.news();
});
afterAll(() => world.close());

const approves = async (release: string) => {
  await world.as('grace').comments(await world.issue('signoff', release), '/approve');
  return world.conclusion(`countersign/release/${release}`);
};

describe('T17: what is foreign on the records branch closes only what it touches', () => {
  test('a file beside the records closes nothing', async () => {
    await world.as('eve').pushes(branch, { 'notes.md': 'Just a note.\n', 'releases/r9.txt': 'x\n' });
    expect(await world.news()).toEqual([]);
    expect(await approves('r1')).toBe('success');
    await world.news();
  });

  test('the whole main branch, merged into the records, closes nothing', async () => {
    const head = world.records.head() ?? '';
    const main = world.records.git('rev-parse', 'main').trim();
    const tree = world.records.git('rev-parse', `${head}^{tree}`).trim();
    const merge = { message: 'Merge main', tree, parents: [head, main] };
    const made = await world.hub.request<{ readonly sha: string }>(
      'eve',
      'POST',
      '/repos/acme/payments/git/commits',
      merge,
    );
    await world.as('eve').movesBranch(branch, made.body.sha);
    expect(await world.news()).toEqual([]);
    expect(await approves('r2')).toBe('success');
    await world.news();
  });

  test('an event that vanishes closes its release, and is put back', async () => {
    const path = 'releases/r3/events/000002.json';
    const event = world.records.read(path);
    await world.as('eve').pushes(branch, { [path]: undefined });
    expect(await world.news()).toContain('countersign/release/r3: failure');
    expect(world.records.read(path)).toBe(event);
    expect(await approves('r3')).toBe('failure');
    await world.news();
  });

  test('binary garbage in place of a page closes its release, and nothing stumbles', async () => {
    await world.as('eve').pushes(branch, { 'releases/r4/RECORD.md': '\u0000\u0001 \u202E garbage' });
    expect(await world.conclusion('countersign/release/r4')).toBe('failure');
    expect(world.records.read('releases/r4/RECORD.md')).toContain('foreign commit');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    await world.news();
  });

  test('verify lists every foreign commit', async () => {
    const { code, output } = await world.verify('--key', world.fingerprint);
    expect(code).toBe(1);
    expect(output).toMatch(/foreign +4/);
  });
});
