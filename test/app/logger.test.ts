import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLogger } from '../../src/app/logger.ts';

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const keyText = pem.split('\n')[1] ?? '';
const token = `ghs_${'a1B2'.repeat(10)}`;
const jwt = `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0AAAA.${'c2ln'.repeat(8)}`;

function written(log: (logger: ReturnType<typeof createLogger>) => void, secrets: string[] = []): string {
  const lines: string[] = [];
  log(createLogger({ level: 'info', secrets, destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

test.each([
  ['a token in a message', token, () => `fetch failed with ${token}`],
  ['a stateless token', token, () => `ghs_7_${token}`],
  ['a JWT', jwt, () => `sent ${jwt}`],
  ['a whole key', keyText, () => `key ${pem} used`],
  ['a key that is cut off', keyText, () => `key ${pem.slice(0, 70)}`],
  ['a header in text', 'c2VjcmV0LXNlY3JldA', () => 'Authorization: Basic c2VjcmV0LXNlY3JldA=='],
  ['an address with a password', 'hunter2', () => 'git fetch https://x:hunter2@github.com/acme/payments'],
])('%s is taken out', (_what, secret, message) => {
  const text = written((log) => log.info(message()));
  expect(text).toContain('[redacted]');
  expect(text).not.toContain(secret);
});

test('in fields, header objects and errors too', () => {
  const error = new Error(`401 for ${token}`, { cause: new Error(`proxy saw ${jwt}`) });
  const text = written((log) =>
    log.error({ err: error, headers: { authorization: 'token abcdef' } }, 'failed'),
  );
  for (const secret of [token, jwt, 'abcdef']) expect(text).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({ msg: 'failed', err: { type: 'Error' } });
});

test('secrets known by value are taken out wherever they stand, also with quotes in them', () => {
  const secret = 'pass"word\\with things';
  expect(written((log) => log.info({ note: `it was ${secret}` }, secret), [secret])).not.toContain(
    'with things',
  );
});

test('what libraries hang on an error is not written', () => {
  const error = Object.assign(new Error('bad signature'), { event: { payload: 'the whole payload' } });
  expect(written((log) => log.error(error))).not.toContain('the whole payload');
});

test('an ordinary line stays as it is', () => {
  const line = JSON.parse(
    written((log) => log.info({ key: 'acme/payments r1', calls: 3, ms: 41 }, 'settled')),
  );
  expect(line).toMatchObject({ level: 30, key: 'acme/payments r1', calls: 3, ms: 41, msg: 'settled' });
});
