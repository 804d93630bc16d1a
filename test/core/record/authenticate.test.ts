import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../src/core/record/authenticate.ts';
import { encodeCheckpoint, signingBytes, tipsDigest } from '../../../src/core/record/checkpoint.ts';
import { digestOf } from '../../../src/core/record/digest.ts';
import { encodeEvent } from '../../../src/core/record/event-codec.ts';
import type { FlawCode } from '../../../src/core/record/flaw.ts';
import {
  checkpointPath,
  eventPath,
  keyPath,
  manifestPath,
  pagePath,
  readmePath,
} from '../../../src/core/record/layout.ts';
import { anchorOf, bearsOut, type LineCommit, readingOf } from '../../../src/core/record/line.ts';
import { encodeKey } from '../../../src/core/record/public-key.ts';
import type { Checkpoint } from '../../../src/core/record/record.ts';
import type { ReleaseEvent } from '../../../src/core/release/event.ts';
import { newSigner, noon, opening, openingOf, vote } from '../../support/happenings.ts';
import { createRecordLine, type Draft, type RecordLine } from '../../support/record-line.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const flawsOf = (branch: RecordLine, every = false): readonly string[] => {
  const result = branch.authenticated({}, every);
  const flaws = result.kind === 'refused' ? [result.flaw] : result.remarks.map((remark) => remark.flaw);
  return flaws.map(({ code, place }) => `${code} ${place}`);
};
const change = (draft: Draft, checkpoint: Partial<Checkpoint>): void => {
  draft.checkpoint = { ...draft.checkpoint, ...checkpoint };
};
/** Puts another event in place of the second one of `x`, with the tip that goes with it. */
const rewrite = (draft: Draft, event: Partial<ReleaseEvent>, content?: Uint8Array): void => {
  const path = eventPath('x', 2);
  const written = JSON.parse(String(draft.files.get(path))) as ReleaseEvent;
  const other = content ?? encodeEvent({ ...written, ...event } as ReleaseEvent);
  draft.files.set(path, other);
  const tip = { release: 'x', sequence: 2, event: digestOf(other) };
  change(draft, { changed: [tip], tips: tipsDigest([tip]) });
};

describe('a line of ours', () => {
  test('covers what its checkpoints cover', () => {
    const branch = createRecordLine();
    branch.append('x');
    branch.append('y');
    const head = branch.append('x', [vote('fine'), vote('still fine')]).sha;
    const line = branch.line();
    expect(readingOf(line)).toMatchObject({ head, anchor: { number: 3 }, foreign: [] });
    expect([...line.releases.values()].map(({ tip }) => [tip.release, tip.sequence])).toEqual([
      ['x', 3],
      ['y', 1],
    ]);
    expect(flawsOf(branch)).toEqual([]);
    expect(bearsOut(line, anchorOf(line))).toBe(true);
    expect(bearsOut(line, { number: 2, digest: anchorOf(line).digest })).toBe(false);
  });

  test('is the same whether it is read at once, commit by commit, or with every signature', () => {
    const branch = createRecordLine();
    branch.append('x');
    branch.push(new Map([['stray', bytes('')]]));
    branch.append('x', [vote('fine')]);
    const whole = branch.line();
    expect(branch.authenticated({}, true)).toMatchObject({ line: whole });
    const trust = { keys: [branch.signer.fingerprint] };
    const stepwise = branch.commits.reduce<typeof whole | undefined>((line, commit) => {
      const result = authenticate(line, [commit], branch.contents, trust);
      return result.kind === 'line' ? result.line : undefined;
    }, undefined);
    expect(stepwise).toEqual(whole);
  });

  test('may take a manifest again that it had before', () => {
    const branch = createRecordLine();
    branch.append('x');
    const opened = opening('x').happening;
    if (opened.kind !== 'release-opened') throw new Error('the fixture opens a release');
    const { revision, target } = opened.body;
    branch.append('x', [{ at: noon, kind: 'manifest-revised', body: { revision, target } }]);
    expect(flawsOf(branch)).toEqual([]);
  });

  test('nothing at all is refused', () => {
    expect(createRecordLine().authenticated()).toMatchObject({ kind: 'refused', flaw: { code: 'chain' } });
  });

  test('keeps no more than a hundred paths of a foreign commit for each release', () => {
    const branch = createRecordLine();
    branch.append('x');
    const paths = Array.from({ length: 300 }, (_, index) => `releases/${index % 2 ? 'x' : 'y'}/${index}`);
    branch.push(new Map(paths.map((path) => [path, bytes('')])));
    expect(branch.line().after[0]?.paths).toHaveLength(200);
  });
});

