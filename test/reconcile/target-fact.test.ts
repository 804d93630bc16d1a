import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/core/manifest/manifest.ts';
import type { Elsewhere } from '../../src/core/release/facts.ts';
import type { Mirror } from '../../src/ports/mirror.ts';
import { targetFact } from '../../src/reconcile/facts.ts';
import type { World } from '../../src/reconcile/world.ts';
import { activity, manifest } from '../support/release-world.ts';

/** One line of history, oldest first, and a commit beside it. */
const line = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(40));
const [first, second, third, last] = line as [string, string, string, string];
const aside = 'e'.repeat(40);

const mirror: Pick<Mirror, 'resolve' | 'contains' | 'has'> = {
  resolve: async (_, ref) => ({ 'refs/heads/main': last, 'refs/tags/v1': first })[ref],
  contains: async (_, commit, head) =>
    commit === head || (line.includes(commit) && line.indexOf(commit) <= line.indexOf(head)),
  has: async () => true,
};

const opened = (environment: string, commit: string, at: string): Elsewhere => ({
  release: `of-${commit.slice(0, 1)}`,
  openedAt: at,
  ended: true,
  supersedes: false,
  commit,
  environments: [],
  openings: [{ environment, commit, at }],
});
const [monday, tuesday] = ['2026-11-23T10:00:00Z', '2026-11-24T10:00:00Z'] as const;

const beginning = async (
  environments: readonly string[],
  elsewhere: readonly Elsewhere[],
  since?: string,
): Promise<string | undefined> => {
  const target: Target = { kind: 'ref', ref: 'main', ...(since === undefined ? {} : { since }) };
  const openers = environments.map((environment) => activity(environment, { approvers: [], environment }));
  const world = { mirror } as unknown as World;
  return (await targetFact(world, 'acme/payments', manifest(openers, { target }), elsewhere))?.since;
};

describe('T16: the commits of a target begin', () => {
  it('where the manifest says, while nothing was opened', async () => {
    expect(await beginning([], [], 'v1')).toBe(first);
    expect(await beginning(['production'], [], 'v1')).toBe(first);
    expect(await beginning(['production'], [])).toBeUndefined();
  });

  it('at what last opened the environment, whatever the manifest says', async () => {
    const openings = [opened('production', first, monday), opened('production', second, tuesday)];
    expect(await beginning(['Production'], openings)).toBe(second);
    expect(await beginning(['production'], openings, third)).toBe(second);
  });

  it('not at the target itself, nor at what it does not contain', async () => {
    const openings = [
      opened('production', second, monday),
      opened('production', last, tuesday),
      opened('production', aside, tuesday),
    ];
    expect(await beginning(['production'], openings)).toBe(second);
  });

  it('at the earliest beginning of several environments', async () => {
    const openings = [opened('production', first, monday), opened('staging', third, tuesday)];
    expect(await beginning(['staging', 'production'], openings)).toBe(first);
  });

  it('not where an environment of the author’s own was opened, for one that never was', async () => {
    const openings = [opened('scratch', third, tuesday)];
    expect(await beginning(['scratch', 'production'], openings, 'v1')).toBe(first);
    expect(await beginning(['scratch', 'production'], openings)).toBeUndefined();
  });
});
