import { terminal } from '../core/messages/escape.ts';
import { anchorOf } from '../core/record/line.ts';
import { countsOf } from '../core/record/verify.ts';
import { replay } from '../core/release/replay.ts';
import type { VerifiedBranch } from '../records/verify-branch.ts';
import { misused, type OptionsConfig, parseArguments } from './arguments.ts';
import { exitCodes, type Io } from './verb.ts';
import { keyProblem, verifyPlace } from './verify-place.ts';

const usage = {
  line: 'countersign verify [PATH|URL] [--branch B] [--key FINGERPRINT]… [--all-signatures] [--json]',
  text: `Checks the record of a repository, offline: linear history, checkpoints, signatures, chained events in canonical
form, outcomes that follow from their facts, and pages that say what the events say.

PATH is a repository or a bare one (default: the folder you are in); a URL is copied first, its records branch only.
For a private repository, clone it yourself and give the path. That newest commits are missing is not seen here: compare the
checkpoint it prints with one from elsewhere, such as a check run.

  --branch B         the records branch (default: countersign-records)
  --key FINGERPRINT  a signing key you trust, SHA256:…, from outside that branch; may be given more than once.
                     Without it the key on the branch is taken: then the record is consistent, but not anchored.
  --all-signatures   check each signature, not only the newest, which vouches for all before it
  --json             one JSON object instead of lines

Exit codes: 0 everything holds, 1 something was found, 2 wrong use or nothing to read.`,
};

const options = {
  branch: { type: 'string', default: 'countersign-records' },
  key: { type: 'string', multiple: true, default: [] as string[] },
  'all-signatures': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} satisfies OptionsConfig;

type Verified = Extract<VerifiedBranch, { readonly kind: 'verified' }>;

/** `countersign verify`: 0 everything holds, 1 findings, 2 wrong use or unreadable. */
export async function verify(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, io, usage, options, 1);
  if (parsed.kind === 'done') return parsed.code;
  const { branch, key: keys, json } = parsed.values;
  const bad = keyProblem(keys);
  if (bad !== undefined) return misused(io, usage, bad).code;
  const how = { keys, everySignature: parsed.values['all-signatures'], replay };
  const result = await verifyPlace(parsed.positionals[0] ?? '.', branch, how);
  if (result.kind === 'unreadable') {
    io.stderr(`Nothing to verify: ${terminal(result.why)}`);
    return exitCodes.misused;
  }
  if (json) io.stdout(JSON.stringify(asJson(result, keys)));
  else for (const line of asLines(result, keys)) io.stdout(terminal(line));
  return result.verification.findings.length > 0 ? exitCodes.found : exitCodes.ok;
}

function asLines(result: Verified, keys: readonly string[]): readonly string[] {
  const { line, findings, warnings } = result.verification;
  return [
    `branch      ${result.ref} at ${result.head}`,
    `commits     ${result.commits}`,
    ...(line === undefined ? [] : summaryOf(line)),
    ...warnings.map((warning) => `warning     ${warning}`),
    ...findings.map(({ code, place, why }) => `finding ${code} ${place}: ${why}`),
    conclusion(result, keys),
  ];
}

type Line = NonNullable<Verified['verification']['line']>;

function summaryOf(line: Line): readonly string[] {
  const { releases, events, foreign } = countsOf(line);
  const { number, digest } = anchorOf(line);
  return [
    `repository  ${line.repository.name} (id ${line.repository.id}) at ${line.host}`,
    `releases    ${releases}`,
    `events      ${events}`,
    `foreign     ${foreign}`,
    `checkpoint  ${number}, SHA-256 ${digest}`,
    `key         ${line.key.fingerprint}`,
  ];
}

function conclusion({ verification: { line, findings } }: Verified, keys: readonly string[]): string {
  if (line === undefined) return 'nothing here is vouched for';
  const { number } = anchorOf(line);
  const found = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  if (findings.length > 0)
    return `${found}; what checkpoint ${number} covers stands, the rest is not part of the record`;
  return keys.length > 0
    ? `complete to checkpoint ${number}`
    : `consistent to checkpoint ${number}, but unanchored`;
}

function asJson(result: Verified, keys: readonly string[]): unknown {
  const { line, findings, warnings } = result.verification;
  return {
    ref: result.ref,
    head: result.head,
    commits: result.commits,
    ...(line === undefined
      ? {}
      : {
          repository: line.repository,
          host: line.host,
          ...countsOf(line),
          checkpoint: anchorOf(line),
          key: line.key.fingerprint,
        }),
    anchored: line !== undefined && keys.length > 0,
    findings,
    warnings,
  };
}
