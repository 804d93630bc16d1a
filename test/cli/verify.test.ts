import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/cli/verify.ts';
import { encodeEvent } from '../../src/core/record/event-codec.ts';
import { eventPath, pagePath } from '../../src/core/record/layout.ts';
import type { Sha } from '../../src/core/values.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import { createRecordStore } from '../../src/records/record-store.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';
import { newSigner, noon, openingOf, place, vote, voteOn } from '../support/happenings.ts';
import { recordIo } from '../support/record-io.ts';

const branch = place.branch;
const signer = newSigner();
let host: GitHost;
let store: RecordStore;
let head: Sha | undefined;

beforeAll(async () => {
  host = createGitHost();
  store = createRecordStore({
    history: host.mirror(),
    writer: host.writer,
    signer,
    host: 'https://github.com',
  });
  await store.append(place, openingOf('x'), noon);
  await store.append(place, voteOn('x', 1), noon);
  head = host.head(branch);
});
afterAll(() => host.close());

async function verified(...args: string[]): Promise<{ code: number; text: string }> {
  const io = recordIo();
  const code = await verify([host.directory, ...args], io);
  return { code, text: [...io.out, ...io.err].join('\n') };
}

/** Verifies after a push by somebody else, and takes the push away again. */
async function manipulated(
  files: ReadonlyMap<string, Uint8Array | undefined>,
  options = {},
): Promise<string> {
  host.push(branch, files, options);
  const { code, text } = await verified('--key', signer.fingerprint);
  host.move(branch, head);
  expect(code).toBe(1);
  return text;
}

describe('a record that holds (S-018, S-146, G-24)', () => {
  test('is complete with the right key', async () => {
    const { code, text } = await verified('--key', signer.fingerprint);
    expect(text).toContain('complete to checkpoint 2');
    expect(text).not.toContain('unanchored');
    expect(code).toBe(0);
  });

  test('is unanchored without a key, and says so (T9)', async () => {
    const { code, text } = await verified();
    expect(text).toContain(`unanchored: the signatures were made by a key found on the branch itself`);
    expect(text).toContain(signer.fingerprint);
    expect(text).not.toContain('complete');
    expect(code).toBe(0);
  });

  test('holds with every signature checked', async () => {
    expect((await verified('--all-signatures', '--key', signer.fingerprint)).code).toBe(0);
  });

  test('is verified from a web address, too', async () => {
    const io = recordIo();
    expect(await verify([`file://${host.directory}`, '--key', signer.fingerprint], io)).toBe(0);
  });

  test('is one object with --json', async () => {
    const { text } = await verified('--json', '--key', signer.fingerprint);
    expect(JSON.parse(text)).toMatchObject({
      head,
      anchored: true,
      releases: 1,
      events: 2,
      checkpoint: { number: 2 },
      findings: [],
    });
  });
});

describe('each manipulation is named and placed (T8)', () => {
  test('another key', async () => {
    const { code, text } = await verified('--key', newSigner().fingerprint);
    expect(text).toContain('finding unanchored checkpoints/000001.json');
    expect(code).toBe(1);
  });

  test('a perfect event without a checkpoint', async () => {
    const { repository } = place;
    const event = { ...vote('forged'), version: 1 as const, repository, release: 'x', sequence: 3 };
    const text = await manipulated(new Map([[eventPath('x', 3), encodeEvent(event)]]));
    expect(text).toMatch(/finding foreign-commit [0-9a-f]{40}: by Mallory.*events\/000003\.json/);
    expect(text).toContain(`finding tree ${eventPath('x', 3)}: no checkpoint covers this file`);
  });

  test('a deleted event', async () => {
    const text = await manipulated(new Map([[eventPath('x', 2), undefined]]));
    expect(text).toContain(`finding tree ${eventPath('x', 2)}: a covered file is missing`);
  });

  test('a rewritten page', async () => {
    const text = await manipulated(new Map([[pagePath('x'), Buffer.from('all is well')]]));
    expect(text).toContain(`finding tree ${pagePath('x')}: a covered file has another content`);
  });

  test('a rewritten event in a rewritten history', async () => {
    const [genesis, second] = await commitsOf();
    const damaged = new Map([...(genesis ?? new Map()), [eventPath('x', 1), Buffer.from('{}')]]);
    host.push(branch, damaged, { parent: 'none' });
    const text = await manipulated(second ?? new Map());
    expect(text).toContain(`finding canonical ${eventPath('x', 1)}`);
    expect(text).toContain('nothing here is vouched for');
  });

  test('a rewritten page in a rewritten history', async () => {
    const [genesis, second] = await commitsOf();
    host.push(branch, genesis ?? new Map(), { parent: 'none' });
    const text = await manipulated(
      new Map([...(second ?? new Map()), [pagePath('x'), Buffer.from('all is well')]]),
    );
    expect(text).toContain(`finding record-page ${pagePath('x')}`);
  });

  test('a merge', async () => {
    const other = host.push('elsewhere', new Map([['a', Buffer.from('a')]]));
    expect(await manipulated(new Map(), { second: other })).toMatch(
      /finding linear [0-9a-f]{40}: the commit has 2 parents/,
    );
  });

  test('hostile names cannot speak to the terminal', async () => {
    const text = await manipulated(new Map([['a\u001b[2Kb', Buffer.from('')]]), { author: 'M\u001b[31mx' });
    expect(text).not.toContain('\u001b');
    expect(text).toContain('M\\u{1b}[31mx');
  });
});

describe('what cannot be read is code 2', () => {
  test.each([
    ['no repository', ['/']],
    ['no folder', ['/no/such/folder']],
    ['no server', ['file:///no/such/repository']],
    ['a branch that is not there', ['.', '--branch', 'no-such-branch']],
    ['a name that is no branch', ['.', '--branch', '--output=x']],
    ['a key that is none', ['.', '--key', 'abc']],
    ['an unknown option', ['--yes']],
  ])('%s', async (_, args) => {
    const io = recordIo();
    expect(await verify(args, io)).toBe(2);
    expect(io.err.join('')).not.toBe('');
  });
});

/** The files that each of our two commits writes. */
async function commitsOf(): Promise<readonly Map<string, Uint8Array>[]> {
  const mirror = host.mirror();
  const { name } = place.repository;
  await mirror.fetch(name);
  const commits = (await mirror.line(name, undefined, head ?? '')) ?? [];
  return Promise.all(
    commits.map(
      ({ sha, changes }) =>
        mirror.read(
          name,
          sha,
          changes.map(({ path }) => path),
        ) as Promise<Map<string, Uint8Array>>,
    ),
  );
}
