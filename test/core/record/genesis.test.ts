import { describe, expect, it } from 'vitest';
import { genesisPaths, isGenesisOf } from '../../../src/core/record/genesis.ts';
import { createRecordLine } from '../../support/record-line.ts';

/** The first files of a record, as its branch holds them. */
function genesis() {
  const line = createRecordLine();
  const commit = line.append('r1');
  const { fingerprint } = line.signer;
  const files = new Map(
    commit.changes.flatMap(({ path, blob }) => {
      const bytes = blob === undefined ? undefined : line.contents(blob);
      return bytes && genesisPaths(fingerprint).includes(path) ? [[path, bytes] as const] : [];
    }),
  );
  return { files, fingerprint, repository: line.line().repository.id };
}

describe('the beginning of a record (T8)', () => {
  it('is recognized wherever it stands', () => {
    const { files, fingerprint, repository } = genesis();
    expect(isGenesisOf(files, fingerprint, repository)).toBe(true);
  });

  it('is not that of another repository, of another key, or without one of its files', () => {
    const { files, fingerprint, repository } = genesis();
    const other = genesis();
    expect(isGenesisOf(files, fingerprint, repository + 1)).toBe(false);
    expect(isGenesisOf(files, other.fingerprint, repository)).toBe(false);
    for (const path of genesisPaths(fingerprint)) {
      const less = new Map([...files].filter(([each]) => each !== path));
      expect(isGenesisOf(less, fingerprint, repository)).toBe(false);
    }
  });

  it('is not a copy that somebody else has signed', () => {
    const [mine, theirs] = [genesis(), genesis()];
    const [first = ''] = genesisPaths(mine.fingerprint);
    const forged = new Map(mine.files).set(first, theirs.files.get(first) ?? new Uint8Array());
    expect(isGenesisOf(forged, mine.fingerprint, mine.repository)).toBe(false);
    const text = new TextDecoder().decode(mine.files.get(first));
    const altered = text.replace(/"at":"[^"]*"/, '"at":"2020-01-01T00:00:00Z"');
    const changed = new Map(mine.files).set(first, new TextEncoder().encode(altered));
    expect(isGenesisOf(changed, mine.fingerprint, mine.repository)).toBe(false);
  });
});
