import { markdown } from '../messages/escape.ts';
import { listed, plural } from '../messages/people.ts';
import type { Problem } from '../problem.ts';
import type { Annotation, CheckContent } from '../release/surface.ts';
import type { Sha } from '../values.ts';
import { isError } from './inventory.ts';

/** The name that branch protection can require; it means the same in every repository, for ever (T4). */
export const MANIFEST_CHECK = 'countersign/manifest';

/** GitHub takes at most this many annotations in one request. */
const MOST_ANNOTATIONS = 50;

/** What one pull request would bring in: its number (0: the default branch itself) and what is wrong with it, by path. */
export type Proposal = {
  readonly number: number;
  /** Manifests and configuration that it adds or changes. */
  readonly changed: readonly string[];
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** What else it would bring about, as lines of Markdown. */
  readonly notes?: readonly string[];
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
  return {
    name: MANIFEST_CHECK,
    commit,
    conclusion: errors.length > 0 ? 'failure' : 'success',
    title: titleOf(errors.length, files.length),
    summary: [summaryOf(all, files), ...new Set(proposals.flatMap(({ notes = [] }) => notes))].join('\n'),
    externalId,
    annotations: all.slice(0, MOST_ANNOTATIONS).map(annotation),
  };
}

type Placed = { readonly path: string; readonly problem: Problem };

function titleOf(errors: number, files: number): string {
  if (errors > 0) return `${plural(errors, 'error', 'errors')} in release files`;
  return files === 0 ? 'No release file changed' : `${plural(files, 'release file', 'release files')} valid`;
}

function summaryOf(all: readonly Placed[], files: readonly string[]): string {
  const shown = all
    .slice(0, 200)
    .map(
      ({ path, problem: { severity, code, position, message } }) =>
        `- ${markdown(path)}:${position.line}:${position.column}: ${severity} ${code}: ${markdown(message)}`,
    );
  const rest = all.length > shown.length ? [`- … and ${all.length - shown.length} more`] : [];
  if (all.length > 0) return [...shown, ...rest].join('\n');
  return files.length === 0 ? 'Nothing to check.' : `Checked: ${listed(files.slice(0, 50).map(markdown))}.`;
}

const annotation = ({ path, problem }: Placed): Annotation => ({
  path,
  position: problem.position,
  level: isError(problem) ? 'failure' : 'warning',
  title: problem.code,
  message: problem.message,
});
