#!/usr/bin/env node
import { run } from './run.ts';
import { exitCodes } from './verb.ts';

// A reader that goes away (`countersign … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), {
    stdout: (line) => void process.stdout.write(`${line}\n`),
    stderr: (line) => void process.stderr.write(`${line}\n`),
  });
} catch (error) {
  // A port that is taken or a folder that cannot be written is the machine's doing: a sentence, not a stack.
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCodes.found;
}
