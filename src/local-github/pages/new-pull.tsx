import type { Hono } from 'hono';
import type { FileChange } from '../git/git-repository.ts';
import { needs } from '../state/permissions.ts';
import { createPull } from '../state/pulls.ts';
import { ChangedFiles } from './diff.tsx';
import { FormToken, show } from './layout.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { refNames } from './revision.ts';
import { field, inRepository, issuePath, leave, type PagesEnv, type Place } from './visit.ts';

type NewPullProps = {
  readonly place: Place;
  readonly branches: readonly string[];
  readonly head: string;
  readonly title: string;
  readonly files: readonly FileChange[];
};

function Branches({
  name,
  label,
  branches,
  chosen,
}: {
  readonly name: string;
  readonly label: string;
  readonly branches: readonly string[];
  readonly chosen: string;
}) {
  return (
    <>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {branches.map((branch) => (
          <option value={branch} selected={branch === chosen}>
            {branch}
          </option>
        ))}
      </select>
    </>
  );
}

function NewPull({ place, branches, head, title, files }: NewPullProps) {
  return (
    <RepositoryFrame place={place} tab="pulls">
      <h1>New pull request</h1>
      <form method="post" action={`${place.path}/pulls`}>
        <FormToken visit={place.visit} />
        <Branches name="base" label="Into" branches={branches} chosen={place.repository.defaultBranch} />
        <Branches name="head" label="From" branches={branches} chosen={head} />
        <label for="title">Title</label>
        <input type="text" id="title" name="title" value={title} required maxlength={256} />
        <label for="body">Description</label>
        <textarea id="body" name="body"></textarea>
        <label class="inline">
          <input type="checkbox" name="draft" value="yes" /> As a draft
        </label>
        <p class="actions">
          <button type="submit" class="main">
            Create pull request
          </button>
        </p>
      </form>
      {files.length === 0 ? null : (
        <>
          <h2>
            What <code>{head}</code> changes
          </h2>
          <ChangedFiles files={files} blob={`${place.path}/blob/${head}`} />
        </>
      )}
    </RepositoryFrame>
  );
}

/** A first proposal for the form: the newest commit of the head tells the title. */
async function proposal(place: Place): Promise<NewPullProps> {
  const { visit, repository } = place;
  const git = visit.host.git(repository);
  const { branches } = await refNames(git);
  const base = await git.readRef(`refs/heads/${repository.defaultBranch}`);
  const asked = visit.url.searchParams.get('head') ?? '';
  const head = branches.includes(asked)
    ? asked
    : (branches.find((name) => name !== repository.defaultBranch) ?? '');
  const tip = head === '' ? null : await git.readCommit(`refs/heads/${head}`);
  if (tip === null || base === null) return { place, branches, head, title: '', files: [] };
  const files = await git.changedFiles(await git.mergeBase(base, tip.sha), tip.sha, true);
  return { place, branches, head, title: tip.message.split('\n')[0] ?? '', files };
}

export function newPullRoutes(app: Hono<PagesEnv>): void {
  app.get(
    '/:owner/:repo/compare',
    inRepository(needs.writePulls, async (context, place) =>
      show(context, 'New pull request', <NewPull {...(await proposal(place))} />),
    ),
  );
  app.post(
    '/:owner/:repo/pulls',
    inRepository(needs.writePulls, async (context, { visit, repository, path }) => {
      const head = field(visit, 'head');
      const input = {
        title: field(visit, 'title').trim(),
        body: field(visit, 'body'),
        head,
        base: field(visit, 'base'),
        draft: field(visit, 'draft') === 'yes',
      };
      const outcome = await createPull(visit.host, visit.viewer, repository, input);
      const form = `${path}/compare?head=${encodeURIComponent(head)}`;
      return leave(context, outcome, outcome.ok ? issuePath(path, outcome.value) : form);
    }),
  );
}
