import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { scenarioOf } from './scenario.ts';
import { examine, tell } from './shrink.ts';

const usage = `npm run simulate -- [--seeds N] [--from S] [--threads T]

Plays N seeds (200 by default) from S on (1) in T threads (2), and tells the shortest story of each failure.
Exit codes: 0 nothing failed, 1 something did.`;

type Share = { readonly from: number; readonly upTo: number; readonly every: number };
type Result = {
  readonly seed: number;
  readonly calls: number;
  readonly events: number;
  readonly story?: string;
};

/** A failing seed takes long to be told, and the first few say it all. */
const mostStories = 2;

async function playShare({ from, upTo, every }: Share): Promise<void> {
  let told = 0;
  for (let seed = from; seed < upTo; seed += every) {
    const scenario = scenarioOf(seed);
    const { failure, play, outcomes } = await examine(scenario);
    const result: Result = { seed, calls: play.wire.carried(), events: outcomes.length };
    if (failure === undefined) parentPort?.postMessage(result);
    else {
      told += 1;
      const short = `seed ${seed} (${scenario.kind}) breaks "${failure.invariant}": ${failure.why}`;
      const story = told <= mostStories ? await tell(scenario, failure.invariant) : short;
      parentPort?.postMessage({ ...result, story });
    }
  }
}

function numberAfter(option: string, otherwise: number): number {
  const at = process.argv.indexOf(option);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${option} needs a whole number of at least 1`);
  return value;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function playAll(): Promise<void> {
  const [seeds, from, threads] = [
    numberAfter('--seeds', 200),
    numberAfter('--from', 1),
    numberAfter('--threads', 2),
  ];
  const began = performance.now();
  let [done, calls, failed] = [0, 0, 0];
  const report = (result: Result): void => {
    done += 1;
    calls += result.calls;
    if (result.story !== undefined) {
      failed += 1;
      say(`${result.story}\n`);
    }
    if (done % 500 === 0)
      say(`${done} seeds, ${failed} failed, ${Math.round((performance.now() - began) / 1000)} s`);
  };
  const share = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const workerShare: Share = { from: from + index, upTo: from + seeds, every: threads };
      const worker = new Worker(new URL(import.meta.url), { workerData: workerShare });
      worker.on('message', report);
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
  await Promise.all(Array.from({ length: threads }, (_, index) => share(index)));
  const seconds = (performance.now() - began) / 1000;
  const each = `${Math.round((seconds * 1000 * threads) / seeds)} ms a seed and thread`;
  say(`${done} seeds from ${from}: ${failed} failed, ${calls} calls, ${seconds.toFixed(1)} s, ${each}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (!isMainThread) await playShare(workerData as Share);
else if (process.argv.includes('--help')) say(usage);
else await playAll();
