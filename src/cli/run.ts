import packageJson from '../../package.json' with { type: 'json' };
import { closest } from '../core/written/closest.ts';
import { exitCodes, type Io, type Verb } from './verb.ts';

type Entry = { readonly summary: string; readonly load: () => Promise<Verb> };

/** Verbs are loaded when they are used, so that `--help` and `validate` do not wait for the whole App. */
const verbs: Readonly<Record<string, Entry>> = {
  validate: {
    summary: 'check release manifests and configurations',
    load: async () => (await import('./validate.ts')).validate,
  },
  plan: {
    summary: 'show what a manifest will ask of whom and when',
    load: async () => (await import('./plan.ts')).plan,
  },
  verify: {
    summary: 'check the record of a repository, offline',
    load: async () => (await import('./verify.ts')).verify,
  },
  explain: {
    summary: 'say why a release stands where it stands, and what would be if',
    load: async () => (await import('./explain.ts')).explain,
  },
  keygen: {
    summary: 'make the key that signs the record',
    load: async () => (await import('./keygen.ts')).keygen,
  },
  serve: {
    summary: 'run the GitHub App',
    load: async () => (await import('./serve.ts')).serve,
  },
  demo: {
    summary: 'run everything on this machine, with a small GitHub of its own',
    load: async () => (await import('./demo.ts')).demo,
  },
  'local-github': {
    summary: 'run the small GitHub alone',
    load: async () => (await import('./local-github.ts')).localGithub,
  },
};

/** Runs one verb; returns the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.stderr(help());
    return exitCodes.misused;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout(help());
    return exitCodes.ok;
  }
  if (name === '--version' || name === '-v') {
    io.stdout(packageJson.version);
    return exitCodes.ok;
  }
  const entry = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (entry === undefined) return unknown(name, io);
  const verb = await entry.load();
  return verb(rest, io);
}

function unknown(name: string, io: Io): number {
  const meant = closest(name, Object.keys(verbs));
  const question = meant === undefined ? '' : ` Did you mean \`countersign ${meant}\`?`;
  io.stderr(`There is no verb ${JSON.stringify(name)}.${question}`);
  io.stderr('Usage: countersign VERB [OPTIONS], see `countersign --help`');
  return exitCodes.misused;
}

function help(): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const lines = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Countersign turns release sign-off into git: approvals bound to what was approved, verifiable offline.',
    '',
    'Usage: countersign VERB [OPTIONS]',
    '       countersign VERB --help',
    '       countersign --version',
    '',
    'Verbs:',
    ...lines,
    '',
    'Exit codes:',
    '  0  done, nothing to object to',
    '  1  something was found, or the work failed',
    '  2  wrong use or wrong settings; a sentence says which',
  ].join('\n');
}
