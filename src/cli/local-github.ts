import { resolve } from 'node:path';
import { SeedError } from '../local-github/seed/seed-error.ts';
import { type LocalGitHubOptions, startLocalGitHub } from '../local-github/server.ts';
import { troubleOnly } from '../local-github/trouble-only.ts';
import { misused, parseArguments, portOf } from './arguments.ts';
import { untilSignal } from './until-signal.ts';
import { exitCodes, type Io } from './verb.ts';

const usage = {
  line: 'countersign local-github --data DIR [--port PORT] [--seed FILE] [--host HOST] [--limits WHICH] [--strict] [--json]',
  text: `A small GitHub on this machine: REST, GraphQL, git over HTTP and webhooks, for trying things out. It guards
nothing: every user has the token ghp_local_<login>.

  --data DIR    keep everything there; a later start goes on from it
  --port PORT   listen there (default: a free port)
  --seed FILE   what to begin with, where DIR is still empty
  --host HOST   listen on that address (default: 127.0.0.1)
  --limits WHICH  which of GitHub's rate limits refuse requests: none, hourly (default) or all
  --strict      compare every request, response and webhook with GitHub's published descriptions; what differed is
                told at the end, with exit code 1
  --json        print the address as one JSON object

It stays up until it gets SIGTERM or SIGINT; its own faults go to standard error.
Exit codes: 0 ended, 1 could not start, 2 wrong use or a wrong seed.`,
};

export async function localGithub(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, io, usage, {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    seed: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    limits: { type: 'string', default: 'hourly' },
    strict: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (parsed.kind === 'done') return parsed.code;
  const { data, seed, host, limits, strict, json } = parsed.values;
  const port = portOf(parsed.values.port);
  if (port === undefined)
    return misused(io, usage, `--port must be a number, found ${JSON.stringify(parsed.values.port)}.`).code;
  if (data === undefined)
    return misused(io, usage, '--data is missing: name a folder to keep everything in.').code;
  if (!['none', 'hourly', 'all'].includes(limits))
    return misused(io, usage, `--limits must be none, hourly or all, found ${JSON.stringify(limits)}.`).code;
  const server = await startUnlessSeedIsWrong({
    port,
    host,
    data: resolve(data),
    strict,
    log: troubleOnly(io.stderr),
    limits: { primary: limits !== 'none', secondary: limits === 'all' },
    ...(seed === undefined ? {} : { seed: { file: resolve(seed) } }),
  });
  if (typeof server === 'string') {
    io.stderr(server);
    return exitCodes.misused;
  }
  io.stdout(json ? JSON.stringify({ url: server.url, port: server.port }) : `Local GitHub at ${server.url}`);
  await untilSignal();
  await server.close();
  return exitCodes.ok;
}

/** A seed is written by people: what is wrong with it is a sentence, and not a crash. */
async function startUnlessSeedIsWrong(options: LocalGitHubOptions) {
  try {
    return await startLocalGitHub(options);
  } catch (error) {
    if (!(error instanceof SeedError)) throw error;
    return error.message;
  }
}
