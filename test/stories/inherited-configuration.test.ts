import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const path = '.github/countersign.yml';
const organization = (qa: number) => `custodians: { from: team:sre }
roles:
  lead: { users: mona }
catalog:
  go-no-go: { title: Go or no-go }
floors:
  - for: { uses: go-no-go }
    approvers: { go-no-go: { from: team:qa, require: ${qa} } }
`;
const own = `time-zone: Europe/Berlin
floors:
  - for: { uses: go-no-go }
    approvers: { go-no-go: { from: [team:sre, role:lead] } }
`;
const gate = (release: string, more = '') => manifestOf(release, { 'go-no-go': `{ uses: go-no-go${more} }` });
const amendment = (number: number) => `countersign.configuration.${number}`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({ [path]: own }, { inherited: { [path]: organization(1) } });
});
afterAll(() => world.close());

const opens = (release: string) =>
  world.as('ada').brings(release, { [`releases/${release}.yml`]: gate(release) });
const demands = async (release: string) => world.bodyOf(await world.issue('go-no-go', release));
const approves = async (release: string, ...logins: readonly string[]) => {
  for (const login of logins)
    await world.as(login).comments(await world.issue('go-no-go', release), '/approve');
  return world.conclusion(`countersign/release/${release}`);
};
const renames = async (from: string, name: string) => {
  const asked = { repository: `acme/${from}`, name };
  const answer = await world.hub.request('mona', 'POST', '/_local/rename-repository', asked);
  expect(answer.status).toBe(204);
};

describe('T7: a repository inherits the configuration of its organization', () => {
  test('an inherited floor binds, and a manifest that loosens it is told whose it is', async () => {
    const loose = gate('r1', ', approvers: { from: team:sre }');
    await world.as('ada').opensPull('loose', { 'releases/r1.yml': loose });
    const summary = (await world.check('countersign/manifest'))?.output.summary ?? '';
    expect(summary.replaceAll('\u200B', '')).toContain(
      "The floor for uses: go-no-go demands it (the organization's configuration acme/.github, .github/countersign.yml, line 8)",
    );
    await world.news();
  });

  test('a pull request says which demands it takes over, and from where', async () => {
    await world.as('ada').opensPull('silent', { 'releases/r0.yml': gate('r0') });
    const summary = (await world.check('countersign/manifest'))?.output.summary ?? '';
    expect(summary.replaceAll('\u200B', '')).toContain(
      "- `go-no-go`, `approvers`: the floor for uses: go-no-go (the organization's configuration acme/.github, .github/countersign.yml, line 8)",
    );
    await world.news();
  });

  test('the repository adds to it with a floor of its own, and with a role that it inherits', async () => {
    await opens('r1');
    expect(await demands('r1')).toContain('1 of team qa');
    expect(await demands('r1')).toContain('1 of team sre or role lead');
    expect(await approves('r1', 'grace')).toBe('action_required');
    expect(await approves('r1', 'mona')).toBe('success');
    expect(world.records.kinds(amendment(1))).toEqual(['release-opened', 'release-succeeded']);
    await world.news();
  });

  test('it cannot loosen: every way is an error at its line', async () => {
    const loosened = `${own}roles:\n  lead: { users: ada }\ncustodians: { from: team:qa }\n`;
    await world.as('ada').opensPull('loosened', { [path]: loosened });
    const run = await world.check('countersign/manifest');
    expect(run?.conclusion).toBe('failure');
    expect(run?.output.title).toBe('2 errors in release files');
    expect(run?.output.summary).toContain('below-inherited');
    await world.news();
  });

  test('a tighter one comes into force when its own custodians agree, and open releases adopt it', async () => {
    await opens('r2');
    expect(await approves('r2', 'grace')).toBe('action_required');
    await world.above.as('ada').brings('tighter', { [path]: organization(2) });
    expect(await demands('r2')).toContain('1 of team qa');
    await world.above.as('radia').comments(await world.above.issue('amend'), '/approve');
    expect(world.above.records.kinds(amendment(2)).at(-1)).toBe('release-succeeded');
    expect(await demands('r2')).toContain('2 of team qa');
    expect(await approves('r2', 'mona', 'grace')).toBe('action_required');
    expect(await approves('r2', 'katherine')).toBe('success');
    await world.news();
  });

  test('a looser one does not rule until they agree, and then only what opens later', async () => {
    await world.above.as('ada').brings('looser', { [path]: organization(1) });
    await opens('r3');
    expect(await demands('r3')).toContain('2 of team qa');
    await world.above.as('radia').comments(await world.above.issue('amend'), '/approve');
    await opens('r4');
    expect(await demands('r4')).toContain('1 of team qa');
    expect(await demands('r3')).toContain('2 of team qa');
    await world.news();
  });

  test('once it cannot be read any more, nothing is decided, and a restart forgets nothing', async () => {
    await renames('.github', 'elsewhere');
    expect(await approves('r4', 'mona', 'grace')).toBe('action_required');
    const said = await world.bodyOf(await world.trackingIssue('r4'));
    expect(said).toContain(
      "The organization's configuration acme/.github ruled here and cannot be read any more",
    );
    await world.restartApp({ fresh: true });
    await world.as('ada').brings('r5', { 'releases/r5.yml': gate('r5') });
    expect(await world.conclusion('countersign/manifest')).toBe('failure');
    expect(world.records.kinds('r5')).toEqual([]);
    expect(world.troubles().every((line) => line.includes('cannot be read any more'))).toBe(true);
    await world.news();
  });

  test('and what was said meanwhile counts as soon as it is there again', async () => {
    await renames('elsewhere', '.github');
    await world.as('ada').pushes('main', { 'README.md': '# Payments, again\n' });
    expect(await world.conclusion('countersign/release/r4')).toBe('success');
    expect(await demands('r5')).toContain('1 of team qa');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    await world.news();
  });
});
