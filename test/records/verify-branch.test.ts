import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkpointPath } from '../../src/core/record/layout.ts';
import { replay } from '../../src/core/release/replay.ts';
import type { Sha } from '../../src/core/values.ts';
import { verifyBranch } from '../../src/records/verify-branch.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';
import { vote } from '../support/happenings.ts';
import { createRecordLine, type RecordLine } from '../support/record-line.ts';

const branch = 'countersign-records';

/** A record of so many commits on a branch of a repository; `forge` changes the files of the last one. */
function published(
  count: number,
  forge: (files: Map<string, Uint8Array | undefined>) => void = () => undefined,
): { readonly host: GitHost; readonly record: RecordLine; readonly commits: readonly Sha[] } {
  const host = createGitHost();
  onTestFinished(() => host.close());
  const record = createRecordLine();
  record.append('x');
  for (let one = 1; one < count; one += 1) record.append('x', [vote(`because of ${one}`)]);
  const commits = record.commits.map(({ changes }, index) => {
    const files = new Map(
      changes.map(({ path, blob }) => [path, blob === undefined ? undefined : record.contents(blob)]),
    );
    if (index === count - 1) forge(files);
    return host.push(branch, files);
  });
  return { host, record, commits };
}

const verify = async ({ host, record }: ReturnType<typeof published>, everySignature = false) => {
  const how = { keys: [record.signer.fingerprint], everySignature, replay };
  const result = await verifyBranch(host.directory, branch, how);
  if (result.kind === 'unreadable') return result.why;
  const { findings, line } = result.verification;
  return {
    commits: result.commits,
    checkpoints: line?.checkpoints.length,
    codes: findings.map(({ code }) => code),
  };
};

test('more commits than are read ahead are judged in their order', async () => {
  const branch = published(70);
  const whole = { commits: 70, checkpoints: 70, codes: [] };
  expect(await verify(branch)).toEqual(whole);
  expect(await verify(branch, true)).toEqual(whole);
});

test('T8: where the newest signature does not hold, each has to speak for itself', async () => {
  const path = checkpointPath(3);
  const forged = published(3, (files) => {
    const checkpoint = JSON.parse(String(files.get(path))) as { signature: string };
    const first = checkpoint.signature.startsWith('A') ? 'B' : 'A';
    const signature = `${first}${checkpoint.signature.slice(1)}`;
    files.set(path, Buffer.from(JSON.stringify({ ...checkpoint, signature })));
  });
  const found = {
    commits: 3,
    checkpoints: 2,
    codes: expect.arrayContaining(['signature', 'foreign-commit']),
  };
  expect(await verify(forged)).toEqual(found);
  expect(await verify(forged, true)).toEqual(found);
});

test('a history that git cannot list to its end is not half verified', async () => {
  const broken = published(3);
  const [, parent = ''] = broken.commits;
  rmSync(join(broken.host.directory, 'objects', parent.slice(0, 2), parent.slice(2)));
  expect(await verify(broken)).toBe(`the history of refs/heads/${branch} cannot be read`);
});
