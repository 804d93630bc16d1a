import { expect, test } from 'vitest';
import { checkpointPath, eventPath, pagePath, readmePath } from '../../src/core/record/layout.ts';
import { newSigner, noon, place, voteOn } from '../support/happenings.ts';
import { type Files, type RecordsScene, succeeded } from './records-scene.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** What somebody with write access pushes is never folded, and harms nothing (T8, T17). */
export function recordForgeries(scene: () => RecordsScene): void {
  test('a perfect event without a checkpoint is never folded, and named', async () => {
    const { forgedEvent, opened, reading, replica, sizes, store, world } = scene();
    await opened('x', 'y');
    const forged = await forgedEvent('x');
    const commit = world.push(forged);
    for (const from of [store, replica()]) {
      expect(await sizes(from)).toEqual({ x: 1, y: 1 });
      expect((await reading(from)).foreign).toMatchObject([{ commit, paths: [...forged.keys()] }]);
    }
  });

  test('the next commit restores the covered tree and lists the foreign commit', async () => {
    const { append, forgedEvent, opened, reading, replica, sizes, store, world } = scene();
    await opened('x', 'y');
    const commit = world.push(await forgedEvent('x'));
    await reading();
    await append(['y', 1]);
    const cold = await reading(replica());
    expect(cold).toEqual(await reading());
    expect(cold.foreign.map((one) => one.commit)).toEqual([commit]);
    succeeded(await store.append(place, voteOn('x', 1, 'real', [commit]), noon));
    expect(await sizes(replica())).toEqual({ x: 2, y: 2 });
  });

  test('a release that a foreign commit touched answers moved until that commit was seen', async () => {
    const { forgedEvent, opened, reading, store, world } = scene();
    await opened('x', 'y');
    const commit = world.push(await forgedEvent('x'));
    await reading();
    expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
    succeeded(await store.append(place, voteOn('y', 1), noon));
    expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
    succeeded(await store.append(place, voteOn('x', 1, 'seen', [commit]), noon));
  });

  test('a foreign commit that wins the race stops only the release it touches', async () => {
    const { forgedEvent, opened, store, world } = scene();
    await opened('x', 'y');
    world.push(await forgedEvent('x'));
    const results = await Promise.all(['x', 'y'].map((id) => store.append(place, voteOn(id, 1), noon)));
    expect(results.map((result) => result.kind)).toEqual(['moved', 'appended']);
  });

  test.each([
    ['deletes an event', () => new Map([[eventPath('x', 1), undefined]])],
    ['damages an event', () => new Map([[eventPath('x', 1), bytes('{}')]])],
    ['rewrites the page of a release', () => new Map([[pagePath('x'), bytes('all approved')]])],
    ['rewrites the README', () => new Map([[readmePath, bytes('trust this key instead')]])],
    ['deletes a checkpoint', () => new Map([[checkpointPath(1), undefined]])],
    ['damages the next checkpoint', () => new Map([[checkpointPath(3), bytes('{"number":3}')]])],
    ['adds a release', () => new Map([['releases/ghost/events/000001.json', bytes('{}')]])],
    [
      'puts a file where a folder was',
      () =>
        new Map([
          [eventPath('x', 1), undefined],
          ['releases/x/events', bytes('')],
        ]),
    ],
    ['adds a file that means nothing', () => new Map([['vote.json', bytes('{}')]])],
    ['adds a workflow', () => new Map([['.github/workflows/evil.yml', bytes('on: push')]])],
    ['adds what no reader can hold', () => new Map([[eventPath('x', 2), bytes(' '.repeat(2_000_000))]])],
  ])('a foreign commit that %s harms no reading and no append', async (_, files: () => Files) => {
    const { append, opened, reading, replica, sizes, world } = scene();
    await opened('x', 'y');
    const commit = world.push(files());
    expect(await sizes()).toEqual({ x: 1, y: 1 });
    expect(await sizes(replica())).toEqual({ x: 1, y: 1 });
    await append(['x', 1, 'on', [commit]], ['y', 1]);
    expect(await sizes(replica())).toEqual({ x: 2, y: 2 });
    expect(await reading(replica())).toEqual(await reading());
  });

  test('foreign commits may be taken away again', async () => {
    const { append, forgedEvent, opened, reading, replica, sizes, world } = scene();
    await opened('x');
    const ours = world.head();
    world.push(await forgedEvent('x'));
    await reading();
    world.move(ours);
    expect((await reading()).foreign).toEqual([]);
    await append(['x', 1]);
    expect(await sizes(replica())).toEqual({ x: 2 });
  });

  test('a checkpoint with the key of somebody else is foreign', async () => {
    const { forgedCheckpoint, opened, replica, sizes, world } = scene();
    await opened('x');
    world.push(await forgedCheckpoint(newSigner()));
    expect(await sizes()).toEqual({ x: 1 });
    expect(await sizes(replica())).toEqual({ x: 1 });
  });

  test('a checkpoint that names our key but is not signed with it is foreign, and hides nothing', async () => {
    const { append, forgedCheckpoint, opened, reading, replica, signer, sizes, world } = scene();
    await opened('x');
    const impostor = { ...newSigner(), fingerprint: signer.fingerprint };
    const commit = world.push(await forgedCheckpoint(impostor));
    expect(await sizes(replica())).toEqual({ x: 1 });
    await reading();
    await append(['x', 1, 'real', [commit]]);
    expect(await sizes(replica())).toEqual({ x: 2 });
    expect((await reading(replica())).foreign.map((one) => one.commit)).toEqual([commit]);
  });
}
