import { pageVersion, pageVersionOf, recordsReadme, renderRecord } from '../messages/record.ts';
import type { ReleaseEvent } from '../release/event.ts';
import type { Sha } from '../values.ts';
import {
  type Authenticated,
  type Authentication,
  authenticate,
  beginAuthentication,
  type Remark,
} from './authenticate.ts';
import type { Contents } from './covered-events.ts';
import type { Flaw } from './flaw.ts';
import type { Trust } from './judge-commit.ts';
import { eventPath, pagePath, readmePath } from './layout.ts';
import { foreignOf, type Line, type LineCommit } from './line.ts';
import type { ReleaseRecord } from './record.ts';

/** Derives outcomes again from their facts; each finding is an outcome that does not follow. */
export type Replay = (
  events: readonly ReleaseEvent[],
) => readonly { readonly sequence: number; readonly why: string }[];

export type Verification = {
  /** Everything that does not hold, in order of the branch. None: the record is complete as far as it goes. */
  readonly findings: readonly Flaw[];
  /** What holds, but is worth knowing. */
  readonly warnings: readonly string[];
  /** The authenticated line, where there is one. */
  readonly line?: Line;
};

export type Verifying = {
  /** Fingerprints from outside the branch; none: the key on the branch is taken, and nothing is anchored (T9). */
  readonly keys: readonly string[];
  /** Checks every signature and every digest over all tips, not only the newest, which vouches for the others. */
  readonly everySignature: boolean;
  readonly replay: Replay;
};

const trustOf = ({ keys }: Verifying): Trust => ({ keys: keys.length === 0 ? 'any' : keys });

/** Authenticates all commits of a records branch, oldest first, as strictly as `how` says. */
export const authenticateForVerifying = (
  commits: readonly LineCommit[],
  contents: Contents,
  how: Verifying,
): Authenticated => authenticate(undefined, commits, contents, trustOf(how), how.everySignature);

/** Begins to do the same for commits that are still being read. */
export const beginVerifying = (how: Verifying): Authentication =>
  beginAuthentication(trustOf(how), how.everySignature);

/** Blob ids of the covered pages for people: the contents that verifying an authenticated branch still needs. */
export function pageBlobs(result: Authenticated): readonly Sha[] {
  if (result.kind === 'refused') return [];
  const { line } = result;
  const paths = [readmePath, ...[...line.releases.keys()].map(pagePath)];
  return paths.flatMap((path) => line.files.get(path) ?? []);
}

/** Names everything that does not hold in an authenticated branch; `pages` has the contents of `pageBlobs`. */
export function verifyRecord(result: Authenticated, pages: Contents, how: Verifying): Verification {
  if (result.kind === 'refused') return { findings: [result.flaw], warnings: [] };
  const { line, remarks } = result;
  const written = pageFindings(line, pages);
  const findings = [
    ...remarks.flatMap((remark) => remarkFindings(remark, line)),
    ...strayFindings(line),
    ...replayFindings(line, how.replay),
    ...written.findings,
  ];
  return { findings, warnings: [...anchorWarnings(line, how.keys), ...written.warnings], line };
}

function anchorWarnings(line: Line, keys: readonly string[]): readonly string[] {
  return keys.length > 0
    ? []
    : [
        `unanchored: the signatures were made by a key found on the branch itself, ${line.key.fingerprint}; ` +
          'give --key with a fingerprint from elsewhere to know whose they are',
      ];
}

/** A foreign commit is a finding even after it was recorded: it happened. */
function remarkFindings({ commit, flaw }: Remark, line: Line): readonly Flaw[] {
  const paths = commit.changes.map((change) => change.path);
  const some = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
  const recorded = recordedBy(line, commit.sha);
  const foreign: Flaw = {
    code: 'foreign-commit',
    place: commit.sha,
    why: `by ${commit.author}, not by the controller; it touches ${some || 'nothing'}; ${recorded}`,
  };
  const merge: readonly Flaw[] =
    commit.parents.length > 1
      ? [{ code: 'linear', place: commit.sha, why: `the commit has ${commit.parents.length} parents` }]
      : [];
  return [foreign, ...merge, ...(flaw.code === 'foreign-commit' || flaw.code === 'linear' ? [] : [flaw])];
}

function recordedBy(line: Line, commit: Sha): string {
  const places = [...line.releases.values()].flatMap(({ release, events }) =>
    events.flatMap((event) =>
      event.kind === 'deviation-recorded' &&
      event.body.what === 'foreign-commit' &&
      event.body.commit === commit
        ? [eventPath(release, event.sequence)]
        : [],
    ),
  );
  if (places.length > 0) return `recorded in ${places.join(', ')}`;
  return line.after.some((one) => one.commit === commit)
    ? 'not recorded yet'
    : 'listed in the next checkpoint';
}

function strayFindings(line: Line): readonly Flaw[] {
  return [...line.strays].map(([path, blob]) => ({
    code: 'tree' as const,
    place: path,
    why: strayWords(blob, line.files.has(path)),
  }));
}

function strayWords(blob: Sha | undefined, covered: boolean): string {
  if (blob === undefined) return 'a covered file is missing at the tip of the branch';
  return covered ? 'a covered file has another content at the tip' : 'no checkpoint covers this file';
}

function replayFindings(line: Line, replay: Replay): readonly Flaw[] {
  return [...line.releases.values()].flatMap(({ release, events }) =>
    replay(events).map(({ sequence, why }) => ({
      code: 'replay' as const,
      place: eventPath(release, sequence),
      why,
    })),
  );
}

type PageFindings = { readonly findings: readonly Flaw[]; readonly warnings: readonly string[] };

/** Pages of this version are rendered again and compared; nothing reads them but people, who may be deceived. */
function pageFindings(line: Line, contents: Contents): PageFindings {
  const findings: Flaw[] = [];
  const warnings: string[] = [];
  const compare = (path: string, expected: readonly string[]): void => {
    const bytes = contents(line.files.get(path) ?? '');
    const page = bytes === undefined ? '' : Buffer.from(bytes).toString('utf8');
    const version = pageVersionOf(page);
    if (expected.includes(page)) return;
    if (version === undefined || version === pageVersion) {
      findings.push({ code: 'record-page', place: path, why: 'the page is not what the events say' });
    } else warnings.push(`${path} was rendered by another version and is not compared`);
  };
  compare(readmePath, readmesOf(line));
  for (const record of line.releases.values())
    compare(pagePath(record.release), [renderRecord(record.events)]);
  return { findings, warnings };
}

/** The README is written once, under the name that the repository had then. */
function readmesOf(line: Line): readonly string[] {
  const names = new Set([line.repository.name]);
  for (const { events } of line.releases.values())
    for (const event of events) names.add(event.repository.name);
  return [...names].map(recordsReadme);
}

/** How much of a record there is, in numbers. */
export function countsOf(line: Line): {
  readonly releases: number;
  readonly events: number;
  readonly foreign: number;
} {
  const records: readonly ReleaseRecord[] = [...line.releases.values()];
  const events = records.reduce((sum, record) => sum + record.events.length, 0);
  return { releases: records.length, events, foreign: foreignOf(line).length };
}
