import { raw } from 'hono/html';
import { accountById, commentsOf } from '../state/lookup.ts';
import { holds } from '../state/permissions.ts';
import type { Comment, Issue, Reaction, Review, TimelineEvent } from '../state/types.ts';
import { ActButton, FormToken, When, Who } from './layout.tsx';
import { renderConversation } from './markdown.ts';
import { issuePath, type Place } from './visit.ts';

export type IssuePlace = Place & { readonly issue: Issue };

const faces: Readonly<Record<Reaction['content'], string>> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  rocket: '🚀',
  eyes: '👀',
};

function Reactions({ place, reactions }: { readonly place: Place; readonly reactions: readonly Reaction[] }) {
  const contents = [...new Set(reactions.map((row) => row.content))];
  if (contents.length === 0) return null;
  const { state } = place.visit.host;
  return (
    <p class="row small">
      {contents.map((content) => {
        const by = reactions.filter((row) => row.content === content);
        const names = by.map((row) => accountById(state, row.userId).login).join(', ');
        return (
          <span class="count" title={names}>
            {faces[content]} {by.length}
          </span>
        );
      })}
    </p>
  );
}

type EntryProps = {
  readonly place: IssuePlace;
  readonly id: string;
  readonly authorId: number;
  readonly viaAppId: number | null;
  readonly at: string;
  readonly body: string;
  readonly verb: string;
  readonly edited?: string | null;
  readonly reactions?: readonly Reaction[];
  /** Addresses of the forms to change and delete it, for people who may. */
  readonly change?: { readonly edit: string; readonly remove: string };
};

function Entry(props: EntryProps) {
  const { place, id, authorId, viaAppId, at, body, verb, edited, reactions = [], change } = props;
  const { state } = place.visit.host;
  const author = accountById(state, authorId);
  const via = viaAppId === null || author.kind === 'Bot' ? null : state.apps.get(viaAppId);
  return (
    <article class="box" id={id}>
      <header>
        <Who account={author} />
        <span class="soft">
          {verb}
          {via ? ` through ${via.name}` : ''}
        </span>
        <When at={at} />
        {edited ? <span class="soft small">edited</span> : null}
        {change === undefined ? null : (
          <span class="push row small">
            <a href={change.edit}>Edit</a>
            <ActButton visit={place.visit} action={change.remove} style="bad">
              Delete
            </ActButton>
          </span>
        )}
      </header>
      <div class="inner">
        <div class="markdown">
          {body.trim() === '' ? (
            <p class="soft">No description.</p>
          ) : (
            raw(renderConversation(body, `${place.path}/`))
          )}
        </div>
        <Reactions place={place} reactions={reactions} />
      </div>
    </article>
  );
}

function CommentEntry({ place, comment }: { readonly place: IssuePlace; readonly comment: Comment }) {
  const { visit, repository, issue, path } = place;
  const permission = issue.pull ? 'pull_requests' : 'issues';
  const mine = visit.account?.id === comment.authorId;
  const may = mine || holds(visit.host, visit.viewer, repository, 'write', permission);
  const at = `${path}/comments/${comment.id}`;
  return (
    <Entry
      place={place}
      id={`issuecomment-${comment.id}`}
      authorId={comment.authorId}
      viaAppId={comment.viaAppId}
      at={comment.createdAt}
      body={comment.body}
      verb={comment.createdViaEmail ? 'commented by e-mail' : 'commented'}
      edited={comment.lastEditedAt}
      reactions={comment.reactions}
      {...(may ? { change: { edit: `${at}/edit`, remove: `${at}/delete` } } : {})}
    />
  );
}

const reviewVerbs: Readonly<Record<Review['state'], string>> = {
  APPROVED: 'approved these changes',
  CHANGES_REQUESTED: 'requested changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'gave a review that was dismissed',
  PENDING: 'began a review',
};

function ReviewEntry({ place, review }: { readonly place: IssuePlace; readonly review: Review }) {
  const { state } = place.visit.host;
  const id = `pullrequestreview-${review.id}`;
  if (review.body.trim() !== '')
    return (
      <Entry
        place={place}
        id={id}
        authorId={review.authorId}
        viaAppId={review.viaAppId}
        at={review.submittedAt}
        body={review.body}
        verb={reviewVerbs[review.state]}
      />
    );
  return (
    <p class="row" id={id}>
      <Who account={accountById(state, review.authorId)} />
      <span class={review.state === 'APPROVED' ? 'added' : 'soft'}>{reviewVerbs[review.state]}</span>
      <When at={review.submittedAt} />
    </p>
  );
}

const Deleted = ({ place, event }: { readonly place: IssuePlace; readonly event: TimelineEvent }) => (
  <p class="row soft">
    <Who account={accountById(place.visit.host.state, event.actorId)} /> deleted a comment of{' '}
    {accountById(place.visit.host.state, event.deletedCommentAuthorId).login} <When at={event.createdAt} />
  </p>
);

/** Description, comments, reviews and what became of them, in the order of time. */
export function Conversation({ place }: { readonly place: IssuePlace }) {
  const { issue, visit } = place;
  const { state } = visit.host;
  const comments = commentsOf(state, issue).map((comment) => ({
    at: comment.createdAt,
    entry: <CommentEntry place={place} comment={comment} />,
  }));
  const reviews = [...state.reviews.values()]
    .filter((row) => row.issueId === issue.id)
    .map((review) => ({ at: review.submittedAt, entry: <ReviewEntry place={place} review={review} /> }));
  const events = [...state.events.values()]
    .filter((row) => row.issueId === issue.id)
    .map((event) => ({ at: event.createdAt, entry: <Deleted place={place} event={event} /> }));
  const timeline = [...comments, ...reviews, ...events].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  return (
    <div id="conversation" data-live>
      <Entry
        place={place}
        id="description"
        authorId={issue.authorId}
        viaAppId={issue.viaAppId}
        at={issue.createdAt}
        body={issue.body ?? ''}
        verb="opened this"
        edited={issue.lastEditedAt}
        reactions={issue.reactions}
      />
      {timeline.map(({ entry }) => entry)}
    </div>
  );
}

/** The box to write in, with files to attach, and what else can be done with the issue. */
export function CommentForm({ place }: { readonly place: IssuePlace }) {
  const { visit, issue, path } = place;
  const at = issuePath(path, issue);
  if (visit.account === null)
    return (
      <p class="note plain">
        <a href={`/login?return_to=${encodeURIComponent(at)}`}>Sign in</a> to comment.
      </p>
    );
  const own = visit.account.id === issue.authorId;
  const closes = own || holds(visit.host, visit.viewer, place.repository, 'triage', 'issues');
  return (
    <>
      <form method="post" action={`${at}/comments`} enctype="multipart/form-data" class="box">
        <header>
          <Who account={visit.account} />
        </header>
        <div class="inner">
          <FormToken visit={visit} />
          <label for="body">Comment</label>
          <textarea id="body" name="body"></textarea>
          <label for="files">Attach files</label>
          <input type="file" id="files" name="files" multiple />
          <p class="actions">
            <button type="submit" class="main">
              Comment
            </button>
          </p>
        </div>
      </form>
      {!closes || issue.pull?.mergedAt ? null : (
        <ActButton
          visit={visit}
          action={`${at}/state`}
          fields={{ state: issue.state === 'open' ? 'closed' : 'open' }}
        >
          {issue.state === 'open' ? 'Close' : 'Reopen'} {issue.pull ? 'pull request' : 'issue'}
        </ActButton>
      )}
    </>
  );
}
