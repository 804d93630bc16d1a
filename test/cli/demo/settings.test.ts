import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../../src/cli/demo/package-root.ts';
import { demoSeed } from '../../../src/cli/demo/seed.ts';
import { type DemoSettings, readDemoSettings } from '../../../src/cli/demo/settings.ts';
import { readSeed } from '../../../src/local-github/seed/read-seed.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settingsOf = async (port?: number): Promise<DemoSettings> => {
  const reading = await readDemoSettings(folder, port);
  if (reading.kind === 'wrong') throw new Error(reading.sentence);
  return reading.settings;
};

test('a demo that is resumed keeps its addresses, keys and secret', async () => {
  const first = await settingsOf();
  const key = readFileSync(first.signingKey, 'utf8');
  expect(await settingsOf()).toEqual(first);
  expect(readFileSync(first.signingKey, 'utf8')).toBe(key);
});

test('a port is taken for the local GitHub, the one above for the App', async () => {
  expect(await settingsOf(4100)).toMatchObject({ githubPort: 4100, appPort: 4101 });
});

test('free ports are two different ones', async () => {
  const { githubPort, appPort } = await settingsOf();
  expect(githubPort).toBeGreaterThan(0);
  expect(appPort).not.toBe(githubPort);
});

test('a demo cannot move, because clones and webhooks point to it', async () => {
  await settingsOf(4100);
  const reading = await readDemoSettings(folder, 4200);
  expect(reading).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining('4100') });
  expect(await readDemoSettings(folder, 4100)).toMatchObject({ kind: 'settings', resumed: true });
});

test('only the owner can read the keys', async () => {
  const { appKey, signingKey } = await settingsOf();
  for (const file of [appKey, signingKey, join(folder, 'webhook-secret')])
    expect(statSync(file).mode & 0o077).toBe(0);
});

test('the seed gets the demo’s own addresses and a first commit without releases', async () => {
  const settings = await settingsOf(4100);
  const text = demoSeed(join(packageRoot(), 'examples', 'seed.yml'), join(folder, 'first'), settings);
  const seed = parse(text);
  expect(seed.apps.countersign).toMatchObject({
    'private-key': settings.appKey,
    webhook: { url: 'http://127.0.0.1:4101/api/github/webhooks', secret: settings.webhookSecret },
  });
  const from: string = seed.repositories['acme/payments'].from;
  expect(statSync(join(from, '.github', 'countersign.yml')).isFile()).toBe(true);
  expect(() => statSync(join(from, 'releases'))).toThrow();
});

test('the seed that ships is one', () => {
  const seed = readSeed(join(packageRoot(), 'examples', 'seed.yml'));
  expect(Object.keys(seed.repositories)).toEqual(['acme/payments']);
});
