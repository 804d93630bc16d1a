import { encodeCheckpoint, signingBytes, tipsDigest } from '../../src/core/record/checkpoint.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import { encodeEvent } from '../../src/core/record/event-codec.ts';
import { checkpointPath, eventPath, keyPath } from '../../src/core/record/layout.ts';
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

export type Files = ReadonlyMap<string, Uint8Array | undefined>;

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

export const webHost = 'https://github.com';

/** A world with a store on it, and short words for what tests do with both. */
export type RecordsScene = {
  readonly world: RecordsWorld;
  readonly signer: Signer;
  readonly store: RecordStore;
  /** Another process: with a key, a writer or a local copy of its own, if given. */
  replica(parts?: { signer?: Signer; writer?: BranchWriter; history?: History }): RecordStore;
  opened(...releases: string[]): Promise<void>;
  append(...appends: Parameters<typeof voteOn>[]): Promise<void>;
  reading(from?: RecordStore): Promise<RecordsReading>;
  /** How many events each release has. */
  sizes(from?: RecordStore): Promise<Record<string, number>>;
  /** The event that the store would write next, byte for byte, as a push by somebody else. */
  forgedEvent(release: string): Promise<Map<string, Uint8Array>>;
  /** A forged vote with the checkpoint that covers it, signed by `by`. */
  forgedCheckpoint(by: Signer): Promise<Files>;
};

export function setScene(world: RecordsWorld): RecordsScene {
  const signer = newSigner();
  const replica: RecordsScene['replica'] = (parts = {}) =>
    createRecordStore({ history: world.copy(), writer: world.writer, signer, host: webHost, ...parts });
  const store = replica();
  const reading = async (from = store): Promise<RecordsReading> =>
    read(await from.read(place, world.head(), []));
  const nextEvent = async (release: string): Promise<ReleaseEvent> => {
    const { event: previous = '' } = (await reading()).releases.get(release)?.tip ?? {};
    return { ...vote('forged'), version: 1, repository: place.repository, release, sequence: 2, previous };
  };
  return {
    world,
    signer,
    store,
    replica,
    reading,
    opened: async (...releases) => {
      for (const release of releases) succeeded(await store.append(place, openingOf(release), noon));
    },
    append: async (...appends) => {
      for (const one of appends) succeeded(await store.append(place, voteOn(...one), noon));
    },
    sizes: async (from) =>
      Object.fromEntries([...(await reading(from)).releases].map(([id, { events }]) => [id, events.length])),
    forgedEvent: async (release) => new Map([[eventPath(release, 2), encodeEvent(await nextEvent(release))]]),
    forgedCheckpoint: async (by) => {
      const event = encodeEvent(await nextEvent('x'));
      const tip = { release: 'x', sequence: 2, event: digestOf(event) };
      const unsigned = {
        version: 1 as const,
        number: 2,
        previous: (await reading()).anchor?.digest ?? '',
        repository: place.repository,
        host: webHost,
        at: noon,
        tips: tipsDigest([tip]),
        changed: [tip],
        foreign: [],
        key: by.fingerprint,
      };
      const checkpoint = { ...unsigned, signature: by.sign(signingBytes(unsigned)) };
      const files = new Map([
        [eventPath('x', 2), event],
        [checkpointPath(2), encodeCheckpoint(checkpoint)],
      ]);
      return by.fingerprint === signer.fingerprint
        ? files
        : files.set(keyPath(by.fingerprint), encodeKey(by));
    },
  };
}

export function succeeded(result: AppendResult): Extract<AppendResult, { kind: 'appended' }> {
  if (result.kind !== 'appended') throw new Error(`not appended: ${JSON.stringify(result)}`);
  return result;
}

export function read(result: ReadResult): RecordsReading {
  if (result.kind !== 'read') throw new Error(`not read: ${JSON.stringify(result.fault)}`);
  return result.reading;
}
