import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/core/release/facts.ts';
import type { ReleaseState } from '../../src/core/release/state.ts';
import type { Forge, GateSaying } from '../../src/ports/forge.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import {
  answerGates,
  gateFacts,
  leaveGates,
  rememberGate,
  type Visit,
  wakeGates,
} from '../../src/reconcile/gates.ts';
import type { Glance } from '../../src/reconcile/glance.ts';
import { createMemory, targetKey } from '../../src/reconcile/memory.ts';
import type { World } from '../../src/reconcile/world.ts';
import { job, open, waiting } from '../core/release/gates.ts';
import { commit, releaseWorld } from '../support/release-world.ts';

const repository = 'acme/payments';
const key = targetKey(repository, 'r1');
const at = '2026-11-23T09:10:00Z';

const glance = (target: string, environments: readonly string[]) =>
  ({ target, elsewhere: { environments: environments.map((name) => ({ name })) } }) as unknown as Glance;

function createWorld(forge: Partial<Forge> = {}) {
  const memory = createMemory();
  const enqueued: string[] = [];
  const said: (readonly [number, GateSaying])[] = [];
  const world = {
    memory,
    enqueue: (one: Key) => void enqueued.push(one.kind === 'release' ? one.release : one.kind),
    forge: {
      answerGate: async (_: string, __: string, { run }: { readonly run: number }, saying: GateSaying) => {
        said.push([run, saying]);
        return 'told';
      },
      ...forge,
    },
  } as unknown as World;
  return { world, memory, enqueued, said };
}

describe('T6, G-16: whoever says that a job waits makes us look, and is not believed', () => {
  const glances = new Map([
    ['r1', glance(commit('b'), ['production'])],
    ['r2', glance(commit('b'), [])],
    ['r3', glance(commit('d'), ['production'])],
    ['r4', { target: commit('b'), elsewhere: undefined } as Glance],
  ]);
  const asked: string[] = [];
  const waitingCommits: Forge['waitingCommits'] = async (name) => {
    asked.push(name);
    return { kind: 'known', value: [commit('b')] };
  };

  it('after the start the host is asked, and later only about what was said', async () => {
    const { world, memory, enqueued } = createWorld({ waitingCommits });
    rememberGate(memory, repository, commit('d'));
    await wakeGates(world, repository, glances);
    expect([asked.splice(0), enqueued.splice(0)]).toEqual([[repository], ['r1']]);
    expect(memory.knocks.has(key)).toBe(true);
    await wakeGates(world, repository, glances);
    rememberGate(memory, repository, commit('d'));
    await wakeGates(world, repository, glances);
    expect([asked, enqueued]).toEqual([[], ['r3']]);
  });

  it('more than is worth remembering is asked for', async () => {
    const { world, memory } = createWorld({ waitingCommits });
    memory.gates.set(repository, new Set());
    for (let n = 0; n <= 100; n += 1) rememberGate(memory, repository, `${n}`.padStart(40, '0'));
    await wakeGates(world, repository, glances);
    expect(asked.splice(0)).toEqual([repository]);
  });

  it('nobody is asked where no release names an environment', async () => {
    const { world } = createWorld();
    await wakeGates(world, repository, new Map([['r2', glance(commit('b'), [])]]));
  });

  it('where the host does not tell, it is asked again the next time', async () => {
    const answers = [new ForgeError('unavailable', '502'), { kind: 'unknown', why: 'it may not' } as const];
    const { world, memory, enqueued } = createWorld({
      waitingCommits: async () => {
        const answer = answers.shift();
        if (answer instanceof Error || answer === undefined) throw answer;
        return answer;
      },
    });
    await expect(wakeGates(world, repository, glances)).rejects.toThrow('502');
    expect(memory.gates.has(repository)).toBe(false);
    await wakeGates(world, repository, glances);
    expect(enqueued).toEqual([]);
  });
});

describe('T5: what is read of runs that were let in', () => {
  const factsOf = (state: ReleaseState, world: World, visit: Visit = { told: new Set() }) =>
    gateFacts(world, repository, state, async () => false, visit);
  it('how they ended, where it is known', async () => {
    const { state } = open().change(waiting(job()));
    for (const [ending, facts] of [
      [{ kind: 'known', value: undefined }, {}],
      [{ kind: 'unknown', why: 'it is gone' }, {}],
      [
        { kind: 'known', value: { conclusion: 'success', at } },
        { endedRuns: [{ run: 5, attempt: 1, conclusion: 'success', at }] },
      ],
    ] as const)
      expect(await factsOf(state, createWorld({ runEnding: async () => ending }).world)).toEqual(facts);
  });

  it('and whether somebody knocked', async () => {
    const { world, memory } = createWorld();
    memory.knocks.set(key, 1);
    expect(await factsOf(open().state, world)).toEqual({ knocked: true });
    const unopened = { kind: 'unopened', release: 'r1', sequence: 0 } as const;
    expect(await factsOf(unopened, world)).toEqual({});
  });

  it('and whether another release of the commit is to come', async () => {
    const isExpected = async (target: string) => target === commit('b');
    expect(
      await gateFacts(createWorld().world, repository, open().state, isExpected, { told: new Set() }),
    ).toEqual({
      expected: true,
    });
  });

  it('what cannot be read now is read soon, and keeps nothing else waiting', async () => {
    const { state } = open().change(waiting(job()));
    const failing = (error: Error) => createWorld({ runEnding: async () => Promise.reject(error) }).world;
    const visit: Visit = { told: new Set() };
    expect(await factsOf(state, failing(new ForgeError('unavailable', '502')), visit)).toEqual({});
    expect(visit.failed?.code).toBe('unavailable');
    await expect(factsOf(state, failing(new ForgeError('invalid', '422')))).rejects.toThrow('422');
    await expect(factsOf(state, failing(new Error('a bug')))).rejects.toThrow('a bug');
  });
});

