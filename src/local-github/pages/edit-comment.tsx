import type { Comment } from '../state/types.ts';
import { FormToken, show } from './layout.tsx';
import type { PageContext, Place } from './visit.ts';

type EditPlace = Place & { readonly comment: Comment; readonly back: string };

/** The form to change a comment. Who may is judged when it comes back. */
export function editCommentPage(context: PageContext, { visit, path, comment, back }: EditPlace): Response {
  return show(
    context,
    'Edit comment',
    <>
      <h1>Edit comment</h1>
      <form method="post" action={`${path}/comments/${comment.id}/edit`}>
        <FormToken visit={visit} />
        <label for="body">Comment</label>
        <textarea id="body" name="body">
          {`\n${comment.body}`}
        </textarea>
        <p class="actions">
          <button type="submit" class="main">
            Save
          </button>
          <a class="button" href={back}>
            Cancel
          </a>
        </p>
      </form>
    </>,
  );
}
