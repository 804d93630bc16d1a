import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { commitMessage } from '../src/core/messages/commit-message.ts';
import { chainEvents, composeCommit } from '../src/core/record/compose.ts';
import { digestOf } from '../src/core/record/digest.ts';
import { encodeEvent } from '../src/core/record/event-codec.ts';
import { checkpointPath } from '../src/core/record/layout.ts';
import type { ReleaseRecord } from '../src/core/record/record.ts';
import type { Happening, ReleaseEvent } from '../src/core/release/event.ts';
import type { Signer } from '../src/ports/signer.ts';
import { createSigner } from '../src/records/signer.ts';
import { lifeOf, type Size } from './synthetic-release.ts';

export const repository = { id: 7, name: 'acme/payments' };
export const branch = 'countersign-records';
export const host = 'https://github.com';

export function newSigner(): Signer {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = createSigner(pem);
  if (made.kind === 'problem') throw new Error(made.problem);
  return made.signer;
}

export type Shape = Size & {
  readonly releases: number;
  /** How many releases a commit moves, and by how many events each. */
  readonly together: number;
  readonly step: number;
};

type Life = {
  readonly release: string;
  readonly happenings: readonly Happening[];
  readonly manifest: Uint8Array;
};

/** Writes a records branch as the controller would have, all commits in one go. Answers the number of events. */
export async function writeRecordsBranch(directory: string, shape: Shape, signer: Signer): Promise<number> {
  execFileSync('git', ['init', '--quiet', '--bare', directory]);
  const git = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: directory,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(git, 'close');
  let events = 0;
  for (const commit of commitsOf(shape, signer)) {
    events += commit.events;
    if (!git.stdin.write(commit.bytes)) await once(git.stdin, 'drain');
  }
  git.stdin.end('done\n');
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with exit code ${code}`);
  return events;
}

function* commitsOf(shape: Shape, signer: Signer): Generator<{ bytes: Buffer; events: number }> {
  const releases = new Map<string, ReleaseRecord>();
  const files = new Map<string, string>();
  const checkpoints: string[] = [];
  const key = { fingerprint: signer.fingerprint, publicKey: signer.publicKey };
  for (const due of appendsOf(shape)) {
    const additions = due.map(({ release, happenings, manifest }) => {
      const before = releases.get(release)?.events ?? [];
      const events = chainEvents(release, before, happenings, repository);
      releases.set(release, recordOf(release, before, events));
      const manifests = before.length > 0 ? new Map() : new Map([[digestOf(manifest), manifest]]);
      return { addition: { release, events, manifests, evidence: new Map() }, before };
    });
    const standing = new Map(releases);
    for (const { addition, before } of additions) {
      if (before.length === 0) standing.delete(addition.release);
      else standing.set(addition.release, recordOf(addition.release, [], before));
    }
    const line = {
      head: '',
      ours: '',
      key,
      repository,
      host,
      checkpoints,
      releases: standing,
      files,
      strays: new Map(),
      after: [],
      foreign: [],
    };
    const at = additions[0]?.addition.events.at(-1)?.at ?? '';
    const appended = additions.map(({ addition }) => addition);
    const composed = composeCommit(checkpoints.length === 0 ? undefined : line, appended, {
      repository,
      host,
      at,
      key,
      sign: signer.sign,
      covered: new Map(),
    });
    const { number } = composed.checkpoint;
    checkpoints.push(digestOf(composed.files.get(checkpointPath(number)) ?? ''));
    const message = commitMessage(appended, number);
    const made = appended.reduce((sum, { events }) => sum + events.length, 0);
    yield { bytes: commitBytes(message, composed.files, number), events: made };
  }
}

function recordOf(
  release: string,
  before: readonly ReleaseEvent[],
  more: readonly ReleaseEvent[],
): ReleaseRecord {
  const events = [...before, ...more];
  const last = events.at(-1);
  if (last === undefined) throw new Error(`${release} has no events`);
  return { release, events, tip: { release, sequence: events.length, event: digestOf(encodeEvent(last)) } };
}

/** The releases take turns, so that each grows over many commits. */
function* appendsOf({ releases, together, step, ...size }: Shape): Generator<readonly Life[]> {
  for (let first = 0; first < releases; first += together) {
    const lives = Array.from({ length: Math.min(together, releases - first) }, (_, index) => {
      const release = `r${first + index}`;
      return { release, ...lifeOf(release, size) };
    });
    const longest = Math.max(...lives.map(({ happenings }) => happenings.length));
    for (let from = 0; from < longest; from += step)
      yield lives.map((life) => ({ ...life, happenings: life.happenings.slice(from, from + step) }));
  }
}

function commitBytes(message: string, files: ReadonlyMap<string, Uint8Array>, number: number): Buffer {
  const data = (bytes: Uint8Array): readonly Uint8Array[] => [
    Buffer.from(`data ${bytes.byteLength}\n`),
    bytes,
    Buffer.from('\n'),
  ];
  const person = `countersign[bot] <bot@example.com> ${1_770_000_000 + number} +0000`;
  return Buffer.concat([
    Buffer.from(`commit refs/heads/${branch}\ncommitter ${person}\n`),
    ...data(Buffer.from(message)),
    ...[...files].flatMap(([path, bytes]) => [Buffer.from(`M 100644 inline "${path}"\n`), ...data(bytes)]),
  ]);
}
