import type { KeptApart, Reason } from '../release/apart.ts';
import type { DutyGap } from '../release/duties.ts';
import type { Sha } from '../values.ts';
import { markdown } from './escape.ts';
import { listed, plural } from './people.ts';

const short = (commit: Sha): string => commit.slice(0, 7);
const named = (commits: readonly Sha[]): string => listed(commits.map(short));

/** Commits and people that a page names before it only counts. */
const MOST_NAMED = 20;

/** Why nobody can be sure who the committers are, and what to do about it. Plain text: sinks escape it. */
export function dutySentence(gap: DutyGap, act: 'approve' | 'overrule' = 'approve'): string {
  const rule =
    act === 'approve' ? 'Committers may not approve this' : 'Committers may not overrule anything here';
  switch (gap.kind) {
    case 'no-beginning':
      return `${rule}, and it is not known where their commits begin: write target.since in the manifest, the tag or commit that was released before.`;
    case 'unknown':
      return `${rule}, and it is not known who they are: ${gap.why}.`;
    case 'unattributable':
      return `${rule}, and nobody can tell who made ${plural(gap.commits.length, 'commit', 'commits')} of this release: ${named(gap.commits.slice(0, MOST_NAMED).map(({ commit }) => commit))}.`;
  }
}

/** A line a commit that nobody can be found for, and what mends it. */
export function unattributableLines(
  commits: Extract<DutyGap, { kind: 'unattributable' }>['commits'],
): readonly string[] {
  const shown = commits.slice(0, MOST_NAMED).map(({ commit, name, why }) => {
    const reason =
      why === 'no-account' ? 'the e-mail address belongs to no account' : 'nobody is known to have pushed it';
    return `- \`${short(commit)}\` by ${markdown(name)}: ${reason}`;
  });
  const rest = commits.length - shown.length;
  return [
    ...shown,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
    '',
    'Whoever made them adds the address to their account and comments here; or the release begins again with commits whose makers are known.',
  ];
}

/** The end of a sentence about somebody: why they cannot vote. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'author':
      return reason.change ? 'wrote this change' : 'wrote the manifest';
    case 'committer':
      return `had a hand in ${named(reason.commits)} of this release`;
    case 'approver':
      return `${reason.task ? 'did' : 'approved'} \`${reason.activity}\``;
  }
}

/** A line a person who is kept apart by what they did, authors aside. */
export function apartLines(people: readonly KeptApart[]): readonly string[] {
  const others = people.filter(({ why }) => why.kind !== 'author');
  const shown = others.slice(0, MOST_NAMED).map(({ person, proof, why }) => {
    const may = proof === 'proven' ? 'cannot vote here' : 'may only reject here, for a commit names them';
    return `- ${markdown(person.login)} ${may}: ${reasonWords(why)}`;
  });
  const rest = others.length - shown.length;
  return rest > 0 ? [...shown, `- and ${rest} more, whom the record names`] : shown;
}
