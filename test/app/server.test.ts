import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { createRoom, readBody } from '../../src/app/body.ts';
import { createLogger } from '../../src/app/logger.ts';
import { createHttpServer, listen } from '../../src/app/server.ts';
import { createWebhookHandler } from '../../src/app/webhooks.ts';

const secret = 'a webhook secret';
const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

let server: Server | undefined;
afterEach(() => void server?.close());

async function start(options: { notReady?: string; limit?: number } = {}) {
  const received: { event: string; payload: unknown }[] = [];
  const lines: string[] = [];
  const refused: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const webhooks = await createWebhookHandler({
    appId: 1,
    privateKey,
    secret,
    api: 'http://127.0.0.1:9/api/v3',
    log,
    refused: (why) => refused.push(why),
    receive: (event, payload) => received.push({ event, payload }),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  });
  server = createHttpServer({
    webhooks,
    notReady: () => options.notReady,
    metrics: () => '# HELP some_total Some.\n',
    log,
  });
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  const deliver = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/github/webhooks`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': 'b1f6c0e0-0000-0000-0000-000000000000',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
        ...headers,
      },
    });
  return { url, deliver, received, refused, lines };
}

test('a signed delivery is handed on with its event and payload', async () => {
  const { deliver, received } = await start();
  const payload = { ref: 'refs/heads/main', repository: { full_name: 'acme/payments' }, note: 'Grüße' };
  expect((await deliver(JSON.stringify(payload))).status).toBe(200);
  expect(received).toEqual([{ event: 'push', payload }]);
});

test('the payload of an installation is handed on without asking the host for anything', async () => {
  const { deliver, received } = await start();
  expect((await deliver('{"installation":{"id":1},"action":"created"}')).status).toBe(200);
  expect(received).toHaveLength(1);
});

test('a wrong signature is refused, and the log names neither payload nor header', async () => {
  const { deliver, received, lines } = await start();
  const wrong = `sha256=${'0'.repeat(64)}`;
  const response = await deliver('{"note":"do not log me"}', { 'x-hub-signature-256': wrong });
  expect(response.status).toBe(400);
  expect(received).toEqual([]);
  expect(lines.join('')).toContain('signature does not match');
  expect(lines.join('')).not.toMatch(/do not log me|0000000000/);
});

test('a body above the limit is refused before anything reads it', async () => {
  const { deliver, received } = await start({ limit: 1_000 });
  expect((await deliver(JSON.stringify({ note: 'x'.repeat(2_000) }))).status).toBe(413);
  expect(received).toEqual([]);
});

test('so is one that hides its length', async () => {
  const { url, received } = await start({ limit: 1_000 });
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(600)),
  });
  const init = { method: 'POST', body: stream, duplex: 'half' };
  const answer = await fetch(`${url}/api/github/webhooks`, init as RequestInit).then(
    (response) => response.status,
    () => 'broken off',
  );
  expect([413, 'broken off']).toContain(answer);
  expect(received).toEqual([]);
});

test('signed nonsense does no harm', async () => {
  const { url, deliver, received } = await start();
  for (const body of ['', '5', 'null', '"text"', '[', '[]', '{'])
    expect((await deliver(body)).status).toBe(400);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(received).toEqual([]);
});

test('health and readiness are different questions', async () => {
  const { url } = await start({ notReady: 'The first resync has not ended.' });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const readiness = await fetch(`${url}/readyz`);
  expect([readiness.status, await readiness.text()]).toEqual([503, 'The first resync has not ended.\n']);
});

test('numbers are for Prometheus', async () => {
  const { url } = await start();
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await answer.text()).toContain('# HELP');
});

test('deliveries that are not handed on are told of', async () => {
  const { deliver, refused } = await start({ limit: 1_000 });
  await deliver('{}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
  await deliver(JSON.stringify({ note: 'x'.repeat(2_000) }));
  await deliver('{}');
  expect(refused).toEqual(['refused', 'too-large']);
});

test('the front page says what this is, and anything else is not found', async () => {
  const { url } = await start();
  expect(await (await fetch(url)).text()).toContain('<h1>Countersign</h1>');
  for (const [method, path] of [
    ['GET', '/api/github/webhooks'],
    ['GET', '/nothing'],
    ['POST', '/'],
  ] as const)
    expect((await fetch(url + path, { method })).status).toBe(404);
});

test('T17: room for bodies is shared, and given back', () => {
  const room = createRoom(100);
  expect([room.take(60), room.take(60), room.take(40)]).toEqual([true, false, true]);
  room.give(60);
  expect(room.take(60)).toBe(true);
});

/** A request that has sent so much and not yet ended. */
function sending(...chunks: readonly number[]) {
  const request = Object.assign(new PassThrough(), { headers: {} });
  for (const chunk of chunks) request.write(Buffer.alloc(chunk));
  return { request: request as unknown as IncomingMessage, end: () => request.end() };
}

test('T17: a body for which there is no room is refused, and leaves none taken', async () => {
  const room = createRoom(100);
  const first = sending(80);
  const reading = readBody(first.request, 1_000, room);
  const second = sending(10, 20);
  expect(await readBody(second.request, 1_000, room)).toEqual({ kind: 'no-room' });
  first.end();
  expect(await reading).toMatchObject({ kind: 'whole' });
  expect([room.take(20), room.take(1)]).toEqual([true, false]);
});
