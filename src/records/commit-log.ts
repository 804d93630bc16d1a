import type { CommitText } from '../core/duties/commit-text.ts';
import type { Sha } from '../core/values.ts';
import type { CommitRange } from '../ports/mirror.ts';

type Git = (repository: string, args: readonly string[]) => Promise<string | undefined>;

/** Fields of a commit, in the order of the format below; git forbids NUL in all of them. */
const FIELDS = 7;
const FORMAT = '%H%x00%P%x00%an%x00%ae%x00%cn%x00%ce%x00%B';
const startOfCommit = '\u0001';

/** Reads a range of commits, children before parents. Undefined: there are more than `most`, or git lacks a commit. */
export async function readCommits(
  git: Git,
  repository: string,
  { until, since, path, firstParent, most }: CommitRange,
): Promise<readonly CommitText[] | undefined> {
  if (until.length === 0 || ![...until, ...since].every((sha) => /^[0-9a-f]{40}$/.test(sha)))
    return undefined;
  const range = [
    '--no-show-signature',
    // A change on a side branch that a merge set aside is still somebody's revision.
    firstParent ? '--first-parent' : '--full-history',
    ...until,
    ...since.map((sha) => `^${sha}`),
    '--',
    ...(path === undefined ? [] : [`:(top,literal)${path}`]),
  ];
  const form = ['-z', '--topo-order', '--encoding=UTF-8', `--format=${FORMAT}`];
  const listed = await git(repository, ['log', ...form, `--max-count=${most + 1}`, ...range]);
  const commits = listed === undefined ? undefined : parseLog(listed);
  if (commits === undefined || commits.length > most) return undefined;
  const merges = path !== undefined && !firstParent && commits.some(({ parents }) => parents.length > 1);
  if (!merges) return commits;
  const combined = await git(repository, [
    'log',
    '--merges',
    '-c',
    '--name-only',
    '--format=%x01%H',
    ...range,
  ]);
  return combined === undefined ? undefined : withoutIdleMerges(commits, combined);
}

/** A merge that took the file as one of its sides had it changed nothing itself; git lists it where the other differs. */
function withoutIdleMerges(commits: readonly CommitText[], combined: string): readonly CommitText[] {
  const own = new Set(
    combined
      .split(startOfCommit)
      .filter((entry) => entry.slice(40).trim() !== '')
      .map((entry) => entry.slice(0, 40)),
  );
  return commits.filter(({ sha, parents }) => parents.length < 2 || own.has(sha));
}

function parseLog(text: string): readonly CommitText[] {
  const fields = text.split('\0');
  const commits: CommitText[] = [];
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [sha = '', parents = '', name = '', email = '', otherName = '', otherEmail = '', message = ''] =
      fields.slice(at, at + FIELDS);
    commits.push({
      sha: sha as Sha,
      parents: parents === '' ? [] : parents.split(' '),
      author: { name, email },
      committer: { name: otherName, email: otherEmail },
      message,
    });
  }
  return commits;
}
