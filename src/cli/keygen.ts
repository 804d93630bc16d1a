import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createSigner } from '../records/signer.ts';
import { parseArguments } from './arguments.ts';
import { exitCodes, type Io } from './verb.ts';

const usage = {
  line: 'countersign keygen [--out FILE]',
  text: `Makes the Ed25519 key that signs the record. Keep it where the App runs and nowhere else.

  --out FILE  write the private key to a new file that only you can read; without it, it goes to standard output

The fingerprint and the lines for .github/countersign.yml go to standard error.
Exit codes: 0 made, 1 the file exists or cannot be written, 2 wrong use.`,
};

/** `countersign keygen`: 0 made, 1 not written, 2 wrong use. */
export async function keygen(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, io, usage, { out: { type: 'string' } });
  if (parsed.kind === 'done') return parsed.code;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = createSigner(pem);
  if (made.kind === 'problem') throw new TypeError(made.problem);
  const { out } = parsed.values;
  if (out === undefined) io.stdout(pem.trimEnd());
  else {
    const problem = await writeNew(out, pem);
    if (problem !== undefined) {
      io.stderr(problem);
      return exitCodes.found;
    }
  }
  for (const line of advice(made.signer.fingerprint, out)) io.stderr(line);
  return exitCodes.ok;
}

/** Never overwrites: the key that is lost is the one all earlier records were signed with. */
async function writeNew(file: string, pem: string): Promise<string | undefined> {
  try {
    await writeFile(file, pem, { flag: 'wx', mode: 0o600 });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return `${file} exists already; a signing key is never overwritten.`;
    return `${file} cannot be written: ${String(code ?? error)}.`;
  }
}

function advice(fingerprint: string, out: string | undefined): readonly string[] {
  return [
    `fingerprint ${fingerprint}`,
    '',
    'The App signs with it when it runs with',
    `  COUNTERSIGN_SIGNING_KEY=${out ?? '<the private key or its file>'}`,
    'and each repository trusts it by these lines in .github/countersign.yml:',
    '  records:',
    `    keys: ['${fingerprint}']`,
  ];
}
