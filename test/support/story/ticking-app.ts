import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';
import { readEnvironment } from '../../../src/app/environment.ts';
import { createLogger } from '../../../src/app/logger.ts';
import type { Timers } from '../../../src/app/timers.ts';
import { type App, createApp } from '../../../src/app/wiring.ts';
import { environmentOn, type HostSide, startHostSide } from './host-side.ts';
import type { Someone } from './people.ts';

/** The App in this process, whose hours pass when a story says so. */
export type TickingApp = Omit<HostSide, 'as' | 'idle'> & {
  as(login: string): Someone;
  /** Resolves when nothing is on its way between the two and nothing is being worked on. */
  quiet(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Lets time pass for both sides; nothing ticks. Milliseconds. */
  pass(ms: number): void;
  /** An hour passes, and the hour's work is done; likewise below. */
  everyHour(): Promise<void>;
  everyFiveMinutes(): Promise<void>;
  /** API requests of the App since it was last asked, without the hourly token. */
  calls(): readonly string[];
  gitFetches(): number;
  /** Lines of the log since it was last asked. */
  lines(): readonly Line[];
  metrics(): Promise<string>;
};

export type Line = { readonly level: number; readonly msg: string; readonly [field: string]: unknown };

export async function startTickingApp(files: Readonly<Record<string, string>> = {}): Promise<TickingApp> {
  // Both sides and the libraries between them live by the same date; timers stay real, for sockets and processes.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T09:00:00Z') });
  const pass = (ms: number) => void vi.setSystemTime(Date.now() + ms);
  const side = await startHostSide(files);
  const lines: Line[] = [];
  let app: App | undefined;
  let ticks: Parameters<Timers>[0] | undefined;
  const quiet = async () => {
    // Work of one side makes work for the other: quiet is a round in which nobody asked anybody anything.
    for (let before = -1; before !== side.requests.length; ) {
      before = side.requests.length;
      await side.idle();
      await app?.idle();
      await setImmediate();
    }
  };
  const start = async () => {
    const reading = readEnvironment(environmentOn(side, side.port));
    if (reading.kind === 'invalid') throw new Error(reading.sentences.join(' '));
    const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
    app = createApp(reading.value, {
      listenOn: '127.0.0.1',
      log: createLogger({ level: 'info', destination }),
      timers: (tasks) => {
        ticks = tasks;
        return () => {
          ticks = undefined;
        };
      },
    });
    await app.start();
    await quiet();
  };
  const stop = async () => {
    await app?.stop();
    app = undefined;
  };
  const since = (wanted: (line: string) => boolean) => {
    let from = 0;
    return () => {
      const found = side.requests.slice(from).filter(wanted);
      from = side.requests.length;
      return found;
    };
  };
  const fetches = since((line) => line.includes('.git/git-upload-pack'));
  const product: TickingApp = {
    ...side,
    as: (login) => side.as(login, quiet),
    quiet,
    start,
    stop,
    pass,
    everyHour: async () => {
      pass(3_600_000);
      await ticks?.everyHour();
      await quiet();
    },
    everyFiveMinutes: async () => {
      pass(300_000);
      await ticks?.everyFiveMinutes();
      await quiet();
    },
    // Stories themselves ask without the prefix, so these are the App's.
    calls: since((line) => line.includes(' /api/') && !line.includes('/access_tokens')),
    gitFetches: () => fetches().length,
    lines: () => lines.splice(0),
    metrics: async () => (await fetch(`http://127.0.0.1:${side.ground.appPort}/metrics`)).text(),
    close: async () => {
      await stop();
      await side.close();
      vi.useRealTimers();
    },
  };
  await start();
  return product;
}
