import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/app/system-clock.ts';
import { chainEvents } from '../../src/core/record/compose.ts';
import { digestOf } from '../../src/core/record/digest.ts';
import { encodeEvent } from '../../src/core/record/event-codec.ts';
import type { RecordsReading, ReleaseRecord } from '../../src/core/record/record.ts';
import type { Happening } from '../../src/core/release/event.ts';
import type { Forge } from '../../src/ports/forge.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { reconcileRepository } from '../../src/reconcile/reconcile-repository.ts';
import { createMirror } from '../../src/records/mirror.ts';
import { type Figure, type Row, timed } from '../figure.ts';
import { repository } from '../records-branch.ts';
import { lifeOf } from '../synthetic-release.ts';

const sizes = [
  { open: 100, ended: 0 },
  { open: 1_000, ended: 0 },
  { open: 1_000, ended: 9_000 },
] as const;

const manifestText = (release: string): string => `release: ${release}
title: Release ${release}
target: { ref: ${release} }
phases:
  verify:
    activities:
      signoff: { approvers: { from: team:qa } }
`;

/** A look at a repository as a whole where nothing has moved, apart from what the host and a fetch take. */
export const look: Figure = {
  name: 'look',
  measure: async () => {
    const rows: Row[] = [];
    for (const { open, ended } of sizes) {
      const root = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
      const commit = writeRepository(join(root, `${repository.name}.git`), open);
      const credentials = { accessTo: () => Promise.reject(new Error('nothing is fetched')) };
      const mirror = createMirror({ directory: root, credentials });
      const reading = readingOf(open, ended, commit);
      let asked = 0;
      const world = {
        forge: forgeAt(commit),
        store: { read: async () => ({ kind: 'read', reading }) } as unknown as RecordStore,
        mirror: { ...mirror, fetch: async () => {} },
        ownKey: '',
        clock: systemClock,
        memory: createMemory(),
        enqueue: () => {
          asked += 1;
        },
        heirs: () => [],
      };
      const first = await timed(1, () => reconcileRepository(world, repository.name));
      if (asked !== open + ended) throw new Error(`${asked} releases were due`);
      const again = await timed(5, () => reconcileRepository(world, repository.name));
      if (asked !== open + ended) throw new Error('releases were due that had not moved');
      mirror.close();
      rmSync(root, { recursive: true, force: true });
      const words = `look at a repository, ${open} open releases, ${ended} ended`;
      rows.push(
        { figure: `${words}: the first`, unit: 'ms', samples: first },
        { figure: `${words}: any other`, unit: 'ms', samples: again },
      );
    }
    return rows;
  },
};

/** A local copy with a manifest and a tag for each open release. */
function writeRepository(directory: string, open: number): string {
  mkdirSync(directory, { recursive: true });
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', [...args], { cwd: directory, input })
      .toString()
      .trim();
  git(['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  const files = Array.from({ length: open }, (_, index) => {
    const text = manifestText(`r${index}`);
    return `M 100644 inline releases/r${index}.yml\ndata ${text.length}\n${text}\n`;
  });
  const head = 'commit refs/heads/main\ncommitter ada <ada@example.com> 1770000000 +0000\ndata 0\n';
  git(['fast-import', '--quiet'], `${head}${files.join('')}`);
  const commit = git(['rev-parse', 'main']);
  const tags = Array.from({ length: open }, (_, index) => `create refs/tags/r${index} ${commit}\n`);
  git(['update-ref', '--stdin'], tags.join(''));
  return commit;
}

/** Open releases wait in the middle of their votes; ended ones have seen it all. */
function readingOf(open: number, ended: number, commit: string): RecordsReading {
  const releases = new Map<string, ReleaseRecord>();
  for (let index = 0; index < open + ended; index += 1) {
    const release = `r${index}`;
    const life = lifeOf(release, { activities: 5, voters: 4 }).happenings;
    const lived = index < open ? life.slice(0, 20) : [...life, endOf(life)];
    const events = chainEvents(
      release,
      [],
      lived.map((happening) => aimed(happening, release, commit)),
      repository,
    );
    const last = events.at(-1);
    if (last === undefined) throw new Error('a release without events');
    const tip = { release, sequence: events.length, event: digestOf(encodeEvent(last)) };
    releases.set(release, { release, events, tip });
  }
  return { releases, foreign: [], anchor: { number: 1, digest: '0'.repeat(64) } };
}

function endOf(life: readonly Happening[]): Happening {
  return { at: life.at(-1)?.at ?? '', kind: 'release-succeeded', body: {} };
}

function aimed(happening: Happening, release: string, commit: string): Happening {
  if (happening.kind !== 'release-opened') return happening;
  const { body } = happening;
  const plan = { ...body.revision.plan, target: { kind: 'ref' as const, ref: release } };
  const revision = { ...body.revision, manifest: digestOf(Buffer.from(manifestText(release))), plan };
  return { ...happening, body: { ...body, revision, target: { commit, ref: release } } };
}

function forgeAt(head: string): Forge {
  const view = {
    at: '2026-11-23T09:00:00Z',
    repository: { ...repository, nodeId: 'R_7', private: true },
    defaultBranch: { name: 'main', head },
    pulls: [],
    checks: [],
  };
  return { observeRepository: async () => view, spareTime: () => 0 } as unknown as Forge;
}
