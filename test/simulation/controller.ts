import { pino } from 'pino';
import { createResync } from '../../src/app/resync.ts';
import { createWebhookContext, rememberWaiting } from '../../src/app/webhook-context.ts';
import { mayCommand } from '../../src/core/command/near-command.ts';
import { createBranchWriter } from '../../src/github/branch-writer.ts';
import { connect } from '../../src/github/connection.ts';
import { createForge } from '../../src/github/forge.ts';
import { hostOf } from '../../src/github/host.ts';
import { readIdentity } from '../../src/github/identity.ts';
import { keysOf } from '../../src/github/webhook-to-key.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import type { Ending } from '../../src/reconcile/delay.ts';
import { createMemory } from '../../src/reconcile/memory.ts';
import { createReadings } from '../../src/reconcile/readings.ts';
import { createReconciler } from '../../src/reconcile/reconcile.ts';
import { sweepRepository } from '../../src/reconcile/sweep.ts';
import { createWorkQueue } from '../../src/reconcile/work-queue.ts';
import { createRecordStore } from '../../src/records/record-store.ts';
import { createLocalCopy, type Disk } from './local-copy.ts';
import { appId, appKey, type Stage, signer } from './stage.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Wire } from './wire.ts';

/** One process of the App: the real loop, adapter and record store over the wire. */
export type Controller = {
  readonly start: () => void;
  /** Looks at everything again, as every hour. */
  readonly resync: () => void;
  readonly receive: (event: string, payload: unknown) => void;
};

/** The same text says the same to every process: only to know that sooner is shared. */
const readings = createReadings();

export type Report = { readonly key: Key; readonly ending: Ending };

export function createController(
  id: number,
  stage: Stage,
  wire: Wire,
  time: VirtualTime,
  disk: Disk,
  report: (report: Report) => void,
): Controller {
  const clock = time.of(id);
  const host = hostOf({ gheHost: 'github.test', gheProtocol: 'http' });
  const connection = connect({ host, appId, privateKey: appKey, clock, fetch: wire.fetchOf(id) });
  const forge = createForge(connection);
  const mirror = createLocalCopy(stage.git, disk, wire.transferOf(id));
  const writer = createBranchWriter(connection);
  const store = createRecordStore({ history: mirror, writer, signer, host: host.web });
  const memory = createMemory(readings);
  const reconcile = createReconciler({
    forge,
    store,
    mirror,
    ownKey: signer.fingerprint,
    clock,
    memory,
    enqueue: (key) => queue.enqueue(key),
    heirs: () => [],
  });
  const queue = createWorkQueue({
    clock,
    run: async (key) => (await reconcile(key)).outcome,
    settled: (key, ending) => report({ key, ending }),
  });
  let botLogin = '';
  const look = async (): Promise<readonly string[]> => {
    botLogin ||= (await readIdentity(connection)).botLogin;
    return forge.repositories();
  };
  const resync = createResync({ look, upkeep: queue.enqueue, clock, log: pino({ level: 'silent' }) });
  const contextOf = createWebhookContext({
    appId,
    botLogin: () => botLogin,
    memory,
    repositories: resync.repositories,
    hasCommand: mayCommand,
  });
  const ask = (event: string, payload: unknown): number => {
    const keys = keysOf(event, payload, contextOf(payload));
    if (keys.length > 0) rememberWaiting(memory, event, payload);
    for (const key of keys) queue.enqueue(key);
    return keys.length;
  };
  const sweep = async (): Promise<void> => {
    await resync.run();
    // What fails is swept again soon; here the next look is the next chance.
    for (const repository of resync.repositories())
      await sweepRepository({ forge, memory, enqueue: queue.enqueue }, repository).catch(unlessForge);
  };
  return {
    start: () => void resync.run(),
    resync: () => void sweep(),
    receive: (event, payload) => {
      const later = ask(event, payload) === 0 && /^issue/.test(event);
      if (later) void queue.idle().then(() => ask(event, payload));
    },
  };
}

const unlessForge = (error: unknown): void => {
  if (!(error instanceof ForgeError)) throw error;
};
