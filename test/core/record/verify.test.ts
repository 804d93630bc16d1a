import { expect, test } from 'vitest';
import { pagePath, readmePath } from '../../../src/core/record/layout.ts';
import {
  authenticateForVerifying,
  countsOf,
  pageBlobs,
  type Verification,
  type Verifying,
  verifyRecord,
} from '../../../src/core/record/verify.ts';
import type { Happening } from '../../../src/core/release/event.ts';
import { newSigner, noon, vote } from '../../support/happenings.ts';
import { createRecordLine, type RecordLine } from '../../support/record-line.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

function verified(branch: RecordLine, how: Partial<Verifying> = {}): Verification {
  const all = { keys: [branch.signer.fingerprint], everySignature: false, replay: () => [], ...how };
  const result = authenticateForVerifying(branch.commits, branch.contents, all);
  const wanted = new Set(pageBlobs(result));
  return verifyRecord(result, (blob) => (wanted.has(blob) ? branch.contents(blob) : undefined), all);
}

const codes = (verification: Verification): readonly string[] =>
  verification.findings.map(({ code, place }) => `${code} ${place}`);

function begun(): RecordLine {
  const branch = createRecordLine();
  branch.append('x');
  return branch;
}

test('a record that holds has no findings', () => {
  const branch = begun();
  branch.append('y');
  const verification = verified(branch);
  expect(verification).toMatchObject({ findings: [], warnings: [] });
  expect(verification.line && countsOf(verification.line)).toEqual({ releases: 2, events: 2, foreign: 0 });
});

test('without a key from elsewhere it is unanchored', () => {
  expect(verified(begun(), { keys: [] })).toMatchObject({
    findings: [],
    warnings: [expect.stringContaining('unanchored')],
  });
});

test('with another key nothing is vouched for', () => {
  const verification = verified(begun(), { keys: [newSigner().fingerprint] });
  expect(codes(verification)).toEqual(['unanchored checkpoints/000001.json']);
  expect(verification.line).toBeUndefined();
});

test('a foreign commit is a finding before and after it was recorded', () => {
  const branch = begun();
  const { sha } = branch.push(
    new Map(Array.from({ length: 7 }, (_, index) => [`releases/x/${index}`, bytes('')])),
  );
  const why = (): string => verified(branch).findings[0]?.why ?? '';
  expect(why()).toContain('releases/x/4 and 2 more; not recorded yet');
  expect(codes(verified(branch)).filter((line) => line.startsWith('tree'))).toHaveLength(7);
  branch.append('y');
  expect(why()).toContain('listed in the next checkpoint');
  const body = { what: 'foreign-commit', commit: sha, paths: ['releases/x/0'] } as const;
  const deviation: Happening = { at: noon, kind: 'deviation-recorded', body };
  branch.append('x', [deviation]);
  expect(why()).toContain('recorded in releases/x/events/000002.json');
  expect(codes(verified(branch))).toEqual([`foreign-commit ${sha}`]);
});

test('a commit that changes nothing, and one that merges', () => {
  const branch = begun();
  const empty = branch.push(new Map());
  const merge = branch.push(new Map(), [empty.sha, 'f'.repeat(40)]);
  expect(verified(branch).findings[0]?.why).toContain('it touches nothing');
  expect(codes(verified(branch))).toEqual([
    `foreign-commit ${empty.sha}`,
    `foreign-commit ${merge.sha}`,
    `linear ${merge.sha}`,
  ]);
});

test('what makes a commit foreign is named, too', () => {
  const branch = begun();
  const { sha } = branch.append('x', [vote('fine')], ({ files }) => void files.set('vote', bytes('')));
  expect(codes(verified(branch))).toContain(`foreign-commit ${sha}`);
  expect(codes(verified(branch))).toContain('tree vote');
});

test('the tree at the tip is compared', () => {
  const branch = begun();
  branch.push(
    new Map([
      ['extra', bytes('')],
      [pagePath('x'), bytes('')],
      [readmePath, undefined],
    ]),
  );
  expect(
    verified(branch)
      .findings.slice(1)
      .map(({ why }) => why),
  ).toEqual([
    'no checkpoint covers this file',
    'a covered file has another content at the tip',
    'a covered file is missing at the tip of the branch',
  ]);
});

test('an outcome that does not follow is placed', () => {
  const replay = () => [{ sequence: 1, why: 'nobody voted' }];
  expect(verified(begun(), { replay }).findings).toEqual([
    { code: 'replay', place: 'releases/x/events/000001.json', why: 'nobody voted' },
  ]);
});

test.each([
  ['another content', '<!-- countersign page 1 -->\nall is well', ['record-page releases/x/RECORD.md'], 0],
  ['no version', 'all is well', ['record-page releases/x/RECORD.md'], 0],
  ['another version', '<!-- countersign page 999 -->\nwhatever', [], 1],
])('a page with %s', (_, page, findings, warnings) => {
  const branch = createRecordLine();
  branch.append('x', undefined, ({ files }) => void files.set(pagePath('x'), bytes(page)));
  expect(codes(verified(branch))).toEqual(findings);
  expect(verified(branch).warnings).toHaveLength(warnings);
});

test('a page that is not there is not what the events say', () => {
  const branch = createRecordLine();
  branch.append('x', undefined, ({ files }) => void files.delete(readmePath));
  expect(codes(verified(branch))).toEqual([`record-page ${readmePath}`]);
});
