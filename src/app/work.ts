import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { createBranchWriter } from '../github/branch-writer.ts';
import { connect } from '../github/connection.ts';
import { createForge } from '../github/forge.ts';
import { createGitCredentials } from '../github/git-credentials.ts';
import { hostOf } from '../github/host.ts';
import { createCommitter } from '../github/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Signer } from '../ports/signer.ts';
import type { Key, Outcome } from '../ports/work-queue.ts';
import { createMemory } from '../reconcile/memory.ts';
import { createReconciler, type World } from '../reconcile/reconcile.ts';
import { sweepRepository } from '../reconcile/sweep.ts';
import { createWorkQueue } from '../reconcile/work-queue.ts';
import { createMirror } from '../records/mirror.ts';
import { createPushWriter } from '../records/push-writer.ts';
import { createRecordStore } from '../records/record-store.ts';
import { createSigner } from '../records/signer.ts';
import { countCalls } from './count-calls.ts';
import type { Environment } from './environment.ts';
import { countAppends, createInstruments } from './instruments.ts';
import { logEnding, type Pass, type Run } from './log-ending.ts';

/** The loop with everything it stands on: host, records, queue. */
export function createWork(
  environment: Environment,
  clock: Clock,
  log: Logger,
  /** `owner/name` of every repository the App is installed on, as far as it is known. */
  repositories: () => readonly string[],
) {
  const { appId, privateKey, gheHost, gheProtocol } = environment;
  const host = hostOf(gheHost === undefined ? {} : { gheHost, gheProtocol });
  const instruments = createInstruments();
  const connection = connect({ host, appId, privateKey, clock, counted: instruments.called });
  const forge = createForge(connection);
  const directory = resolve(environment.data);
  const credentials = createGitCredentials(connection);
  const mirror = createMirror({ directory, credentials });
  const signer = signerOf(environment.signingKey);
  const store = createRecordStore({
    history: mirror,
    writer:
      environment.writer === 'git'
        ? createPushWriter({
            directory,
            history: mirror,
            credentials,
            committer: createCommitter(connection),
          })
        : createBranchWriter(connection),
    signer,
    host: host.web,
  });
  const memory = createMemory();
  const passes = new Map<Key, Pass>();
  const world: World = {
    forge,
    store: countAppends(store, instruments),
    mirror,
    ownKey: signer.fingerprint,
    clock,
    memory,
    enqueue: (key) => queue.enqueue(key),
    heirs: (repository) => heirsAmong(repositories(), repository),
  };
  const reconcile = createReconciler(world);
  const queue = createWorkQueue({
    clock,
    run: async (key): Promise<Outcome> => {
      const { value, calls } = await countCalls(() => reconcile(key));
      passes.set(key, { ...value, calls });
      return value.outcome;
    },
    settled: (key, ending, ms) => {
      const run: Run = { key, ending, ms, pass: passes.get(key) };
      passes.delete(key);
      instruments.ran(run);
      logEnding(log, run);
    },
    dropped: instruments.dropped,
  });
  instruments.watch(queue, memory);
  return {
    connection,
    forge,
    queue,
    memory,
    instruments,
    sweep: (repository: string) => sweepRepository(world, repository),
    settled: mirror.settled,
    close: mirror.close,
  };
}

function heirsAmong(repositories: readonly string[], repository: string): readonly string[] {
  const owner = `${repository.toLowerCase().split('/')[0]}/`;
  return repositories.filter(
    (name) => name.toLowerCase().startsWith(owner) && name.toLowerCase() !== repository.toLowerCase(),
  );
}

/** The environment has looked at the key already; anything else is a bug. */
function signerOf(signingKey: string): Signer {
  const result = createSigner(signingKey);
  if (result.kind === 'problem') throw new TypeError(result.problem);
  return result.signer;
}
