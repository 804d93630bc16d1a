// Finds a published npm package that is too large to depend on: unpacked in the folder named on the command line, or
// packed by npm into a temporary folder, which is removed again.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The parsed JSON `file` of exactly this version; throws when the folder holds another one. */
export function readPublished(name, version, file, folder) {
  if (folder !== undefined) return readFrom(folder, name, version, file);
  const scratch = mkdtempSync(join(tmpdir(), 'published-'));
  try {
    const packed = execFileSync('npm', ['pack', '--json', '--silent', `${name}@${version}`], {
      cwd: scratch,
    });
    const [{ filename }] = JSON.parse(packed.toString('utf8'));
    execFileSync('tar', ['-xzf', filename, 'package/package.json', `package/${file}`], { cwd: scratch });
    return readFrom(join(scratch, 'package'), name, version, file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readFrom(folder, name, version, file) {
  const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (found.name !== name || found.version !== version)
    throw new Error(`expected ${name} ${version} in ${folder}, found ${found.name} ${found.version}`);
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** The folder given with `--from`, if any. */
export function folderGiven() {
  const at = process.argv.indexOf('--from');
  return at < 0 ? undefined : process.argv[at + 1];
}
