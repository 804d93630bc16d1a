import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, wherever the bundle or the sources lie below it. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isRoot(folder)) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The package of this program was not found above it.');
    folder = above;
  }
  return folder;
}

function isRoot(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof description === 'object' && description !== null && 'name' in description
    ? description.name === 'countersign'
    : false;
}
