import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const path = '.github/countersign.yml';
const rules = 'manifests: releases/*.yml\ncustodians: { from: [team:sre], require: 1 }\n';
const amendment = (number: number) => `countersign.configuration.${number}`;
const bringing = (release: string) => ({
  [`releases/${release}.yml`]: manifestOf(release, {
    signoff: byQa,
    ops: '{ approvers: { from: team:sre } }',
  }),
});

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({ [path]: rules });
});
afterAll(() => world.close());

const signoff = (release: string) => world.check(`countersign/release/${release}/verify/signoff`);

describe('T13: a name means in later releases what it meant in the first', () => {
  test('one release asks a team, which is deleted afterwards, and another one takes its name', async () => {
    await world.as('ada').brings('r1', bringing('r1'));
    await world.as('grace').comments(await world.issue('signoff', 'r1'), '/approve');
    await world.as('radia').comments(await world.issue('ops', 'r1'), '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    const team = { organization: 'acme', team: 'qa', members: ['eve', 'grace'] };
    await world.hub.request('mona', 'POST', '/_local/replace-team', team);
    await world.quiet();
    await world.news();
  });

  test('the next release does not ask the new one, and says why', async () => {
    await world.as('ada').brings('r2', bringing('r2'));
    expect((await signoff('r2'))?.output).toMatchObject({
      title: 'Blocked',
      summary: expect.stringContaining('names somebody else than in release r1, which used it first.'),
    });
    expect(world.troubles().join('\n')).toContain('.github/countersign.yml');
    await world.as('radia').comments(await world.issue('ops', 'r2'), '/approve');
    expect(await world.conclusion('countersign/release/r2/verify/ops')).toBe('success');
    await world.news();
    world.troubles();
  });

  test('a configuration that only reads differently changes nothing about that: nobody agreed to it', async () => {
    await world.as('ada').brings('comment', { [path]: `# The rules of this repository.\n${rules}` });
    expect(world.records.kinds(amendment(2))).toEqual(['release-opened', 'release-succeeded']);
    expect((await signoff('r2'))?.output.title).toBe('Blocked');
    await world.news();
    world.troubles();
  });

  test('under a revision that the custodians agreed to it may mean the new one', async () => {
    await world.as('ada').brings('rules', { [path]: `${rules}time-zone: Europe/Berlin\n` });
    await world.as('radia').comments(await world.issue('amend', amendment(3)), '/approve');
    expect(world.records.kinds(amendment(3)).at(-1)).toBe('release-succeeded');
    await world.as('eve').comments(await world.issue('signoff', 'r2'), '/approve');
    expect(await world.conclusion('countersign/release/r2')).toBe('success');
    await world.news();
    world.troubles();
  });

  test('the team that agreed to it cannot be replaced so: its name is bound for good', async () => {
    const team = { organization: 'acme', team: 'sre', members: ['eve'] };
    await world.hub.request('mona', 'POST', '/_local/replace-team', team);
    await world.as('ada').brings('loose', { [path]: `${rules}time-zone: UTC\n` });
    expect(world.records.kinds(amendment(4))).not.toContain('activity-activated');
    expect(world.troubles().join('\n')).toContain(`than in release ${amendment(3)}`);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    await world.news();
    world.troubles();
  });
});
