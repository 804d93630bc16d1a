import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../../src/cli/demo/package-root.ts';
import { type LocalGitHub, startLocalGitHub } from '../../../src/local-github/server.ts';
import { findBrowser, keepPicture, noBrowser, openBrowser } from '../../support/browser.ts';

const executable = findBrowser();
const pictures = join(packageRoot(), 'test-output', 'browser');
const end: (() => unknown)[] = [];
const ground: { github?: LocalGitHub; callback: string } = { callback: '' };

/** Where the App waits for people who come back. */
async function openCallback(): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.end(`came back with ${request.url}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  end.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
}

beforeAll(async () => {
  if (executable === null) return;
  mkdirSync(pictures, { recursive: true });
  const root = mkdtempSync(join(tmpdir(), 'sign-in-'));
  end.push(() => rmSync(root, { recursive: true, force: true }));
  ground.callback = await openCallback();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(root, 'app.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const app = `{ id: 5, name: Weather, private-key: ./app.pem, client-secret: s, callback-urls: ['${ground.callback}'] }`;
  writeFileSync(
    join(root, 'seed.yml'),
    `users: { ada: { name: Ada }, alan: {} }\napps:\n  weather: ${app}\n`,
  );
  const file = join(root, 'seed.yml');
  ground.github = await startLocalGitHub({ port: 0, data: join(root, 'data'), seed: { file } });
  end.push(() => ground.github?.close());
});

afterAll(async () => {
  for (const close of end.reverse()) await close();
});

const name = 'a browser goes to sign in, agrees, and comes back to the App on another origin';

it.skipIf(executable === null)(executable === null ? `${name} (${noBrowser})` : name, async () => {
  const { github, callback } = ground;
  if (github === undefined || executable === null) throw new Error('the world has not begun');
  const browser = await openBrowser(executable);
  end.push(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  page.setDefaultTimeout(15_000);
  const challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url');
  const wish = { client_id: 'Iv1.0000000000000005', redirect_uri: callback, state: 'mine' };
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  await page.goto(`${github.url}/login/oauth/authorize?${new URLSearchParams({ ...wish, ...proof })}`);
  await keepPicture(page, join(pictures, '20-sign-in.png'));
  await page.getByRole('button', { name: 'ada' }).click();
  await page.getByRole('heading', { name: 'Weather asks to act for you' }).waitFor();
  await keepPicture(page, join(pictures, '21-authorize.png'));
  await page.getByRole('button', { name: 'Authorize Weather' }).click();
  await page.waitForURL(/\/callback\?/);
  expect(await page.textContent('body')).toMatch(/^came back with \/callback\?code=[0-9a-f]{40}&state=mine$/);
  await page.goto(`${github.url}/_local`);
  await keepPicture(page, join(pictures, '22-this-host.png'));
});
