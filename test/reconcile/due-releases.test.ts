import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/core/configuration/configuration.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import type { ReleaseRecord } from '../../src/core/record/record.ts';
import type { Happening, ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import type { ManifestFile } from '../../src/core/repository/inventory.ts';
import { dueReleases } from '../../src/reconcile/due-releases.ts';
import { boundNames } from '../../src/reconcile/glance.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { noon, opening, vote } from '../support/happenings.ts';

const repository = 'acme/payments';
const view = { at: noon, repository: { id: 7, name: repository, nodeId: 'R_7', private: true } };
const commits = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
const digests = ['d', 'e'].map((letter) => letter.repeat(64));
const later = '2026-11-25T12:00:00Z';

/** What may happen between two looks at the repository. */
type Turn =
  | { readonly do: 'record'; readonly release: string; readonly happening: Happening }
  | { readonly do: 'write'; readonly release: string; readonly digest: string | undefined }
  | { readonly do: 'tag'; readonly tag: string; readonly commit: string | undefined }
  | { readonly do: 'foreign'; readonly release: string; readonly commit: string }
  | { readonly do: 'close' };

const release = fc.constantFrom('r1', 'r2', 'r3');
const commit = fc.constantFrom(...commits);
const digest = fc.constantFrom(...digests);
const ref = fc.constantFrom('v1', 'v2', 'refs/tags/v1', 'refs/heads/v1');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const opened = fc
  .record({ manifest: digest, at: commit, ref, pinned: fc.boolean() })
  .map(({ manifest, at, ref: written, pinned }): Happening => {
    const { happening } = opening('r1');
    if (happening.kind !== 'release-opened') throw new TypeError('not an opening');
    const target = pinned ? { kind: 'sha' as const, sha: at } : { kind: 'ref' as const, ref: written };
    const plan = { ...happening.body.revision.plan, target };
    const revision = { ...happening.body.revision, manifest, plan };
    const resolved = pinned ? { commit: at } : { commit: at, ref: written };
    return { ...happening, body: { ...happening.body, revision, target: resolved } };
  });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: opened },
  fc.constantFrom(noon, later).map((at): Happening => ({ at, kind: 'release-succeeded', body: {} })),
  commit.map((sha): Happening => {
    const body = { what: 'foreign-commit', commit: sha, paths: [] } as const;
    return { at: noon, kind: 'deviation-recorded', body };
  }),
  fc.constant(vote('fine')),
);

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('record' as const), release, happening }) },
  fc.record({ do: fc.constant('write' as const), release, digest: maybe(digest) }),
  fc.record({
    do: fc.constant('tag' as const),
    tag: fc.constantFrom('refs/tags/v1', 'refs/tags/v2', 'refs/heads/v1'),
    commit: maybe(commit),
  }),
  fc.record({ do: fc.constant('foreign' as const), release, commit }),
  fc.constant({ do: 'close' as const }),
);

/** A repository that turns change, and what a process that remembers sees of it. */
function createScene() {
  const releases = new Map<string, ReleaseRecord>();
  const manifests = new Map<string, ManifestFile>();
  const refs = new Map<string, string>();
  const foreign: { commit: string; author: string; paths: readonly string[] }[] = [];
  const asked: (readonly string[])[] = [];
  const record = (name: string, more: Happening): void => {
    const events = releases.get(name)?.events ?? [];
    const sequence = events.length + 1;
    const event: ReleaseEvent = { ...more, version: 1, repository: view.repository, release: name, sequence };
    const tip = { release: name, sequence, event: digestOf(JSON.stringify([...events, event])) };
    releases.set(name, { release: name, events: [...events, event], tip });
  };
  return {
    refs,
    asked,
    reading: () => ({ releases, foreign }),
    stock: {
      inventory: {
        configuration: undefined,
        records: defaultConfiguration.records,
        manifests,
        problems: new Map(),
      },
    },
    mirror: {
      resolveAll: async (_: string, names: readonly string[]) => {
        asked.push(names);
        return new Map([...refs].filter(([name]) => names.includes(name)));
      },
    },
    take: (now: Exclude<Turn, { readonly do: 'close' }>): void => {
      if (now.do === 'record') record(now.release, now.happening);
      if (now.do === 'foreign')
        foreign.push({ commit: now.commit, author: 'eve', paths: [`releases/${now.release}/x`] });
      if (now.do === 'tag' && now.commit === undefined) refs.delete(now.tag);
      if (now.do === 'tag' && now.commit !== undefined) refs.set(now.tag, now.commit);
      if (now.do === 'write' && now.digest === undefined) manifests.delete(now.release);
      if (now.do === 'write' && now.digest !== undefined) {
        const path = `releases/${now.release}.yml`;
        const { plan } = planOf(now.release);
        manifests.set(now.release, { path, digest: now.digest, bytes: new Uint8Array(), floors: [], plan });
      }
    },
  };
}

function planOf(name: string) {
  const { happening: first } = opening(name);
  if (first.kind !== 'release-opened') throw new TypeError('not an opening');
  return first.body.revision;
}

type Scene = ReturnType<typeof createScene>;

