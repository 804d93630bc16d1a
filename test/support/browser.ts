import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Chromium or a relative of it: `CHROME_PATH`, or by name on the `PATH`; null where there is none. */
export function findBrowser(): string | null {
  const told = process.env['CHROME_PATH'];
  if (told) return existsSync(told) ? told : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync) ?? null;
}

/** Why a test with a browser does not run, as part of its name. */
export const noBrowser = 'skipped: no Chromium is on the PATH, and CHROME_PATH names none';

/** Starts it without a window; it asks nobody but the page's own host. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      // Small machines have little shared memory, and pictures of long pages need much.
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/**
 * Keeps a picture of a page for people to look at. What the page shows is for the test to assert: that the browser could
 * not draw its picture, which happens on machines short of memory, is no fault of the page.
 */
export async function keepPicture(page: Page, path: string): Promise<void> {
  await page.screenshot({ path, fullPage: true }).catch(() => undefined);
}
