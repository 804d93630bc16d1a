import { expect, test } from 'vitest';
import { newSigner, noon, openingOf, place, voteOn } from '../support/happenings.ts';
import { type RecordsScene, read, succeeded } from './records-scene.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** When a branch cannot be used at all: other keys, rollbacks, second beginnings (T8, T9). */
export function recordFaults(scene: () => RecordsScene): void {
  test('a checkpoint of ours that was made for another repository does not count', async () => {
    const { replica, world } = scene();
    const elsewhere = { ...place, repository: { id: 8, name: 'acme/payments' } };
    succeeded(await replica().append(elsewhere, openingOf('x'), noon));
    expect(await replica().read(place, world.head(), [])).toMatchObject({ fault: { kind: 'damaged' } });
  });

  test('a branch with the key of somebody else is unanchored', async () => {
    const { replica, signer, store, world } = scene();
    const mallory = newSigner();
    succeeded(await replica({ signer: mallory }).append(place, openingOf('x'), noon));
    const fault = { kind: 'unanchored', key: mallory.fingerprint, trusted: [signer.fingerprint] };
    expect(await store.read(place, world.head(), [])).toEqual({ kind: 'fault', fault });
    expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'fault', fault });
  });

  test('a branch that begins with something else is damaged', async () => {
    const { store, world } = scene();
    world.push(new Map([['hello', bytes('world')]]), { parent: 'none' });
    expect(await store.read(place, world.head(), [])).toMatchObject({ fault: { kind: 'damaged' } });
  });

  test('our own key has to be among the configured ones', async () => {
    const { signer, store } = scene();
    const elsewhere = { ...place, trustedKeys: [newSigner().fingerprint] };
    const fault = { kind: 'own-key-untrusted', key: signer.fingerprint, trusted: elsewhere.trustedKeys };
    expect(await store.read(elsewhere, undefined, [])).toEqual({ kind: 'fault', fault });
    expect(await store.append(elsewhere, openingOf('x'), noon)).toEqual({ kind: 'fault', fault });
  });

  test('a branch whose key is no longer trusted closes at once', async () => {
    const { opened, replica, signer, store, world } = scene();
    await opened('x');
    const other = replica({ signer: newSigner() });
    const both = { ...place, trustedKeys: [signer.fingerprint] };
    expect(await store.read(both, world.head(), [])).toMatchObject({ kind: 'read' });
    expect(await other.read(place, world.head(), [])).toMatchObject({ fault: { kind: 'unanchored' } });
  });

  test('a rollback closes a warm replica, and putting it right opens it again', async () => {
    const { append, opened, reading, sizes, store, world } = scene();
    await opened('x');
    const early = world.head();
    await append(['x', 1]);
    const late = world.head();
    await reading();
    world.move(early);
    const result = await store.read(place, early, []);
    expect(result).toMatchObject({
      fault: { kind: 'rolled-back', known: { number: 2 }, found: { number: 1 } },
    });
    expect(await store.append(place, voteOn('x', 2), noon)).toMatchObject({
      fault: { kind: 'rolled-back' },
    });
    world.move(late);
    expect(await sizes()).toEqual({ x: 2 });
  });

  test('an old head from a slow answer of the host is no rollback', async () => {
    const { append, opened, store, world } = scene();
    await opened('x');
    const early = world.head();
    await append(['x', 1]);
    expect(read(await store.read(place, early, [])).head).toBe(world.head());
    expect(read(await store.read(place, undefined, [])).head).toBe(world.head());
  });

  test('a rollback closes a restarted replica', async () => {
    const { append, opened, reading, replica, world } = scene();
    await opened('x');
    const early = world.head();
    await append(['x', 1]);
    const history = world.copy();
    await reading(replica({ history }));
    world.move(early);
    const restarted = replica({ history });
    expect(await restarted.read(place, early, [])).toMatchObject({
      fault: { kind: 'rolled-back', known: { number: 2 }, found: { number: 1 } },
    });
  });

  test('a deleted branch closes a warm replica, and one that an anchor tells', async () => {
    const { opened, reading, replica, store, world } = scene();
    await opened('x');
    const anchor = (await reading()).anchor ?? { number: 0, digest: '' };
    world.move(undefined);
    const fault = { kind: 'rolled-back', known: anchor };
    expect(await store.read(place, undefined, [])).toEqual({ kind: 'fault', fault });
    expect(await replica().read(place, undefined, [anchor])).toEqual({ kind: 'fault', fault });
  });

  test('a rollback closes a fresh replica that an anchor tells', async () => {
    const { append, opened, reading, replica, world } = scene();
    await opened('x');
    const early = world.head();
    await append(['x', 1]);
    const anchor = (await reading()).anchor ?? { number: 0, digest: '' };
    world.move(early);
    expect(await replica().read(place, early, [anchor])).toMatchObject({
      fault: { kind: 'rolled-back', known: anchor },
    });
    world.move(undefined);
    expect(await replica().read(place, undefined, [])).toMatchObject({ kind: 'read' });
  });

  test('a second genesis closes a warm replica, and a fresh one that an anchor tells', async () => {
    const { opened, reading, replica, store, world } = scene();
    await opened('x');
    const anchor = (await reading()).anchor ?? { number: 0, digest: '' };
    world.move(undefined);
    succeeded(await replica().append(place, openingOf('y'), noon));
    const fault = { kind: 'rolled-back', known: anchor };
    expect(await store.read(place, world.head(), [])).toMatchObject({ fault });
    expect(await replica().read(place, world.head(), [anchor])).toMatchObject({ fault });
  });

  test('a head that the host does not have (any more) is looked up again', async () => {
    const { opened, replica, world } = scene();
    await opened('x');
    expect(read(await replica().read(place, 'f'.repeat(40), [])).head).toBe(world.head());
  });
}
