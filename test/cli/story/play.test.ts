import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { play } from '../../../src/cli/story/play.ts';
import { recordIo } from '../../support/record-io.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('every step of the story is observed, and its record can be read with git alone', async () => {
  const io = recordIo();
  const code = await play({ keep: folder }, io);
  expect(io.err).toEqual([]);
  expect(code).toBe(0);
  const bare = join(folder, 'acme', 'payments.git');
  const git = (...args: readonly string[]) => execFileSync('git', ['--git-dir', bare, ...args]).toString();
  const subjects = git('log', '--reverse', '--format=%s', 'countersign-records').trim().split('\n');
  expect(subjects[0]).toMatch(/^payments-2026\.11: opened for [0-9a-f]{7}$/);
  expect(subjects).toContain('payments-2026.10.1: qa-signoff is rejected');
  expect(subjects.at(-1)).toBe('payments-2026.11: succeeded');
  const log = git('log', '--format=%b', 'countersign-records');
  for (const login of ['grace', 'katherine', 'donna', 'mona', 'radia'])
    expect(log).toMatch(new RegExp(`^Approved-by: ${login} <`, 'm'));
  for (const login of ['eve', 'ada']) expect(log).not.toContain(`Approved-by: ${login}`);
});

test('a folder that holds a repository already is left alone', async () => {
  execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'acme', 'payments.git')]);
  const io = recordIo();
  expect(await play({ keep: folder }, io)).toBe(2);
  expect(io.err).toEqual([expect.stringContaining('is there already')]);
});
