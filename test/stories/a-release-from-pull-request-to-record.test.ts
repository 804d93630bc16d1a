import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const path = 'releases/payments-2026.11.yml';

const manifest = (needs: string) => `release: payments-2026.11
title: Payments 2026.11
owner: role:release-manager
target: { ref: main }

phases:
  verify:
    title: Verification
    activities:
      qa-signoff:
        title: Sign-off by QA
        instructions: Compare the report with the plan.
        approvers: { from: team:qa, require: 2 }
        inputs:
          summary: { type: text, label: What was tested, min-length: 20, required: true }
          failures: { type: number, label: Known failures, min: 0, max: 5, required: true }
  production:
    title: Production
    needs: ${needs}
    activities:
      go-no-go:
        title: Go or no-go
        approvers:
          - { from: role:release-manager }
          - { from: team:sre }
        inputs:
          risk: { type: dropdown, label: Risk, options: [Low, High], required: always }
          tests: { type: checkbox, label: All tests passed, required: true }
`;

const check = 'countersign/release/payments-2026.11';
const answer = '/approve\nsummary: Every critical path, twice.\nfailures: 0';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
});
afterAll(() => world.close());

describe('a release, from the pull request that defines it to the record that proves it', () => {
  test('a mistake in the manifest is marked at its line, before anything is merged', async () => {
    const pull = await world.as('ada').opensPull('payments-2026.11', { [path]: manifest('verfy') });
    expect(await world.news()).toEqual(['countersign/manifest: failure']);
    const run = await world.check('countersign/manifest');
    const marks = await world.hub.get(`/repos/acme/payments/check-runs/${run?.id}/annotations`);
    expect(marks).toMatchObject([{ path, start_line: 19, annotation_level: 'failure' }]);
    expect(JSON.stringify(marks)).toContain('Did you mean \\"verify\\"?');
    expect(pull).toBe(1);
  });

  test('the corrected manifest is valid; still nothing has been asked of anybody (T10)', async () => {
    await world.as('ada').pushes('payments-2026.11', { [path]: manifest('verify') });
    expect(await world.news()).toEqual(['countersign/manifest: success']);
    expect(world.records.head()).toBeUndefined();
  });

  test('merging opens the release: one issue to follow it, one for what waits, checks that hold CI (S-100, S-101, S-108)', async () => {
    await world.as('alan').merges(1);
    expect(await world.news()).toEqual([
      'opens #2 Release payments-2026.11: Payments 2026.11',
      'opens #3 payments-2026.11: Sign-off by QA',
      `${check}/verify/qa-signoff: action_required`,
      `${check}: action_required`,
    ]);
    const children = await world.hub.get('/repos/acme/payments/issues/2/sub_issues');
    expect(children).toMatchObject([{ number: 3 }]);
    expect((await world.check(check))?.output.title).toBe('On hold: 1 activity requires your input');
  });

  test('an approval without its answers is refused with the block to copy', async () => {
    await world.as('grace').comments(3, '/approve');
    expect(await world.news()).toEqual(['refuses grace on #3', 'answers grace on #3: invalid-answers']);
    const help = await world.answerOn(3);
    expect(help).toMatch(/```\n\/approve\nsummary: .*\nfailures: .*\n```/);
  });

  test('two people of QA answer; the second completes the activity and the next one begins (S-011, S-041, S-104)', async () => {
    await world.as('grace').comments(3, answer);
    expect(await world.news()).toEqual(['counts grace on #3']);
    expect(await world.bodyOf(3)).toContain('1 of 2');
    await world.as('katherine').comments(3, answer);
    expect(await world.news()).toEqual([
      'closes #3 as completed',
      'opens #4 payments-2026.11: Go or no-go',
      'counts katherine on #3',
      `${check}/verify/qa-signoff: success`,
      `${check}/production/go-no-go: action_required`,
    ]);
  });

  test('a change of mind counts as long as nothing is decided', async () => {
    const go = '/approve go-no-go\nrisk: Low\n- [x] tests';
    await world.as('mona').comments(4, go);
    await world.as('mona').comments(4, '/withdraw');
    expect(await world.bodyOf(4)).not.toContain('mona [approved]');
    await world.as('mona').comments(4, go);
    await world.as('radia').comments(4, go);
    expect(await world.news()).toEqual([
      'closes #2 as completed',
      'closes #4 as completed',
      'counts mona on #4',
      'counts mona on #4',
      'counts radia on #4',
      `${check}/production/go-no-go: success`,
      `${check}: success`,
    ]);
  });

  test('the records branch tells the story to anyone with git (S-019)', () => {
    const log = world.records.git('log', '--reverse', '--format=%B', 'countersign-records');
    expect(log).toContain('Approved-by: grace <');
    expect(log).toContain('Decision: approved');
    expect(world.records.kinds('payments-2026.11').at(-1)).toBe('release-succeeded');
    const page = world.records.read('releases/payments-2026.11/RECORD.md');
    expect(page).toContain('succeeded');
    expect(page).toContain('Every critical path, twice.');
  });

  test('and verify confirms it offline, with the key named from outside the branch', async () => {
    const { code, output } = await world.verify('--key', world.fingerprint);
    expect(output).toContain('complete to checkpoint');
    expect(code).toBe(0);
    const other = `SHA256:${'A'.repeat(43)}`;
    expect((await world.verify('--key', other)).code).toBe(1);
  });
});
