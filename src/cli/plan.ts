import { terminal } from '../core/messages/escape.ts';
import { planLines } from '../core/messages/plan-words.ts';
import { timelineOf } from '../core/plan/timeline.ts';
import { momentPhrase, readExactMoment } from '../core/time/moment.ts';
import { misused, type OptionsConfig, parseArguments } from './arguments.ts';
import { findingLine, readPlan } from './validate/check-files.ts';
import { organizationUnknown } from './validate/organization.ts';
import { exitCodes, type Io } from './verb.ts';

const usage = {
  line: 'countersign plan MANIFEST [--configuration FILE] [--organization-configuration FILE] [--as-of MOMENT] [--json]',
  text: `Shows what a release manifest will ask of whom and when, before anybody is asked: for each phase and activity what it
waits for, who approves, what the form asks, its reminders, escalations and deadline, what a failure brings about, and
which floor or catalog entry each demand comes from that the manifest does not say itself. Nothing is written anywhere.

  --configuration FILE  the configuration it is judged by (default: the .github/countersign.yml of its repository)
  --organization-configuration FILE
                        what the repository inherits: a copy of .github/countersign.yml of the organization's .github
                        repository; without it, what that one demands is not known here, and nothing of it is shown
  --as-of MOMENT        when the release opens, such as 2026-12-01T09:00:00Z: times are also shown as the earliest moments
                        possible, by the calendar of the configuration
  --json                one JSON object instead of lines: { "timeline": …, "organization": FILE or null, "problems": […] }

Problems are the same lines as of countersign validate.

Exit codes: 0 planned, 1 the files have errors, 2 wrong use.`,
};

const options = {
  configuration: { type: 'string' },
  'organization-configuration': { type: 'string' },
  'as-of': { type: 'string' },
  json: { type: 'boolean', default: false },
} satisfies OptionsConfig;

/** `countersign plan`: 0 planned, 1 errors in the files, 2 wrong use. */
export async function plan(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, io, usage, options, 1);
  if (parsed.kind === 'done') return parsed.code;
  const [path] = parsed.positionals;
  if (path === undefined) return misused(io, usage, 'Name the manifest.').code;
  const { 'as-of': written, json } = parsed.values;
  const opensAt = written === undefined ? undefined : readExactMoment(written);
  if (written !== undefined && opensAt === undefined)
    return misused(io, usage, `--as-of takes ${momentPhrase}; found ${terminal(written)}.`).code;
  const { configuration, 'organization-configuration': organization } = parsed.values;
  const read = await readPlan(path, { configuration, organization });
  const failed = read.findings.some(({ severity }) => severity === 'error');
  const timeline =
    failed || read.plan === undefined ? undefined : timelineOf(read.plan, read.configuration, opensAt);
  if (json) {
    const planned = timeline && { timeline, organization: organization ?? null };
    io.stdout(JSON.stringify({ ...planned, problems: read.findings }));
  } else {
    for (const finding of read.findings) io.stderr(findingLine(finding));
    for (const line of timeline === undefined ? [] : planLines(timeline)) io.stdout(line);
    if (timeline !== undefined && organization === undefined) io.stdout(`\n${organizationUnknown}`);
  }
  return failed ? exitCodes.found : exitCodes.ok;
}
