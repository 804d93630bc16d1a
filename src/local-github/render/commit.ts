import type { FileChange, GitCommit, GitSignature } from '../git/git-repository.ts';
import { accountOfEmail } from '../state/commits.ts';
import type { Host } from '../state/host.ts';
import { nodeId } from '../state/node-ids.ts';
import type { Repository } from '../state/types.ts';
import { renderAccount } from './account.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

/** Verified are the commits this host made itself; pushed ones never are, whatever their author line claims. */
export function verificationOf(repository: Repository, commit: GitCommit) {
  const verified = repository.verifiedCommits.includes(commit.sha);
  return {
    verified,
    reason: verified ? 'valid' : 'unsigned',
    signature: verified ? '-----BEGIN PGP SIGNATURE-----\n\nlocal\n-----END PGP SIGNATURE-----' : null,
    payload: verified ? `tree ${commit.treeSha}\n` : null,
    verified_at: verified ? commit.committer.date : null,
  };
}

/** A commit as the git data endpoints show it. */
export function renderGitCommit(host: Host, repository: Repository, commit: GitCommit) {
  const api = repositoryApi(host, repository);
  const page = repositoryPage(host, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('commit', `${repository.id}:${commit.sha}`),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: trimmed(commit.message),
    tree: { sha: commit.treeSha, url: `${api}/git/trees/${commit.treeSha}` },
    parents: parentsOf(api, page, commit, '/git/commits/'),
    verification: verificationOf(repository, commit),
  };
}

const trimmed = (message: string): string => message.replace(/\n+$/, '');

const parentsOf = (api: string, page: string, commit: GitCommit, path: string) =>
  commit.parents.map((sha) => ({ sha, url: `${api}${path}${sha}`, html_url: `${page}/commit/${sha}` }));

function accountOf(host: Host, signature: GitSignature) {
  const account = accountOfEmail(host, signature.email);
  return account === null ? null : renderAccount(host, account);
}

/** A commit as the repository's commit endpoints show it. */
export function renderCommit(host: Host, repository: Repository, commit: GitCommit) {
  const api = repositoryApi(host, repository);
  const page = repositoryPage(host, repository);
  const url = `${api}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId('commit', `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: trimmed(commit.message),
      tree: { sha: commit.treeSha, url: `${api}/git/trees/${commit.treeSha}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: verificationOf(repository, commit),
    },
    url,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(host, commit.author),
    committer: accountOf(host, commit.committer),
    parents: parentsOf(api, page, commit, '/commits/'),
  };
}

export function renderFile(host: Host, repository: Repository, sha: string, file: FileChange) {
  const api = repositoryApi(host, repository);
  const page = repositoryPage(host, repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${sha}/${file.path}`,
    raw_url: `${page}/raw/${sha}/${file.path}`,
    contents_url: `${api}/contents/${file.path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
