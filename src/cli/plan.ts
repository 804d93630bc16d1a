import { systemClock } from '../app/system-clock.ts';
import { terminal } from '../core/messages/escape.ts';
import { foresightLines } from '../core/messages/foresight-lines.ts';
import { planLines } from '../core/messages/plan-words.ts';
import { timelineOf } from '../core/plan/timeline.ts';
import type { Foreseen } from '../core/preview/foresight.ts';
import { instantFrom } from '../core/time/clock-face.ts';
import { momentPhrase, readExactMoment } from '../core/time/moment.ts';
import type { Clock } from '../ports/clock.ts';
import { misused, type OptionsConfig, parseArguments } from './arguments.ts';
import { foreseePlan } from './plan/foresee-plan.ts';
import { findingLine, readPlan } from './validate/check-files.ts';
import { organizationUnknown } from './validate/organization.ts';
import { exitCodes, type Io } from './verb.ts';
import { keyProblem } from './verify-place.ts';

const usage = {
  line: 'countersign plan MANIFEST [--configuration FILE] [--organization-configuration FILE] [--as-of MOMENT] [--records PATH|URL] [--json]',
  text: `Shows what a release manifest will ask of whom and when, before anybody is asked: for each phase and activity what it
waits for, who approves, what the form asks, its reminders, escalations and deadline, what a failure brings about, and
which floor or catalog entry each demand comes from that the manifest does not say itself. Nothing is written anywhere.

  --configuration FILE  the configuration it is judged by (default: the .github/countersign.yml of its repository)
  --organization-configuration FILE
                        what the repository inherits: a copy of .github/countersign.yml of the organization's .github
                        repository; without it, what that one demands is not known here, and nothing of it is shown
  --as-of MOMENT        when the release opens, such as 2026-12-01T09:00:00Z: times are also shown as the earliest moments
                        possible, by the calendar of the configuration
  --records PATH|URL    also what it would do to its release if that is open on record: whose votes would lapse and why, and
                        who would be asked; the record is checked as countersign verify does
  --branch B            the records branch (default: countersign-records)
  --key FINGERPRINT     a signing key you trust, SHA256:…; may be given more than once
  --json                one JSON object instead of lines: { "timeline": …, "organization": FILE or null, "problems": […],
                        "foreseen": … }

Problems are the same lines as of countersign validate.

Exit codes: 0 planned, 1 the files have errors or the record has findings, 2 wrong use or no record to read.`,
};

const options = {
  configuration: { type: 'string' },
  'organization-configuration': { type: 'string' },
  'as-of': { type: 'string' },
  records: { type: 'string' },
  branch: { type: 'string', default: 'countersign-records' },
  key: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} satisfies OptionsConfig;

const unchanged = 'Its release on record stays as it is, or has ended.';

/** `countersign plan`: 0 planned, 1 errors in the files or findings in the record, 2 wrong use or no record to read. */
export async function plan(
  args: readonly string[],
  io: Io,
  clock: Pick<Clock, 'now'> = systemClock,
): Promise<number> {
  const parsed = parseArguments(args, io, usage, options, 1);
  if (parsed.kind === 'done') return parsed.code;
  const [path] = parsed.positionals;
  if (path === undefined) return misused(io, usage, 'Name the manifest.').code;
  const { 'as-of': written, json } = parsed.values;
  const opensAt = written === undefined ? undefined : readExactMoment(written);
  if (written !== undefined && opensAt === undefined)
    return misused(io, usage, `--as-of takes ${momentPhrase}; found ${terminal(written)}.`).code;
  const bad = keyProblem(parsed.values.key);
  if (bad !== undefined) return misused(io, usage, bad).code;
  const { configuration, 'organization-configuration': organization } = parsed.values;
  const read = await readPlan(path, { configuration, organization });
  const failed = read.findings.some(({ severity }) => severity === 'error');
  const timeline =
    failed || read.plan === undefined ? undefined : timelineOf(read.plan, read.configuration, opensAt);
  const { records: place, branch, key: keys } = parsed.values;
  const at = instantFrom(Date.parse(clock.now()));
  const foretold =
    place === undefined || failed || read.plan === undefined
      ? undefined
      : await foreseePlan(path, { ...read, plan: read.plan }, { place, branch, keys }, at, io);
  if (foretold?.kind === 'done') return foretold.code;
  if (json) {
    const planned = timeline && { timeline, organization: organization ?? null };
    const foreseen = foretold && { foreseen: foretold.foreseen ?? null };
    io.stdout(JSON.stringify({ ...planned, problems: read.findings, ...foreseen }));
  } else {
    for (const finding of read.findings) io.stderr(findingLine(finding));
    for (const line of timeline === undefined ? [] : planLines(timeline)) io.stdout(line);
    if (foretold) for (const line of linesOf(foretold.foreseen)) io.stdout(line);
    if (timeline !== undefined && organization === undefined) io.stdout(`\n${organizationUnknown}`);
  }
  return failed ? exitCodes.found : (foretold?.code ?? exitCodes.ok);
}

const linesOf = (foreseen: Foreseen | undefined): readonly string[] =>
  foreseen === undefined ? ['', unchanged] : foresightLines(foreseen);
