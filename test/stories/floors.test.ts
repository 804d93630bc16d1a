import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const configuration = `manifests: releases/*.yml
roles:
  release-manager: { users: [mona], teams: [release] }
catalog:
  qa-signoff: { approvers: { from: team:qa } }
floors:
  - for: { uses: go-no-go }
    activities: qa-signoff
    approvers: { go-no-go: { from: [team:sre, role:release-manager], require: 2 } }
    inputs: { go-no-go: [risk] }
`;
const gates = (goNoGo: string) =>
  manifestOf('r1', {
    'qa-signoff': '{ uses: qa-signoff }',
    'go-no-go': `{ uses: go-no-go, needs: qa-signoff${goNoGo} }`,
  });
const check = (activity: string) => `countersign/release/r1/verify/${activity}`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({ '.github/countersign.yml': configuration });
});
afterAll(() => world.close());

type Annotation = { readonly path: string; readonly start_line: number; readonly message: string };

describe('T1, S-052: floors of the configuration', () => {
  test('a manifest that loosens one is annotated at its line, naming the floor', async () => {
    const loose = gates(', approvers: { from: team:qa }');
    await world.as('ada').opensPull('loose', { 'releases/r1.yml': loose });
    expect(await world.news()).toEqual(['countersign/manifest: failure']);
    const run = await world.check('countersign/manifest');
    const annotations = await world.hub.get<readonly Annotation[]>(
      `/repos/acme/payments/check-runs/${run?.id}/annotations`,
    );
    expect(annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual(['releases/r1.yml:8']);
    expect(annotations[0]?.message).toBe(
      'The approvers of "go-no-go" can agree without { from: [team:sre, role:release-manager], require: 2 }. The floor for uses: go-no-go demands it (.github/countersign.yml, line 9). Ask for that, too, or leave approvers out.',
    );
  });

  test('one that says nothing inherits the demands, and they bind', async () => {
    await world.as('ada').brings('r1', { 'releases/r1.yml': gates('') });
    await world.as('grace').comments(await world.issue('qa-signoff'), '/approve');
    const issue = await world.issue('go-no-go');
    expect(await world.bodyOf(issue)).toContain('2 of team sre or role release-manager');
    await world.as('radia').comments(issue, '/approve');
    expect(await world.answerOn(issue)).toContain('risk');
    for (const login of ['radia', 'mona']) await world.as(login).comments(issue, '/approve\nrisk: Low');
    expect(await world.conclusion(check('go-no-go'))).toBe('success');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    await world.news();
  });

  test('and the record holds them, so that nobody needs the configuration to verify it', async () => {
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
