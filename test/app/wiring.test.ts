import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Environment } from '../../src/app/environment.ts';
import { createLogger } from '../../src/app/logger.ts';
import { createApp } from '../../src/app/wiring.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const pem = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
  (key as { export(options: object): string | Buffer }).export({ type: 'pkcs8', format: 'pem' }).toString();

/** An App whose host does not answer. */
function lonelyApp(port = 0) {
  const environment: Environment = {
    appId: 1,
    privateKey: pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    webhookSecret: 'development',
    gheHost: '127.0.0.1:9',
    gheProtocol: 'http',
    signingKey: pem(generateKeyPairSync('ed25519').privateKey),
    port,
    logLevel: 'info',
    writer: 'graphql',
    data: join(data, 'mirrors'),
  };
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  return { app: createApp(environment, { log, listenOn: '127.0.0.1' }), lines };
}

test('an App whose host is down lives, is not ready, and says why', async () => {
  const { app, lines } = lonelyApp();
  const { port } = await app.start();
  const answers = await Promise.all(
    ['/healthz', '/readyz'].map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status),
  );
  await app.stop();
  expect(answers).toEqual([200, 503]);
  expect(lines.join('')).toContain('The repositories could not be listed');
});

test('after stop nobody listens any more', async () => {
  const { app } = lonelyApp();
  const { port } = await app.start();
  await app.stop();
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test('a port that is taken is an error at the start, and stop still works', async () => {
  const first = lonelyApp();
  const { port } = await first.app.start();
  const second = lonelyApp(port);
  await expect(second.app.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await second.app.stop();
  await first.app.stop();
});
