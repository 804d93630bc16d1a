import { readEnvironment } from '../app/environment.ts';
import { createApp } from '../app/wiring.ts';
import { parseArguments } from './arguments.ts';
import { untilSignal } from './until-signal.ts';
import { exitCodes, type Io } from './verb.ts';

const usage = {
  line: 'countersign serve',
  text: `Runs the GitHub App. Webhooks arrive at /api/github/webhooks; /healthz and /readyz tell its state,
/metrics its numbers for Prometheus.

Settings come from the environment:
  APP_ID                   number of the GitHub App
  PRIVATE_KEY              its private key as PEM (line ends may be written \\n, or all of it in base64), or
  PRIVATE_KEY_PATH         the file that holds it
  WEBHOOK_SECRET           its webhook secret, at least 8 characters
  COUNTERSIGN_SIGNING_KEY  Ed25519 key from \`countersign keygen\`, PEM or path; it signs the record
  GHE_HOST, GHE_PROTOCOL   host name of a GitHub Enterprise, https or http (default: github.com over https)
  PORT                     where to listen (default: 3000)
  LOG_LEVEL                fatal, error, warn, info, debug, trace or silent (default: info)
  COUNTERSIGN_DATA         folder of local copies, which may be deleted at any time (default: .countersign)
  COUNTERSIGN_WRITER       graphql: records are committed by GitHub's API; git: they are pushed (default: graphql)

It stays up until it gets SIGTERM or SIGINT, then ends what runs within 10 seconds.
Exit codes: 0 ended, 1 could not start, 2 wrong settings.`,
};

export async function serve(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, io, usage, {});
  if (parsed.kind === 'done') return parsed.code;
  const reading = readEnvironment(process.env);
  if (reading.kind === 'invalid') {
    for (const sentence of reading.sentences) io.stderr(sentence);
    return exitCodes.misused;
  }
  const app = createApp(reading.value);
  // Work begins while the App starts, so that from here on no signal may cut it off.
  const signalled = untilSignal();
  const started = app.start();
  try {
    await Promise.race([started, signalled]);
  } catch (error) {
    io.stderr(`The App could not start: ${error instanceof Error ? error.message : String(error)}`);
    await app.stop();
    return exitCodes.found;
  }
  started.catch(() => {});
  await signalled;
  // No timer of the App keeps a process alive, and what is being recorded may be waiting for one.
  const awake = setInterval(() => {}, 1_000);
  await app.stop();
  clearInterval(awake);
  // What has not ended by now never will: it must not keep the process.
  setTimeout(() => process.exit(exitCodes.ok), 1_000).unref();
  return exitCodes.ok;
}