describe('the first commit has to be ours', () => {
  const refusals: readonly [string, string, (draft: Draft) => void][] = [
    [
      'without its key',
      'checkpoint',
      ({ files }) => void files.delete([...files.keys()].find((path) => path.startsWith('keys/')) ?? ''),
    ],
    [
      'with a damaged key',
      'checkpoint',
      ({ files, checkpoint }) => files.set(keyPath(checkpoint.key), bytes('{}')),
    ],
    [
      'with the key of another',
      'checkpoint',
      ({ files, checkpoint }) => files.set(keyPath(checkpoint.key), encodeKey(newSigner())),
    ],
    ['with a second key', 'tree', ({ files }) => files.set(keyPath(newSigner().fingerprint), bytes('{}'))],
    ['with a previous checkpoint', 'chain', (draft) => change(draft, { previous: 'a'.repeat(64) })],
    ['that lists foreign commits', 'checkpoint', (draft) => change(draft, { foreign: ['a'.repeat(40)] })],
  ];
  test.each(refusals)('%s it is refused: %s', (_, code, spoil) => {
    const branch = createRecordLine();
    branch.append('x', undefined, spoil);
    expect(branch.authenticated()).toMatchObject({ kind: 'refused', flaw: { code } });
  });

  test('for the repository and the host that are known', () => {
    const branch = createRecordLine();
    branch.append('x');
    expect(branch.authenticated({ repository: 7, host: 'https://github.com' })).toMatchObject({
      kind: 'line',
    });
    expect(branch.authenticated({ repository: 8 })).toMatchObject({ flaw: { code: 'checkpoint' } });
    expect(branch.authenticated({ host: 'https://github.example' })).toMatchObject({
      flaw: { code: 'checkpoint' },
    });
  });

  test('with a key that is trusted', () => {
    const branch = createRecordLine();
    branch.append('x');
    const { fingerprint } = branch.signer;
    expect(branch.authenticated({ keys: 'any' })).toMatchObject({ kind: 'line' });
    expect(branch.authenticated({ keys: [newSigner().fingerprint] })).toMatchObject({
      kind: 'refused',
      flaw: { code: 'unanchored', place: checkpointPath(1) },
      key: fingerprint,
    });
  });
});

