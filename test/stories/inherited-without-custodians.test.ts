import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const path = '.github/countersign.yml';
const demanding = (people: number) => `floors:
  - for: { uses: go-no-go }
    approvers: { go-no-go: { from: team:sre, require: ${people} } }
`;
const gate = (release: string, more = '') => manifestOf(release, { 'go-no-go': `{ uses: go-no-go${more} }` });
const byTwo = ', approvers: { from: team:sre, require: 2 }';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({}, { inherited: {} });
});
afterAll(() => world.close());

const opens = (release: string, more?: string) =>
  world.as('ada').brings(release, { [`releases/${release}.yml`]: gate(release, more) });
const approves = async (release: string, login: string) => {
  await world.as(login).comments(await world.issue('go-no-go', release), '/approve');
  return world.conclusion(`countersign/release/${release}`);
};
const says = async (release: string) => world.bodyOf(await world.trackingIssue(release));
const writesAbove = (content: string | undefined) =>
  world.above.as('mona').pushes('main', { [path]: content });

describe('T7: what is inherited where nobody guards it', () => {
  test('while there is no such file, there is nothing to inherit, and nothing more to ask', async () => {
    await opens('r1', byTwo);
    await approves('r1', 'radia');
    world.calls();
    expect(await approves('r1', 'tim')).toBe('success');
    expect(world.calls().length).toBeLessThanOrEqual(4);
    await world.news();
  });

  test('a file that comes later is heard of at once, and open releases adopt what it demands', async () => {
    await opens('r2');
    expect(await world.conclusion('countersign/manifest')).toBe('failure');
    await writesAbove(demanding(2));
    expect(await world.conclusion('countersign/manifest')).toBe('success');
    expect(await approves('r2', 'radia')).toBe('action_required');
    await world.news();
  });

  test('a decision under it costs no more calls than one without', async () => {
    world.calls();
    expect(await approves('r2', 'tim')).toBe('success');
    expect(world.calls().length).toBeLessThanOrEqual(4);
    expect(world.records.kinds('countersign.configuration.1')).toEqual([]);
    await world.news();
  });

  test('a file with errors is unknown: what is open is held, and says what to do', async () => {
    await opens('r3');
    await writesAbove('floors: [nonsense]\n');
    expect(await says('r3')).toContain("The organization's configuration acme/.github cannot be used");
    for (const login of ['radia', 'tim']) expect(await approves('r3', login)).toBe('action_required');
    await writesAbove(demanding(2));
    expect(await world.conclusion('countersign/release/r3')).toBe('success');
    await world.news();
  });

  test('a file that is gone is unknown as well; one that demands nothing ends it', async () => {
    await opens('r4');
    await writesAbove(undefined);
    expect(await says('r4')).toContain('cannot be read any more');
    await writesAbove('time-zone: UTC\n');
    expect(await says('r4')).not.toContain('acme/.github');
    expect(world.troubles().every((line) => line.includes('acme/.github'))).toBe(true);
    await world.news();
  });
});
