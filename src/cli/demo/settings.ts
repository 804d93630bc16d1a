import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** What a demo keeps in its folder besides the repositories, so that it can go on another day. */
export type DemoSettings = {
  readonly githubPort: number;
  readonly appPort: number;
  readonly webhookSecret: string;
  /** RSA key of the App, a file. */
  readonly appKey: string;
  /** Ed25519 key that signs the record, a file. Only the demo makes one up by itself (T9). */
  readonly signingKey: string;
};

export type DemoSettingsReading =
  | { readonly kind: 'settings'; readonly settings: DemoSettings; readonly resumed: boolean }
  | { readonly kind: 'wrong'; readonly sentence: string };

/**
 * Reads a demo's settings, or makes them up where the folder is new. Addresses stay the same when a demo is resumed,
 * because clones and the App's webhook point there; `port` (local GitHub, the App one above) counts for a new one only.
 */
export async function readDemoSettings(data: string, port: number | undefined): Promise<DemoSettingsReading> {
  const file = join(data, 'demo.json');
  if (!existsSync(file)) return { kind: 'settings', settings: await make(data, file, port), resumed: false };
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Pick<DemoSettings, 'githubPort' | 'appPort'>;
  if (port !== undefined && port !== 0 && port !== kept.githubPort)
    return {
      kind: 'wrong',
      sentence: `The demo in ${data} lives at port ${kept.githubPort}; its clones and webhooks point there, so it cannot move to ${port}.`,
    };
  const secret = readFileSync(join(data, 'webhook-secret'), 'utf8').trim();
  return { kind: 'settings', settings: { ...kept, ...keyFiles(data), webhookSecret: secret }, resumed: true };
}

async function make(data: string, file: string, port: number | undefined): Promise<DemoSettings> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const [githubPort, appPort] = port ? ([port, port + 1] as const) : await freePorts();
  const keys = keyFiles(data);
  const secret = randomBytes(24).toString('hex');
  keep(keys.appKey, pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
  keep(keys.signingKey, pem(generateKeyPairSync('ed25519').privateKey));
  keep(join(data, 'webhook-secret'), `${secret}\n`);
  keep(file, `${JSON.stringify({ githubPort, appPort }, null, 2)}\n`);
  return { githubPort, appPort, webhookSecret: secret, ...keys };
}

function keyFiles(data: string): Pick<DemoSettings, 'appKey' | 'signingKey'> {
  return { appKey: join(data, 'app.pem'), signingKey: join(data, 'signing.pem') };
}

function pem(key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function keep(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
}

/** Two different ports that nobody listens on now; both are held until both are known. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    ports.push(typeof address === 'object' && address !== null ? address.port : 0);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
