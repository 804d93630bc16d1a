import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canonicalize } from '../../src/core/record/canonical.ts';
import { encodeCheckpoint, signingBytes, tipsDigest } from '../../src/core/record/checkpoint.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import { encodeEvent } from '../../src/core/record/event-codec.ts';
import { checkpointPath, eventPath, keyPath, pagePath, readmePath } from '../../src/core/record/layout.ts';
import { encodeKey } from '../../src/core/record/public-key.ts';
import type { RecordsReading } from '../../src/core/record/record.ts';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Sha } from '../../src/core/values.ts';
import type { BranchWriter } from '../../src/ports/branch-writer.ts';
import type { AppendResult, ReadResult, RecordStore } from '../../src/ports/record-store.ts';
import type { Signer } from '../../src/ports/signer.ts';
import type { History } from '../../src/records/history.ts';
import { createRecordStore } from '../../src/records/record-store.ts';
import { newSigner, noon, openingOf, place, vote, voteOn } from '../support/happenings.ts';

type Files = ReadonlyMap<string, Uint8Array | undefined>;

/** A host with one repository, the means of somebody who may push to it, and local copies that read it. */
export type RecordsWorld = {
  readonly writer: BranchWriter;
  push(files: Files, options?: { parent?: Sha | 'none' }): Sha;
  move(commit: Sha | undefined): void;
  head(): Sha | undefined;
  /** A local copy that knows nothing yet. */
  copy(): History;
  close(): void;
};

const host = 'https://github.com';
const bytes = (text: string): Uint8Array => Buffer.from(text);

