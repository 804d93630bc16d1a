import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readEnvironment } from '../../src/app/environment.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const appKey = rsa.export({ type: 'pkcs8', format: 'pem' }).toString();
const signingKey = ed25519.export({ type: 'pkcs8', format: 'pem' }).toString();
const good = {
  APP_ID: '7',
  PRIVATE_KEY: appKey,
  WEBHOOK_SECRET: 'development',
  COUNTERSIGN_SIGNING_KEY: signingKey,
};

const valid = (env: Readonly<Record<string, string>>, readText?: (path: string) => string) => {
  const reading = readEnvironment(env, readText);
  if (reading.kind === 'invalid') throw new Error(reading.sentences.join('\n'));
  return reading.value;
};
const sentences = (env: Readonly<Record<string, string>>, readText?: (path: string) => string) => {
  const reading = readEnvironment(env, readText);
  return reading.kind === 'invalid' ? reading.sentences : [];
};

test('the least that is needed, with its defaults', () => {
  expect(valid(good)).toEqual({
    appId: 7,
    privateKey: appKey,
    webhookSecret: 'development',
    gheProtocol: 'https',
    signingKey,
    port: 3000,
    logLevel: 'info',
    data: '.countersign',
    writer: 'graphql',
  });
});

test('everything that is missing is named at once', () => {
  const names = sentences({}).map((sentence) => sentence.split(' ')[0]);
  expect(names).toEqual(['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'COUNTERSIGN_SIGNING_KEY']);
});

test.each([
  ['real line ends', (pem: string) => pem],
  ['line ends written out', (pem: string) => pem.replaceAll('\n', '\\n')],
  ['base64', (pem: string) => Buffer.from(pem).toString('base64')],
])('keys come with %s', (_form, written) => {
  const env = {
    ...good,
    PRIVATE_KEY: written(appKey),
    COUNTERSIGN_SIGNING_KEY: written(signingKey),
  };
  expect(valid(env)).toMatchObject({ privateKey: appKey, signingKey });
});

test("GitHub's own key form, PKCS #1, is taken too", () => {
  const pem = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
  expect(valid({ ...good, PRIVATE_KEY: pem }).privateKey).toBe(appKey);
});

test('both keys may be files', () => {
  const files: Record<string, string> = { '/app.pem': appKey, '/signing.pem': signingKey };
  const { PRIVATE_KEY: _left, ...rest } = good;
  const env = { ...rest, PRIVATE_KEY_PATH: '/app.pem', COUNTERSIGN_SIGNING_KEY: '/signing.pem' };
  expect(valid(env, (path) => files[path] ?? '')).toMatchObject({ privateKey: appKey, signingKey });
});

test('a file that is not there is named, with the reason', () => {
  const missing = () => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  };
  const env = { ...good, COUNTERSIGN_SIGNING_KEY: '/nowhere.pem' };
  expect(sentences(env, missing)).toEqual([
    'COUNTERSIGN_SIGNING_KEY names the file "/nowhere.pem", which cannot be read (ENOENT).',
  ]);
});

test('a key of the wrong kind is refused: RSA cannot sign checkpoints, Ed25519 cannot be an App', () => {
  expect(sentences({ ...good, COUNTERSIGN_SIGNING_KEY: appKey })).toHaveLength(1);
  expect(sentences({ ...good, PRIVATE_KEY: signingKey })).toHaveLength(1);
});

test.each([
  ['APP_ID', 'my-app'],
  ['PRIVATE_KEY', 'secret'],
  ['WEBHOOK_SECRET', 'short'],
  ['GHE_HOST', 'https://github.example.com'],
  ['GHE_PROTOCOL', 'ftp'],
  ['COUNTERSIGN_SIGNING_KEY', '-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----'],
  ['PORT', '70000'],
  ['PORT', '80a'],
  ['LOG_LEVEL', 'verbose'],
  ['COUNTERSIGN_WRITER', 'svn'],
])('%s=%s is one clear sentence that names the variable', (name, value) => {
  const found = sentences({ ...good, [name]: value });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^${name} .*\\.$`));
});

test('no sentence repeats a secret', () => {
  const found = sentences({ ...good, WEBHOOK_SECRET: 'hunter2', PRIVATE_KEY: 'not-a-key-but-secret' });
  expect(found.join()).not.toMatch(/hunter2|not-a-key/);
});

test('an Enterprise host, a port and a level', () => {
  const env = {
    ...good,
    GHE_HOST: 'localhost:4000',
    GHE_PROTOCOL: 'http',
    PORT: '0',
    LOG_LEVEL: 'debug',
    COUNTERSIGN_DATA: '/data',
    COUNTERSIGN_WRITER: 'git',
  };
  expect(valid(env)).toMatchObject({
    gheHost: 'localhost:4000',
    gheProtocol: 'http',
    port: 0,
    logLevel: 'debug',
    data: '/data',
    writer: 'git',
  });
});