describe('T5: jobs that wait are told what the record says', () => {
  const answer = async (facts: Partial<Facts>, visit: Visit, how = createWorld()) => {
    const now = open().change(facts);
    await answerGates(how.world, repository, now.state, now.facts, at, visit);
    return how;
  };

  it('each once in a pass, and how things stand once at all', async () => {
    const visit: Visit = { told: new Set() };
    const how = await answer(waiting(job(), job({ run: 6 }), job({ run: 7, event: 'pull_request' })), visit);
    const verdicts = () => how.said.splice(0).map(([run, { verdict }]) => [run, verdict]);
    expect(verdicts()).toEqual([
      [5, 'approved'],
      [6, undefined],
      [7, 'rejected'],
    ]);
    await answer(waiting(job(), job({ run: 6 }), job({ run: 7, event: 'pull_request' })), visit, how);
    expect(verdicts()).toEqual([]);
    await answer(waiting(job(), job({ run: 6 })), { told: new Set() }, how);
    expect(verdicts()).toEqual([[5, 'approved']]);
  });

  it('what was told how things stand is forgotten in the end', async () => {
    const how = createWorld();
    for (let n = 0; n < 10_000; n += 1) how.memory.reported.add(`${n}`);
    await answer(waiting(job(), job({ run: 6 })), { told: new Set() }, how);
    expect([how.memory.reported.size, how.memory.reported.has('0')]).toEqual([10_000, false]);
  });

  it('a host that cannot be reached is told later, and keeps nobody else waiting', async () => {
    const failing = createWorld({
      answerGate: async () => {
        throw new ForgeError('unavailable', '502');
      },
    });
    const visit: Visit = { told: new Set() };
    await answer(waiting(job({ run: 6 }), job()), visit, failing);
    expect(visit).toMatchObject({ found: 'waiting', failed: { code: 'unavailable' } });
    expect([visit.told.size, failing.memory.reported.size]).toEqual([0, 0]);
    const broken = createWorld({ answerGate: async () => Promise.reject(new Error('a bug')) });
    await expect(answer(waiting(job()), visit, broken)).rejects.toThrow('a bug');
  });

  it.each([
    ['nothing was asked', {}, undefined],
    [
      'it is about another commit',
      { waitingJobs: { commit: commit('d'), jobs: { kind: 'known', value: [job()] } } },
      undefined,
    ],
    ['all is answered', waiting(job()), 'nothing'],
    ['nothing shows', waiting(), 'missing'],
    ['it does not show what for', waiting({ ...job(), environment: undefined } as never), 'missing'],
    ['something goes on waiting', waiting(job(), job({ run: 6 })), 'waiting'],
    [
      'it may not be read',
      { waitingJobs: { commit: commit('b'), jobs: { kind: 'unknown', why: 'it may not' } } },
      'waiting',
    ],
  ] as readonly (readonly [string, Partial<Facts>, Visit['found']])[])(
    'it is known what was found: %s',
    async (_, facts, found) => {
      const visit: Visit = { told: new Set() };
      await answer(facts, visit);
      expect(visit.found).toBe(found);
    },
  );

  it('nothing is let in by a decision that has not seen every record; another look is asked for', async () => {
    const visit: Visit = { told: new Set() };
    const how = await answer(waiting(job({ run: 6 })), visit);
    visit.unseen = true;
    await answer(waiting(job()), visit, how);
    expect([how.said.map(([run]) => run), how.enqueued]).toEqual([[6], ['r1']]);
    leaveGates(how.world, repository, 'r1', visit);
    expect(how.memory.knocks.has(key)).toBe(true);
    await answer(waiting(job()), { told: new Set() }, how);
    expect(how.said.map(([run]) => run)).toEqual([6, 5]);
  });

  it('a release that was never opened has nothing to say', async () => {
    const visit: Visit = { told: new Set() };
    const state = { kind: 'unopened', release: 'r1', sequence: 0 } as const;
    await answerGates(createWorld().world, repository, state, releaseWorld().facts, at, visit);
    expect(visit.found).toBeUndefined();
  });
});

describe('G-16: what was said to wait is looked for again, and not for ever', () => {
  const leave = (memory: World['memory'], found: Visit['found'], failed?: ForgeError) =>
    leaveGates({ memory }, repository, 'r1', {
      ...{ told: new Set() },
      ...(found && { found }),
      ...(failed && { failed }),
    });

  it('until it shows, and so often at most', () => {
    const memory = createMemory();
    memory.knocks.set(key, 3);
    const found = ['missing', undefined, 'waiting', 'missing', 'missing'] as const;
    expect(found.map((one) => leave(memory, one))).toEqual([30_000, undefined, undefined, 30_000, undefined]);
    expect(memory.knocks.has(key)).toBe(false);
    memory.knocks.set(key, 3);
    expect([leave(memory, 'waiting'), memory.knocks.has(key)]).toEqual([undefined, true]);
    expect([leave(memory, 'nothing'), memory.knocks.has(key)]).toEqual([undefined, false]);
    expect(leave(memory, 'missing')).toBeUndefined();
    // Nobody had knocked, and something is left all the same.
    expect([leave(memory, 'waiting'), memory.knocks.get(key)]).toEqual([undefined, 1]);
  });

  it('and soon where the host could not be told, as soon as it wants to be asked', () => {
    const memory = createMemory();
    const failed = new ForgeError('unavailable', '502');
    expect([leave(memory, 'nothing', failed), memory.knocks.has(key)]).toEqual([30_000, true]);
    expect(leave(memory, 'nothing', new ForgeError('unavailable', 'wait', 90_000))).toBe(90_000);
  });
});
