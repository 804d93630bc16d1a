import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const check = (activity: string) => `countersign/release/r1/verify/${activity}`;

const configuration = `roles:
  release-manager: { users: [mona], teams: [release] }
  writer: { permission: write }
`;

const codeowners = '* @eve\n/docs/ @acme/sre\n';

const activities = {
  'in-turn': '{ approvers: [{ from: team:qa }, { from: team:sre }], order: sequential }',
  without: '{ approvers: { from: team:qa, except: user:katherine } }',
  writers: '{ approvers: { from: role:writer } }',
  owned: '{ approvers: { from: owners:docs/ } }',
  shared: '{ approvers: [{ from: team:qa }, { from: team:sre }], distinct: false }',
  handed: '{ approvers: { from: team:qa, require: 2 }, delegation: { max: 1 } }',
  weighed: '{ approvers: { from: team:sre, require: 2 }, reject: outweighed }',
};

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('r1', {
    '.github/countersign.yml': configuration,
    'docs/CODEOWNERS': codeowners,
    'releases/r1.yml': manifestOf('r1', activities),
  });
});
beforeEach(async () => {
  await world.news();
  world.troubles();
});
afterAll(() => world.close());

const says = async (login: string, activity: string, body: string) =>
  world.as(login).comments(await world.issue(activity), body);
const answerOn = async (activity: string) => world.answerOn(await world.issue(activity));

describe('rules that open one after the other (G-07)', () => {
  test('who comes too early is told whose turn it is, and the page names who is next', async () => {
    await says('tim', 'in-turn', '/approve');
    expect(await answerOn('in-turn')).toContain('first comes 1 of team qa');
    expect(await world.bodyOf(await world.issue('in-turn'))).not.toContain('@acme/sre');
    await says('grace', 'in-turn', '/approve');
    expect(await world.bodyOf(await world.issue('in-turn'))).toContain('@acme/sre');
    expect(await world.conclusion(check('in-turn'))).toBe('action_required');
    await says('tim', 'in-turn', '/approve');
    expect(await world.conclusion(check('in-turn'))).toBe('success');
  });
});

describe('people (S-078–S-080)', () => {
  test('whom a rule takes away does not count, though they are on the team', async () => {
    await says('katherine', 'without', '/approve');
    expect(await world.conclusion(check('without'))).toBe('action_required');
    expect(await answerOn('without')).toContain('only the approvers named above');
    await says('grace', 'without', '/approve');
    expect(await world.conclusion(check('without'))).toBe('success');
  });

  test('a role may be everybody with a permission on the repository', async () => {
    await says('grace', 'writers', '/approve');
    expect(await world.conclusion(check('writers'))).toBe('action_required');
    await says('alan', 'writers', '/approve');
    expect(await world.conclusion(check('writers'))).toBe('success');
  });

  test('the owners of a path stay who they were when the manifest was accepted', async () => {
    await world.as('ada').pushes('main', { 'docs/CODEOWNERS': '* @eve\n' });
    await says('eve', 'owned', '/approve');
    expect(await world.conclusion(check('owned'))).toBe('action_required');
    await says('radia', 'owned', '/approve');
    expect(await world.conclusion(check('owned'))).toBe('success');
  });
});

describe('a seat that is handed on (G-08, T12)', () => {
  test('is refused to an author, to nobody and to whoever has one', async () => {
    await says('grace', 'handed', '/delegate @ada');
    expect(await answerOn('handed')).toContain('an author of the manifest');
    await says('grace', 'handed', '/delegate @nobody-here');
    expect(await answerOn('handed')).toContain('nobody of that name');
    await says('grace', 'handed', '/delegate @katherine');
    expect(await answerOn('handed')).toContain('has a seat here already');
  });

  test('is spoken for by one person, who does not hand it on, and is one seat', async () => {
    await says('grace', 'handed', '/delegate @eve');
    expect(await world.bodyOf(await world.issue('handed'))).toContain('@eve');
    await says('eve', 'handed', '/delegate @radia');
    expect(await answerOn('handed')).toContain('once only');
    await says('katherine', 'handed', '/delegate @radia');
    expect(await answerOn('handed')).toContain('as many seats as this activity allows');
    await says('eve', 'handed', '/approve');
    expect(await world.conclusion(check('handed'))).toBe('action_required');
  });

  test('comes back when its holder speaks', async () => {
    await says('grace', 'handed', '/approve');
    await says('katherine', 'handed', '/approve');
    expect(await world.conclusion(check('handed'))).toBe('success');
    await says('eve', 'handed', '/approve');
    expect(await world.conclusion(check('handed'))).toBe('success');
  });
});

describe('how votes add up', () => {
  test('one person may fill a seat in each rule where the activity says so (G-02)', async () => {
    await says('katherine', 'shared', '/approve');
    expect(await world.conclusion(check('shared'))).toBe('success');
  });

  test('rejections are weighed where the activity says so (G-03)', async () => {
    await says('radia', 'weighed', '/reject not today');
    expect(await world.conclusion(check('weighed'))).toBe('action_required');
    await says('tim', 'weighed', '/approve');
    await says('katherine', 'weighed', '/approve');
    expect(await world.conclusion(check('weighed'))).toBe('success');
  });
});

test('the whole record stands up to being checked', async () => {
  expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
});
