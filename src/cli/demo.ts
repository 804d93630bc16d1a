import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { misused, parseArguments, portOf } from './arguments.ts';
import { nextSteps } from './demo/next-steps.ts';
import { packageRoot } from './demo/package-root.ts';
import { type Demo, startDemo } from './demo/start-demo.ts';
import { untilSignal } from './until-signal.ts';
import { exitCodes, type Io } from './verb.ts';

const usage = {
  line: 'countersign demo [--port PORT] [--data DIR] [--json | --story [--keep DIR]]',
  text: `Runs everything on this machine: a small GitHub with the repository acme/payments, and the App. Needs no account.

  --port PORT   local GitHub listens there and the App one port above (default: free ports)
  --data DIR    keep everything there; a later demo goes on from it (default: a new temporary folder)
  --json        print the addresses as one JSON object
  --story       play the whole path as different people, without anybody at the keyboard, and end
  --keep DIR    with --story: leave the bare repositories there

Without --story it stays up until it gets SIGTERM or SIGINT.
Exit codes: 0 ended, or every step of the story was observed; 1 failed; 2 wrong use.`,
};

export async function demo(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, io, usage, {
    port: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    story: { type: 'boolean', default: false },
    keep: { type: 'string' },
  });
  if (parsed.kind === 'done') return parsed.code;
  const { values } = parsed;
  const port = values.port === undefined ? undefined : portOf(values.port);
  // The App takes the port above.
  if (values.port !== undefined && (port === undefined || port > 65_534))
    return misused(io, usage, `--port must be a number up to 65534, found ${JSON.stringify(values.port)}.`)
      .code;
  if (values.keep !== undefined && !values.story) return misused(io, usage, '--keep needs --story.').code;
  if (values.json && values.story) return misused(io, usage, '--json and --story exclude each other.').code;
  if (values.story) {
    const { play } = await import('./story/play.ts');
    return play({ port, keep: values.keep, data: values.data && resolve(values.data) }, io);
  }
  const data = resolve(values.data ?? mkdtempSync(join(tmpdir(), 'countersign-demo-')));
  const start = await startDemo(data, port);
  if (start.kind === 'wrong') return misused(io, usage, start.sentence).code;
  const { demo: running } = start;
  await running.idle();
  io.stdout(values.json ? JSON.stringify(addressesOf(running)) : welcome(running));
  await untilSignal();
  await running.stop();
  return exitCodes.ok;
}

function addressesOf({ github, app, data, logFile, fingerprint, resumed }: Demo) {
  return { github, app, data, log: logFile, fingerprint, resumed };
}

function welcome(running: Demo): string {
  return `Countersign demo${running.resumed ? ', resumed' : ''}

  local GitHub  ${running.github}  with the repository acme/payments
  the App       ${running.app}  which writes its log to ${running.logFile}
  data          ${running.data}  where github.log tells of faults of the local GitHub
  signing key   ${running.fingerprint}

${nextSteps(running, packageRoot())}`;
}
