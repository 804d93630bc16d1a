import type { Hono } from 'hono';
import { commitOnBranch } from '../state/commits.ts';
import { invalid, type Outcome } from '../state/outcome.ts';
import { needs } from '../state/permissions.ts';
import { FormToken, show } from './layout.tsx';
import { createRef } from './refs.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { encodePath, readRevision, restOf } from './revision.ts';
import { field, inRepository, leave, type PagesEnv, type Place } from './visit.ts';

type EditorProps = {
  readonly place: Place;
  readonly branch: string;
  readonly path: string;
  /** Null for a new file. */
  readonly content: string | null;
};

function Editor({ place, branch, path, content }: EditorProps) {
  return (
    <RepositoryFrame place={place} tab="code">
      <h1>{content === null ? 'New file' : `Edit ${path}`}</h1>
      <form method="post" action={`${place.path}/edit`}>
        <FormToken visit={place.visit} />
        <input type="hidden" name="branch" value={branch} />
        <label for="path">Path</label>
        <input type="text" id="path" name="path" value={path} required readonly={content !== null} />
        <label for="content">Content</label>
        <textarea id="content" name="content" class="code" spellcheck={false}>
          {`\n${content ?? ''}`}
        </textarea>
        <label for="message">Commit message</label>
        <input type="text" id="message" name="message" required />
        <label for="new-branch">
          New branch <span class="soft">(empty: commit to {branch})</span>
        </label>
        <input type="text" id="new-branch" name="new_branch" />
        <p class="actions">
          <button type="submit" class="main">
            Commit
          </button>
        </p>
      </form>
    </RepositoryFrame>
  );
}

/** Commits one file, onto a new branch where one is named. */
async function commit(
  place: Place,
): Promise<{ readonly outcome: Outcome<unknown>; readonly branch: string }> {
  const { visit, repository } = place;
  const from = field(visit, 'branch');
  const branch = field(visit, 'new_branch').trim() || from;
  const path = field(visit, 'path').trim().replace(/^\/+/, '');
  const message = field(visit, 'message').trim();
  if (message === '') return { outcome: invalid([], 'A commit needs a message.'), branch: from };
  if (branch !== from) {
    const made = await createRef(visit, repository, 'branch', branch, from);
    if (!made.ok) return { outcome: made, branch: from };
  }
  // Files keep the line ends of git, not those of a form.
  const content = Buffer.from(field(visit, 'content').replaceAll('\r\n', '\n'));
  const edits = [{ path, content }];
  const input = { branch, expectedHead: null, message, edits };
  return { outcome: await commitOnBranch(visit.host, visit.viewer, repository, input), branch };
}

export function editRoutes(app: Hono<PagesEnv>): void {
  app.get(
    '/:owner/:repo/new/*',
    inRepository(needs.writeContents, async (context, place) => {
      const revision = await readRevision(place.visit.host.git(place.repository), restOf(context));
      if (revision === null) return context.notFound();
      const path = revision.path === '' ? '' : `${revision.path}/`;
      return show(
        context,
        'New file',
        <Editor place={place} branch={revision.name} path={path} content={null} />,
      );
    }),
  );
  app.get(
    '/:owner/:repo/edit/*',
    inRepository(needs.writeContents, async (context, place) => {
      const git = place.visit.host.git(place.repository);
      const revision = await readRevision(git, restOf(context));
      const entry = revision && (await git.entryAt(revision.commit.sha, revision.path));
      const object = entry?.type === 'blob' ? await git.readObject(entry.sha) : null;
      if (!revision || object === null) return context.notFound();
      const content = object.content.toString('utf8');
      return show(
        context,
        `Edit ${revision.path}`,
        <Editor place={place} branch={revision.name} path={revision.path} content={content} />,
      );
    }),
  );
  app.post(
    '/:owner/:repo/edit',
    inRepository(needs.writeContents, async (context, place) => {
      const { outcome, branch } = await commit(place);
      const main = place.repository.defaultBranch;
      const onto = branch === main ? `${place.path}/tree/${encodePath(branch)}` : null;
      const to = onto ?? `${place.path}/compare?head=${encodeURIComponent(branch)}`;
      return leave(
        context,
        outcome,
        outcome.ok ? to : `${place.path}/tree/${encodePath(branch)}`,
        'Committed.',
      );
    }),
  );
}
