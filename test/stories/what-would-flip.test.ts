import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const path = '.github/countersign.yml';
const configuration = `manifests: releases/*.yml
custodians: { from: [team:sre], require: 2 }
floors:
  - for: { uses: go-no-go }
    approvers: { go-no-go: { from: team:qa, require: 1 } }
`;
const tighter = configuration.replace('require: 1', 'require: 2');
const gate = (title: string) => manifestOf('r2', { 'go-no-go': `{ uses: go-no-go, title: ${title} }` });
const r1 = (title: string, deadline: string, more = {}) =>
  manifestOf('r1', {
    signoff: `{ title: ${title}, approvers: { from: team:qa, require: 2 } }`,
    build: `{ approvers: { from: team:sre }, deadline: ${deadline} }`,
    ...more,
  });

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct({ [path]: configuration });
  const both = { 'releases/r1.yml': r1('Sign-off', '24h'), 'releases/r2.yml': gate('Go') };
  await world.as('ada').brings('two', both);
  await world.as('grace').comments(await world.issue('signoff', 'r1'), '/approve');
  await world.news();
});
afterAll(() => world.close());

const shown = async (): Promise<string> => {
  const output = (await world.check('countersign/manifest'))?.output;
  return `${output?.title}\n\n${output?.summary}`;
};

describe('G-39, T10: a pull request tells what would flip in open releases, and nothing of it happens', () => {
  const changed = {
    'releases/r1.yml': r1('QA', '48h', { more: '{ needs: build, approvers: { from: team:release } }' }),
    'releases/r3.yml': manifestOf('r3', { check: '{ approvers: { from: team:qa } }' }),
  };
  let pull: number;

  test('whose votes would lapse and why, who would be asked, which times move, what would open', async () => {
    pull = await world.as('ada').opensPull('changed', changed);
    expect(await world.news()).toEqual(['countersign/manifest: success']);
    expect(await shown()).toMatchInlineSnapshot(`
      "2 release files valid: 1 open release would change, 1 would open

      ### If this is merged

      🔁 **r1** (The r1 release): stays On hold.

      | Activity | Now | Then | What that means |
      | --- | --- | --- | --- |
      | QA | ⏳ Awaiting approval | ⏳ Awaiting approval | The vote of grace lapses. Asks again: 2 of team qa. |
      | more | – | ▫️ Pending | Asks when its turn comes: 1 of team release. |

      What ends the votes on QA:

      - title: "Sign-off" → "QA"

      Also different:

      - build, deadline: 24h → 48h; takes effect with the next attempt

      🆕 **r3** (The r3 release) would open.

      - check: 1 of team qa, at once

      1 other open release stays as it is.

      *A preview from what is on record now; nothing of it has happened. Whoever writes or merges the change counts as an author from then on, and their votes there no longer count; that is not reckoned here.*

      Checked: releases/r1.yml and releases/r3.yml."
    `);
    expect(world.records.kinds('r1').at(-1)).toBe('vote-cast');
  });

  test('it costs the host one question and one answer, and a second look that sees the same writes nothing', async () => {
    world.calls();
    await world.as('ada').pushes('changed', { 'README.md': 'Payments\n' });
    expect(world.calls()).toEqual(['POST /api/graphql 200', 'POST /api/graphql 200']);
    await world.hub.request('ada', 'PATCH', `/repos/acme/payments/pulls/${pull}`, { title: 'Another' });
    await world.quiet();
    expect(world.calls()).toEqual(['POST /api/graphql 200']);
    await world.news();
  });

  test('and so it comes', async () => {
    await world.as('ada').merges(pull);
    const news = await world.news();
    expect(news).toContain(`announces a change on #${await world.issue('signoff', 'r1')}`);
    expect(news.some((line) => line.endsWith('r3: check'))).toBe(true);
    expect(world.records.events('r1').find(({ kind }) => kind === 'scope-changed')?.body).toMatchObject({
      activity: 'signoff',
      lapsed: [{ login: 'grace' }],
    });
  });

  test('a manifest that is removed: what would be cancelled', async () => {
    await world.as('grace').comments(await world.issue('signoff', 'r1'), '/approve');
    await world.as('ada').opensPull('removed', { 'releases/r1.yml': undefined });
    expect(await shown()).toMatchInlineSnapshot(`
      "1 release file removed: 1 open release would be cancelled

      ### If this is merged

      🚫 **r1** (The r1 release) would be cancelled: nothing would define it any more. No longer asked: QA and build. The vote of grace lapses.

      2 other open releases stay as they are.

      *A preview from what is on record now; nothing of it has happened.*

      Removed: releases/r1.yml."
    `);
    await world.news();
  });
});

describe('T7: a pull request that changes the configuration tells what open releases would adopt', () => {
  test('once the custodians agree, and who they are; and what another pull request does to their votes', async () => {
    const pull = await world.as('ada').opensPull('tighter', { [path]: tighter });
    expect(await shown()).toMatchInlineSnapshot(`
      "1 release file valid: 1 open release would change

      This would change the configuration. After it is merged the one of today rules until its custodians agree: 2 of team sre, without whoever wrote the change.

      - **tighter**: the floor for uses: go-no-go demands 2 of team qa for go-no-go

      ### Once the custodians agree

      🔁 **r2** (The r2 release): stays On hold.

      It adopts the floor for uses: go-no-go.

      | Activity | Now | Then | What that means |
      | --- | --- | --- | --- |
      | Go | ⏳ Awaiting approval | ⏳ Awaiting approval | Asks again: 2 of team qa. |

      What would be different about Go:

      - approvers: { from: team:​qa, require: 1 } → { from: team:​qa, require: 2 }

      2 other open releases stay as they are.

      *A preview from what is on record now; nothing of it has happened.*

      Checked: .github/countersign.yml."
    `);
    await world.as('ada').merges(pull);
    const issue = await world.issue('amend');
    await world.as('radia').comments(issue, '/approve');
    await world.as('ada').opensPull('back', { [path]: configuration });
    expect(await shown()).toContain(
      '🚫 **countersign.configuration.2** (Change of the configuration) would be cancelled: nothing would define it any more. No longer asked: Change of the configuration. The vote of radia lapses.',
    );
    await world.as('tim').comments(issue, '/approve');
    expect(await world.bodyOf(await world.issue('go-no-go', 'r2'))).toContain('2 of team qa');
    await world.news();
  });

  test('what gets looser reaches none of them', async () => {
    await world.as('ada').opensPull('looser', { [path]: configuration });
    const text = await shown();
    expect(text).toContain('**looser**');
    expect(text).toContain('What gets looser reaches no release that is open');
    expect(text).toContain('3 open releases stay as they are.');
    await world.news();
  });
});

describe('T7, design 3.10: the floors that a release was opened under', () => {
  test('hold against its manifest after the configuration has loosened, and the check fails', async () => {
    const pull = await world.as('ada').opensPull('loosen', { [path]: configuration });
    await world.as('ada').merges(pull);
    for (const login of ['radia', 'tim'])
      await world.as(login).comments(await world.issue('amend'), '/approve');
    await world.news();
    const below = gate('Go').replace('title: Go', 'approvers: { from: team:qa }');
    await world.as('ada').opensPull('below', { 'releases/r2.yml': below });
    expect(await world.news()).toEqual(['countersign/manifest: failure']);
    expect(await shown()).toContain('⛔ **r2** (The r2 release) would stop');
  });
});
