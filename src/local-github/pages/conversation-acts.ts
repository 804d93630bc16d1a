import type { Hono } from 'hono';
import { addComment, deleteComment, editComment } from '../state/comments.ts';
import { updateIssue } from '../state/issues.ts';
import { issueById } from '../state/lookup.ts';
import { done, invalid, type Outcome } from '../state/outcome.ts';
import { needs, permit } from '../state/permissions.ts';
import type { Comment } from '../state/types.ts';
import { attachmentLines } from './attachments.ts';
import { editCommentPage } from './edit-comment.tsx';
import {
  field,
  inRepository,
  issuePath,
  leave,
  onIssue,
  type PageContext,
  type PagesEnv,
  type Place,
} from './visit.ts';

/** The text of a form with the addresses of its files below it, as GitHub puts them into a comment. */
export async function bodyWithFiles({ visit, repository }: Place): Promise<Outcome<string>> {
  const text = field(visit, 'body');
  const files = visit.form.getAll('files').filter((file) => typeof file !== 'string' && file.size > 0);
  if (files.length === 0) return done(text);
  const allowed = permit(visit.host, visit.viewer, repository, needs.writeIssues);
  if (!allowed.ok) return allowed;
  const uploads = await Promise.all(
    files.map(async (file) =>
      typeof file === 'string'
        ? { name: '', bytes: Buffer.alloc(0) }
        : { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) },
    ),
  );
  const taken = await visit.keep.attachments.take(uploads, repository.id, visit.session.userId ?? 0);
  if (!taken.ok) return invalid([], taken.message);
  const lines = attachmentLines(visit.host.url(), taken.attachments);
  return done(text.trim() === '' ? lines : `${text}\r\n\r\n${lines}`);
}

type CommentPlace = Place & { readonly comment: Comment; readonly back: string };

/** Finds the comment of the address. */
const onComment = (handle: (context: PageContext, place: CommentPlace) => Response) =>
  inRepository(needs.metadata, (context, place) => {
    const { state } = place.visit.host;
    const comment = state.comments.get(Number(context.req.param('comment')));
    if (comment?.repositoryId !== place.repository.id) return context.notFound();
    const back = issuePath(place.path, issueById(state, comment.issueId));
    return handle(context, { ...place, comment, back });
  });

export function conversationRoutes(app: Hono<PagesEnv>): void {
  const comment = onIssue(needs.metadata, null, async (context, place) => {
    const { visit, issue, path } = place;
    const body = await bodyWithFiles(place);
    if (!body.ok) return leave(context, body, issuePath(path, issue));
    const outcome = addComment(visit.host, visit.viewer, issue, body.value);
    const anchor = outcome.ok ? `#issuecomment-${outcome.value.id}` : '';
    return leave(context, outcome, `${issuePath(path, issue)}${anchor}`);
  });
  const changeState = onIssue(needs.metadata, null, (context, { visit, repository, issue, path }) => {
    const state = field(visit, 'state') === 'open' ? 'open' : 'closed';
    const outcome = updateIssue(visit.host, visit.viewer, repository, issue, { state });
    return leave(context, outcome, issuePath(path, issue));
  });
  for (const kind of ['issues', 'pull']) {
    app.post(`/:owner/:repo/${kind}/:number{[0-9]+}/comments`, comment);
    app.post(`/:owner/:repo/${kind}/:number{[0-9]+}/state`, changeState);
  }
  app.get('/:owner/:repo/comments/:comment{[0-9]+}/edit', onComment(editCommentPage));
  app.post(
    '/:owner/:repo/comments/:comment{[0-9]+}/edit',
    onComment((context, { visit, comment: row, back }) => {
      const outcome = editComment(visit.host, visit.viewer, row, field(visit, 'body'));
      return leave(context, outcome, `${back}#issuecomment-${row.id}`);
    }),
  );
  app.post(
    '/:owner/:repo/comments/:comment{[0-9]+}/delete',
    onComment((context, { visit, comment: row, back }) =>
      leave(context, deleteComment(visit.host, visit.viewer, row), back, 'The comment is gone.'),
    ),
  );
}
