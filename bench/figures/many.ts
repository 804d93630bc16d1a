import { setTimeout } from 'node:timers/promises';
import type { Memory } from '../../src/reconcile/memory.ts';
import { dueForReading } from '../../src/reconcile/sweep.ts';
import { keyText } from '../../src/reconcile/work-queue.ts';
import type { Figure, Row } from '../figure.ts';
import { type Line, setStage } from '../stage.ts';

const gates = 1_000;

/** 1,000 gates that wait: what opening them took, what they cost while nothing happens, and a cold start. */
export const many: Figure = {
  name: 'many',
  measure: async () => {
    const stage = await setStage(1);
    const [repository = ''] = stage.repositories;
    await stage.startApp();
    const names = Array.from({ length: gates }, (_, index) => `r${index}`);
    const began = performance.now();
    await stage.bring(repository, names);
    await stage.quiet();
    const opened = lastAt(stage.lines) - began;
    const waiting = (await stage.gates()).length;
    if (waiting !== gates) throw new Error(`${waiting} gates wait`);
    const idle = await idleHour(stage, new Map([[repository, new Set(names)]]));
    await stage.stopApp();
    const cold = await coldStart(stage, true);
    await stage.stopApp();
    const warm = await coldStart(stage, false);
    await stage.close();
    return [
      { figure: `opening ${gates} releases with their gates`, unit: 'ms', samples: [opened] },
      ...idle,
      ...cold,
      ...warm,
    ];
  },
};

type Stage = Awaited<ReturnType<typeof setStage>>;

const lastAt = (lines: readonly Line[]): number => lines.at(-1)?.at ?? Number.NaN;
const callsIn = (lines: readonly Line[]): number => lines.reduce((sum, { calls = 0 }) => sum + calls, 0);

const overlapMs = 10.2 * 60_000;

/**
 * An hour in which nothing happens: whatever is called then is called by a timer or by the sweeper. Releases whose
 * daily reading falls into it are left out: that is one call a release and day.
 */
async function idleHour(stage: Stage, open: Memory['open']): Promise<readonly Row[]> {
  // Sweeps look back further than the last one by this much, so that what was just opened would still count as news.
  await setTimeout(overlapMs);
  await stage.sweeps.everyHour?.();
  const began = Date.now();
  await stage.sweeps.everyFiveMinutes?.();
  await stage.quiet();
  const within = stage.timers().filter((ms) => ms <= 3_600_000).length;
  const from = stage.lines.length;
  for (let minutes = 0; minutes < 60; minutes += 5) {
    await stage.sweeps.everyFiveMinutes?.();
    await stage.quiet();
  }
  await stage.sweeps.everyHour?.();
  await stage.quiet();
  const lines = stage.lines.slice(from);
  const read = new Set(dueForReading({ open }, began, Date.now()).map(keyText));
  const own = lines.filter(({ key = '', release }) => release !== undefined && !read.has(key));
  return [
    {
      figure: `${gates} waiting gates: timers due within an hour`,
      unit: 'timers',
      samples: [within],
      target: { of: 'worst', most: 0 },
    },
    {
      figure: `${gates} waiting gates: calls an hour of their own`,
      unit: 'calls',
      samples: [callsIn(own)],
      target: { of: 'worst', most: 0 },
    },
    {
      figure: `${gates} waiting gates: calls an hour of the sweeper, one repository`,
      unit: 'calls',
      samples: [callsIn(lines.filter(({ release }) => release === undefined))],
    },
  ];
}

async function coldStart(stage: Stage, fresh: boolean): Promise<readonly Row[]> {
  const from = stage.lines.length;
  const began = performance.now();
  await stage.startApp({ fresh });
  const listening = performance.now() - began;
  await stage.quiet();
  const lines = stage.lines.slice(from);
  const words = `start with ${gates} open releases, ${fresh ? 'without local copies' : 'with local copies'}`;
  return [
    { figure: `${words}: first look at repositories`, unit: 'ms', samples: [listening] },
    { figure: `${words}: all looked at`, unit: 'ms', samples: [lastAt(lines) - began] },
    { figure: `${words}: calls`, unit: 'calls', samples: [callsIn(lines)] },
  ];
}
