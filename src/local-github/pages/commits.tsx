import type { Hono } from 'hono';
import type { FileChange, GitCommit } from '../git/git-repository.ts';
import { accountOfEmail } from '../state/commits.ts';
import { latestRuns, runsOn } from '../state/lookup.ts';
import { needs } from '../state/permissions.ts';
import { CheckList } from './check-list.tsx';
import { ChangedFiles } from './diff.tsx';
import { show, When, Who } from './layout.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { encodePath, pageNumber, type Revision, readRevision, restOf } from './revision.ts';
import { inRepository, type PagesEnv, type Place } from './visit.ts';

const perPage = 50;
const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** Who, what and when, in one line. */
export function CommitLine({ place, commit }: { readonly place: Place; readonly commit: GitCommit }) {
  const account = accountOfEmail(place.visit.host, commit.author.email);
  const verified = place.repository.verifiedCommits.includes(commit.sha);
  return (
    <>
      <span class="grow">
        <a href={`${place.path}/commit/${commit.sha}`}>{firstLine(commit.message)}</a>
        <br />
        <span class="small">
          {account === null ? commit.author.name : <Who account={account} />}{' '}
          {verified ? <span class="badge added">Verified</span> : null}
        </span>
      </span>
      <a class="sha" href={`${place.path}/commit/${commit.sha}`}>
        {commit.sha.slice(0, 7)}
      </a>
      <When at={commit.committer.date} />
    </>
  );
}

export const CommitList = ({ place, commits }: { place: Place; commits: readonly GitCommit[] }) => (
  <div class="box">
    <ul class="list">
      {commits.map((commit) => (
        <li>
          <CommitLine place={place} commit={commit} />
        </li>
      ))}
    </ul>
  </div>
);

type CommitsProps = { place: Place; revision: Revision; commits: readonly GitCommit[]; page: number };

function Commits({ place, revision, commits, page }: CommitsProps) {
  const shown = commits.slice(0, perPage);
  const at = (number: number) => `${place.visit.url.pathname}?page=${number}`;
  return (
    <RepositoryFrame place={place} tab="code">
      <h1>
        Commits of <a href={`${place.path}/tree/${encodePath(revision.name)}`}>{revision.name}</a>
        {revision.path === '' ? '' : `: ${revision.path}`}
      </h1>
      <CommitList place={place} commits={shown} />
      <p class="row">
        {page > 1 ? <a href={at(page - 1)}>Newer</a> : null}
        {commits.length > perPage ? <a href={at(page + 1)}>Older</a> : null}
      </p>
    </RepositoryFrame>
  );
}

function Commit({ place, commit, files }: { place: Place; commit: GitCommit; files: readonly FileChange[] }) {
  const { path, visit, repository } = place;
  const rest = commit.message.split('\n').slice(1).join('\n').trim();
  const runs = latestRuns(runsOn(visit.host.state, repository, commit.sha));
  return (
    <RepositoryFrame place={place} tab="code">
      <h1>{firstLine(commit.message)}</h1>
      {rest === '' ? null : <pre class="text">{rest}</pre>}
      <div class="box">
        <ul class="list">
          <li>
            <CommitLine place={place} commit={commit} />
          </li>
          <li class="small">
            <span class="sha">{commit.sha}</span>
            {commit.parents.map((sha) => (
              <span>
                parent{' '}
                <a class="sha" href={`${path}/commit/${sha}`}>
                  {sha.slice(0, 7)}
                </a>
              </span>
            ))}
            <a href={`${path}/tree/${commit.sha}`}>Browse files</a>
          </li>
        </ul>
      </div>
      <div id="checks" data-live>
        <CheckList place={place} runs={runs} />
      </div>
      <h2>Changes</h2>
      <ChangedFiles files={files} blob={`${path}/blob/${commit.sha}`} />
    </RepositoryFrame>
  );
}

export function commitRoutes(app: Hono<PagesEnv>): void {
  app.get(
    '/:owner/:repo/commits/*',
    inRepository(needs.readContents, async (context, place) => {
      const git = place.visit.host.git(place.repository);
      const revision = await readRevision(git, restOf(context));
      if (revision === null) return context.notFound();
      const page = pageNumber(place.visit.url);
      const bounds = { limit: perPage + 1, skip: (page - 1) * perPage };
      const within = revision.path === '' ? bounds : { ...bounds, path: revision.path };
      const commits = await git.commitsBetween(null, revision.commit.sha, within);
      const props = { place, revision, commits, page };
      return show(context, `Commits of ${revision.name}`, <Commits {...props} />);
    }),
  );
  app.get(
    '/:owner/:repo/commits',
    inRepository(needs.readContents, (context, { path, repository }) =>
      context.redirect(`${path}/commits/${encodePath(repository.defaultBranch)}`, 303),
    ),
  );
  app.get(
    '/:owner/:repo/commit/:sha{[0-9a-f]+}',
    inRepository(needs.readContents, async (context, place) => {
      const git = place.visit.host.git(place.repository);
      const commit = await git.readCommit(context.req.param('sha') ?? '');
      if (commit === null) return context.notFound();
      const files = await git.changedFiles(commit.parents[0] ?? null, commit.sha, true);
      return show(context, firstLine(commit.message), <Commit place={place} commit={commit} files={files} />);
    }),
  );
}
