import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replay } from '../../src/core/release/replay.ts';
import { readLine } from '../../src/records/line-log.ts';
import { verifyBranch } from '../../src/records/verify-branch.ts';
import { type Figure, type Row, timed } from '../figure.ts';
import { branch, newSigner, writeRecordsBranch } from '../records-branch.ts';

const sizes = [
  ['10,000', { releases: 100, activities: 5, voters: 17, together: 5, step: 4 }, undefined],
  ['100,000', { releases: 1_000, activities: 5, voters: 17, together: 5, step: 4 }, 3],
] as const;

/** `verify`, beside git alone reading the same objects. */
export const verify: Figure = {
  name: 'verify',
  measure: async () => {
    const rows: Row[] = [];
    for (const [words, shape, most] of sizes) {
      const root = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
      const directory = join(root, 'records.git');
      const signer = newSigner();
      const events = await writeRecordsBranch(directory, shape, signer);
      const commits = (await readLine(directory, undefined, branch)) ?? [];
      const ids = join(root, 'ids');
      const blobs = commits.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? []));
      writeFileSync(ids, `${[...new Set(blobs)].join('\n')}\n`);
      const bare = await timed(3, () => catFile(directory, ids));
      const ours = await timed(3, () => mustVerify(directory, signer.fingerprint, false));
      const all = await timed(1, () => mustVerify(directory, signer.fingerprint, true));
      const about = `${words} events (${events}) in ${commits.length} commits`;
      const ratio = Math.min(...ours) / Math.min(...bare);
      rows.push(
        { figure: `git cat-file --batch, ${about}`, unit: 'ms', samples: bare },
        { figure: `verify, ${about}`, unit: 'ms', samples: ours },
        {
          figure: `verify beside git cat-file, ${words} events`,
          unit: 'times',
          samples: [ratio],
          ...(most === undefined ? {} : { target: { of: 'median', most } as const }),
        },
        { figure: `verify --all-signatures, ${words} events`, unit: 'ms', samples: all },
      );
      rmSync(root, { recursive: true, force: true });
    }
    return rows;
  },
};

async function catFile(directory: string, ids: string): Promise<void> {
  const git = spawn('git', ['cat-file', '--batch'], {
    cwd: directory,
    stdio: [openSync(ids, 'r'), openSync('/dev/null', 'w'), 'inherit'],
  });
  await once(git, 'close');
}

async function mustVerify(directory: string, key: string, everySignature: boolean): Promise<void> {
  const result = await verifyBranch(directory, branch, { keys: [key], everySignature, replay });
  if (result.kind !== 'verified' || result.verification.findings.length > 0)
    throw new Error(JSON.stringify(result.kind === 'verified' ? result.verification.findings[0] : result));
}