describe('a commit that is signed with our key, but wrong, is foreign', () => {
  const [event, next, third] = [eventPath('x', 2), checkpointPath(2), eventPath('x', 3)];
  const wrong: readonly [string, FlawCode, string, (draft: Draft) => void][] = [
    ['its number is another', 'chain', next, (draft) => change(draft, { number: 3 })],
    [
      'it follows on from another checkpoint',
      'chain',
      next,
      (draft) => change(draft, { previous: 'a'.repeat(64) }),
    ],
    ['it is for another host', 'checkpoint', next, (draft) => change(draft, { host: 'https://x.example' })],
    [
      'it is for another repository',
      'checkpoint',
      next,
      (draft) => change(draft, { repository: { id: 8, name: 'a/b' } }),
    ],
    ['it is of another key', 'unanchored', next, (draft) => change(draft, { key: newSigner().fingerprint })],
    [
      'it lists foreign commits that are none',
      'checkpoint',
      next,
      (draft) => change(draft, { foreign: ['a'.repeat(40)] }),
    ],
    ['its tips are others', 'checkpoint', next, (draft) => change(draft, { tips: 'a'.repeat(64) })],
    ['an event is missing', 'chain', event, ({ files }) => files.delete(event)],
    ['an event is not canonical', 'canonical', event, (draft) => rewrite(draft, {}, bytes('{ }'))],
    ['an event is of another release', 'chain', event, (draft) => rewrite(draft, { release: 'y' })],
    ['an event has another number', 'chain', event, (draft) => rewrite(draft, { sequence: 9 })],
    [
      'an event is of another repository',
      'chain',
      event,
      (draft) => rewrite(draft, { repository: { id: 8, name: '' } }),
    ],
    [
      'an event follows on from another',
      'chain',
      event,
      (draft) => rewrite(draft, { previous: 'a'.repeat(64) }),
    ],
    [
      'the tip is another event',
      'chain',
      event,
      (draft) => change(draft, { changed: [{ release: 'x', sequence: 2, event: 'a'.repeat(64) }] }),
    ],
    [
      'the tip is behind',
      'chain',
      eventPath('x', 1),
      (draft) => change(draft, { changed: [{ release: 'x', sequence: 1, event: 'a'.repeat(64) }] }),
    ],
    [
      'the tip is beyond all bounds',
      'chain',
      third,
      (draft) => change(draft, { changed: [{ release: 'x', sequence: 2 ** 50, event: 'a'.repeat(64) }] }),
    ],
    [
      'a release is listed twice',
      'checkpoint',
      next,
      (draft) => change(draft, { changed: [...draft.checkpoint.changed, ...draft.checkpoint.changed] }),
    ],
    ['an event is not covered', 'tree', third, ({ files }) => files.set(third, bytes('{}'))],
    [
      'an event of another release is not covered',
      'tree',
      eventPath('y', 1),
      ({ files }) => files.set(eventPath('y', 1), bytes('{}')),
    ],
    [
      'a page of another release is rewritten',
      'tree',
      pagePath('y'),
      ({ files }) => files.set(pagePath('y'), bytes('{}')),
    ],
    [
      'a manifest is not covered',
      'tree',
      manifestPath('x', 'a'.repeat(64)),
      ({ files }) => files.set(manifestPath('x', 'a'.repeat(64)), bytes('')),
    ],
    [
      'another checkpoint comes with it',
      'tree',
      checkpointPath(3),
      ({ files }) => files.set(checkpointPath(3), bytes('{}')),
    ],
    [
      'a key comes with it',
      'tree',
      keyPath(newSigner().fingerprint).slice(0, 5),
      ({ files }) => files.set(keyPath(newSigner().fingerprint), bytes('{}')),
    ],
    [
      'a file that means nothing comes with it',
      'tree',
      'vote',
      ({ files }) => files.set('vote', bytes('{}')),
    ],
    [
      'a covered file goes',
      'tree',
      eventPath('x', 1),
      ({ files }) => files.set(eventPath('x', 1), undefined),
    ],
    ['the README goes', 'tree', readmePath, ({ files }) => files.set(readmePath, undefined)],
  ];
  test.each(wrong)('%s: %s', (_, code, at, spoil) => {
    const branch = createRecordLine();
    branch.append('x');
    branch.append('x', [vote('fine')], spoil);
    expect(flawsOf(branch)).toEqual([expect.stringContaining(`${code} ${at}`)]);
    expect(branch.line().releases.get('x')?.tip.sequence).toBe(1);
  });

  test('the manifest it accepts is missing, or is another', () => {
    const digest = [...openingOf('y').manifests.keys()][0] ?? '';
    const path = manifestPath('y', digest);
    for (const content of [undefined, bytes('something else')]) {
      const branch = createRecordLine();
      branch.append('x');
      branch.append(
        'y',
        undefined,
        ({ files }) => void (content ? files.set(path, content) : files.delete(path)),
      );
      expect(flawsOf(branch)).toEqual([`manifest-digest ${path}`]);
    }
  });

  test('the manifest it accepts is larger than any record', () => {
    const branch = createRecordLine();
    branch.append('x');
    const digest = [...openingOf('y').manifests.keys()][0] ?? '';
    const blob = branch.append('y').changes.find(({ path }) => path === manifestPath('y', digest))?.blob;
    const trust = { keys: [branch.signer.fingerprint] };
    const result = authenticate(
      undefined,
      branch.commits,
      (id) => (id === blob ? undefined : branch.contents(id)),
      trust,
    );
    expect(result).toMatchObject({ remarks: [{ flaw: { code: 'manifest-digest' } }] });
  });

  test('it merges another line', () => {
    const branch = createRecordLine();
    branch.append('x');
    const { changes } = branch.append('x', [vote('fine')]);
    const merge = { ...(branch.commits.pop() ?? branch.push(new Map())), changes };
    branch.commits.push({ ...merge, parents: [...merge.parents, 'f'.repeat(40)] });
    expect(flawsOf(branch)[0]).toContain('linear');
  });

  test('its checkpoint is none, or cannot be read', () => {
    const branch = createRecordLine();
    branch.append('x');
    branch.push(new Map([[checkpointPath(2), bytes('{}')]]));
    expect(flawsOf(branch)).toEqual([`canonical ${checkpointPath(2)}`]);
    const [first] = branch.commits;
    const result = authenticate(undefined, first ? [first] : [], () => undefined, { keys: 'any' });
    expect(result).toMatchObject({ flaw: { code: 'checkpoint', place: checkpointPath(1) } });
  });
});

