import { expect, test } from 'vitest';
import { createMemory } from '../../src/reconcile/memory.ts';
import { stockAt } from '../../src/reconcile/stock.ts';

const commit = '0123456789012345678901234567890123456789';
const kibibyte = 1024;

/** A commit whose files are as large as a test says; every file that is read is noted. */
function createWorld(sizes: Readonly<Record<string, number>>) {
  const read: string[] = [];
  const mirror = {
    list: async () => Object.keys(sizes),
    irregular: async () => new Set<string>(),
    sizes: async (_: string, __: string, paths: readonly string[]) =>
      new Map(paths.flatMap((path) => (sizes[path] === undefined ? [] : [[path, sizes[path]] as const]))),
    read: async (_: string, __: string, paths: readonly string[]) => {
      const there = paths.filter((path) => sizes[path] !== undefined);
      read.push(...there);
      return new Map(there.map((path) => [path, Buffer.from('title: Nothing\n')]));
    },
  };
  return { read, stock: () => stockAt({ mirror, memory: createMemory() }, 'acme/payments', commit) };
}

test('T17: a file that is larger than any manifest is reported and never read', async () => {
  const { stock, read } = createWorld({
    'releases/large.yml': 256 * kibibyte + 1,
    'releases/small.yml': 100,
  });
  const { inventory } = await stock();
  expect(read).toEqual(['releases/small.yml']);
  expect(inventory.problems.get('releases/large.yml')).toMatchObject([{ code: 'too-large' }]);
});

test('nor is a configuration', async () => {
  const { stock, read } = createWorld({ '.github/countersign.yml': 900 * kibibyte });
  const { inventory } = await stock();
  expect([read, inventory.configuration]).toEqual([[], undefined]);
  expect(inventory.problems.get('.github/countersign.yml')).toMatchObject([{ code: 'too-large' }]);
});

test('all manifests of a commit together take a bounded room', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `releases/r${index}.yml`);
  const { stock, read } = createWorld(Object.fromEntries(names.map((name) => [name, 256 * kibibyte])));
  const { inventory } = await stock();
  expect(read).toHaveLength(256);
  expect(inventory.problems.get('releases/r299.yml')).toMatchObject([{ code: 'too-large' }]);
});

test('two thousand manifests are looked at, and no more', async () => {
  const names = Array.from({ length: 2_010 }, (_, index) => `releases/r${index}.yml`);
  const { stock, read } = createWorld(Object.fromEntries(names.map((name) => [name, 10])));
  expect((await stock()).paths.size).toBe(2_010);
  expect(read).toHaveLength(2_000);
});

test('CODEOWNERS is the first of GitHub’s places, unless GitHub would not read it either', async () => {
  const there = createWorld({ CODEOWNERS: 10, 'docs/CODEOWNERS': 10 });
  expect((await there.stock()).codeowners).toBe('title: Nothing\n');
  expect(there.read).toEqual(['CODEOWNERS']);
  const large = createWorld({ '.github/CODEOWNERS': 3 * 1024 * kibibyte + 1, CODEOWNERS: 10 });
  expect([(await large.stock()).codeowners, large.read]).toEqual([undefined, []]);
  expect((await createWorld({}).stock()).codeowners).toBeUndefined();
});
