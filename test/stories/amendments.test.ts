import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const path = '.github/countersign.yml';
const strict = `manifests: releases/*.yml
custodians: { from: [team:sre], require: 2 }
floors:
  - for: { uses: go-no-go }
    approvers: { go-no-go: { from: team:qa, require: 2 } }
`;
const loose = strict.replace('require: 2 } }', 'require: 1 } }');
const gate = (release: string) => manifestOf(release, { 'go-no-go': '{ uses: go-no-go }' });
const amendment = (number: number) => `countersign.configuration.${number}`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({ [path]: strict });
});
afterAll(() => world.close());

const approvals = async (release: string, ...logins: readonly string[]) => {
  for (const login of logins)
    await world.as(login).comments(await world.issue('go-no-go', release), '/approve');
  return world.conclusion(`countersign/release/${release}`);
};

describe('T7: the configuration amends itself only by its own rule', () => {
  test('the first one with custodians is trusted on first use, and recorded', async () => {
    await world.as('ada').brings('r1', { 'releases/r1.yml': gate('r1') });
    expect(world.records.kinds(amendment(1))).toEqual(['release-opened', 'release-succeeded']);
    await world.news();
  });

  test('a pull request says what it would change, and who has to agree', async () => {
    const pull = await world.as('ada').opensPull('loosen', { [path]: loose });
    const summary = (await world.check('countersign/manifest'))?.output.summary;
    expect(summary).toContain('until its custodians agree: 2 of team sre');
    expect(summary).toContain(
      '**looser**: the floor for uses: go-no-go no longer demands 2 of team qa for go-no-go',
    );
    await world.news();
    await world.as('ada').merges(pull);
  });

  test('a loosened configuration on main leaves verdicts unchanged until custodians approve', async () => {
    await world.as('ada').brings('r2', { 'releases/r2.yml': gate('r2') });
    expect(await approvals('r2', 'grace')).toBe('action_required');
    expect(await world.conclusion('countersign/manifest')).toBe('success');
    const issue = await world.issue('amend', amendment(2));
    expect(await world.bodyOf(issue)).toContain('**looser**');
    await world.as('radia').comments(issue, '/approve');
    await world.as('grace').comments(issue, '/approve');
    await world.as('ada').brings('r3', { 'releases/r3.yml': gate('r3') });
    expect(await approvals('r3', 'grace')).toBe('action_required');
    await world.as('tim').comments(issue, '/approve');
    expect(world.records.kinds(amendment(2)).at(-1)).toBe('release-succeeded');
    await world.news();
  });

  test('then it rules what opens from now on; what is open keeps what it was opened under', async () => {
    await world.as('ada').brings('r4', { 'releases/r4.yml': gate('r4') });
    expect(await approvals('r4', 'grace')).toBe('success');
    expect(await world.conclusion('countersign/release/r3')).toBe('action_required');
    await world.news();
  });

  test('a change that is taken back needs nobody', async () => {
    await world.as('ada').brings('again', { [path]: strict });
    await world.as('ada').brings('back', { [path]: loose });
    expect(world.records.kinds(amendment(3)).at(-1)).toBe('release-cancelled');
    await world.news();
  });

  test('deleting it is a change like any other, and a restart forgets nothing', async () => {
    await world.as('ada').pushes('main', { [path]: undefined });
    expect(world.records.kinds(amendment(4)).at(-1)).toBe('notice-posted');
    await world.restartApp();
    await world.as('ada').brings('r5', { 'releases/r5.yml': gate('r5') });
    expect(await approvals('r5', 'grace')).toBe('success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    await world.news();
  });
});
