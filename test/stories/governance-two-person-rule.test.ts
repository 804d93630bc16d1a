import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Governed, govern } from '../support/story/governed.ts';

let world: Governed;
beforeAll(async () => {
  world = await govern('two-person-rule', { maintainers: ['ada', 'alan', 'grace', 'katherine', 'radia'] });
  const main = await world.hub.get<{ readonly object: { readonly sha: string } }>(
    '/repos/acme/payments/git/ref/heads/main',
  );
  await world.as('mona').movesTag('v3.1', main.object.sha);
  // alan writes the change, and eve brings it in.
  const pull = await world.as('alan').opensPull('keys', { 'src/keys.ts': 'export const keys = 2;\n' });
  await world.as('eve').merges(pull);
  for (const release of ['r1', 'r2']) await world.opens('vault-3.2', release);
});
afterAll(() => world.close());

const approve = (login: string, release: string) => world.says(login, 'go-no-go', '/approve', release);

describe('T16: a two-person rule', () => {
  test('hears neither who wrote the change nor who wrote the manifest', async () => {
    const issue = await world.issue('go-no-go', 'r1');
    await approve('alan', 'r1');
    expect(await world.answerOn(issue)).toContain('@alan Your command was not counted');
    expect(await world.bodyOf(issue)).not.toContain('### Votes');
    await approve('ada', 'r1');
    expect(await world.stands('r1')).toBe('action_required');
  });

  test('one person is not two, however often they say it', async () => {
    await approve('grace', 'r1');
    await approve('grace', 'r1');
    expect(await world.stands('r1', 'release/go-no-go')).toBe('action_required');
  });

  test('two who had no hand in it release it', async () => {
    await approve('radia', 'r1');
    expect(await world.stands('r1', 'release/go-no-go')).toBe('success');
    expect(await world.stands('r1')).toBe('success');
  });

  test('and one of them stops it', async () => {
    await approve('grace', 'r2');
    await world.says('katherine', 'go-no-go', '/reject The key is printed to the log.', 'r2');
    expect(await world.stands('r2')).toBe('failure');
  });

  test('a manifest that asks for one person, or lets committers vote, is refused', async () => {
    const loose = `release: r3
target: { ref: main, since: v3.1 }
phases:
  release:
    activities:
      go-no-go: { uses: go-no-go, approvers: { from: [team:maintainers], require: 1 } }
`;
    await world.as('ada').opensPull('r3', { 'releases/r3.yml': loose });
    const run = await world.check('countersign/manifest');
    expect([run?.conclusion, run?.output.annotations_count]).toEqual(['failure', 1]);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
