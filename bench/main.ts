import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Row } from './figure.ts';
import { isMet } from './figure.ts';
import { burst } from './figures/burst.ts';
import { decision } from './figures/decision.ts';
import { fold } from './figures/fold.ts';
import { look } from './figures/look.ts';
import { many } from './figures/many.ts';
import { throughput } from './figures/throughput.ts';
import { verdict } from './figures/verdict.ts';
import { verify } from './figures/verify.ts';
import { tableOf } from './table.ts';

const figures: readonly Figure[] = [decision, burst, throughput, many, look, fold, verify, verdict];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** In a process of its own, so that no figure warms up or fills the memory of another. */
function measureApart(figure: Figure): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [figure.name], {
      env: { ...process.env, COUNTERSIGN_BENCH_CHILD: figure.name },
      serialization: 'advanced',
    });
    let rows: readonly Row[] | undefined;
    child.on('message', (message) => {
      rows = message as readonly Row[];
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (rows === undefined) reject(new Error(`${figure.name} ended with exit code ${code}`));
      else resolve(rows);
    });
  });
}

/** The largest memory this process ever had; the machine counts it in KiB. */
function memory(name: string): Row {
  const samples = [process.resourceUsage().maxRSS / 1024];
  return { figure: `${name}: memory at its largest`, unit: 'MiB', samples };
}

async function child(name: string): Promise<void> {
  const figure = figures.find((one) => one.name === name);
  const rows = figure === undefined ? [] : [...(await figure.measure()), memory(name)];
  process.send?.(rows, () => process.exit());
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !figures.some((figure) => figure.name === name));
  if (unknown.length > 0) {
    say(
      `No figure is called ${unknown.join(', ')}; there are ${figures.map(({ name }) => name).join(', ')}.`,
    );
    return 2;
  }
  const rows: Row[] = [];
  for (const figure of figures.filter(({ name }) => names.length === 0 || names.includes(name))) {
    say(`measuring ${figure.name} ...`);
    rows.push(...(await measureApart(figure)));
  }
  say(`\n${tableOf(rows)}`);
  return rows.some((row) => isMet(row) === false) ? 1 : 0;
}

const asked = process.env['COUNTERSIGN_BENCH_CHILD'];
if (asked !== undefined) await child(asked);
else process.exitCode = await main(process.argv.slice(2));
