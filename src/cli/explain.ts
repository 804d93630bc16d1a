import { systemClock } from '../app/system-clock.ts';
import type { Configuration } from '../core/configuration/configuration.ts';
import { activitiesOf } from '../core/manifest/manifest.ts';
import { terminal } from '../core/messages/escape.ts';
import { explanationLines, impossibleWords, supposedLines } from '../core/messages/explain-words.ts';
import type { Supposed } from '../core/release/as-if.ts';
import { explainRelease } from '../core/release/explain.ts';
import { fold } from '../core/release/fold.ts';
import { replay } from '../core/release/replay.ts';
import type { OpenRelease } from '../core/release/state.ts';
import { instantFrom } from '../core/time/clock-face.ts';
import { present } from '../core/written/present.ts';
import type { Clock } from '../ports/clock.ts';
import type { VerifiedBranch } from '../records/verify-branch.ts';
import { misused, type OptionsConfig, parseArguments } from './arguments.ts';
import { readWish, suppose } from './explain/suppose.ts';
import { findingLine, readRules, rulesAbove } from './validate/check-files.ts';
import { exitCodes, type Io } from './verb.ts';
import { keyProblem, verifyPlace } from './verify-place.ts';

const usage = {
  line: 'countersign explain PATH|URL RELEASE [ACTIVITY] [--as-if …] [--as-if-at MOMENT] [--as-if-manifest FILE] [--json]',
  text: `Says why the activities of a release stand where they stand, from the records branch alone: rules, who counts, who was
set aside and why, doubts and objections, the smallest set of people that would be enough, and what comes by itself.

PATH or URL is read and checked as countersign verify does; only what its checkpoints cover is explained.

  --as-if "grace approves qa-signoff"  as if somebody voted now: approves, rejects or withdraws; may be given more than once
  --as-if-at MOMENT                    as if it were that moment, such as 2026-12-01T00:00:00Z, and nobody spoke before
  --as-if-manifest FILE                as if the manifest said this: which votes would lapse, and why
  --configuration FILE                 the configuration: its freezes and change windows, which no record holds, and what that
                                       manifest is read by (default: the one of the manifest's repository)
  --organization-configuration FILE    a copy of what that one inherits from the organization's .github repository

Suppositions are made in memory, first the manifest, then the votes, then the time. They change nothing anywhere.

  --branch B         the records branch (default: countersign-records)
  --key FINGERPRINT  a signing key you trust, SHA256:…; may be given more than once
  --json             one JSON object instead of lines; with a supposition its "hypothetical" is not null

Exit codes: 0 explained, 1 the record or the manifest has findings, or the supposition cannot be, 2 wrong use or nothing to
read.`,
};

const options = {
  'as-if': { type: 'string', multiple: true, default: [] as string[] },
  'as-if-at': { type: 'string' },
  'as-if-manifest': { type: 'string' },
  configuration: { type: 'string' },
  'organization-configuration': { type: 'string' },
  branch: { type: 'string', default: 'countersign-records' },
  key: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} satisfies OptionsConfig;

/** `countersign explain`: 0 explained, 1 findings, 2 wrong use or nothing to read. */
export async function explain(
  args: readonly string[],
  io: Io,
  clock: Pick<Clock, 'now'> = systemClock,
): Promise<number> {
  const parsed = parseArguments(args, io, usage, options, 3);
  if (parsed.kind === 'done') return parsed.code;
  const { values } = parsed;
  const [place, release, activity] = parsed.positionals;
  if (place === undefined || release === undefined)
    return misused(io, usage, 'Name the repository of the record and the release.').code;
  const bad = keyProblem(values.key);
  if (bad !== undefined) return misused(io, usage, bad).code;
  const wish = readWish({
    votes: values['as-if'],
    at: values['as-if-at'],
    manifest: values['as-if-manifest'],
    configuration: values.configuration,
    organization: values['organization-configuration'],
  });
  if (wish.kind === 'problem') return misused(io, usage, wish.problem).code;
  const how = { keys: values.key, everySignature: false, replay };
  const found = stateIn(await verifyPlace(place, values.branch, how), release, activity, io);
  if (found.kind === 'done') return found.code;
  const at = instantFrom(Date.parse(clock.now()));
  const given = await rulesIn(values, io);
  if (given.kind === 'broken') return exitCodes.found;
  const { rules } = given;
  const supposed = wish.kind === 'wish' ? await suppose(found.state, wish, at, io, rules) : undefined;
  if (supposed?.kind === 'impossible') {
    if (supposed.why) io.stderr(terminal(impossibleWords(supposed.why)));
    return exitCodes.found;
  }
  write(io, found.state, at, { supposed: supposed?.supposed, rules }, { activity, json: values.json });
  return found.code;
}

