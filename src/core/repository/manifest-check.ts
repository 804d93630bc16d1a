import { markdown } from '../messages/escape.ts';
import { fitting } from '../messages/fitting.ts';
import { listed, plural } from '../messages/people.ts';
import { outlookBlocks, outlookPhrase } from '../messages/preview-words.ts';
import type { Outlook } from '../preview/foresight.ts';
import type { Problem } from '../problem.ts';
import type { Annotation, CheckContent } from '../release/surface.ts';
import type { Sha } from '../values.ts';
import { isError } from './inventory.ts';

/** The name that branch protection can require; it means the same in every repository, for ever (T4). */
export const MANIFEST_CHECK = 'countersign/manifest';

/** GitHub takes at most this many annotations in one request. */
const MOST_ANNOTATIONS = 50;
const MOST_PROBLEMS = 200;
/** Bytes of the problems, and of the words about the configuration: with the preview they keep within 65,535 (T17). */
const MOST_BYTES = 20_000;

/** What one pull request would bring in: its number (0: the default branch itself) and what is wrong with it, by path. */
export type Proposal = {
  readonly number: number;
  /** Manifests and configuration that it adds or changes. */
  readonly changed: readonly string[];
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** Manifests that it takes away. */
  readonly removed?: readonly string[];
  /** What it would do to the configuration, as lines of Markdown. */
  readonly notes?: readonly string[];
  /** What it would do to releases; `unknown`: the record cannot be read. */
  readonly outlooks?: readonly Outlook[] | 'unknown';
};

/** The check on a commit: the AND over all open pull requests with that head (T4). */
export function manifestCheck(commit: Sha, proposals: readonly Proposal[], externalId: string): CheckContent {
  const problems = proposals.flatMap((proposal) =>
    [...proposal.problems].flatMap(([path, found]) => found.map((problem) => ({ path, problem }))),
  );
  const distinct = new Map(problems.map((one) => [`${one.path} ${JSON.stringify(one.problem)}`, one]));
  const all = [...distinct.values()];
  const errors = all.filter(({ problem }) => isError(problem));
  const files = [...new Set(proposals.flatMap(({ changed }) => changed))];
  const removed = [...new Set(proposals.flatMap(({ removed = [] }) => removed))];
  return {
    name: MANIFEST_CHECK,
    commit,
    conclusion: errors.length > 0 ? 'failure' : 'success',
    title: titleOf(errors.length, files.length, removed.length, phraseOf(proposals)),
    summary: [
      ...problemBlocks(all),
      ...new Set(proposals.flatMap(previewOf)),
      ...checkedBlocks(files, removed, all.length),
    ].join('\n\n'),
    externalId,
    annotations: all.slice(0, MOST_ANNOTATIONS).map(annotation),
  };
}

type Placed = { readonly path: string; readonly problem: Problem };

function titleOf(errors: number, files: number, removed: number, phrase: string): string {
  if (errors > 0) return `${plural(errors, 'error', 'errors')} in release files`;
  if (files + removed === 0) return 'No release file changed';
  const parts = [
    ...(files === 0 ? [] : [`${plural(files, 'release file', 'release files')} valid`]),
    ...(removed === 0 ? [] : [`${plural(removed, 'release file', 'release files')} removed`]),
  ];
  return `${parts.join(', ')}${phrase === '' ? '' : `: ${phrase}`}`;
}

const phraseOf = (proposals: readonly Proposal[]): string =>
  outlookPhrase(proposals.flatMap(({ outlooks = [] }) => (outlooks === 'unknown' ? [] : outlooks)));

function problemBlocks(all: readonly Placed[]): readonly string[] {
  if (all.length === 0) return [];
  const lines = all
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ path, problem: { severity, code, position, message } }) =>
        `- ${markdown(path)}:${position.line}:${position.column}: ${severity} ${code}: ${markdown(message)}`,
    );
  const { shown } = fitting(lines, MOST_BYTES);
  const rest = all.length - shown.length;
  return [[...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n')];
}

/** One text a pull request, so that two with one head, which say the same, say it once. */
function previewOf({ notes = [], outlooks = [] }: Proposal): readonly string[] {
  const { shown, rest } = fitting(notes, MOST_BYTES / 2.5);
  const lines = [...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n').trim();
  const blocks =
    outlooks === 'unknown'
      ? ['What it would do to open releases is not known: the record cannot be read now.']
      : outlookBlocks(outlooks);
  const text = [...(lines === '' ? [] : [lines]), ...blocks].join('\n\n');
  return text === '' ? [] : [text];
}

function checkedBlocks(
  files: readonly string[],
  removed: readonly string[],
  problems: number,
): readonly string[] {
  if (problems > 0) return [];
  if (files.length + removed.length === 0) return ['Nothing to check.'];
  return [
    [
      ...(files.length === 0 ? [] : [`Checked: ${pathsOf(files)}.`]),
      ...(removed.length === 0 ? [] : [`Removed: ${pathsOf(removed)}.`]),
    ].join(' '),
  ];
}

const pathsOf = (paths: readonly string[]): string => {
  const { shown } = fitting(paths.slice(0, 50).map(markdown), 2_000);
  const rest = paths.length - shown.length;
  return listed(rest > 0 ? [...shown, `${rest} more`] : shown);
};

const annotation = ({ path, problem }: Placed): Annotation => ({
  path,
  position: problem.position,
  level: isError(problem) ? 'failure' : 'warning',
  title: problem.code,
  message: problem.message,
});
