import { describe, expect, it } from 'vitest';
import type { Inherited } from '../../src/core/configuration/inheritance.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import type { Anchor, RecordsReading, ReleaseRecord } from '../../src/core/record/record.ts';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { ForgeError, type InheritedHeads } from '../../src/ports/forge.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { handDown, inheritedRecords, stockInForce } from '../../src/reconcile/inheritance.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { stockOf } from '../../src/reconcile/newest-stock.ts';
import type { World } from '../../src/reconcile/world.ts';
import { opening } from '../support/happenings.ts';

const repository = 'acme/payments';
const from = 'acme/.github';
const path = '.github/countersign.yml';
const heads = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
const [own = '', first = '', second = ''] = heads;
const text = 'floors: { for: { uses: audit }, activities: audit }\n';
const none: RecordsReading = { releases: new Map(), foreign: [] };

type Files = { readonly [commit: string]: Readonly<Record<string, string>> };

/** A process with a local copy of these commits, and a record store that answers this of the organization's record. */
function worldWith(files: Files, store: Partial<World['store']> = {}, fetch = async () => {}) {
  const asked: Key[] = [];
  const reads: (readonly Anchor[])[] = [];
  const bytes = (commit: string) =>
    new Map(Object.entries(files[commit] ?? {}).map(([name, one]) => [name, new TextEncoder().encode(one)]));
  const mirror = {
    fetch,
    has: async (_: string, commit: string) => commit in files,
    list: async (_: string, commit: string) => [...bytes(commit).keys()],
    irregular: async () => new Set<string>(),
    sizes: async (_: string, commit: string) =>
      new Map([...bytes(commit)].map(([name, one]) => [name, one.length])),
    read: async (_: string, commit: string, paths: readonly string[]) =>
      new Map([...bytes(commit)].filter(([name]) => paths.includes(name))),
    lastChange: async (_: string, commit: string) => commit,
    branches: async () => new Map([['their-records', 'f'.repeat(40)]]),
  } as unknown as World['mirror'];
  const world = {
    mirror,
    store: {
      read: async (
        place: { readonly branch: string },
        head: string | undefined,
        anchors: readonly Anchor[],
      ) => {
        reads.push(anchors);
        return store.read?.(place as never, head, anchors) ?? { kind: 'read', reading: none };
      },
    } as unknown as World['store'],
    ownKey: 'SHA256:own',
    memory: createMemory(),
    enqueue: (key: Key) => void asked.push(key),
    heirs: () => [repository, 'acme/unseen'],
  } as unknown as World;
  return { world, asked, reads };
}

const present = (head: string, more: Partial<Extract<InheritedHeads, { kind: 'present' }>> = {}) =>
  ({
    kind: 'present',
    repository: { id: 7, name: from },
    recordsBranch: 'countersign-records',
    head,
    ...more,
  }) as const;

/** The record of a repository whose release inherited something. */
const having = (inherited: Inherited): RecordsReading => {
  const { happening } = opening('r1');
  if (happening.kind !== 'release-opened') throw new TypeError('not an opening');
  const revision = { ...happening.body.revision, inherited };
  const event = { ...happening, body: { ...happening.body, revision } } as ReleaseEvent;
  const record: ReleaseRecord = {
    release: 'r1',
    events: [event],
    tip: { release: 'r1', sequence: 1, event: '' },
  };
  return { ...none, releases: new Map([['r1', record]]) };
};

const inheritance = async (world: World, inherited: InheritedHeads | undefined, reading = none) => {
  const alone = await stockOf(world, repository, own);
  const stock = await stockInForce(world, repository, alone, reading, inherited ? { inherited } : {});
  return stock.inheritance;
};