describe('signatures', () => {
  test('the newest one vouches for all before it, unless every one is asked for', () => {
    const branch = createRecordLine();
    branch.append('x');
    branch.append('x', [vote('fine')]);
    const [first, second] = branch.commits.map((commit, index) =>
      filesOf(branch, commit, checkpointPath(index + 1)),
    );
    if (first === undefined || second === undefined) throw new Error('there are two commits');
    const unsigned = { ...first.checkpoint, signature: `${'A'.repeat(86)}==` };
    const next = { ...second.checkpoint, previous: digestOf(encodeCheckpoint(unsigned)) };
    const resigned = { ...next, signature: branch.signer.sign(signingBytes(next)) };
    branch.commits.length = 0;
    branch.push(first.files.set(checkpointPath(1), encodeCheckpoint(unsigned)));
    branch.push(second.files.set(checkpointPath(2), encodeCheckpoint(resigned)));
    expect(flawsOf(branch)).toEqual([]);
    expect(flawsOf(branch, true)).toEqual([`signature ${checkpointPath(1)}`]);
  });

  test('one that is not ours is foreign, and what comes after it is not lost', () => {
    const branch = createRecordLine();
    branch.append('x');
    const good = branch.append('x', [vote('fine')]);
    const blob = good.changes.find(({ path }) => path === checkpointPath(2))?.blob ?? '';
    const forged = String(branch.contents(blob)).replace(/"signature":"..../, '"signature":"AAAA');
    branch.commits.pop();
    branch.push(
      new Map([
        ...good.changes.map(({ path, blob: id = '' }) => [path, branch.contents(id)] as const),
        [checkpointPath(2), bytes(forged)],
      ]),
    );
    expect(flawsOf(branch)).toEqual([`signature ${checkpointPath(2)}`]);
    branch.append('x', [vote('real')]);
    expect(branch.line().releases.get('x')?.events[1]).toMatchObject({ body: { reason: 'real' } });
    expect(flawsOf(branch, true)).toEqual([`signature ${checkpointPath(2)}`]);
  });
});

function filesOf(
  branch: RecordLine,
  commit: LineCommit,
  path: string,
): { files: Map<string, Uint8Array | undefined>; checkpoint: Checkpoint } {
  const files = new Map(commit.changes.map((one) => [one.path, branch.contents(one.blob ?? '')]));
  return { files, checkpoint: JSON.parse(String(files.get(path))) as Checkpoint };
}
