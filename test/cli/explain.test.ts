import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { rulesAbove } from '../../src/cli/validate/check-files.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import { eventPath } from '../../src/core/record/layout.ts';
import type { Sha } from '../../src/core/values.ts';
import { createRecordStore } from '../../src/records/record-store.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';
import { newSigner, noon, place } from '../support/happenings.ts';
import { recordIo } from '../support/record-io.ts';
import { activity, manifest, releaseWorld } from '../support/release-world.ts';

const signer = newSigner();
const key = ['--key', signer.fingerprint];
const clock = { now: () => '2026-11-23T12:00:00.500Z' };
const plan = manifest([
  activity('signoff', {
    approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
    timing: { deadline: '2026-11-25T00:00:00Z', remind: [], escalate: [] },
  }),
  activity('ship', { needs: ['signoff'] }),
]);
let host: GitHost;
let head: Sha | undefined;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
  host = createGitHost();
  const store = createRecordStore({
    history: host.mirror(),
    writer: host.writer,
    signer,
    host: 'https://github.com',
  });
  const { events } = releaseWorld({ plan }).says('grace', '/approve');
  const written = Buffer.from(JSON.stringify(plan));
  const manifests = new Map([[digestOf(written), written]]);
  await store.append(
    place,
    { release: 'r1', after: 0, happenings: events, manifests, evidence: new Map(), foreign: [] },
    noon,
  );
  head = host.head(place.branch);
});
afterAll(() => {
  host.close();
  rmSync(folder, { recursive: true });
});

async function explained(...args: readonly string[]) {
  const io = recordIo();
  const code = await explain([host.directory, ...args], io, clock);
  return { code, out: io.out.join('\n'), err: io.err.join('\n') };
}

describe('countersign explain (G-39)', () => {
  test('says why each activity stands where it stands', async () => {
    const { code, out, err } = await explained('r1', ...key);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Release r1: Release one. On hold, seen at 2026-11-23T12:00:00Z.');
    expect(out).toContain('Waiting for 1 approval; linus would be enough.');
    expect(out).toContain('- 2 of team qa: 1 of 2 (grace), open');
    expect(out).toContain('Waits for signoff.');
    expect(out).not.toContain('HYPOTHETICAL');
  });

  test('says so for one activity', async () => {
    const { code, out } = await explained('r1', 'ship', ...key);
    expect(code).toBe(0);
    expect(out).toContain('ship: ship. Pending');
    expect(out).not.toContain('signoff: signoff');
  });

  test('reads a web address, and warns that nothing is anchored', async () => {
    const io = recordIo();
    expect(await explain([`file://${host.directory}`, 'r1'], io, clock)).toBe(0);
    expect(io.err.join('\n')).toContain('warning unanchored');
  });

  test('is one object with --json', async () => {
    const { out } = await explained('r1', 'signoff', '--json', ...key);
    expect(JSON.parse(out)).toMatchObject({
      hypothetical: null,
      explanation: {
        status: 'on-hold',
        next: '2026-11-25T00:00:30Z',
        activities: [{ activity: 'signoff', attempt: { verdict: { unblock: [{ login: 'linus' }] } } }],
      },
    });
  });
});

const supposed = `release: r1
target: { ref: v1 }
phases:
  verify:
    activities:
      signoff: { approvers: { from: team:qa, require: 2 }, deadline: 2026-11-25T00:00:00Z }
      deploy: { environment: production }
`;

describe('freezes and change windows are no part of the record (G-39, design 3.9)', () => {
  const configuration = (text: string): string => {
    const path = join(folder, 'countersign.yml');
    writeFileSync(path, text);
    return path;
  };

  test('the configuration that is named tells them', async () => {
    const path = configuration('time-zone: UTC\n');
    const { code, out } = await explained('r1', '--configuration', path, ...key);
    expect(code).toBe(0);
    expect(out).toContain('The next thing that happens by itself is due at 2026-11-25T00:00:30Z.');
  });

  test('so does the one of the repository that a supposed manifest is in', async () => {
    const repository = join(folder, 'repository');
    mkdirSync(join(repository, '.github'), { recursive: true });
    mkdirSync(join(repository, '.git'));
    const path = join(repository, 'r1.yml');
    writeFileSync(path, supposed);
    expect(await rulesAbove(path)).toBeUndefined();
    const freeze = '{ name: Year end, from: 2026-11-01, until: 2026-12-31 }';
    writeFileSync(join(repository, '.github', 'countersign.yml'), `freezes: ${freeze}\n`);
    expect((await rulesAbove(path))?.freezes).toMatchObject([{ name: 'Year end' }]);
    const { code, out } = await explained('r1', '--as-if-manifest', path, ...key);
    expect([code, out.includes('HYPOTHETICAL')]).toEqual([0, true]);
    const inherits = ['--organization-configuration', join(folder, 'none.yml')];
    const gone = await explained('r1', '--as-if-manifest', path, ...inherits, ...key);
    expect([gone.code, gone.out]).toEqual([1, '']);
  });

  test('one with errors, or none, is code 1', async () => {
    const broken = await explained('r1', '--configuration', configuration('zone: UTC\n'), ...key);
    expect([broken.code, broken.out]).toEqual([1, '']);
    expect(broken.err).toContain('countersign.yml:1:1: error');
    const gone = await explained('r1', '--configuration', join(folder, 'none.yml'), ...key);
    expect([gone.code, gone.out]).toEqual([1, '']);
    const inherits = ['--organization-configuration', join(folder, 'none.yml')];
    const less = await explained('r1', '--configuration', configuration('{}\n'), ...inherits, ...key);
    expect([less.code, less.out]).toEqual([1, '']);
  });
});

