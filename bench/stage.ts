import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readEnvironment, type WriterKind } from '../src/app/environment.ts';
import { createLogger } from '../src/app/logger.ts';
import { systemClock } from '../src/app/system-clock.ts';
import type { Timers } from '../src/app/timers.ts';
import { type App, createApp } from '../src/app/wiring.ts';
import { layGround } from './ground.ts';
import { type Hub, startHub } from './hub.ts';

/** A line of the App's log. */
export type Line = {
  readonly msg: string;
  readonly at: number;
  readonly key?: string;
  readonly release?: string;
  readonly calls?: number;
  readonly recorded?: readonly string[];
};

/** A waiting activity: where to say /approve. */
export type Gate = { readonly repository: string; readonly release: string; readonly issue: number };

/** A local GitHub in another process, the App in this one, and releases that wait. */
export type Stage = {
  readonly hub: Hub;
  readonly repositories: readonly string[];
  /** What the App has logged. */
  readonly lines: Line[];
  /** Timers that the App has set and that have not run, in milliseconds; those that repeat are apart. */
  timers(): readonly number[];
  readonly sweeps: { everyHour?: () => Promise<void>; everyFiveMinutes?: () => Promise<void> };
  bring(repository: string, names: readonly string[]): Promise<void>;
  gates(): Promise<readonly Gate[]>;
  approve(gate: Gate): Promise<void>;
  /** Resolves when the App has had nothing to do for a while, and will not try anything again by itself. */
  quiet(): Promise<void>;
  startApp(how?: { readonly fresh?: boolean }): Promise<void>;
  stopApp(): Promise<void>;
  close(): Promise<void>;
};

const manifestOf = (release: string): string => `release: ${release}
title: Release ${release}
target: { ref: ${release} }
phases:
  verify:
    activities:
      signoff: { approvers: { from: team:qa } }
`;

export async function setStage(repositories: number, writer: WriterKind = 'graphql'): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const ground = await layGround(root, repositories);
  const hub = await startHub(root, ground);
  const lines: Line[] = [];
  const sweeps: Stage['sweeps'] = {};
  const timers: Timers = (tasks) => {
    Object.assign(sweeps, tasks);
    return () => undefined;
  };
  const pending = new Map<object, number>();
  const clock = {
    now: systemClock.now,
    after: (ms: number, task: () => void) => {
      const timer = {};
      pending.set(timer, ms);
      const cancel = systemClock.after(ms, () => {
        pending.delete(timer);
        task();
      });
      return () => {
        pending.delete(timer);
        cancel();
      };
    },
  };
  const destination = {
    write: (text: string) => void lines.push({ ...JSON.parse(text), at: performance.now() }),
  };
  let app: App | undefined;
  let starts = 0;
  const quiet = async (): Promise<void> => {
    for (let before = -1; before !== lines.length || pending.size > 0; ) {
      before = lines.length;
      await app?.idle();
      await setTimeout(300);
    }
  };
  const stage: Stage = {
    hub,
    repositories: ground.repositories,
    lines,
    timers: () => [...pending.values()],
    sweeps,
    bring: (repository, names) =>
      hub.bring(repository, new Map(names.map((name) => [name, manifestOf(name)]))),
    gates: async () => (await Promise.all(ground.repositories.map((name) => gatesOf(hub, name)))).flat(),
    approve: async ({ repository, issue }) => {
      await hub.ask('grace', 'POST', `/repos/${repository}/issues/${issue}/comments`, { body: '/approve' });
    },
    quiet,
    startApp: async ({ fresh = false } = {}) => {
      if (fresh) starts += 1;
      const reading = readEnvironment({
        APP_ID: '1',
        PRIVATE_KEY_PATH: ground.appKey,
        WEBHOOK_SECRET: 'a-secret-of-the-bench',
        GHE_HOST: `127.0.0.1:${hub.port}`,
        GHE_PROTOCOL: 'http',
        COUNTERSIGN_SIGNING_KEY: ground.signingKey,
        COUNTERSIGN_DATA: join(root, `app-${starts}`),
        COUNTERSIGN_WRITER: writer,
        PORT: String(ground.port),
      });
      if (reading.kind === 'invalid') throw new Error(reading.sentences.join(' '));
      const log = createLogger({ level: 'info', destination });
      app = createApp(reading.value, { listenOn: '127.0.0.1', log, timers, clock });
      await app.start();
    },
    stopApp: async () => {
      await app?.stop();
      app = undefined;
    },
    close: async () => {
      await stage.stopApp();
      await hub.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return stage;
}

type Issue = { readonly number: number; readonly title: string };

async function gatesOf(hub: Hub, repository: string): Promise<readonly Gate[]> {
  const gates: Gate[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/repos/${repository}/issues?state=open&per_page=100&page=${page}`;
    const issues = await hub.ask<readonly Issue[]>('mona', 'GET', path);
    for (const { number, title } of issues) {
      const release = /^(\S+): signoff$/.exec(title)?.[1];
      if (release !== undefined) gates.push({ repository, release, issue: number });
    }
    if (issues.length < 100) return gates;
  }
}

/** Resolves with the line that says so, as soon as the App has logged it. */
export async function lineWhere(stage: Stage, from: number, fits: (line: Line) => boolean): Promise<Line> {
  const patience = performance.now() + 60_000;
  for (;;) {
    const found = stage.lines.slice(from).find(fits);
    if (found !== undefined) return found;
    if (performance.now() > patience) throw new Error('the App never got there');
    await setTimeout(2);
  }
}

export const hasApproved = ({ recorded }: Line): boolean => recorded?.includes('activity-approved') ?? false;
