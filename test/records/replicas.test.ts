import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Sha } from '../../src/core/values.ts';
import type { BranchWriter } from '../../src/ports/branch-writer.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import type { Signer } from '../../src/ports/signer.ts';
import type { History } from '../../src/records/history.ts';
import { createMemoryBranch } from '../../src/records/memory-branch.ts';
import { createRecordStore } from '../../src/records/record-store.ts';
import { verifyBranch } from '../../src/records/verify-branch.ts';
import { read } from '../contract/records-scene.ts';
import { createGitHost } from '../support/git-host.ts';
import { newSigner, noon, openingOf, place, voteOn } from '../support/happenings.ts';

type Host = { readonly head: () => Sha | undefined; store(signer: Signer): RecordStore };

const releases = Array.from({ length: 8 }, (_, index) => `r${index}`);
const votes = 13;

const storeOn = (history: History, writer: BranchWriter, signer: Signer): RecordStore =>
  createRecordStore({ history, writer, signer, host: 'https://github.com' });

/** Says one thing on a release, looking again as often as somebody else was faster. */
async function say(host: Host, store: RecordStore, release: string, reason: string): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    const { releases: records } = read(await store.read(place, host.head(), []));
    const after = records.get(release)?.events.length ?? 0;
    const result = await store.append(place, voteOn(release, after, reason), noon);
    if (result.kind === 'appended') return attempt;
    if (result.kind === 'fault') throw new Error(JSON.stringify(result.fault));
  }
}

/** Everything that two replicas have to say, on all releases at once; answers how often one of them came too late. */
async function race(host: Host, signer: Signer): Promise<number> {
  const [first, second] = [host.store(signer), host.store(signer)];
  const half = releases.length / 2;
  await Promise.all([
    ...releases.slice(0, half).map((release) => first.append(place, openingOf(release), noon)),
    ...releases.slice(half).map((release) => second.append(place, openingOf(release), noon)),
  ]);
  const speakers = [first, second].flatMap((store, replica) =>
    releases.map(async (release) => {
      let late = 0;
      for (let vote = 0; vote < votes; vote += 1)
        late += await say(host, store, release, `${replica}/${release}/${vote}`);
      return late;
    }),
  );
  return (await Promise.all(speakers)).reduce((sum, late) => sum + late, 0);
}

const reasonsOf = (events: readonly ReleaseEvent[]): readonly string[] =>
  events.flatMap((event) => (event.kind === 'vote-cast' ? [event.body.reason ?? ''] : []));

/** A third replica, which has seen nothing of the race, finds everything once and each voice in its own order. */
async function everythingOnce(host: Host, signer: Signer): Promise<number> {
  const reading = read(await host.store(signer).read(place, host.head(), []));
  expect([...reading.releases.keys()].sort()).toEqual(releases);
  expect(reading.foreign).toEqual([]);
  for (const [release, { events }] of reading.releases) {
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    for (const replica of [0, 1]) {
      const own = reasonsOf(events).filter((reason) => reason.startsWith(`${replica}/`));
      expect(own).toEqual(Array.from({ length: votes }, (_, vote) => `${replica}/${release}/${vote}`));
    }
    expect(events).toHaveLength(1 + 2 * votes);
  }
  return reading.anchor?.number ?? 0;
}

test('two replicas in memory lose, double and fork nothing', async () => {
  const memory = createMemoryBranch();
  const signer = newSigner();
  const host: Host = {
    head: () => memory.head(place.repository.name, place.branch),
    store: (key) => {
      const replica = memory.replica();
      return storeOn(replica, replica, key);
    },
  };
  expect(await race(host, signer)).toBeGreaterThan(0);
  await everythingOnce(host, signer);
});

test('two replicas that push to one bare repository lose, double and fork nothing', async () => {
  const git = createGitHost();
  onTestFinished(() => git.close());
  const signer = newSigner();
  const host: Host = {
    head: () => git.head(place.branch),
    store: (key) => storeOn(git.mirror(), git.pushWriter(), key),
  };
  expect(await race(host, signer)).toBeGreaterThan(0);
  const checkpoints = await everythingOnce(host, signer);
  const parents = execFileSync('git', ['log', '--format=%P', place.branch], { cwd: git.directory });
  const lines = parents.toString().split('\n').slice(0, -1);
  expect(lines.filter((line) => line.includes(' '))).toEqual([]);
  expect(lines).toHaveLength(checkpoints);
  const verified = await verifyBranch(git.directory, place.branch, {
    keys: [signer.fingerprint],
    everySignature: true,
    replay: () => [],
  });
  expect(verified).toMatchObject({ kind: 'verified', verification: { findings: [] } });
});
