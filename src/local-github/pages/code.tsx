import type { Hono } from 'hono';
import { raw } from 'hono/html';
import type { GitEntry } from '../git/git-repository.ts';
import { holds, needs } from '../state/permissions.ts';
import { CommitLine } from './commits.tsx';
import { counted, show } from './layout.tsx';
import { renderMarkdown } from './markdown.ts';
import { problem } from './problem.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { encodePath, type RefNames, type Revision, readRevision, refNames, restOf } from './revision.ts';
import { inRepository, type PageContext, type PagesEnv, type Place } from './visit.ts';

/** Files above this many bytes are not shown in a page. */
const maxShown = 512 * 1024;

/** The way to a file or folder, each part a link. */
export function Crumbs({ place, revision }: { readonly place: Place; readonly revision: Revision }) {
  const parts = revision.path === '' ? [] : revision.path.split('/');
  const tree = `${place.path}/tree/${encodePath(revision.name)}`;
  return (
    <span>
      <a href={tree}>{place.repository.name}</a>
      {parts.map((part, index) => (
        <>
          {' / '}
          {index === parts.length - 1 ? (
            <strong>{part}</strong>
          ) : (
            <a href={`${tree}/${encodePath(parts.slice(0, index + 1).join('/'))}`}>{part}</a>
          )}
        </>
      ))}
    </span>
  );
}

type TreeProps = {
  readonly place: Place;
  readonly revision: Revision;
  readonly names: RefNames;
  readonly entries: readonly GitEntry[];
  readonly readme: string | null;
};

function Toolbar({ place, revision, names }: Pick<TreeProps, 'place' | 'revision' | 'names'>) {
  const { path, visit, repository } = place;
  const ref = encodePath(revision.name);
  const writes = holds(visit.host, visit.viewer, repository, 'write', 'contents');
  return (
    <div class="row">
      <details>
        <summary class="button">{revision.name}</summary>
        <ul>
          {[...names.branches, ...names.tags].map((name) => (
            <li>
              <a href={`${path}/tree/${encodePath(name)}`}>{name}</a>
            </li>
          ))}
        </ul>
      </details>
      <a href={`${path}/branches`}>{counted(names.branches.length, 'branch', 'branches')}</a>
      <a href={`${path}/tags`}>{counted(names.tags.length, 'tag')}</a>
      <a href={`${path}/commits/${ref}`}>Commits</a>
      {writes && names.branches.includes(revision.name) ? (
        <a
          class="button push"
          href={`${path}/new/${ref}${revision.path === '' ? '' : `/${encodePath(revision.path)}`}`}
        >
          Add file
        </a>
      ) : null}
    </div>
  );
}

function Tree({ place, revision, names, entries, readme }: TreeProps) {
  const { path, visit } = place;
  const ref = encodePath(revision.name);
  const prefix = revision.path === '' ? '' : `${revision.path}/`;
  const order = [...entries].sort((a, b) => Number(a.type !== 'tree') - Number(b.type !== 'tree'));
  return (
    <RepositoryFrame place={place} tab="code">
      {place.repository.description === null || revision.path !== '' ? null : (
        <p>{place.repository.description}</p>
      )}
      <Toolbar place={place} revision={revision} names={names} />
      <p>
        <Crumbs place={place} revision={revision} />
      </p>
      <div class="box">
        <header>
          <CommitLine place={place} commit={revision.commit} />
        </header>
        <ul class="list">
          {order.map((entry) => {
            const to = `${path}/${entry.type === 'tree' ? 'tree' : 'blob'}/${ref}/${encodePath(`${prefix}${entry.path}`)}`;
            return (
              <li>
                <a class="grow" href={to}>
                  {entry.path}
                  {entry.type === 'tree' ? '/' : ''}
                </a>
              </li>
            );
          })}
        </ul>
      </div>
      {readme === null ? null : (
        <section class="box">
          <header>README.md</header>
          <div class="inner markdown">
            {raw(renderMarkdown(readme, `${path}/blob/${ref}/${encodePath(prefix)}`))}
          </div>
        </section>
      )}
      <p class="soft small">
        Clone with <code>git clone {`${visit.host.url()}${path}.git`}</code>; the password is your token.
      </p>
    </RepositoryFrame>
  );
}

