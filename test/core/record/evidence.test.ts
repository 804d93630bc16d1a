import { describe, expect, test } from 'vitest';
import { evidencePath } from '../../../src/core/record/layout.ts';
import { verifyRecord } from '../../../src/core/record/verify.ts';
import { evidenceOf, rollback, voteWith } from '../../support/evidence.ts';
import { openingOf } from '../../support/happenings.ts';
import { createRecordLine } from '../../support/record-line.ts';

const plan = evidenceOf(rollback);
const path = evidencePath('x', plan.sha256);
const bytes = new Map([[plan.sha256, rollback]]);
const opened = openingOf('x').happenings;

describe('S-114, G-22, G-24: evidence on the records branch', () => {
  test('the bytes that a vote stores are covered, once', () => {
    const branch = createRecordLine();
    branch.append('x', [...opened, voteWith({ plan })], undefined, bytes);
    const again = branch.append('x', [voteWith({ plan, note: 'same file' })], undefined, bytes);
    expect(branch.line().files.has(path)).toBe(true);
    expect(again.changes.map((change) => change.path)).not.toContain(path);
    expect(branch.line().strays.size).toBe(0);
  });

  test('a digest and a link alone need no bytes', () => {
    const branch = createRecordLine();
    const large = evidenceOf(rollback, { stored: false });
    const link = { kind: 'link', url: 'https://github.com/user-attachments/files/1/a.pdf' } as const;
    branch.append('x', [...opened, voteWith({ large, link })]);
    expect(branch.line().releases.get('x')?.events).toHaveLength(2);
  });

  test.each([
    ['missing', undefined],
    ['other bytes', Buffer.from('# Another plan')],
  ])('a commit whose evidence is %s is not ours', (_, content) => {
    const branch = createRecordLine();
    branch.append('x');
    const spoil = ({ files }: { files: Map<string, Uint8Array | undefined> }) =>
      void (content ? files.set(path, content) : files.delete(path));
    branch.append('x', [voteWith({ plan })], spoil, bytes);
    const result = branch.authenticated();
    expect(result).toMatchObject({ remarks: [{ flaw: { code: 'evidence-digest', place: path } }] });
  });

  test('evidence that no vote names is not covered', () => {
    const branch = createRecordLine();
    branch.append('x');
    branch.append('x', [voteWith({})], ({ files }) => void files.set(path, rollback));
    expect(branch.authenticated()).toMatchObject({ remarks: [{ flaw: { code: 'tree', place: path } }] });
  });

  test('verify tells when somebody changes it afterwards', () => {
    const branch = createRecordLine();
    branch.append('x', [...opened, voteWith({ plan })], undefined, bytes);
    branch.push(new Map([[path, Buffer.from('# Forged')]]));
    const how = { keys: [branch.signer.fingerprint], everySignature: false, replay: () => [] };
    const { findings } = verifyRecord(branch.authenticated(), branch.contents, how);
    expect(findings.map(({ code, place }) => `${code} ${place}`)).toContain(`tree ${path}`);
  });
});
