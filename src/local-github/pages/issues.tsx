import type { Hono } from 'hono';
import { createIssue, filterIssues, subIssuesOf } from '../state/issues.ts';
import { accountById, commentsOf } from '../state/lookup.ts';
import { needs } from '../state/permissions.ts';
import type { Issue } from '../state/types.ts';
import { CommentForm, Conversation, type IssuePlace } from './conversation.tsx';
import { bodyWithFiles } from './conversation-acts.ts';
import { counted, FormToken, show, When, Who } from './layout.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { pageNumber } from './revision.ts';
import { field, inRepository, issuePath, leave, onIssue, type PagesEnv, type Place } from './visit.ts';

const perPage = 50;

/** Open, closed, or merged, as a coloured word. */
export function StateWord({ issue }: { readonly issue: Issue }) {
  if (issue.pull?.mergedAt) return <span class="state merged">Merged</span>;
  if (issue.state === 'open') return <span class="state open">{issue.pull?.draft ? 'Draft' : 'Open'}</span>;
  const done = issue.pull === null && issue.stateReason === 'completed';
  return <span class={`state ${done ? 'done' : 'closed'}`}>{done ? 'Completed' : 'Closed'}</span>;
}

type ListProps = { readonly place: Place; readonly issues: readonly Issue[]; readonly word: string };

export function IssueList({ place, issues, word }: ListProps) {
  const { visit, path } = place;
  const { state } = visit.host;
  const open = visit.url.searchParams.get('state') !== 'closed';
  const here = visit.url.pathname;
  const page = pageNumber(visit.url);
  const shown = issues.slice((page - 1) * perPage, page * perPage);
  const at = (number: number) => `${here}?state=${open ? 'open' : 'closed'}&page=${number}`;
  return (
    <>
      <p class="row">
        <a href={here} {...(open ? { 'aria-current': 'page' as const } : {})}>
          Open
        </a>
        <a href={`${here}?state=closed`} {...(open ? {} : { 'aria-current': 'page' as const })}>
          Closed
        </a>
      </p>
      <div class="box" id="list" data-live>
        <ul class="list">
          {issues.length === 0 ? (
            <li class="soft">
              No {open ? 'open' : 'closed'} {word}.
            </li>
          ) : null}
          {shown.map((issue) => (
            <li>
              <span class="grow">
                <a href={issuePath(path, issue)}>
                  <strong>{issue.title}</strong>
                </a>
                {issue.labels.map((label) => (
                  <>
                    {' '}
                    <span class="badge soft">{label}</span>
                  </>
                ))}
                <br />
                <span class="soft small">
                  #{issue.number} by {accountById(state, issue.authorId).login}
                  {issue.parentId === null ? '' : `, part of #${state.issues.get(issue.parentId)?.number}`}
                  {commentsOf(state, issue).length === 0
                    ? ''
                    : `, ${counted(commentsOf(state, issue).length, 'comment')}`}
                </span>
              </span>
              <StateWord issue={issue} />
              <When at={issue.updatedAt} />
            </li>
          ))}
        </ul>
      </div>
      <p class="row">
        {page > 1 ? <a href={at(page - 1)}>Newer</a> : null}
        {issues.length > page * perPage ? <a href={at(page + 1)}>Older</a> : null}
      </p>
    </>
  );
}

const listed = ({ visit, repository }: Place, pulls: 'without' | 'only'): Issue[] => {
  const state = visit.url.searchParams.get('state') === 'closed' ? 'closed' : 'open';
  return filterIssues(visit.host, repository, { state, pulls }).reverse();
};

export const listedPulls = (place: Place): Issue[] => listed(place, 'only');

/** Title, state and number of an issue or pull request. */
export const IssueTitle = ({ issue }: { readonly issue: Issue }) => (
  <h1>
    {issue.title} <span class="soft">#{issue.number}</span>
  </h1>
);

