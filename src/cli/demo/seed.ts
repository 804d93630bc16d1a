import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import type { DemoSettings } from './settings.ts';

/**
 * The example's seed with this demo's own addresses, key and secret; folders are named absolutely, because the result
 * lies elsewhere. Throws where the seed that ships with the package is not what it should be.
 */
export function demoSeed(file: string, settings: DemoSettings): string {
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
    if (typeof from === 'string' && !isAbsolute(from)) document.setIn(path, resolve(dirname(file), from));
  }
  return document.toString();
}
