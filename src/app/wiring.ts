import { accessSync, constants } from 'node:fs';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { mayCommand } from '../core/command/near-command.ts';
import { readDeliveries, redeliver } from '../github/deliveries.ts';
import { readIdentity } from '../github/identity.ts';
import { keysOf } from '../github/webhook-to-key.ts';
import type { Clock } from '../ports/clock.ts';
import type { Key } from '../ports/work-queue.ts';
import type { Environment } from './environment.ts';
import { createLogger } from './logger.ts';
import { makeFolder } from './make-folder.ts';
import { createRedelivery } from './redelivery.ts';
import { createResync } from './resync.ts';
import { closeServer, createHttpServer, listen } from './server.ts';
import { createStrangerBudget } from './strangers.ts';
import { createSweeper } from './sweeper.ts';
import { systemClock } from './system-clock.ts';
import { cronTimers, type Timers } from './timers.ts';
import { createUpkeep } from './upkeep.ts';
import { createWebhookContext, rememberRerun, rememberSearch, rememberWaiting } from './webhook-context.ts';
import { createWebhookHandler } from './webhooks.ts';
import { createWork } from './work.ts';

/** What tests and the demo put in place of the machine's own. */
export type Overrides = {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly timers?: Timers;
  /** Address to listen on; all of them where nothing is said. */
  readonly listenOn?: string;
};

export type App = {
  /** Listens, then looks at everything once; returns the port. Throws where the port is taken. */
  start(): Promise<{ readonly port: number }>;
  /** Resolves when nothing runs and nothing is ready. */
  idle(): Promise<void>;
  /** Takes no more requests, ends what runs within ten seconds, and leaves nothing behind. */
  stop(): Promise<void>;
};

const patienceMs = 10_000;

/** The whole App, put together. Nothing runs before `start`. */
export function createApp(environment: Environment, overrides: Overrides = {}): App {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? appLogger(environment);
  const work = createWork(environment, clock, log, () => resync.repositories());
  let botLogin = '';
  const look = async (): Promise<readonly string[]> => {
    botLogin ||= (await readIdentity(work.connection)).botLogin;
    return work.forge.repositories();
  };
  const { memory, queue } = work;
  const { spareTime } = work.forge;
  const upkeep = createUpkeep({ spareTime, queue, clock });
  const resync = createResync({ look, upkeep, clock, log });
  const sweeper = createSweeper({
    resync,
    sweep: work.sweep,
    redeliver: createRedelivery({
      read: (since) => readDeliveries(work.connection, since),
      redeliver: (id) => redeliver(work.connection, id),
    }),
    memory,
    spareTime,
    upkeep,
    clock,
    log,
    counted: work.instruments.swept,
  });
  const contextOf = createWebhookContext({
    appId: environment.appId,
    botLogin: () => botLogin,
    memory,
    repositories: resync.repositories,
    // A long text is not read before it is known who wrote it (T17).
    hasCommand: (body) => body.length > 2_000 || mayCommand(body),
  });
  const enqueue = createStrangerBudget({ memory, queue, clock, spareTime, upkeep });
  const ask = (event: string, payload: unknown): readonly Key[] => {
    const keys = keysOf(event, payload, contextOf(payload));
    if (keys.length > 0) {
      rememberRerun(memory, event, payload);
      rememberWaiting(memory, event, payload);
    }
    for (const key of keys) {
      rememberSearch(memory, payload, key);
      enqueue(event, payload, key);
    }
    return keys;
  };
  const receive = (event: string, payload: unknown): void => {
    // An issue that is not known may be one that is being opened right now: look again when that is done.
    const keys = ask(event, payload);
    work.instruments.received(keys.length > 0 ? 'asked' : 'nothing');
    const unknown = !keys.some(({ kind }) => kind === 'release');
    if (unknown && /^issue/.test(event)) void queue.idle().then(() => ask(event, payload));
  };
  let server: Server | undefined;
  let stopTimer = () => {};
  return {
    start: async () => {
      makeFolder(resolve(environment.data));
      const webhooks = await createWebhookHandler({
        appId: environment.appId,
        privateKey: environment.privateKey,
        secret: environment.webhookSecret,
        api: work.connection.host.api,
        log,
        receive,
        refused: work.instruments.received,
      });
      server = createHttpServer({
        webhooks,
        notReady: () => (resync.done() ? unusable(environment.data) : 'The first resync has not ended.'),
        metrics: work.instruments.text,
        log,
      });
      const port = await listen(server, environment.port, overrides.listenOn);
      stopTimer = (overrides.timers ?? cronTimers)(sweeper);
      log.info({ port, host: work.connection.host.web }, 'listening');
      await resync.run();
      await sweeper.everyFiveMinutes();
      return { port };
    },
    idle: queue.idle,
    stop: async () => {
      resync.stop();
      stopTimer();
      const closed = server === undefined ? Promise.resolve() : closeServer(server);
      await within(patienceMs, clock, Promise.all([closed, work.queue.stop().then(work.settled)]));
      work.close();
      server?.closeAllConnections();
      log.info('stopped');
    },
  };
}

function appLogger({ logLevel, privateKey, signingKey, webhookSecret }: Environment): Logger {
  return createLogger({ level: logLevel, secrets: [privateKey, signingKey, webhookSecret] });
}

function unusable(folder: string): string | undefined {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return 'The folder of local copies cannot be written.';
  }
}

/** What takes longer is left alone: the records move by compare-and-swap, so a run that is cut off does no harm. */
function within(ms: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  return new Promise((enough) => {
    const cancel = clock.after(ms, enough);
    void work.finally(() => {
      cancel();
      enough();
    });
  });
}
