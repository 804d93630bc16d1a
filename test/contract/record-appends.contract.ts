import { expect, test } from 'vitest';
import { digestOf } from '../../src/core/record/digest.ts';
import { encodeEvent } from '../../src/core/record/event-codec.ts';
import { evidenceOf, rollback, voteWith } from '../support/evidence.ts';
import { noon, openingOf, place, vote, voteOn } from '../support/happenings.ts';
import { type RecordsScene, succeeded } from './records-scene.ts';

/** Appending and reading, races included. */
export function recordAppends(scene: () => RecordsScene): void {
  test('a branch that does not exist reads as nothing', async () => {
    const { store } = scene();
    expect(await store.read(place, undefined, [])).toEqual({
      kind: 'read',
      reading: { releases: new Map(), foreign: [] },
    });
  });

  test('what was appended is read, here and by a fresh replica', async () => {
    const { append, opened, reading, replica, sizes, world } = scene();
    await opened('x');
    await append(['x', 1, 'first'], ['x', 2, 'second']);
    expect(await sizes()).toEqual({ x: 3 });
    const [here, there] = [await reading(), await reading(replica())];
    expect(there).toEqual(here);
    expect(here.anchor?.number).toBe(3);
    expect(here.head).toBe(world.head());
    expect(here.foreign).toEqual([]);
  });

  test('events are numbered and chained', async () => {
    const { opened, reading, store } = scene();
    await opened('x');
    const result = succeeded(await store.append(place, voteOn('x', 1), noon));
    const [first] = (await reading()).releases.get('x')?.events ?? [];
    expect(result.events).toMatchObject([
      {
        sequence: 2,
        previous: first && digestOf(encodeEvent(first)),
        repository: place.repository,
        release: 'x',
      },
    ]);
  });

  test('text that UTF-8 cannot carry is repaired, not refused', async () => {
    const { append, opened, reading, replica } = scene();
    await opened('x');
    await append(['x', 1, 'half \ud800 a pair']);
    expect((await reading(replica())).releases.get('x')?.events[1]).toMatchObject({
      body: { reason: 'half \u{FFFD} a pair' },
    });
  });

  test('releases that are due together go into one commit with one checkpoint', async () => {
    const { reading, replica, sizes, store } = scene();
    const results = await Promise.all(['x', 'y', 'z'].map((id) => store.append(place, openingOf(id), noon)));
    const heads = results.map((result) => succeeded(result).head);
    expect(new Set(heads).size).toBe(1);
    expect((await reading(replica())).anchor?.number).toBe(1);
    expect(await sizes(replica())).toEqual({ x: 1, y: 1, z: 1 });
    expect(results.map(succeeded).map(({ onto, together }) => [onto, together])).toEqual(
      results.map(() => [undefined, true]),
    );
    const alone = succeeded(await store.append(place, voteOn('x', 1), noon));
    expect([alone.onto, alone.together]).toEqual([heads[0], false]);
  });

  test('a release that has grown answers moved', async () => {
    const { append, opened, store } = scene();
    await opened('x');
    await append(['x', 1]);
    expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
    expect(await store.append(place, openingOf('x'), noon)).toEqual({ kind: 'moved' });
  });

  test('two appends to one release in one batch: the second answers moved', async () => {
    const { opened, store } = scene();
    await opened('x');
    const results = await Promise.all([1, 1].map((after) => store.append(place, voteOn('x', after), noon)));
    expect(results.map((result) => result.kind)).toEqual(['appended', 'moved']);
  });

  test('two stores race on one branch: other releases are retried, the same one answers moved', async () => {
    const { opened, reading, replica, sizes, store } = scene();
    await opened('x', 'y');
    const other = replica();
    await reading(other);
    succeeded(await other.append(place, voteOn('y', 1), noon));
    succeeded(await store.append(place, voteOn('x', 1), noon));
    succeeded(await other.append(place, voteOn('y', 2), noon));
    expect(await store.append(place, voteOn('y', 1), noon)).toEqual({ kind: 'moved' });
    expect(await sizes(replica())).toEqual({ x: 2, y: 3 });
  });

  test('two stores race for the first commit: one branch, both releases', async () => {
    const { replica, sizes, store } = scene();
    const other = replica();
    const results = await Promise.all([
      store.append(place, openingOf('x'), noon),
      other.append(place, openingOf('y'), noon),
    ]);
    results.map(succeeded);
    expect(await sizes(replica())).toEqual({ x: 1, y: 1 });
  });

  test('races that never end answer moved', async () => {
    const { opened, replica } = scene();
    await opened('x');
    const unlucky = replica({ writer: { commit: async () => ({ kind: 'lost-race' }) } });
    expect(await unlucky.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
  });

  test('a writer that breaks is told to whoever asked, and the next append works', async () => {
    const { opened, replica, world } = scene();
    await opened('x');
    let broken = true;
    const flaky = replica({
      writer: {
        commit: (request) => (broken ? Promise.reject(new Error('503')) : world.writer.commit(request)),
      },
    });
    await expect(flaky.append(place, voteOn('x', 1), noon)).rejects.toThrow('503');
    broken = false;
    succeeded(await flaky.append(place, voteOn('x', 1), noon));
  });

  test('an append that is a bug of ours breaks alone', async () => {
    const { opened, store } = scene();
    await opened('x', 'y');
    const [bad, good] = await Promise.allSettled([
      store.append(place, { ...voteOn('x', 1), happenings: [{ ...vote(''), at: 'yesterday' }] }, noon),
      store.append(place, voteOn('y', 1), noon),
    ]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ value: { kind: 'appended' } });
  });

  test('an accepted manifest that is not given is a bug, and nothing is committed', async () => {
    const { store, world } = scene();
    await expect(store.append(place, { ...openingOf('x'), manifests: new Map() }, noon)).rejects.toThrow(
      'manifest',
    );
    expect(world.head()).toBeUndefined();
  });

  test('G-24: evidence is stored with the vote that names it, and missing bytes are a bug', async () => {
    const { opened, store } = scene();
    await opened('x');
    const plan = evidenceOf(rollback);
    const cast = { ...voteOn('x', 1), happenings: [voteWith({ plan })] };
    await expect(store.append(place, cast, noon)).rejects.toThrow('evidence');
    succeeded(await store.append(place, { ...cast, evidence: new Map([[plan.sha256, rollback]]) }, noon));
  });
}
