import { cpSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import type { DemoSettings } from './settings.ts';

/**
 * The example's seed with this demo's own addresses, key and secret. Repositories are copied below `folder` without
 * their releases: those are what people of the demo propose. Throws where the seed of the package is broken.
 */
export function demoSeed(file: string, folder: string, settings: DemoSettings): string {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const app = ['apps', 'countersign'];
  if (document.errors.length > 0 || !isMap(document.getIn(app)))
    throw new Error(`${file} describes no App "countersign".`);
  document.setIn([...app, 'private-key'], settings.appKey);
  document.setIn([...app, 'webhook', 'url'], `http://127.0.0.1:${settings.appPort}/api/github/webhooks`);
  document.setIn([...app, 'webhook', 'secret'], settings.webhookSecret);
  const repositories = document.get('repositories');
  for (const { key } of isMap(repositories) ? repositories.items : []) {
    const path = ['repositories', String(key), 'from'];
    const from = document.getIn(path);
    if (typeof from !== 'string') continue;
    const copy = join(folder, String(key));
    copyWithoutReleases(resolve(dirname(file), from), copy);
    document.setIn(path, copy);
  }
  return document.toString();
}

function copyWithoutReleases(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => basename(path) !== 'releases' });
}