function Family({ place }: { readonly place: IssuePlace }) {
  const { visit, issue, path } = place;
  const parent = issue.parentId === null ? undefined : visit.host.state.issues.get(issue.parentId);
  const children = subIssuesOf(visit.host, issue);
  const closed = children.filter((child) => child.state === 'closed').length;
  return (
    <>
      {parent === undefined ? null : (
        <p>
          Part of{' '}
          <a href={issuePath(path, parent)}>
            {parent.title} #{parent.number}
          </a>
        </p>
      )}
      {children.length === 0 ? null : (
        <section class="box">
          <header>
            <strong>Sub-issues</strong>
            <span class="soft small">
              {closed} of {children.length} done
            </span>
          </header>
          <ul class="list">
            {children.map((child) => (
              <li>
                <a class="grow" href={issuePath(path, child)}>
                  {child.title} <span class="soft">#{child.number}</span>
                </a>
                <StateWord issue={child} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function IssuePage({ place }: { readonly place: IssuePlace }) {
  const { visit, issue } = place;
  const assignees = issue.assigneeIds.map((id) => accountById(visit.host.state, id));
  return (
    <RepositoryFrame place={place} tab="issues">
      <IssueTitle issue={issue} />
      <div id="about" data-live>
        <p class="row">
          <StateWord issue={issue} />
          {issue.labels.map((label) => (
            <span class="badge soft">{label}</span>
          ))}
          {assignees.length === 0 ? null : <span class="soft">assigned to</span>}
          {assignees.map((account) => (
            <Who account={account} />
          ))}
        </p>
        <Family place={place} />
      </div>
      <Conversation place={place} />
      <CommentForm place={place} />
    </RepositoryFrame>
  );
}

function NewIssue({ place }: { readonly place: Place }) {
  return (
    <RepositoryFrame place={place} tab="issues">
      <h1>New issue</h1>
      <form method="post" action={`${place.path}/issues`} enctype="multipart/form-data">
        <FormToken visit={place.visit} />
        <label for="title">Title</label>
        <input type="text" id="title" name="title" required maxlength={256} />
        <label for="body">Description</label>
        <textarea id="body" name="body"></textarea>
        <label for="files">Attach files</label>
        <input type="file" id="files" name="files" multiple />
        <p class="actions">
          <button type="submit" class="main">
            Open issue
          </button>
        </p>
      </form>
    </RepositoryFrame>
  );
}

export function issueRoutes(app: Hono<PagesEnv>): void {
  const at = '/:owner/:repo/issues';
  app.get(
    at,
    inRepository(needs.readIssues, (context, place) =>
      show(
        context,
        'Issues',
        <RepositoryFrame place={place} tab="issues">
          <div class="row">
            <h1>Issues</h1>
            {place.visit.account === null ? null : (
              <a class="button push" href={`${place.path}/issues/new`}>
                New issue
              </a>
            )}
          </div>
          <IssueList place={place} issues={listed(place, 'without')} word="issues" />
        </RepositoryFrame>,
      ),
    ),
  );
  app.get(
    `${at}/new`,
    inRepository(needs.writeIssues, (context, place) =>
      show(context, 'New issue', <NewIssue place={place} />),
    ),
  );
  app.post(
    at,
    inRepository(needs.writeIssues, async (context, place) => {
      const { visit, repository, path } = place;
      const body = await bodyWithFiles(place);
      if (!body.ok) return leave(context, body, `${path}/issues/new`);
      const input = { title: field(visit, 'title').trim(), body: body.value };
      const outcome = createIssue(visit.host, visit.viewer, repository, input);
      return leave(context, outcome, outcome.ok ? issuePath(path, outcome.value) : `${path}/issues/new`);
    }),
  );
  app.get(
    `${at}/:number{[0-9]+}`,
    onIssue(needs.readIssues, 'issue', (context, place) =>
      show(context, `${place.issue.title} #${place.issue.number}`, <IssuePage place={place} />),
    ),
  );
}