async function showTree(context: PageContext, place: Place, revision: Revision): Promise<Response> {
  const git = place.visit.host.git(place.repository);
  const entry = await git.entryAt(revision.commit.sha, revision.path);
  if (entry === null) return context.notFound();
  if (entry.type !== 'tree')
    return context.redirect(`${place.path}/blob/${encodePath(`${revision.name}/${revision.path}`)}`, 303);
  const entries = (await git.readTree(entry.sha, false)) ?? [];
  const file = entries.find((row) => row.type === 'blob' && row.path.toLowerCase() === 'readme.md');
  const readme = file ? ((await git.readObject(file.sha))?.content.toString('utf8') ?? null) : null;
  const names = await refNames(git);
  const props = { place, revision, names, entries, readme };
  return show(context, place.repository.name, <Tree {...props} />);
}

function Blob({ place, revision, content }: { place: Place; revision: Revision; content: Buffer }) {
  const at = encodePath(`${revision.name}/${revision.path}`);
  const { visit, path, repository } = place;
  const text = content.includes(0) || content.length > maxShown ? null : content.toString('utf8');
  const markdown = text !== null && /\.md$/i.test(revision.path);
  const folder = `${path}/blob/${at.slice(0, at.lastIndexOf('/') + 1)}`;
  return (
    <RepositoryFrame place={place} tab="code">
      <p class="row">
        <span class="badge soft">{revision.name}</span>
        <Crumbs place={place} revision={revision} />
      </p>
      <div class="box">
        <header>
          <span class="soft small">{content.length} bytes</span>
          <span class="push row">
            <a href={`${path}/raw/${at}`}>Raw</a>
            <a href={`${path}/commits/${at}`}>History</a>
            {holds(visit.host, visit.viewer, repository, 'write', 'contents') && text !== null ? (
              <a href={`${path}/edit/${at}`}>Edit</a>
            ) : null}
          </span>
        </header>
        {text === null ? (
          <p class="inner">This file is not shown here; look at the raw one.</p>
        ) : markdown ? (
          <div class="inner markdown">{raw(renderMarkdown(text, folder))}</div>
        ) : (
          <table class="lines">
            {text
              .replace(/\n$/, '')
              .split('\n')
              .map((line, index) => (
                <tr id={`L${index + 1}`}>
                  <td class="number">{index + 1}</td>
                  <td>{line}</td>
                </tr>
              ))}
          </table>
        )}
      </div>
    </RepositoryFrame>
  );
}

/** Finds the revision and the file of the address. */
const onFile = (
  handle: (context: PageContext, place: Place, revision: Revision, content: Buffer) => Response,
) =>
  inRepository(needs.readContents, async (context, place) => {
    const git = place.visit.host.git(place.repository);
    const revision = await readRevision(git, restOf(context));
    const entry = revision && (await git.entryAt(revision.commit.sha, revision.path));
    if (!revision || entry?.type !== 'blob') return context.notFound();
    const object = await git.readObject(entry.sha);
    return object === null ? context.notFound() : handle(context, place, revision, object.content);
  });

/** Never as anything a browser would run: text, or bytes to keep. */
const sendRaw = (context: PageContext, content: Buffer): Response =>
  context.body(new Uint8Array(content), 200, {
    'content-type': content.includes(0) ? 'application/octet-stream' : 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });

export function codeRoutes(app: Hono<PagesEnv>): void {
  app.get(
    '/:owner/:repo',
    inRepository(needs.readContents, async (context, place) => {
      const git = place.visit.host.git(place.repository);
      const revision = await readRevision(git, place.repository.defaultBranch);
      if (revision !== null) return showTree(context, place, revision);
      const empty = problem('This repository is empty.');
      return show(
        context,
        place.repository.name,
        <RepositoryFrame place={place} tab="code">
          {empty}
        </RepositoryFrame>,
      );
    }),
  );
  app.get(
    '/:owner/:repo/tree/*',
    inRepository(needs.readContents, async (context, place) => {
      const revision = await readRevision(place.visit.host.git(place.repository), restOf(context));
      return revision === null ? context.notFound() : showTree(context, place, revision);
    }),
  );
  app.get(
    '/:owner/:repo/blob/*',
    onFile((context, place, revision, content) =>
      show(context, revision.path, <Blob place={place} revision={revision} content={content} />),
    ),
  );
  app.get(
    '/:owner/:repo/raw/*',
    onFile((context, _place, _revision, content) => sendRaw(context, content)),
  );
}
