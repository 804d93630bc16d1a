import { misused, parseArguments } from './arguments.ts';
import { checkFiles, findingLine } from './validate/check-files.ts';
import { exitCodes, type Io } from './verb.ts';

const usage = {
  line: 'countersign validate FILE… [--organization-configuration FILE] [--json]',
  text: `Checks release manifests and configurations. Every problem is one line:

  path:line:column: error|warning code: message

A file named countersign.yml, or in a folder .github, is a configuration; every other one is a manifest. Roles that a
manifest names must exist in the .github/countersign.yml of its repository, if there is one above it.

  --organization-configuration FILE
          what the repository inherits: a copy of .github/countersign.yml of the organization's .github repository;
          without it, what that one demands is not known here, and the files are checked without it
  --json  one JSON object instead of lines: { "problems": [{ path, line, column, severity, code, message }] }

Exit codes: 0 no errors, 1 errors, 2 wrong use.`,
};

/** `countersign validate`: 0 no errors, 1 errors, 2 wrong use. */
export async function validate(args: readonly string[], io: Io): Promise<number> {
  const options = {
    'organization-configuration': { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const;
  const parsed = parseArguments(args, io, usage, options, Number.POSITIVE_INFINITY);
  if (parsed.kind === 'done') return parsed.code;
  if (parsed.positionals.length === 0) return misused(io, usage, 'Name at least one file.').code;
  const findings = await checkFiles(parsed.positionals, parsed.values['organization-configuration']);
  if (parsed.values.json) io.stdout(JSON.stringify({ problems: findings }));
  else for (const finding of findings) io.stdout(findingLine(finding));
  return findings.some(({ severity }) => severity === 'error') ? exitCodes.found : exitCodes.ok;
}
