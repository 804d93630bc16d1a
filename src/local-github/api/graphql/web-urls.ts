// Addresses of the pages that GraphQL's `url` fields name.

import { repositoryPage } from '../../render/urls.ts';
import type { Host } from '../../state/host.ts';
import { issueById, repositoryById } from '../../state/lookup.ts';
import type { CheckRun, Comment, Issue, Repository, Review } from '../../state/types.ts';

export const issueUrl = (host: Host, row: Issue): string => {
  const page = row.pull === null ? 'issues' : 'pull';
  return `${repositoryPage(host, repositoryById(host.state, row.repositoryId))}/${page}/${row.number}`;
};

export const commentUrl = (host: Host, row: Comment): string =>
  `${issueUrl(host, issueById(host.state, row.issueId))}#issuecomment-${row.id}`;

export const reviewUrl = (host: Host, row: Review): string =>
  `${issueUrl(host, issueById(host.state, row.issueId))}#pullrequestreview-${row.id}`;

export const runUrl = (host: Host, row: CheckRun): string =>
  `${repositoryPage(host, repositoryById(host.state, row.repositoryId))}/runs/${row.id}`;

export const commitUrl = (host: Host, row: Repository, sha: string): string =>
  `${repositoryPage(host, row)}/commit/${sha}`;
