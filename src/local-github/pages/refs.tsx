import type { Hono } from 'hono';
import type { GitRef } from '../git/git-repository.ts';
import { isRefName } from '../git/ref-name.ts';
import { resolveCommit } from '../git/resolve.ts';
import { updateProblems, violationMessage } from '../rules/judge-update.ts';
import { done, invalid, type Outcome } from '../state/outcome.ts';
import { actorId, holds, needs } from '../state/permissions.ts';
import { moveRef } from '../state/refs.ts';
import type { Repository } from '../state/types.ts';
import { FormToken, show } from './layout.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { encodePath } from './revision.ts';
import { field, inRepository, leave, type PagesEnv, type Place, type Visit } from './visit.ts';

type Kind = 'branch' | 'tag';
const prefixes = { branch: 'refs/heads/', tag: 'refs/tags/' } as const;

/** Makes a branch or a tag at a revision. */
export function createRef(
  visit: Visit,
  repository: Repository,
  kind: Kind,
  name: string,
  from: string,
): Promise<Outcome<true>> {
  const { host, viewer } = visit;
  const git = host.git(repository);
  const ref = `${prefixes[kind]}${name}`;
  return git.exclusive(async () => {
    if (!isRefName(ref)) return invalid([], `"${name}" is not a name for a ${kind}.`);
    const commit = await resolveCommit(git, from);
    if (commit === null) return invalid([], `There is no "${from}" to begin from.`);
    if ((await git.readRef(ref)) !== null) return invalid([], `There is a ${kind} "${name}" already.`);
    const update = { ref, before: null, after: commit.sha };
    const problems = await updateProblems(host, viewer, repository, update);
    if (problems.length > 0) return invalid([], violationMessage(problems));
    const actor = actorId(host, viewer) ?? 0;
    const moved = await moveRef(host, repository, update, { actor, kind: 'push' });
    return moved ? done(true) : invalid([], `"${name}" cannot be created.`);
  });
}

function NewRef({ place, kind }: { readonly place: Place; readonly kind: Kind }) {
  return (
    <form method="post" action={`${place.path}/refs`} class="box">
      <header>New {kind}</header>
      <div class="inner">
        <FormToken visit={place.visit} />
        <input type="hidden" name="kind" value={kind} />
        <label for="name">Name</label>
        <input type="text" id="name" name="name" required />
        <label for="from">From branch, tag or commit</label>
        <input type="text" id="from" name="from" value={place.repository.defaultBranch} required />
        <p class="actions">
          <button type="submit" class="main">
            Create {kind}
          </button>
        </p>
      </div>
    </form>
  );
}

function Refs({ place, kind, refs }: { place: Place; kind: Kind; refs: readonly GitRef[] }) {
  const { path, visit, repository } = place;
  const writes = holds(visit.host, visit.viewer, repository, 'write', 'contents');
  return (
    <RepositoryFrame place={place} tab="code">
      <h1>{kind === 'branch' ? 'Branches' : 'Tags'}</h1>
      <div class="box">
        <ul class="list">
          {refs.length === 0 ? <li class="soft">None yet.</li> : null}
          {refs.map(({ ref, sha }) => {
            const name = ref.slice(prefixes[kind].length);
            return (
              <li>
                <a class="grow" href={`${path}/tree/${encodePath(name)}`}>
                  {name}
                </a>
                <a href={`${path}/commits/${encodePath(name)}`}>Commits</a>
                <code class="soft">{sha.slice(0, 7)}</code>
                {kind === 'branch' && name !== repository.defaultBranch && visit.account !== null ? (
                  <a class="button" href={`${path}/compare?head=${encodeURIComponent(name)}`}>
                    New pull request
                  </a>
                ) : null}
              </li>
            );
          })}
        </ul>
      </div>
      {writes ? <NewRef place={place} kind={kind} /> : null}
    </RepositoryFrame>
  );
}

const list = (kind: Kind) =>
  inRepository(needs.readContents, async (context, place) => {
    const refs = await place.visit.host.git(place.repository).refs(prefixes[kind]);
    return show(
      context,
      kind === 'branch' ? 'Branches' : 'Tags',
      <Refs place={place} kind={kind} refs={refs} />,
    );
  });

export function refRoutes(app: Hono<PagesEnv>): void {
  app.get('/:owner/:repo/branches', list('branch'));
  app.get('/:owner/:repo/tags', list('tag'));
  app.post(
    '/:owner/:repo/refs',
    inRepository(needs.writeContents, async (context, { visit, repository, path }) => {
      const kind = field(visit, 'kind') === 'tag' ? 'tag' : 'branch';
      const name = field(visit, 'name').trim();
      const outcome = await createRef(visit, repository, kind, name, field(visit, 'from').trim());
      return leave(context, outcome, `${path}/${kind === 'tag' ? 'tags' : 'branches'}`, `Created ${name}.`);
    }),
  );
}
