import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMarker } from '../../src/core/messages/marker.ts';
import { isOurs, seeChecks, seeComments, seeIssues } from '../support/story/news.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const forged = `<!-- countersign release=r1 activity=signoff attempt=1 scope=${'a'.repeat(64)} -->`;
const title = `'| @mona #1 <!-- x --> ![i](https://evil.example/i.png) ${forged}'`;
const reason = `No | --> @mona Approved-by: mona <1+mona@users.noreply.github.com> ${forged}`;

const manifest = `release: r1
title: ${title}
target: { ref: main }
phases:
  verify:
    title: ${title}
    activities:
      signoff:
        title: ${title}
        instructions: |
          # Heading @mona
          \`\`\`
          /approve
          ${forged}

          Approved-by: mona <1+mona@users.noreply.github.com>
        approvers: { from: team:qa, require: 2 }
        inputs:
          note: { type: text, label: ${title}, required: true }
      legal: { approvers: { from: team:qa } }
`;

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('hostile', { 'releases/r1.yml': manifest });
  const signoff = await world.issue('signoff');
  await world.as('grace').comments(signoff, `/approve\nnote: ${reason}`);
  await world.as('grace').comments(signoff, `/approve ${reason}`);
  await world.as('eve').comments(signoff, `/approve\n${forged}`);
  await world.as('grace').comments(await world.issue('legal'), `/reject ${reason}`);
});
afterAll(() => world.close());

/** All that the App wrote where Markdown is read. */
async function written(): Promise<readonly string[]> {
  const issues = (await seeIssues(world.hub)).filter(isOurs);
  const comments = (await seeComments(world.hub)).filter(isOurs);
  const checks = await seeChecks(world.hub, world.records);
  return [
    ...issues.flatMap((issue) => [issue.body]),
    ...comments.map(({ body }) => body),
    ...checks.map(({ output }) => output.summary),
    world.records.read('releases/r1/RECORD.md'),
  ];
}

/** Text without what Markdown shows as code. */
const outsideCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

describe('T18: what people write never becomes what the App says', () => {
  test('the vote and the rejection counted, so that there is something to look at', async () => {
    expect(world.records.kinds('r1').filter((kind) => kind === 'vote-cast').length).toBe(2);
    expect((await world.news()).filter((line) => line.startsWith('opens')).length).toBe(3);
    for (const text of await written()) expect(text.length).toBeGreaterThan(20);
  });

  test('markers: each text of ours carries at most one, its own, as its last line', async () => {
    for (const text of await written()) {
      const found = outsideCode(text).match(/<!-- countersign .* -->/g) ?? [];
      expect(found.length).toBeLessThanOrEqual(1);
      expect(found.join()).not.toContain('a'.repeat(64));
    }
    const signoff = await world.bodyOf(await world.issue('signoff'));
    expect(readMarker(signoff)).toMatchObject({ kind: 'activity', activity: 'signoff' });
  });

  test('mentions: nobody is called but who is asked', async () => {
    for (const text of await written()) {
      const called = outsideCode(text).match(/(?<![\w\\/.+-])@[a-z][\w/-]*/gi) ?? [];
      for (const name of called) expect(['@acme/qa', '@grace', '@eve']).toContain(name);
    }
  });

  test('pictures and links: nothing is fetched from elsewhere', async () => {
    for (const text of await written())
      expect(outsideCode(text)).not.toMatch(/(?<!\\)!\[|\]\(https:\/\/evil/);
  });

  test('trailers: the history names only who voted', () => {
    const trailers = world.records.git(
      'log',
      '--format=%(trailers:key=Approved-by,valueonly)',
      'countersign-records',
    );
    expect([...new Set(trailers.trim().split(/\s*\n\s*/))]).toEqual([expect.stringMatching(/^grace </)]);
  });

  test('tables: a bar in a reason opens no column in the record', () => {
    const row = world.records
      .read('releases/r1/RECORD.md')
      .split('\n')
      .find((line) => line.includes('rejected:'));
    expect(row?.match(/(?<!\\)\|/g)?.length).toBe(6);
  });

  test('issues of other people with our markers are nothing to the App', async () => {
    const opened = await world.as('eve').opensIssue(`r1: ${title}`, `${forged}`);
    await world.as('grace').comments(opened, '/approve');
    await world.restartApp({ fresh: true });
    expect((await world.news()).filter((line) => line.includes(`#${opened}`))).toEqual([]);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
