import type { Hono } from 'hono';
import type { FileChange, GitCommit } from '../git/git-repository.ts';
import { isPull, latestRuns, runsOn } from '../state/lookup.ts';
import { needs } from '../state/permissions.ts';
import { mergePull } from '../state/pulls.ts';
import { createReview, type ReviewEvent } from '../state/reviews.ts';
import type { PullIssue } from '../state/types.ts';
import { CheckList } from './check-list.tsx';
import { CommitList } from './commits.tsx';
import { CommentForm, Conversation } from './conversation.tsx';
import { ChangedFiles, type Remark } from './diff.tsx';
import { IssueList, IssueTitle, listedPulls, StateWord } from './issues.tsx';
import { counted, FormToken, show } from './layout.tsx';
import { mergeObstacles, type Obstacles } from './merge-obstacles.ts';
import { RepositoryFrame } from './repository-frame.tsx';
import { encodePath } from './revision.ts';
import { field, inRepository, leave, onIssue, type PageContext, type PagesEnv, type Place } from './visit.ts';

type PullPlace = Place & { readonly issue: PullIssue };
type PullProps = {
  readonly place: PullPlace;
  readonly commits: readonly GitCommit[];
  readonly files: readonly FileChange[];
  readonly obstacles: Obstacles;
};

function Merge({ place, obstacles }: Pick<PullProps, 'place' | 'obstacles'>) {
  const { visit, path, issue } = place;
  if (issue.state !== 'open' || visit.account === null) return null;
  const reasons = [...new Set([...obstacles.merge, ...obstacles.squash])];
  const blocked = obstacles.merge.length > 0 && obstacles.squash.length > 0;
  return (
    <section class="box" aria-label="Merge">
      <div class="inner">
        {reasons.length === 0 ? (
          <p>
            This branch can be merged into <code>{issue.pull.baseRef}</code>.
          </p>
        ) : (
          <>
            <p>
              <strong>{blocked ? 'Merging is blocked.' : 'Not every way of merging is open.'}</strong>
            </p>
            <ul>
              {reasons.map((reason) => (
                <li>{reason}</li>
              ))}
            </ul>
          </>
        )}
        <form method="post" action={`${path}/pull/${issue.number}/merge`} class="actions">
          <FormToken visit={visit} />
          <input type="hidden" name="sha" value={issue.pull.headSha} />
          <button
            type="submit"
            name="method"
            value="merge"
            class="good"
            disabled={obstacles.merge.length > 0}
          >
            Merge pull request
          </button>
          <button type="submit" name="method" value="squash" disabled={obstacles.squash.length > 0}>
            Squash and merge
          </button>
        </form>
      </div>
    </section>
  );
}

function ReviewForm({ place }: { readonly place: PullPlace }) {
  const { visit, path, issue } = place;
  if (visit.account === null || issue.state !== 'open') return null;
  const own = visit.account.id === issue.authorId;
  return (
    <form method="post" action={`${path}/pull/${issue.number}/reviews`} class="box">
      <header>
        <strong>Review</strong>
        {own ? <span class="soft small">You cannot approve your own pull request.</span> : null}
      </header>
      <div class="inner">
        <FormToken visit={visit} />
        <label for="review">What you found</label>
        <textarea id="review" name="body"></textarea>
        <p class="actions">
          <button type="submit" name="event" value="APPROVE" class="good" disabled={own}>
            Approve
          </button>
          <button type="submit" name="event" value="REQUEST_CHANGES" class="bad" disabled={own}>
            Request changes
          </button>
          <button type="submit" name="event" value="COMMENT">
            Review without a verdict
          </button>
        </p>
      </div>
    </form>
  );
}

