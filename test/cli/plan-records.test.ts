import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan } from '../../src/cli/plan.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import { createRecordStore } from '../../src/records/record-store.ts';
import { createGitHost, type GitHost } from '../support/git-host.ts';
import { newSigner, noon, place } from '../support/happenings.ts';
import { recordIo } from '../support/record-io.ts';
import { activity, manifest, releaseWorld } from '../support/release-world.ts';

const signer = newSigner();
const clock = { now: () => '2026-11-23T12:00:00Z' };
const qa = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;
const written = (title: string, release = 'r1', ref = 'v1') => `release: ${release}
title: Release one
target: { ref: ${ref} }
phases:
  verify:
    activities:
      signoff: { title: ${title}, approvers: { from: team:qa, require: 2 } }
`;
let host: GitHost;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plan-records-'));
  host = createGitHost();
  const history = { history: host.mirror(), writer: host.writer, signer, host: 'https://github.com' };
  const accepted = manifest([activity('signoff', { approvers: [qa] })]);
  const { events } = releaseWorld({ plan: accepted }).says('grace', '/approve');
  const bytes = Buffer.from(JSON.stringify(accepted));
  const manifests = new Map([[digestOf(bytes), bytes]]);
  const append = { release: 'r1', after: 0, happenings: events, manifests, evidence: new Map(), foreign: [] };
  await createRecordStore(history).append(place, append, noon);
});
afterAll(() => {
  host.close();
  rmSync(folder, { recursive: true });
});

async function planned(text: string, ...args: readonly string[]) {
  const path = join(folder, 'r1.yml');
  writeFileSync(path, text);
  const io = recordIo();
  const records = args.includes('--records') ? [] : ['--records', host.directory];
  const code = await plan([path, ...records, ...args], io, clock);
  return { code, out: io.out.join('\n'), err: io.err.join('\n') };
}

describe('countersign plan --records (G-39)', () => {
  it('says what the manifest would do to the release that is open on record', async () => {
    const { code, out } = await planned(written('Sign-off'), '--key', signer.fingerprint);
    expect(code).toBe(0);
    expect(out.split('\n\n').find((block) => block.startsWith('r1 stays'))).toMatchInlineSnapshot(`
      "r1 stays On hold.
        signoff: Awaiting approval → Awaiting approval
          votes that lapse: grace
          asks again: 2 of team qa
          title: "signoff" → "Sign-off"
      A preview from the record; nothing of it has happened."
    `);
  });

  it('shows another target by its name, and a release that is not on record as new', async () => {
    expect((await planned(written('signoff', 'r1', 'v2'))).out).toContain('target: "bbbb');
    expect((await planned(written('signoff', 'r1', 'v2'))).out).toContain('"the commit of v2"');
    expect((await planned(written('signoff', 'r9'))).out).toContain('r9 is not on record: it would open.');
  });

  it('prints one object for programs', async () => {
    const { out } = await planned(written('Sign-off'), '--json');
    expect(JSON.parse(out)).toMatchObject({
      foreseen: { kind: 'changes', flips: [{ activity: 'signoff' }] },
    });
  });

  it('refuses what is no record, a bad key, and findings', async () => {
    expect(await planned(written('a'), '--records', folder)).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('Nothing to compare with') },
    });
    expect((await planned(written('a'), '--key', 'x')).code).toBe(2);
    const other = await planned(written('a'), '--key', newSigner().fingerprint);
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('finding')]);
  });
});
