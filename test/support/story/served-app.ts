import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

export type Line = { readonly level: number; readonly msg: string; readonly [field: string]: unknown };

/** `countersign serve` as a process of its own. */
export type ServedApp = {
  readonly pid: number;
  /** Everything it wrote so far, on both ways out. */
  output(): string;
  /** Resolves with the first line that fits, written already or yet to come. */
  said(fits: (line: Line) => boolean): Promise<Line>;
  terminate(): void;
  kill(): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
};

/** Builds the program into a folder as it is shipped; answers the file to run. */
export async function buildProgram(folder: string): Promise<string> {
  await build({
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    loader: { '.graphql': 'text' },
    jsx: 'automatic',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return join(folder, 'main.mjs');
}

export function startServedApp(program: string, environment: Readonly<Record<string, string>>): ServedApp {
  const child: ChildProcess = spawn(process.execPath, [program, 'serve'], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  const raw: string[] = [];
  let waiting: ((line: Line) => void)[] = [];
  const take = (text: string): void => {
    raw.push(text);
    const line = parsed(text);
    if (line === undefined) return;
    lines.push(line);
    for (const wake of waiting.splice(0)) wake(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', take);
  }
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  return {
    pid: child.pid ?? 0,
    output: () => raw.join('\n'),
    said: (fits) =>
      new Promise((resolve, reject) => {
        const known = lines.find(fits);
        if (known) return resolve(known);
        const look = (line: Line): void => {
          if (fits(line)) resolve(line);
          else waiting.push(look);
        };
        waiting.push(look);
        void ended.then(() => {
          waiting = [];
          reject(new Error(`It ended before it said so:\n${raw.join('\n')}`));
        });
      }),
    terminate: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

function parsed(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
