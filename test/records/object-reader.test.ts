import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { createObjectReader } from '../../src/records/object-reader.ts';
import { createGitHost } from '../support/git-host.ts';

test('many objects come in the order of their names, whatever is missing or unaskable', async () => {
  const host = createGitHost();
  onTestFinished(() => host.close());
  const contents = ['one', 'two', 'three'];
  const ids = contents.map((input) =>
    execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: host.directory, input }).toString().trim(),
  );
  const names = Array.from({ length: 24_000 }, (_, index) =>
    index % 1_000 === 500 ? 'no\nname' : index % 1_000 === 700 ? 'nowhere' : (ids[index % 3] ?? ''),
  );
  const reader = createObjectReader(host.directory);
  onTestFinished(() => reader.close());
  const found = await reader.read(names, 100);
  expect(found.map((object) => (object.kind === 'blob' ? object.bytes.toString() : object.kind))).toEqual(
    names.map((_, index) => ([500, 700].includes(index % 1_000) ? 'missing' : contents[index % 3])),
  );
});
