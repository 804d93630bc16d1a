import { describe, expect, it } from 'vitest';
import type { CheckView } from '../../src/core/release/facts.ts';
import { checkWrite } from '../../src/core/release/show-checks.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { askedAnew, wishForRun, wishForSuite } from '../../src/reconcile/reruns.ts';

const repository = 'acme/payments';
const commit = 'a'.repeat(40);
const check = (nodeId: string, name = 'countersign/manifest'): CheckView => ({
  ...{ nodeId, name, conclusion: 'success', title: 'Valid', summary: '', externalId: 'manifest' },
});
const worldWithWishes = () => {
  const asked: Key[] = [];
  const world = { memory: createMemory(), enqueue: (key: Key) => void asked.push(key) };
  return { world, asked };
};

describe('T6: a wish for a new run is a hint that costs one run of the same verdict', () => {
  it('marks the run that it names, and no newer one', () => {
    const { world } = worldWithWishes();
    wishForRun(world.memory, 'CR_1');
    const [first, other] = askedAnew(world, repository, commit, [check('CR_1'), check('CR_2', 'other')]);
    expect([first?.again, other?.again]).toEqual([true, undefined]);
    const content = { ...check('CR_1'), commit, conclusion: 'success', annotations: [] } as const;
    expect(checkWrite(first, content)).toEqual([{ kind: 'create-check', check: content }]);
    expect(checkWrite(askedAnew(world, repository, commit, [check('CR_3')])[0], content)).toEqual([]);
  });

  it('a suite is all our runs on a commit, once, wherever they are made', () => {
    const { world, asked } = worldWithWishes();
    const all = [check('CR_1'), check('CR_2', 'countersign/release/r1/verify/signoff')];
    wishForSuite(world.memory, commit);
    expect(askedAnew(world, repository, 'b'.repeat(40), all).some(({ again }) => again)).toBe(false);
    expect(askedAnew(world, repository, undefined, all).some(({ again }) => again)).toBe(false);
    expect(askedAnew(world, repository, commit, all).every(({ again }) => again)).toBe(true);
    expect(asked).toEqual([
      { kind: 'repository', repository },
      { kind: 'release', repository, release: 'r1' },
    ]);
    expect(askedAnew(world, repository, commit, [check('CR_3')])[0]).not.toHaveProperty('again');
    expect(asked).toHaveLength(2);
  });

  it('T17: forgets the oldest of very many', () => {
    const { world } = worldWithWishes();
    for (let index = 0; index <= 10_000; index += 1) wishForRun(world.memory, `CR_${index}`);
    const [first, last] = askedAnew(world, repository, commit, [check('CR_0'), check('CR_10000')]);
    expect([first?.again, last?.again]).toEqual([undefined, true]);
  });
});