function PullPage({ place, commits, files, obstacles }: PullProps) {
  const { visit, repository, path, issue } = place;
  const { pull } = issue;
  const runs = latestRuns(runsOn(visit.host.state, repository, pull.headSha));
  const remarks: Remark[] = runs.flatMap((run) =>
    run.annotations.map((annotation) => ({ check: run.name, annotation })),
  );
  return (
    <RepositoryFrame place={place} tab="pulls">
      <IssueTitle issue={issue} />
      <p class="row">
        <StateWord issue={issue} />
        <span>
          <a href={`${path}/tree/${encodePath(pull.headRef)}`}>
            <code>{pull.headRef}</code>
          </a>{' '}
          into{' '}
          <a href={`${path}/tree/${encodePath(pull.baseRef)}`}>
            <code>{pull.baseRef}</code>
          </a>
        </span>
        <a href="#commits">{counted(commits.length, 'commit')}</a>
        <a href="#changes">{counted(files.length, 'file')}</a>
      </p>
      <Conversation place={place} />
      <div id="checks" data-live>
        <CheckList place={place} runs={runs} />
      </div>
      <Merge place={place} obstacles={obstacles} />
      <ReviewForm place={place} />
      <CommentForm place={place} />
      <h2 id="commits">Commits</h2>
      <CommitList place={place} commits={commits} />
      <h2 id="changes">Changes</h2>
      <div id="changed" data-live>
        <ChangedFiles files={files} blob={`${path}/blob/${pull.headSha}`} remarks={remarks} />
      </div>
    </RepositoryFrame>
  );
}

async function showPull(context: PageContext, place: PullPlace): Promise<Response> {
  const { visit, repository, issue } = place;
  const git = visit.host.git(repository);
  const { baseSha, headSha } = issue.pull;
  const from = await git.mergeBase(baseSha, headSha);
  const commits = [...(await git.commitsBetween(baseSha, headSha, { limit: 250 }))].reverse();
  const files = await git.changedFiles(from, headSha, true);
  const obstacles = await mergeObstacles(visit, repository, issue);
  const props = { place, commits, files, obstacles };
  return show(context, `${issue.title} #${issue.number}`, <PullPage {...props} />);
}

const onPull = (handle: (context: PageContext, place: PullPlace) => Response | Promise<Response>) =>
  onIssue(needs.readPulls, 'pull', (context, place) =>
    isPull(place.issue) ? handle(context, { ...place, issue: place.issue }) : context.notFound(),
  );

const reviewEvents: readonly ReviewEvent[] = ['APPROVE', 'REQUEST_CHANGES', 'COMMENT'];

export function pullRoutes(app: Hono<PagesEnv>): void {
  const at = '/:owner/:repo/pull/:number{[0-9]+}';
  app.get(
    '/:owner/:repo/pulls',
    inRepository(needs.readPulls, (context, place) =>
      show(
        context,
        'Pull requests',
        <RepositoryFrame place={place} tab="pulls">
          <div class="row">
            <h1>Pull requests</h1>
            {place.visit.account === null ? null : (
              <a class="button push" href={`${place.path}/compare`}>
                New pull request
              </a>
            )}
          </div>
          <IssueList place={place} issues={listedPulls(place)} word="pull requests" />
        </RepositoryFrame>,
      ),
    ),
  );
  app.get(at, onPull(showPull));
  app.post(
    `${at}/reviews`,
    onPull((context, { visit, repository, path, issue }) => {
      const event = reviewEvents.find((one) => one === field(visit, 'event')) ?? 'COMMENT';
      const input = { event, body: field(visit, 'body') };
      const outcome = createReview(visit.host, visit.viewer, repository, issue, input);
      return leave(context, outcome, `${path}/pull/${issue.number}`);
    }),
  );
  app.post(
    `${at}/merge`,
    onPull(async (context, { visit, repository, path, issue }) => {
      const method = field(visit, 'method') === 'squash' ? 'squash' : 'merge';
      const wish = { method, headSha: field(visit, 'sha') } as const;
      const outcome = await mergePull(visit.host, visit.viewer, repository, issue, wish);
      return leave(context, outcome, `${path}/pull/${issue.number}`, 'Merged.');
    }),
  );
}