describe('T7: what a repository inherits', () => {
  it('is nothing where nothing is known of such a repository', async () => {
    const { world } = worldWith({ [own]: {} });
    expect(await inheritance(world, undefined)).toBeUndefined();
    expect(await inheritance(world, { kind: 'absent' })).toBeUndefined();
    expect(inheritedRecords(world, from)).toBeUndefined();
  });

  it('is what rules there, with where it comes from; one look serves until something moves', async () => {
    const { world, reads } = worldWith({
      [own]: {},
      [first]: { [path]: text },
      [second]: { 'README.md': '' },
    });
    const found = await inheritance(world, present(first));
    expect(found).toMatchObject({
      kind: 'known',
      from: {
        repository: { id: 7, name: from },
        commit: first,
        digest: digestOf(new TextEncoder().encode(text)),
      },
    });
    await inheritance(world, present(first));
    expect(reads).toHaveLength(1);
    expect(await inheritance(world, present(second))).toBeUndefined();
    expect(reads).toHaveLength(2);
    const { head: _, ...empty } = present(first);
    expect(await inheritance(world, empty)).toBeUndefined();
  });

  it('T8: a record there that ends before the one that was seen is not believed', async () => {
    const checkpoint = { number: 3, digest: 'd'.repeat(64) };
    const seen = { repository: { id: 7, name: from }, commit: first, digest: 'e'.repeat(64), checkpoint };
    const fault = { kind: 'rolled-back', known: checkpoint } as const;
    const { world, reads } = worldWith(
      { [own]: {}, [first]: { [path]: text } },
      {
        read: async (_, __, anchors) =>
          anchors.length > 0 ? { kind: 'fault', fault } : { kind: 'read', reading: none },
      },
    );
    expect(await inheritance(world, present(first), having(seen))).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('was rolled back'),
    });
    expect(reads).toEqual([[checkpoint]]);
    const other = { ...seen, repository: { id: 8, name: from } };
    expect(await inheritance(world, present(first), having(other))).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('another repository'),
    });
  });

  it('a public repository that the App may not fetch from is none, if it never was one', async () => {
    const closed = async () => {
      throw new ForgeError('forbidden', 'The App is not installed there.');
    };
    const { world } = worldWith({ [own]: {} }, {}, closed);
    expect(await inheritance(world, present(first))).toBeUndefined();
    const seen = { repository: { id: 7, name: from }, commit: first, digest: 'e'.repeat(64) };
    expect(await inheritance(world, present(first), having(seen))).toMatchObject({ kind: 'unknown' });
    const away = async () => {
      throw new ForgeError('unavailable', 'The host is away.');
    };
    const other = worldWith({ [own]: {} }, {}, away);
    await expect(inheritance(other.world, present(first))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('its record is read where its configuration says, also when another branch was asked about', async () => {
    const heads: (string | undefined)[] = [];
    const file = `records: { branch: their-records }\n${text}`;
    const { world } = worldWith(
      { [own]: {}, [first]: { [path]: file } },
      {
        read: async (_, head) => {
          heads.push(head);
          return { kind: 'read', reading: { ...none, anchor: { number: 1, digest: 'd'.repeat(64) } } };
        },
      },
    );
    const found = await inheritance(world, present(first));
    expect(heads).toEqual(['f'.repeat(40)]);
    expect(found).toMatchObject({ from: { checkpoint: { number: 1 } } });
    expect(inheritedRecords(world, repository)).toBe('their-records');
  });

  it('a repository’s own file that contradicts it leaves nothing known', async () => {
    const roles = (login: string) => `roles: { lead: { users: ${login} } }\n`;
    const { world } = worldWith({ [own]: { [path]: roles('ada') }, [first]: { [path]: roles('mona') } });
    const alone = await stockOf(world, repository, own);
    const { inventory } = await stockInForce(world, repository, alone, none, { inherited: present(first) });
    expect(inventory.configuration).toBeUndefined();
    expect(inventory.problems.get(path)?.map(({ code }) => code)).toEqual(['below-inherited']);
  });
});

describe('T7: an adopted configuration that comes to contradict what is inherited', () => {
  it('goes on ruling with what is inherited, so that its custodians can mend it', async () => {
    const mine = 'custodians: { from: team:sre }\nroles: { lead: { users: ada } }\n';
    const { world } = worldWith({
      [own]: { [path]: mine },
      [first]: {
        [path]: 'custodians: { from: team:governance, require: 2 }\nroles: { lead: { users: mona } }\n',
      },
    });
    const release = 'countersign.configuration.1';
    const { happening } = opening(release);
    if (happening.kind !== 'release-opened') throw new TypeError('not an opening');
    const revision = {
      ...happening.body.revision,
      manifest: digestOf(new TextEncoder().encode(mine)),
      commit: own,
    };
    const events = [
      { ...happening, body: { ...happening.body, revision } },
      { at: happening.at, kind: 'release-succeeded', body: {} },
    ].map((event, index) => ({ ...event, release, sequence: index + 1 }) as ReleaseEvent);
    const record = { release, events, tip: { release, sequence: 2, event: '' } };
    const reading = { ...none, releases: new Map([[release, record]]) };
    const alone = await stockOf(world, repository, own);
    const { inventory } = await stockInForce(world, repository, alone, reading, {
      inherited: present(first),
    });
    expect(inventory.configuration?.custodians).toMatchObject({ from: [{ name: 'governance' }] });
    expect(inventory.configuration?.roles).toMatchObject([{ members: [{ name: 'mona' }] }]);
    expect(inventory.problems.get(path)?.map(({ code }) => code)).toEqual([
      'below-inherited',
      'below-inherited',
    ]);
  });
});

describe('what changes there is handed down', () => {
  it('to every repository that was looked at, once for each change', async () => {
    const { world, asked } = worldWith({ [own]: {}, [first]: { [path]: text }, [second]: {} });
    world.memory.heads.set(repository, {} as never);
    const stock = async (head: string) => stockOf(world, from, head);
    handDown(world, from, await stock(first));
    handDown(world, from, await stock(first));
    expect(asked).toEqual([{ kind: 'repository', repository }]);
    handDown(world, from, await stock(second));
    expect(asked).toHaveLength(2);
    handDown(world, repository, await stock(first));
    expect(asked).toHaveLength(2);
  });
});
