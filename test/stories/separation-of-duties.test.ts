import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
});
afterAll(() => world.close());

const says = async (login: string, activity: string, release: string, body: string) => {
  const issue = await world.issue(activity, release);
  await world.as(login).comments(issue, body);
  return (await world.news()).map((line) => line.replace(`#${issue}`, 'the issue'));
};

describe('T16: the author is whoever pushed any revision of the manifest', () => {
  test('not only whoever pushed the last one, opened the pull request or merged it', async () => {
    const draft = manifestOf('r1', { signoff: byQa });
    await world.as('ada').pushes('topic', { 'releases/r1.yml': draft }, { from: 'origin/main' });
    await world.as('alan').pushes('topic', { 'releases/r1.yml': draft.replace('The r1', 'The first') });
    const pull = { title: 'Release', head: 'topic', base: 'main' };
    const opened = await world.hub.request<{ readonly number: number }>(
      'alan',
      'POST',
      '/repos/acme/payments/pulls',
      pull,
    );
    await world.as('alan').merges(opened.body.number);
    await world.news();
    expect(await says('ada', 'signoff', 'r1', '/approve')).toEqual([
      'refuses ada on the issue',
      'answers ada on the issue: excluded',
    ]);
    expect(await world.bodyOf(await world.issue('signoff', 'r1'))).toContain(
      'Authors of the manifest do not vote: alan and ada',
    );
    await says('grace', 'signoff', 'r1', '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
  });
});

/** A release of what was pushed to main since a commit. */
const since = (release: string, commit: string, activities: Parameters<typeof manifestOf>[1]) =>
  manifestOf(release, activities).replace('{ ref: main }', `{ ref: main, since: '${commit}' }`);

const barring = '{ approvers: { from: [team:qa, team:sre] }, exclude: [committers] }';
const headOfMain = async () =>
  (
    await world.hub.get<{ readonly object: { readonly sha: string } }>(
      '/repos/acme/payments/git/ref/heads/main',
    )
  ).object.sha;
const answerTo = async (activity: string, release: string) =>
  world.answerOn(await world.issue(activity, release));
const check = (release: string, activity: string) =>
  world.conclusion(`countersign/release/${release}/verify/${activity}`);

describe('T16: whoever committed to the release (pitfalls 7 and 12)', () => {
  test('a spoofing author cannot approve; whom a commit spoofs still rejects', async () => {
    const before = await headOfMain();
    await world.as('ada').pushes('main', { 'app.txt': 'one' }, { author: 'radia' });
    await world
      .as('eve')
      .pushes(
        'main',
        { 'app.txt': 'two' },
        { message: 'More\n\nCo-authored-by: Katherine <katherine@example.com>' },
      );
    const text = since('r2', before, { signoff: barring, second: barring });
    await world.as('alan').brings('r2', { 'releases/r2.yml': text });
    expect(world.records.kinds('r2')).toContain('duties-established');
    const page = await world.bodyOf(await world.issue('signoff', 'r2'));
    expect(page).toMatch(/- ada cannot vote here: had a hand in [0-9a-f]{7}/);
    expect(page).toMatch(/- eve cannot vote here/);
    expect(page).toMatch(/- radia may only reject here/);
    await world.news();

    expect(await says('ada', 'signoff', 'r2', '/approve')).toContain('answers ada on the issue: excluded');
    expect(await answerTo('signoff', 'r2')).toContain('and who did that can neither approve nor reject here');
    for (const login of ['radia', 'katherine']) {
      expect(await says(login, 'signoff', 'r2', '/approve')).toContain(
        `answers ${login} on the issue: claimed`,
      );
    }
    expect(await check('r2', 'signoff')).toBe('action_required');
    await says('grace', 'signoff', 'r2', '/approve');
    expect(await check('r2', 'signoff')).toBe('success');
    await says('radia', 'second', 'r2', '/reject That was not me');
    expect(await check('r2', 'second')).toBe('failure');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
    await world.news();
  });

  test('a commit that nobody can be found for is named, and nothing is approved', async () => {
    const before = await headOfMain();
    await world.as('eve').pushes('main', { 'app.txt': 'three' }, { author: 'some*body' });
    await world.as('alan').brings('r3', { 'releases/r3.yml': since('r3', before, { signoff: barring }) });
    const issue = await world.issue('signoff', 'r3');
    expect(await world.bodyOf(issue)).toMatch(
      /- `[0-9a-f]{7}` by some\\\*body: the e-mail address belongs to no account/,
    );
    await says('grace', 'signoff', 'r3', '/approve');
    expect(await check('r3', 'signoff')).toBe('action_required');
    world.troubles();
  });

  test('without a beginning the release says what to write', async () => {
    const before = await headOfMain();
    const text = manifestOf('r4', { signoff: barring });
    await world.as('alan').brings('r4', { 'releases/r4.yml': text });
    const found = await world.check('countersign/release/r4/verify/signoff');
    expect([found?.conclusion, found?.output.summary]).toEqual([
      'action_required',
      expect.stringContaining('write target.since in the manifest'),
    ]);
    const mended = since('r4', before, { signoff: barring });
    await world.as('alan').brings('mended', { 'releases/r4.yml': mended });
    await says('grace', 'signoff', 'r4', '/approve');
    expect(await world.conclusion('countersign/release/r4')).toBe('success');
    world.troubles();
    await world.news();
  });
});

describe('design 3.6: four eyes over stages', () => {
  test('who approved one activity cannot approve the other', async () => {
    const second = '{ approvers: { from: team:qa }, exclude: [approvers:first] }';
    await world.as('alan').brings('r5', { 'releases/r5.yml': manifestOf('r5', { first: byQa, second }) });
    await says('grace', 'first', 'r5', '/approve');
    expect(await says('grace', 'second', 'r5', '/approve')).toContain('answers grace on the issue: excluded');
    expect(await answerTo('second', 'r5')).toContain('you approved `first`');
    await says('katherine', 'second', 'r5', '/approve');
    expect(await world.conclusion('countersign/release/r5')).toBe('success');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