describe('what is supposed has no effect', () => {
  const file = (text: string): string => {
    const path = join(folder, 'r1.yml');
    writeFileSync(path, text);
    return path;
  };
  const other = (release: string, title: string) => `release: ${release}
target: { ref: v1 }
phases:
  verify:
    activities:
      signoff:
        title: ${title}
        approvers: { from: team:qa, require: 2 }
`;

  test('another vote', async () => {
    const { code, out } = await explained('r1', '--as-if', '@linus approves signoff', ...key);
    expect(code).toBe(0);
    expect(out).toMatch(/^HYPOTHETICAL: none of this has happened, and nothing was written\./);
    expect(out).toContain('Then ship would begin');
    expect(out).toContain('Approved at 2026-11-23T12:00:00Z by linus and grace.');
    expect(host.head(place.branch)).toBe(head);
    expect((await explained('r1', ...key)).out).toContain('linus would be enough');
  });

  test('another time', async () => {
    const { code, out } = await explained('r1', '--as-if-at', '2026-12-01T00:00:00Z', '--json', ...key);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      hypothetical: { at: '2026-12-01T00:00:00Z', happened: [{ kind: 'activity-expired' }], unknown: [] },
      explanation: { status: 'failed' },
    });
  });

  test('another manifest', async () => {
    const { code, out } = await explained('r1', '--as-if-manifest', file(other('r1', 'Sign off')), ...key);
    expect(code).toBe(0);
    expect(out).toContain('title: "signoff" → "Sign off"');
    expect(out).toContain('the votes of grace, because this changed');
  });

  test.each([
    ['somebody who is not asked', ['--as-if', 'eve approves signoff'], 'eve is not among the people'],
    ['a time before now', ['--as-if-at', '2026-11-01T00:00:00Z'], 'has to come after 2026-11-23T12:00:00Z'],
  ])('%s is code 1', async (_, args, sentence) => {
    const { code, out, err } = await explained('r1', ...args, ...key);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
  });

  test('a manifest with errors, or of another release, is code 1', async () => {
    const broken = await explained('r1', '--as-if-manifest', file('titel: x\n'), ...key);
    expect([broken.code, broken.out]).toEqual([1, '']);
    expect(broken.err).toContain('r1.yml:1:1: error');
    const strange = await explained('r1', '--as-if-manifest', file(other('r2', 'x')), ...key);
    expect([strange.code, strange.out]).toEqual([1, '']);
    expect(strange.err).toContain('The manifest is of the release r2, not of r1.');
  });
});

describe('what is not authentic is refused', () => {
  test('another key: nothing is explained', async () => {
    const { code, out, err } = await explained('r1', '--key', newSigner().fingerprint);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('finding unanchored');
  });

  test('what no checkpoint covers is named, and explains nothing (T8)', async () => {
    const forged = new Map([[eventPath('r1', 99), Buffer.from('{"forged\u001b[31m":1}')]]);
    host.push(place.branch, forged, { author: 'M\u001b[31mx' });
    const { code, out, err } = await explained('r1', ...key);
    host.move(place.branch, head);
    expect(code).toBe(1);
    expect(err).toMatch(/finding foreign-commit [0-9a-f]{40}: by M\\u\{1b\}\[31mx/);
    expect(out).toContain('linus would be enough');
  });
});

test.each([
  ['no release', [], 'Name the repository of the record and the release.'],
  ['a release that is not there', ['r2'], 'Nothing to explain: the record has no release r2'],
  ['an activity that is not there', ['r1', 'x\u001b'], 'the release has no activity x\\u{1b}'],
  ['no branch', ['r1', '--branch', 'none'], 'Nothing to explain: there is no branch none'],
  ['no key', ['r1', '--key', 'abc'], '--key takes a fingerprint'],
  ['no vote', ['r1', '--as-if', 'grace likes\u001b it'], 'found grace likes\\u{1b} it.'],
  ['no moment', ['r1', '--as-if-at', 'soon'], '--as-if-at takes a moment with its time zone'],
  ['one word too many', ['r1', 'ship', 'more'], 'Unexpected argument'],
])('%s is code 2', async (_, args, sentence) => {
  const { code, out, err } = await explained(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(sentence);
});