/** Which releases are due, said plainly: every release is folded, and every tag looked at by itself. */
function plainlyDue(scene: Scene, survey: boolean, reopened: boolean): ReadonlySet<string> {
  const { releases, foreign } = scene.reading();
  const { manifests } = scene.stock.inventory;
  const states = [...releases].map(([name, { events }]) => [name, fold(name, events)] as const);
  const newest = Math.max(...states.map(([, state]) => ('lastAt' in state ? Date.parse(state.lastAt) : 0)));
  const due = new Set(
    [...manifests.keys()].filter((name) => !states.some(([n, s]) => n === name && 'lastAt' in s)),
  );
  for (const [name, state] of states) {
    if (state.kind !== 'opened') continue;
    const file = manifests.get(name);
    const isOpen = !state.ended;
    const { target } = state.revision.plan;
    const written = target.kind === 'ref' ? target.ref : '';
    const tag = scene.refs.get(written.startsWith('refs/tags/') ? written : `refs/tags/${written}`);
    const known = state.deviations.flatMap((one) => (one.what === 'foreign-commit' ? [one.commit] : []));
    const reasons = [
      reopened,
      survey && (isOpen || newest - Date.parse(state.lastAt) <= 86_400_000),
      isOpen && file?.digest !== state.revision.manifest,
      isOpen && tag !== undefined && tag !== state.target.commit,
      foreign.some(({ commit: sha, paths }) => paths[0] === `releases/${name}/x` && !known.includes(sha)),
    ];
    if (reasons.includes(true)) due.add(name);
  }
  return due;
}

describe('releases that are due', () => {
  test('are the same whether they were seen before or are looked at for the first time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(turn, { maxLength: 6 }), { maxLength: 8 }), async (looks) => {
        const scene = createScene();
        const memory = createMemory();
        for (const [look, turns] of looks.entries()) {
          let reopened = false;
          for (const now of turns) {
            if (now.do !== 'close') scene.take(now);
            else {
              memory.closed.add(repository);
              reopened = true;
            }
          }
          const world = { memory, mirror: scene.mirror };
          const due = await dueReleases(world, repository, view, scene.stock, scene.reading());
          expect([...due].sort()).toEqual([...plainlyDue(scene, look === 0, reopened)].sort());
        }
      }),
      { numRuns: 500 },
    );
  });

  test('cost one question about all tags, and none where there is no tag to ask for', async () => {
    const scene = createScene();
    const world = { memory: createMemory(), mirror: scene.mirror };
    const look = () => dueReleases(world, repository, view, scene.stock, scene.reading());
    await look();
    expect(scene.asked).toEqual([]);
    for (const name of ['r1', 'r2', 'r3'])
      scene.take({ do: 'record', release: name, happening: opening(name).happening });
    await look();
    expect(scene.asked).toEqual([['refs/tags/v1']]);
  });

  test('are not folded again while their record stands where it is', async () => {
    const scene = createScene();
    const world = { memory: createMemory(), mirror: scene.mirror };
    const look = () => dueReleases(world, repository, view, scene.stock, scene.reading());
    for (const name of ['r1', 'r2'])
      scene.take({ do: 'record', release: name, happening: opening(name).happening });
    await look();
    const before = world.memory.glances.get(repository);
    scene.take({ do: 'record', release: 'r2', happening: vote('fine') });
    await look();
    const now = world.memory.glances.get(repository);
    expect(now?.get('r1')).toBe(before?.get('r1'));
    expect(now?.get('r2')).not.toBe(before?.get('r2'));
  });

  test('are the open ones when another revision of the configuration takes force (T13)', async () => {
    const scene = createScene();
    const world = { memory: createMemory(), mirror: scene.mirror };
    const { inventory } = scene.stock;
    const stock = { ...scene.stock, inventory: { ...inventory, configuration: defaultConfiguration } };
    const look = () => dueReleases(world, repository, view, stock, scene.reading());
    const record = (name: string, more: Happening) =>
      scene.take({ do: 'record', release: name, happening: more });
    const { happening: first } = opening('r1');
    if (first.kind !== 'release-opened') throw new TypeError('not an opening');
    record('r1', first);
    scene.take({ do: 'write', release: 'r1', digest: first.body.revision.manifest });
    await look();
    expect([...(await look())]).toEqual([]);
    const amendment = 'countersign.configuration.1';
    record(amendment, opening(amendment).happening);
    record(amendment, { at: later, kind: 'release-succeeded', body: {} });
    expect([...(await look())]).toEqual(['r1']);
    expect([...(await look())]).toEqual([]);
  });
});

describe('T13: what names meant first', () => {
  test('is gone over again only when a name is bound', () => {
    const scene = createScene();
    const memory = createMemory();
    const names = () => boundNames(memory, repository, scene.reading().releases);
    const ids = () => Object.fromEntries([...names()].map(([name, { id, release: by }]) => [name, [id, by]]));
    const binds = (name: string, id: number) => {
      const ref = { activity: 'qa-signoff', attempt: 1, scope: 'c'.repeat(64), roster: [] };
      const body = { ...ref, bindings: [{ principal: 'team:qa', id }] };
      scene.take({ do: 'record', release: name, happening: opening(name).happening });
      scene.take({ do: 'record', release: name, happening: { at: noon, kind: 'activity-activated', body } });
    };
    expect(ids()).toEqual({});
    binds('r2', 11);
    expect(ids()).toEqual({ 'team:qa': [11, 'r2'] });
    const before = names();
    scene.take({ do: 'record', release: 'r2', happening: vote('fine') });
    expect(names()).toBe(before);
    binds('r1', 12);
    expect(ids()).toEqual({ 'team:qa': [12, 'r1'] });
    const amendment = 'countersign.configuration.1';
    scene.take({ do: 'record', release: amendment, happening: opening(amendment).happening });
    expect(ids()).toEqual({ 'team:qa': [12, 'r1'] });
    const succeeded: Happening = { at: later, kind: 'release-succeeded', body: {} };
    scene.take({ do: 'record', release: amendment, happening: succeeded });
    expect(ids()).toEqual({});
  });
});
