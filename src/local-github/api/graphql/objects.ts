// Git objects: commits, trees and blobs of a repository, read when a query asks for them.

import type { GitCommit, GitEntry, GitSignature } from '../../git/git-repository.ts';
import { accountOfEmail } from '../../state/commits.ts';
import { secondsOnly } from '../../state/host.ts';
import { nodeId } from '../../state/node-ids.ts';
import { needs, permit } from '../../state/permissions.ts';
import { pullsWithCommit } from '../../state/pulls.ts';
import type { Repository } from '../../state/types.ts';
import { suitePage } from './checks.ts';
import { type CommitSource, commitAt } from './commits.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { orRefuse } from './failure.ts';
import { fields, type Types } from './resolver.ts';
import { issueOrPull, repository, user } from './sources.ts';
import { commitUrl } from './web-urls.ts';

type InRepository = { readonly repository: Repository; readonly oid: string };
type TreeSource = InRepository & { readonly kind: 'Tree'; readonly prefix: string };
type BlobSource = InRepository & { readonly kind: 'Blob'; readonly content: Buffer };
export type ObjectSource = CommitSource | TreeSource | BlobSource;

const hasControl = (text: string): boolean => [...text].some((character) => character < ' ');

/** What a revision names; `revision` is anything `git rev-parse` knows, so also `main:releases/one.yml`. */
export async function objectAt(
  context: Context,
  row: Repository,
  revision: string,
): Promise<ObjectSource | null> {
  orRefuse(permit(context.host, context.viewer, row, needs.readContents));
  // A line break would be a second request to git's batch reader; a dash could be read as an option.
  if (hasControl(revision) || revision.startsWith('-')) return null;
  const found = await context.host.git(row).readObject(revision);
  switch (found?.type) {
    case 'commit':
      return commitAt(context, row, found.sha);
    case 'tree':
      return { kind: 'Tree', repository: row, oid: found.sha, prefix: pathOf(revision) };
    case 'blob':
      return { kind: 'Blob', repository: row, oid: found.sha, content: found.content };
    default:
      return null;
  }
}

function pathOf(revision: string): string {
  const colon = revision.indexOf(':');
  const path = colon < 0 ? '' : revision.slice(colon + 1).replace(/\/$/, '');
  return path === '' ? '' : `${path}/`;
}

type EntrySource = { readonly entry: GitEntry; readonly tree: TreeSource };

async function entries(tree: TreeSource, { host }: Context): Promise<EntrySource[]> {
  const found = (await host.git(tree.repository).readTree(tree.oid, false)) ?? [];
  return found.map((entry) => ({ entry, tree }));
}

async function parents(source: CommitSource, args: PageArguments, context: Context) {
  const page = paginate('parents', source.row.parents, args, (sha) => sha);
  return { ...page, nodes: page.nodes.map((sha) => commitAt(context, source.repository, sha)) };
}

/** GitHub signs what it commits itself; commits that were pushed carry no signature here. */
const signature = ({ repository: row, oid }: CommitSource) =>
  row.verifiedCommits.includes(oid)
    ? { kind: 'GpgSignature', isValid: true, state: 'VALID', wasSignedByGitHub: true }
    : null;

/** The author and the co-authors whom the message names, each address once. */
const authorsOf = ({ author, message }: GitCommit): readonly GitSignature[] => {
  const named = [...message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^<>]+)>\s*$/gim)];
  const all = [author, ...named.map(([, name = '', email = '']) => ({ name, email, date: author.date }))];
  return [...new Map(all.map((one) => [one.email.toLowerCase(), one])).values()];
};

const utc = (date: string): string => secondsOnly(new Date(date));

const objectFields = {
  oid: ({ oid }: InRepository) => oid,
  abbreviatedOid: ({ oid }: InRepository) => oid.slice(0, 7),
  repository: (source: InRepository) => repository(source.repository),
};

const objectId = (kind: 'commit' | 'tree' | 'blob', source: InRepository): string =>
  nodeId(kind, `${source.repository.id}:${source.oid}`);

export const objectTypes: Types = {
  Commit: fields<CommitSource>({
    ...objectFields,
    id: (source) => objectId('commit', source),
    url: (source, _: unknown, { host }) => commitUrl(host, source.repository, source.oid),
    message: ({ row }) => row.message.trimEnd(),
    messageHeadline: ({ row }) => row.message.split('\n')[0] ?? '',
    messageBody: ({ row }) => row.message.split('\n').slice(1).join('\n').trim(),
    committedDate: ({ row }) => utc(row.committer.date),
    authoredDate: ({ row }) => utc(row.author.date),
    author: ({ row }) => row.author,
    committer: ({ row }) => row.committer,
    authors: ({ row }, args: PageArguments) =>
      paginate('authors', authorsOf(row), args, ({ email }) => email),
    tree: ({ repository: row, row: commit }) => ({
      kind: 'Tree',
      repository: row,
      oid: commit.treeSha,
      prefix: '',
    }),
    parents: (source, args: PageArguments, context) => parents(source, args, context),
    signature: (source) => signature(source),
    associatedPullRequests: async (source, args: PageArguments, context) => {
      orRefuse(permit(context.host, context.viewer, source.repository, needs.readPulls));
      const pulls = await pullsWithCommit(context.host, source.repository, source.oid);
      return paginate('associatedPullRequests', pulls.map(issueOrPull), args, (each) => each.row.id);
    },
    checkSuites: (source, args: Parameters<typeof suitePage>[2], context) => {
      orRefuse(permit(context.host, context.viewer, source.repository, needs.readChecks));
      return suitePage(context, { repository: source.repository, sha: source.oid }, args);
    },
  }),
  GitActor: fields<GitSignature>({
    user: ({ email }, _: unknown, { host }) => {
      const row = accountOfEmail(host, email);
      return row === null || row.kind === 'Organization' ? null : user(row);
    },
  }),
  Tree: fields<TreeSource>({
    ...objectFields,
    id: (source) => objectId('tree', source),
    entries: (source, _: unknown, context) => entries(source, context),
  }),
  TreeEntry: fields<EntrySource>({
    name: ({ entry }) => entry.path.split('/').at(-1),
    path: ({ entry, tree }) => `${tree.prefix}${entry.path}`,
    mode: ({ entry }) => Number.parseInt(entry.mode, 8),
    type: ({ entry }) => entry.type,
    oid: ({ entry }) => entry.sha,
    object: ({ entry, tree }, _: unknown, context) => objectAt(context, tree.repository, entry.sha),
  }),
  Blob: fields<BlobSource>({
    ...objectFields,
    id: (source) => objectId('blob', source),
    byteSize: ({ content }) => content.length,
    isBinary: ({ content }) => content.includes(0),
    text: ({ content }) => (content.includes(0) ? null : content.toString('utf8')),
  }),
};