type Given =
  | { readonly kind: 'rules'; readonly rules: Configuration | undefined }
  | { readonly kind: 'broken' };

type Named = {
  readonly configuration?: string | undefined;
  readonly 'organization-configuration'?: string | undefined;
  readonly 'as-if-manifest'?: string | undefined;
};

/**
 * Freezes and change windows are no part of the record: they are known where somebody names the configuration, or a
 * manifest that is in a repository with one. What is wrong with that one is told with the manifest.
 */
async function rulesIn(
  { configuration: path, 'organization-configuration': organization, 'as-if-manifest': manifest }: Named,
  io: Io,
): Promise<Given> {
  if (path === undefined)
    return {
      kind: 'rules',
      rules: manifest === undefined ? undefined : await rulesAbove(manifest, organization),
    };
  const { findings, configuration } = await readRules(path, organization);
  if (configuration !== undefined) return { kind: 'rules', rules: configuration };
  for (const finding of findings) io.stderr(findingLine(finding));
  return { kind: 'broken' };
}

function write(
  io: Io,
  state: OpenRelease,
  now: string,
  { supposed, rules }: { readonly supposed: Supposed | undefined; readonly rules: Configuration | undefined },
  { activity: only, json }: { readonly activity: string | undefined; readonly json: boolean },
): void {
  const whole = explainRelease(supposed?.state ?? state, supposed?.at ?? now, {
    ...present({ unknown: supposed?.unknown, rules }),
  });
  const activities = whole.activities.filter(({ activity }) => only === undefined || activity === only);
  const explanation = { ...whole, activities };
  if (json) {
    const hypothetical = supposed
      ? {
          happened: supposed.happened,
          unknown: [...supposed.unknown],
          untold: supposed.untold,
          at: supposed.at,
        }
      : null;
    io.stdout(JSON.stringify({ hypothetical, explanation }));
    return;
  }
  for (const line of supposed ? supposedLines(supposed) : []) io.stdout(line);
  for (const line of explanationLines(explanation)) io.stdout(line);
}

type Found =
  | { readonly kind: 'done'; readonly code: number }
  | { readonly kind: 'state'; readonly state: OpenRelease; readonly code: number };

/** The release as what is vouched for says; everything else is named, and not part of it (T8). */
function stateIn(result: VerifiedBranch, release: string, activity: string | undefined, io: Io): Found {
  const nothing = (why: string): Found => {
    io.stderr(terminal(`Nothing to explain: ${why}`));
    return { kind: 'done', code: exitCodes.misused };
  };
  if (result.kind === 'unreadable') return nothing(result.why);
  const { line, findings, warnings } = result.verification;
  for (const warning of warnings) io.stderr(terminal(`warning ${warning}`));
  for (const { code, place, why } of findings) io.stderr(terminal(`finding ${code} ${place}: ${why}`));
  if (line === undefined) return { kind: 'done', code: exitCodes.found };
  const state = fold(release, line.releases.get(release)?.events ?? []);
  if (state.kind === 'unopened') return nothing(`the record has no release ${release}`);
  if (activity !== undefined && !activitiesOf(state.revision.plan).some(({ id }) => id === activity))
    return nothing(`the release has no activity ${activity}`);
  return { kind: 'state', state, code: findings.length > 0 ? exitCodes.found : exitCodes.ok };
}
