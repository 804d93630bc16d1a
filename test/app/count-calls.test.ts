import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countCalls } from '../../src/app/count-calls.ts';

let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((_request, response) => void response.end('ok'));
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const ask = async (times: number): Promise<void> => {
  for (let turn = 0; turn < times; turn += 1) await (await fetch(url)).text();
};

test('the requests of a piece of work are counted, and its value is handed on', async () => {
  const work = async () => {
    await ask(3);
    return 'done';
  };
  expect(await countCalls(work)).toEqual({ value: 'done', calls: 3 });
});

test('work that runs at the same time is counted apart', async () => {
  const counts = await Promise.all([countCalls(() => ask(2)), countCalls(() => ask(5)), ask(4)]);
  expect(counts.slice(0, 2)).toMatchObject([{ calls: 2 }, { calls: 5 }]);
});

test('work without requests makes none', async () => {
  expect(await countCalls(async () => 1)).toEqual({ value: 1, calls: 0 });
});
