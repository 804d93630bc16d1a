import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/core/record/digest.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const rollback = '# Rollback\n\nDeploy the version before.\n';
const digest = digestOf(rollback);
const scan = `%PDF-1.7\n${'x'.repeat(1_200_000)}`;
const token = `ghp_${'a1'.repeat(18)}`;

const manifest = `release: r1
target: { ref: main }
phases:
  verify:
    activities:
      go:
        approvers: { from: team:qa }
        inputs:
          risk: { type: dropdown, label: Risk level, options: [Low, Medium, High], required: always }
          regions: { type: multi-select, options: [eu, us, apac], default: [eu, us], required: true }
          share: { type: number, min: 0, max: 100, default: 10 }
          why: { type: text, min-length: 20, required: true, message: Say what was tested and by whom. }
          ready: { type: checkboxes, items: { backup: Backups are tested, oncall: On-call knows }, required: true }
          plan: { type: file, label: Rollback plan, accept: [.md, .pdf], required: true }
          report: { type: file, accept: .pdf }
          ticket: { type: url, hosts: jira.acme.example }
          day: { type: date, min: 2026-01-01 }
      stop:
        approvers: { from: team:qa }
        inputs:
          impact: { type: dropdown, options: [None, Some], required: always }
`;

let world: WholeProduct;
let commit = '';
let go = 0;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').movesBranch('evidence', world.records.git('rev-parse', 'main').trim());
  commit = await world.as('ada').pushes('evidence', { 'docs/rollback.md': rollback, 'docs/scan.pdf': scan });
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifest });
  await world.news();
  go = await world.issue('go');
});
afterAll(() => world.close());

/** Every vote on record, oldest first. */
const votes = () =>
  world.records.events('r1').flatMap((event) => (event.kind === 'vote-cast' ? [event.body] : []));

describe('S-089–S-099, G-19–G-22: a form with everything', () => {
  test('the issue says what every field takes, and shows the block with its defaults', async () => {
    const body = await world.bodyOf(go);
    expect(body).toContain('**Rollback plan** (`plan`, required): a file ending in');
    expect(body).toContain('  - `ready.backup`: Backups are tested');
    expect(body).toContain('\nregions: eu, us\nshare: 10\nwhy: (required: text of at least 20 characters)\n');
  });

  test('a wrong answer gets one reply: what was understood, what is missing, what is wrong, and the block', async () => {
    await world
      .as('grace')
      .comments(
        go,
        `/approve\nrisk: low\nregions: eu\nwhy: tested\n- [x] ready.backup\nplan: docs/missing.md@${commit}\nticket: https://evil.example/`,
      );
    expect(await world.news()).toEqual([
      `refuses grace on #${go}`,
      `answers grace on #${go}: invalid-answers`,
    ]);
    const answer = await world.answerOn(go);
    for (const words of [
      'Understood:\n\n- `regions`: eu\n',
      '"risk" expects Low, Medium or High, found "low"; did you mean "Low"',
      'Say what was tested and by whom. Found 6 characters',
      'found no tick at oncall',
      'found no such file at that commit',
      '"ticket" expects a link',
      '/approve\nrisk: (required: Low, Medium or High)\nregions: eu\nshare: 10\n',
      '- [x] ready.backup\n- [ ] ready.oncall\n',
    ])
      expect(answer.replaceAll('\u200b', '')).toContain(words);
    expect(votes()).toEqual([]);
  });

  test('T19: a credential is refused, and the reply does not repeat it', async () => {
    await world.as('grace').comments(go, `/approve\nwhy: the token is ${token}`);
    await world.news();
    expect(await world.answerOn(go)).toContain('holds what looks like a GitHub token');
    expect(await world.answerOn(go)).not.toContain(token);
  });

  test('the right answers are counted, with a file of the repository by its digest (S-003, S-038)', async () => {
    await world
      .as('grace')
      .comments(
        go,
        [
          '/approve',
          'risk: Low',
          'regions: us, eu',
          'share: 12.5',
          'why: Twice on staging, by Linus and by me.',
          '- [x] ready.backup',
          '- [x] ready.oncall',
          `plan: docs/rollback.md@${commit.slice(0, 10)}`,
          `report: docs/scan.pdf@${commit}`,
          'ticket: https://jira.acme.example/browse/CHG-1',
          'day: 2026-11-23',
        ].join('\n'),
      );
    expect(await world.news()).toContain(`counts grace on #${go}`);
    expect(votes()[0]?.inputs).toEqual({
      risk: 'Low',
      regions: ['eu', 'us'],
      share: 12.5,
      why: 'Twice on staging, by Linus and by me.',
      ready: ['backup', 'oncall'],
      plan: {
        kind: 'file',
        name: 'docs/rollback.md',
        commit,
        sha256: digest,
        size: rollback.length,
        type: 'text/markdown',
        stored: true,
      },
      report: {
        kind: 'file',
        name: 'docs/scan.pdf',
        commit,
        sha256: digestOf(scan),
        size: scan.length,
        type: 'application/pdf',
        stored: false,
      },
      ticket: 'https://jira.acme.example/browse/CHG-1',
      day: '2026-11-23',
    });
  });

  test('the record holds the bytes of what is small, and the digest of what is not (S-013, S-024–S-026, S-045, S-114)', async () => {
    expect(world.records.read(`releases/r1/evidence/${digest}`)).toBe(rollback);
    const page = world.records.read('releases/r1/RECORD.md');
    expect(page).toContain(`[stored](evidence/${digest})`);
    expect(page).toContain(`not stored, SHA-256 \`${digestOf(scan)}\``);
    expect(world.records.git('log', '--format=%B', 'countersign-records')).toContain(
      `Evidence: ${digest} docs/rollback.md`,
    );
    expect(await world.bodyOf(go)).toContain('docs/rollback.md at');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });

  test('S-089: a rejection is asked for what it always needs, and for nothing else', async () => {
    const stop = await world.issue('stop');
    await world.as('grace').comments(stop, '/reject The totals are wrong.');
    expect(await world.answerOn(stop)).toContain(
      '/reject The totals are wrong.\nimpact: (required: None or Some)\n```',
    );
    expect(await world.conclusion('countersign/release/r1/verify/stop')).toBe('action_required');
    await world.as('grace').comments(stop, '/reject The totals are wrong.\nimpact: Some');
    expect(await world.conclusion('countersign/release/r1/verify/stop')).toBe('failure');
    expect(votes().at(-1)).toMatchObject({ choice: 'reject', inputs: { impact: 'Some' } });
    await world.news();
  });
});