/** What every record store has to do, whatever it reads and writes with. */
export function recordStoreContract(name: string, createWorld: () => RecordsWorld): void {
  describe(`record store over ${name}`, () => {
    let world: RecordsWorld;
    let signer: Signer;
    let store: RecordStore;
    beforeEach(() => {
      world = createWorld();
      signer = newSigner();
      store = storeOn(world.writer);
    });
    afterEach(() => world.close());
    const storeOn = (writer: BranchWriter, own = signer, history = world.copy()): RecordStore =>
      createRecordStore({ history, writer, signer: own, host });
    const append = async (...appends: Parameters<typeof voteOn>[]): Promise<void> => {
      for (const one of appends) succeeded(await store.append(place, voteOn(...one), noon));
    };
    const opened = async (...releases: string[]): Promise<void> => {
      for (const release of releases) succeeded(await store.append(place, openingOf(release), noon));
    };
    const fresh = (): RecordStore => storeOn(world.writer);
    const reading = async (from: RecordStore = store): Promise<RecordsReading> =>
      read(await from.read(place, world.head(), []));
    const sizes = async (from: RecordStore = store): Promise<unknown> =>
      Object.fromEntries(
        [...(await reading(from)).releases].map(([id, record]) => [id, record.events.length]),
      );

    test('a branch that does not exist reads as nothing', async () => {
      expect(await store.read(place, undefined, [])).toEqual({
        kind: 'read',
        reading: { releases: new Map(), foreign: [] },
      });
    });

    test('what was appended is read, here and by a fresh replica', async () => {
      await opened('x');
      await append(['x', 1, 'first'], ['x', 2, 'second']);
      expect(await sizes()).toEqual({ x: 3 });
      const [here, there] = [await reading(), await reading(fresh())];
      expect(there).toEqual(here);
      expect(here.anchor?.number).toBe(3);
      expect(here.head).toBe(world.head());
      expect(here.foreign).toEqual([]);
    });

    test('events are numbered and chained', async () => {
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
      await opened('x');
      await append(['x', 1, 'half \ud800 a pair']);
      expect((await reading(fresh())).releases.get('x')?.events[1]).toMatchObject({
        body: { reason: 'half \u{FFFD} a pair' },
      });
    });

    test('releases that are due together go into one commit with one checkpoint', async () => {
      const results = await Promise.all(
        ['x', 'y', 'z'].map((id) => store.append(place, openingOf(id), noon)),
      );
      const heads = results.map((result) => succeeded(result).head);
      expect(new Set(heads).size).toBe(1);
      expect((await reading(fresh())).anchor?.number).toBe(1);
      expect(await sizes(fresh())).toEqual({ x: 1, y: 1, z: 1 });
    });

    test('a release that has grown answers moved', async () => {
      await opened('x');
      await append(['x', 1]);
      expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
      expect(await store.append(place, openingOf('x'), noon)).toEqual({ kind: 'moved' });
    });

    test('two appends to one release in one batch: the second answers moved', async () => {
      await opened('x');
      const results = await Promise.all([1, 1].map((after) => store.append(place, voteOn('x', after), noon)));
      expect(results.map((result) => result.kind)).toEqual(['appended', 'moved']);
    });

    test('two stores race on one branch: other releases are retried, the same one answers moved', async () => {
      await opened('x', 'y');
      const other = fresh();
      await reading(other);
      succeeded(await other.append(place, voteOn('y', 1), noon));
      succeeded(await store.append(place, voteOn('x', 1), noon));
      succeeded(await other.append(place, voteOn('y', 2), noon));
      expect(await store.append(place, voteOn('y', 1), noon)).toEqual({ kind: 'moved' });
      expect(await sizes(fresh())).toEqual({ x: 2, y: 3 });
    });

    test('two stores race for the first commit: one branch, both releases', async () => {
      const other = fresh();
      const results = await Promise.all([
        store.append(place, openingOf('x'), noon),
        other.append(place, openingOf('y'), noon),
      ]);
      results.map(succeeded);
      expect(await sizes(fresh())).toEqual({ x: 1, y: 1 });
    });

    test('races that never end answer moved', async () => {
      await opened('x');
      const unlucky = storeOn({ commit: async () => ({ kind: 'lost-race' }) });
      expect(await unlucky.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
    });

    test('a writer that breaks is told to whoever asked, and the next append works', async () => {
      await opened('x');
      let broken = true;
      const flaky = storeOn({
        commit: (request) => (broken ? Promise.reject(new Error('503')) : world.writer.commit(request)),
      });
      await expect(flaky.append(place, voteOn('x', 1), noon)).rejects.toThrow('503');
      broken = false;
      succeeded(await flaky.append(place, voteOn('x', 1), noon));
    });

    test('an append that is a bug of ours breaks alone', async () => {
      await opened('x', 'y');
      const [bad, good] = await Promise.allSettled([
        store.append(place, { ...voteOn('x', 1), happenings: [{ ...vote(''), at: 'yesterday' }] }, noon),
        store.append(place, voteOn('y', 1), noon),
      ]);
      expect(bad.status).toBe('rejected');
      expect(good).toMatchObject({ value: { kind: 'appended' } });
    });

    test('an accepted manifest that is not given is a bug, and nothing is committed', async () => {
      await expect(store.append(place, { ...openingOf('x'), manifests: new Map() }, noon)).rejects.toThrow(
        'manifest',
      );
      expect(world.head()).toBeUndefined();
    });

    test('a perfect event without a checkpoint is never folded, and named', async () => {
      await opened('x', 'y');
      const forged = await forge('x');
      const commit = world.push(forged);
      for (const from of [store, fresh()]) {
        expect(await sizes(from)).toEqual({ x: 1, y: 1 });
        expect((await reading(from)).foreign).toMatchObject([{ commit, paths: [...forged.keys()] }]);
      }
    });

    test('the next commit restores the covered tree and lists the foreign commit', async () => {
      await opened('x', 'y');
      const commit = world.push(await forge('x'));
      await reading();
      await append(['y', 1]);
      const cold = await reading(fresh());
      expect(cold).toEqual(await reading());
      expect(cold.foreign.map((one) => one.commit)).toEqual([commit]);
      succeeded(await store.append(place, voteOn('x', 1, 'real', [commit]), noon));
      expect(await sizes(fresh())).toEqual({ x: 2, y: 2 });
    });

    test('a release that a foreign commit touched answers moved until that commit was seen', async () => {
      await opened('x', 'y');
      const commit = world.push(await forge('x'));
      await reading();
      expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
      succeeded(await store.append(place, voteOn('y', 1), noon));
      expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'moved' });
      succeeded(await store.append(place, voteOn('x', 1, 'seen', [commit]), noon));
    });

    test('a foreign commit that wins the race stops only the release it touches', async () => {
      await opened('x', 'y');
      world.push(await forge('x'));
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
      await opened('x', 'y');
      const commit = world.push(files());
      expect(await sizes()).toEqual({ x: 1, y: 1 });
      expect(await sizes(fresh())).toEqual({ x: 1, y: 1 });
      await append(['x', 1, 'on', [commit]], ['y', 1]);
      expect(await sizes(fresh())).toEqual({ x: 2, y: 2 });
      expect(await reading(fresh())).toEqual(await reading());
    });

    test('foreign commits may be taken away again', async () => {
      await opened('x');
      const ours = world.head();
      world.push(await forge('x'));
      await reading();
      world.move(ours);
      expect((await reading()).foreign).toEqual([]);
      await append(['x', 1]);
      expect(await sizes(fresh())).toEqual({ x: 2 });
    });

    test('a checkpoint with the key of somebody else is foreign', async () => {
      await opened('x');
      world.push(await checkpointed(newSigner()));
      expect(await sizes()).toEqual({ x: 1 });
      expect(await sizes(fresh())).toEqual({ x: 1 });
    });

    test('a checkpoint that names our key but is not signed with it is foreign, and hides nothing', async () => {
      await opened('x');
      const impostor = { ...newSigner(), fingerprint: signer.fingerprint };
      const commit = world.push(await checkpointed(impostor));
      expect(await sizes(fresh())).toEqual({ x: 1 });
      await reading();
      await append(['x', 1, 'real', [commit]]);
      expect(await sizes(fresh())).toEqual({ x: 2 });
      expect((await reading(fresh())).foreign.map((one) => one.commit)).toEqual([commit]);
    });

    test('a checkpoint of ours that was made for another repository does not count', async () => {
      const elsewhere = { ...place, repository: { id: 8, name: 'acme/payments' } };
      succeeded(await storeOn(world.writer).append(elsewhere, openingOf('x'), noon));
      expect(await fresh().read(place, world.head(), [])).toMatchObject({ fault: { kind: 'damaged' } });
    });

    test('a branch with the key of somebody else is unanchored', async () => {
      const mallory = newSigner();
      succeeded(await storeOn(world.writer, mallory).append(place, openingOf('x'), noon));
      const fault = { kind: 'unanchored', key: mallory.fingerprint, trusted: [signer.fingerprint] };
      expect(await store.read(place, world.head(), [])).toEqual({ kind: 'fault', fault });
      expect(await store.append(place, voteOn('x', 1), noon)).toEqual({ kind: 'fault', fault });
    });

    test('a branch that begins with something else is damaged', async () => {
      world.push(new Map([['hello', bytes('world')]]), { parent: 'none' });
      expect(await store.read(place, world.head(), [])).toMatchObject({ fault: { kind: 'damaged' } });
    });

    test('our own key has to be among the configured ones', async () => {
      const elsewhere = { ...place, trustedKeys: [newSigner().fingerprint] };
      const fault = { kind: 'own-key-untrusted', key: signer.fingerprint, trusted: elsewhere.trustedKeys };
      expect(await store.read(elsewhere, undefined, [])).toEqual({ kind: 'fault', fault });
      expect(await store.append(elsewhere, openingOf('x'), noon)).toEqual({ kind: 'fault', fault });
    });

    test('a branch whose key is no longer trusted closes at once', async () => {
      await opened('x');
      const other = storeOn(world.writer, newSigner());
      const both = { ...place, trustedKeys: [signer.fingerprint] };
      expect(await store.read(both, world.head(), [])).toMatchObject({ kind: 'read' });
      expect(await other.read(place, world.head(), [])).toMatchObject({ fault: { kind: 'unanchored' } });
    });

    test('a rollback closes a warm replica, and putting it right opens it again', async () => {
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
      await opened('x');
      const early = world.head();
      await append(['x', 1]);
      expect(read(await store.read(place, early, [])).head).toBe(world.head());
      expect(read(await store.read(place, undefined, [])).head).toBe(world.head());
    });

    test('a rollback closes a restarted replica', async () => {
      await opened('x');
      const early = world.head();
      await append(['x', 1]);
      const history = world.copy();
      await reading(storeOn(world.writer, signer, history));
      world.move(early);
      const restarted = storeOn(world.writer, signer, history);
      expect(await restarted.read(place, early, [])).toMatchObject({
        fault: { kind: 'rolled-back', known: { number: 2 }, found: { number: 1 } },
      });
    });

    test('a deleted branch closes a warm replica, and one that an anchor tells', async () => {
      await opened('x');
      const anchor = (await reading()).anchor ?? { number: 0, digest: '' };
      world.move(undefined);
      const fault = { kind: 'rolled-back', known: anchor };
      expect(await store.read(place, undefined, [])).toEqual({ kind: 'fault', fault });
      expect(await fresh().read(place, undefined, [anchor])).toEqual({ kind: 'fault', fault });
    });

    test('a rollback closes a fresh replica that an anchor tells', async () => {
      await opened('x');
      const early = world.head();
      await append(['x', 1]);
      const anchor = (await reading()).anchor ?? { number: 0, digest: '' };
      world.move(early);
      expect(await fresh().read(place, early, [anchor])).toMatchObject({
        fault: { kind: 'rolled-back', known: anchor },
      });
      world.move(undefined);
      expect(await fresh().read(place, undefined, [])).toMatchObject({ kind: 'read' });
    });

    test('a second genesis closes a warm replica, and a fresh one that an anchor tells', async () => {
      await opened('x');
      const anchor = (await reading()).anchor ?? { number: 0, digest: '' };
      world.move(undefined);
      succeeded(await fresh().append(place, openingOf('y'), noon));
      const fault = { kind: 'rolled-back', known: anchor };
      expect(await store.read(place, world.head(), [])).toMatchObject({ fault });
      expect(await fresh().read(place, world.head(), [anchor])).toMatchObject({ fault });
    });

    test('a head that the host does not have (any more) is looked up again', async () => {
      await opened('x');
      expect(read(await fresh().read(place, 'f'.repeat(40), [])).head).toBe(world.head());
    });

    /** The event that we would write next for a release, byte for byte, by somebody else. */
    async function forge(release: string): Promise<Map<string, Uint8Array>> {
      return new Map([[eventPath(release, 2), encodeEvent(await nextEvent(release))]]);
    }

    async function nextEvent(release: string): Promise<ReleaseEvent> {
      const record = (await reading()).releases.get(release);
      const { event: previous = '' } = record?.tip ?? {};
      const { repository } = place;
      return { ...vote('forged'), version: 1, repository, release, sequence: 2, previous };
    }

    /** A forged vote with the checkpoint that covers it, signed by `by`. */
    async function checkpointed(by: Signer): Promise<Files> {
      const event = encodeEvent(await nextEvent('x'));
      const tip = { release: 'x', sequence: 2, event: digestOf(event) };
      const unsigned = {
        version: 1 as const,
        number: 2,
        previous: (await reading()).anchor?.digest ?? '',
        repository: place.repository,
        host,
        at: noon,
        tips: tipsDigest([tip]),
        changed: [tip],
        foreign: [],
        key: by.fingerprint,
      };
      const checkpoint = { ...unsigned, signature: by.sign(signingBytes(unsigned)) };
      expect(canonicalize(checkpoint)).toBe(Buffer.from(encodeCheckpoint(checkpoint)).toString());
      const files = new Map([
        [eventPath('x', 2), event],
        [checkpointPath(2), encodeCheckpoint(checkpoint)],
      ]);
      return by.fingerprint === signer.fingerprint
        ? files
        : files.set(keyPath(by.fingerprint), encodeKey(by));
    }
  });
}

function succeeded(result: AppendResult): Extract<AppendResult, { kind: 'appended' }> {
  if (result.kind !== 'appended') throw new Error(`not appended: ${JSON.stringify(result)}`);
  return result;
}

function read(result: ReadResult): RecordsReading {
  if (result.kind !== 'read') throw new Error(`not read: ${JSON.stringify(result.fault)}`);
  return result.reading;
}
