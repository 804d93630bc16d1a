import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Demo, startDemo } from '../demo/start-demo.ts';
import { exitCodes, type Io } from '../verb.ts';
import { verify } from '../verify.ts';
import { gitAs } from './git.ts';
import { createStage, NotObserved } from './stage.ts';
import { tellStory } from './story.ts';

export type PlayOptions = {
  readonly port?: number | undefined;
  readonly data?: string | undefined;
  /** Leaves the bare repositories there. */
  readonly keep?: string | undefined;
};

/** Plays the story; 0 only where every step was observed and the record holds. */
export async function play(options: PlayOptions, io: Io): Promise<number> {
  if (options.keep !== undefined && existsSync(bareBelow(options.keep))) {
    io.stderr(
      `${bareBelow(options.keep)} is there already; name another folder to keep the repositories in.`,
    );
    return exitCodes.misused;
  }
  const folder = mkdtempSync(join(tmpdir(), 'countersign-story-'));
  const start = await startDemo(options.data ?? join(folder, 'data'), options.port, true);
  if (start.kind === 'wrong') {
    io.stderr(start.sentence);
    return exitCodes.misused;
  }
  const { demo } = start;
  try {
    io.stdout(`Local GitHub at ${demo.github}, the App at ${demo.app}\n`);
    await tellStory(createStage(demo, io, folder));
    return await showRecord(demo, join(folder, 'kept'), options.keep, io);
  } catch (error) {
    if (!(error instanceof NotObserved)) throw error;
    io.stderr(`\nNot observed: ${error.message}. The App's log:\n`);
    io.stderr(readFileSync(demo.logFile, 'utf8').split('\n').slice(-40).join('\n'));
    return exitCodes.found;
  } finally {
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function bareBelow(folder: string): string {
  return join(resolve(folder), 'acme', 'payments.git');
}

/** The record as anybody can read it with git, and what `verify` says of it, knowing the key from outside (T9). */
async function showRecord(demo: Demo, scratch: string, keep: string | undefined, io: Io): Promise<number> {
  const bare = bareBelow(keep ?? scratch);
  mkdirSync(join(bare, '..'), { recursive: true });
  const git = gitAs('mona', join(bare, '..'));
  await git('clone', '--quiet', '--mirror', `${demo.github}/acme/payments.git`, bare);
  io.stdout('\n$ git log countersign-records\n');
  io.stdout(await git('--git-dir', bare, 'log', '--reverse', 'countersign-records'));
  const { fingerprint } = demo;
  io.stdout(`$ countersign verify ${keep === undefined ? 'payments.git' : bare} --key ${fingerprint}\n`);
  const code = await verify([bare, '--key', fingerprint], io);
  if (keep !== undefined) io.stdout(`\nThe repository is in ${bare}`);
  return code;
}
