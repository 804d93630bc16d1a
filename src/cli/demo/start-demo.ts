import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readEnvironment } from '../../app/environment.ts';
import { createLogger } from '../../app/logger.ts';
import { createApp } from '../../app/wiring.ts';
import { startLocalGitHub } from '../../local-github/server.ts';
import { troubleOnly } from '../../local-github/trouble-only.ts';
import { createSigner } from '../../records/signer.ts';
import { packageRoot } from './package-root.ts';
import { demoSeed } from './seed.ts';
import { type DemoSettings, readDemoSettings } from './settings.ts';

/** A running demo: a small GitHub and the App, in this process, talking over HTTP and git only. */
export type Demo = {
  /** Address of the local GitHub, without a slash at the end. */
  readonly github: string;
  readonly app: string;
  readonly data: string;
  /** Where the App writes what it does. */
  readonly logFile: string;
  /** Of the key that signs the record: what `verify --key` wants to know. */
  readonly fingerprint: string;
  readonly resumed: boolean;
  /** Resolves when nothing is on its way between the two any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export type DemoStart =
  | { readonly kind: 'started'; readonly demo: Demo }
  | { readonly kind: 'wrong'; readonly sentence: string };

/**
 * Starts both in `data`, which is resumed where it holds a demo. Throws where a port is taken. `strict` holds the local
 * GitHub and the App to GitHub's published descriptions: `stop` then throws where one of them differed.
 */
export async function startDemo(data: string, port?: number, strict = false): Promise<DemoStart> {
  const reading = await readDemoSettings(data, port);
  if (reading.kind === 'wrong') return reading;
  const { settings, resumed } = reading;
  const github = await startGitHub(data, settings, strict);
  const logFile = join(data, 'app.log');
  const app = createDemoApp(data, settings, logFile);
  const idle = async () => {
    // Work of one side makes work for the other; two rounds without any are silence.
    for (let round = 0; round < 3; round += 1) {
      await github.idle();
      await app.idle();
    }
  };
  const stop = async () => {
    await app.stop();
    await github.close();
  };
  try {
    await app.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const addresses = { github: github.url, app: `http://127.0.0.1:${settings.appPort}` };
  const fingerprint = fingerprintIn(settings.signingKey);
  const demo = { ...addresses, data, logFile, fingerprint, resumed, idle, stop };
  return { kind: 'started', demo };
}

function startGitHub(
  data: string,
  settings: DemoSettings,
  strict: boolean,
): ReturnType<typeof startLocalGitHub> {
  const seed = join(data, 'seed.yml');
  const example = join(packageRoot(), 'examples', 'seed.yml');
  writeFileSync(seed, demoSeed(example, join(data, 'first-commit'), settings));
  const folder = join(data, 'github');
  mkdirSync(folder, { recursive: true });
  const log = join(data, 'github.log');
  return startLocalGitHub({
    port: settings.githubPort,
    host: '127.0.0.1',
    data: folder,
    strict,
    seed: { file: seed },
    log: troubleOnly((line) => appendFileSync(log, `${new Date().toISOString()} ${line}\n`)),
  });
}

/** Through the same door as `serve`: the settings are read from variables. */
function createDemoApp(data: string, settings: DemoSettings, logFile: string): ReturnType<typeof createApp> {
  const reading = readEnvironment({
    APP_ID: '1',
    PRIVATE_KEY_PATH: settings.appKey,
    WEBHOOK_SECRET: settings.webhookSecret,
    GHE_HOST: `127.0.0.1:${settings.githubPort}`,
    GHE_PROTOCOL: 'http',
    COUNTERSIGN_SIGNING_KEY: settings.signingKey,
    COUNTERSIGN_DATA: join(data, 'mirrors'),
    PORT: String(settings.appPort),
  });
  if (reading.kind === 'invalid') throw new Error(reading.sentences.join(' '));
  const { logLevel, privateKey, signingKey, webhookSecret } = reading.value;
  const log = createLogger({
    level: logLevel,
    secrets: [privateKey, signingKey, webhookSecret],
    destination: pino.destination({ dest: logFile, sync: true, mkdir: true }),
  });
  return createApp(reading.value, { listenOn: '127.0.0.1', log });
}

function fingerprintIn(file: string): string {
  const result = createSigner(readFileSync(file, 'utf8'));
  if (result.kind === 'problem') throw new TypeError(result.problem);
  return result.signer.fingerprint;
}
