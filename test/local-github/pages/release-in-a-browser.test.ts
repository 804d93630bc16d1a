import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/cli/demo/package-root.ts';
import { type Demo, startDemo } from '../../../src/cli/demo/start-demo.ts';
import { findBrowser, keepPicture, noBrowser, openBrowser } from '../../support/browser.ts';

const executable = findBrowser();
const pictures = join(packageRoot(), 'test-output', 'browser');
const manifest = readFileSync(
  join(packageRoot(), 'examples', 'payments', 'releases', 'payments-2026.11.yml'),
  'utf8',
);
const mistaken = manifest.replace('require: majority', 'require: mayority');

const world: { data: string; demo?: Demo; browser?: Browser } = { data: '' };

beforeAll(async () => {
  if (executable === null) return;
  mkdirSync(pictures, { recursive: true });
  world.data = mkdtempSync(join(tmpdir(), 'browser-'));
  const [start, browser] = await Promise.all([startDemo(world.data), openBrowser(executable)]);
  if (start.kind === 'wrong') throw new Error(start.sentence);
  world.demo = start.demo;
  world.browser = browser;
});

afterAll(async () => {
  await world.browser?.close();
  await world.demo?.stop();
  if (world.data !== '') rmSync(world.data, { recursive: true, force: true });
});

/** A window of its own, signed in by choosing a name. What the browser complains about fails the test. */
async function windowOf(login: string) {
  const { demo, browser } = world;
  if (demo === undefined || browser === undefined) throw new Error('the world has not begun');
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${demo.github}/acme/payments`);
  await page
    .getByRole('button', { name: `${login} ` })
    .first()
    .click();
  await page.getByRole('navigation', { name: 'Repository' }).waitFor();
  return {
    page,
    complaints,
    goto: (path: string) => page.goto(`${demo.github}/acme/payments${path}`),
    /** Waits until the host and its App have nothing to tell each other, and looks again. */
    settled: async () => {
      await demo.idle();
      await page.reload();
    },
    picture: (name: string) => keepPicture(page, join(pictures, `${name}.png`)),
  };
}

/** The smallest picture there is. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function comment(page: Page, text: string): Promise<void> {
  await page.getByLabel('Comment', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByText('commented').last().waitFor();
}

const signOff = '/approve\nsummary: All critical paths, twice, on staging.\nfailures: 0';

describe('the demo in a browser', () => {
  const name = 'is played by several people in windows of their own';
  it.skipIf(executable === null)(executable === null ? `${name} (${noBrowser})` : name, async () => {
    const ada = await windowOf('ada');
    await ada.picture('01-repository');
    await ada.goto('/tags');
    await ada.page.getByLabel('Name').fill('v2026.11.0');
    await ada.page.getByRole('button', { name: 'Create tag' }).click();
    await ada.page.getByRole('link', { name: 'v2026.11.0' }).waitFor();

    await ada.goto('/new/main');
    await ada.page.getByLabel('Path').fill('releases/payments-2026.11.yml');
    await ada.page.getByLabel('Content').fill(mistaken);
    await ada.page.getByLabel('Commit message').fill('Propose 2026.11');
    await ada.page.getByLabel('New branch').fill('release/2026.11');
    await ada.picture('02-new-file');
    await ada.page.getByRole('button', { name: 'Commit', exact: true }).click();
    await ada.page.getByRole('heading', { name: 'New pull request' }).waitFor();
    await ada.picture('03-new-pull-request');
    await ada.page.getByRole('button', { name: 'Create pull request' }).click();
    await ada.page.getByRole('heading', { name: 'Propose 2026.11' }).waitFor();
    await ada.settled();
    const pull = new URL(ada.page.url()).pathname.replace('/acme/payments', '');
    await ada.page.getByText('failure of countersign/manifest').first().waitFor();
    await ada.picture('04-mistake-annotated');

    await ada.goto('/edit/release/2026.11/releases/payments-2026.11.yml');
    await ada.page.getByLabel('Content').fill(manifest);
    await ada.page.getByLabel('Commit message').fill('Spell majority');
    await ada.page.getByRole('button', { name: 'Commit', exact: true }).click();
    await ada.goto(pull);
    await ada.settled();
    await ada.page.locator('.checks .mark.success').waitFor();
    expect(await ada.page.getByText('failure of countersign/manifest').count()).toBe(0);

    const alan = await windowOf('alan');
    await alan.goto(pull);
    await alan.page.getByLabel('What you found').fill('Reads well.');
    await alan.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await alan.page.getByText('approved these changes').waitFor();
    await alan.picture('05-reviewed');
    await alan.page.getByRole('button', { name: 'Merge pull request' }).click();
    await alan.page.getByText('Merged', { exact: true }).waitFor();
    await alan.goto('/issues');
    await alan.settled();
    await alan.picture('06-issues');

    // Ada watches the issue; what others write there appears in her window by itself.
    await ada.goto('/issues');
    await ada.page.getByRole('link', { name: 'Sign-off by QA' }).click();
    await ada.page.getByRole('heading', { name: 'Sign-off by QA' }).waitFor();
    const issue = new URL(ada.page.url()).pathname.replace('/acme/payments', '');
    const grace = await windowOf('grace');
    await grace.goto(issue);
    await grace.picture('07-issue');
    await grace.page.getByLabel('Attach files').setInputFiles({
      name: 'report.png',
      mimeType: 'image/png',
      buffer: onePixel,
    });
    await comment(grace.page, signOff);
    await ada.page.getByText('All critical paths, twice, on staging.').first().waitFor();
    const katherine = await windowOf('katherine');
    await katherine.goto(issue);
    await comment(katherine.page, signOff);
    await katherine.settled();
    await katherine.page.locator('.state.done').first().waitFor();
    await katherine.picture('08-approved');

    await alan.goto('/commits/v2026.11.0');
    await alan.page.locator('.list a').first().click();
    await alan.settled();
    const signedOff = alan.page.locator('.checks li', { hasText: 'verify/qa-signoff' });
    await signedOff.locator('.mark.success').waitFor();
    await alan.picture('09-checks');
    await signedOff.getByRole('link').click();
    await alan.page.getByRole('heading', { name: 'verify/qa-signoff' }).waitFor();
    await alan.picture('10-check-run');

    await alan.goto('/environments');
    await alan.picture('14-environments');
    await alan.page.goto(`${world.demo?.github}/settings/apps/countersign/advanced`);
    await alan.page.setViewportSize({ width: 390, height: 800 });
    await alan.picture('15-deliveries-phone');
    await alan.page.setViewportSize({ width: 1100, height: 900 });
    await alan.goto('/commits/countersign-records');
    await alan.picture('11-record');
    await alan.page.locator('.list a').first().click();
    await alan.picture('12-record-commit');

    await grace.page.setViewportSize({ width: 390, height: 800 });
    await grace.page.emulateMedia({ colorScheme: 'dark' });
    await grace.goto(issue);
    await grace.picture('13-phone-dark');
    for (const window of [ada, alan, grace, katherine]) expect(window.complaints).toEqual([]);
  });
});
