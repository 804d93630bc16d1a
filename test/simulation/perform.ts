import { createHash } from 'node:crypto';
import { deleteComment, editComment } from '../../src/local-github/state/comments.ts';
import { commitOnBranch } from '../../src/local-github/state/commits.ts';
import { updateIssue } from '../../src/local-github/state/issues.ts';
import { accountByLogin, commentsOf, issuesOf } from '../../src/local-github/state/lookup.ts';
import { createPull, mergePull } from '../../src/local-github/state/pulls.ts';
import { moveRef } from '../../src/local-github/state/refs.ts';
import { type Chronicle, noteChange, noteMemberships } from './chronicle.ts';
import { manifestPath, manifestText } from './manifest-text.ts';
import { check, deploy, protect } from './perform-machines.ts';
import { cancel, endJob, endRun, startAgain, startByHand } from './perform-workflows.ts';
import { issuesFor, say, written } from './say.ts';
import type { Stage } from './stage.ts';
import type { Step } from './step.ts';
import { recordsBranch } from './subject.ts';

/** What people do; the rest of the steps is about the App. Answers what happened, in words; undefined: nothing. */
export async function perform(stage: Stage, chronicle: Chronicle, step: Step): Promise<string | undefined> {
  switch (step.do) {
    case 'bring':
      return bring(stage, chronicle, step);
    case 'break':
      return change(stage, chronicle, step, 'release: [\n');
    case 'remove':
      return change(stage, chronicle, step, undefined);
    case 'say':
      return say(stage, chronicle, step);
    case 'edit':
      return edit(stage, chronicle, step);
    case 'erase':
      return erase(stage, chronicle, step);
    case 'member':
      return changeMember(stage, chronicle, step);
    case 'rename':
      return rename(stage, chronicle, step);
    case 'meddle':
      return meddle(stage, step);
    case 'deploy':
      return deploy(stage, step);
    case 'check':
      return check(stage, step);
    case 'protect':
      return protect(stage, chronicle, step);
    case 'run-ends':
      return endRun(stage, step);
    case 'run-starts':
      return startByHand(stage, step);
    case 'run-again':
      return startAgain(stage, step);
    case 'run-cancelled':
      return cancel(stage, step);
    case 'job-ends':
      return endJob(stage, step);
    case 'tag':
      return moveTag(stage, step.by);
    case 'foreign': {
      const path = step.touches === undefined ? 'notes.txt' : `releases/${step.touches}/events/000002.json`;
      return onBranch(stage, step.by, recordsBranch, { [path]: `${stage.host.now().getTime()}\n` });
    }
    default:
      return undefined;
  }
}

async function onBranch(
  { host, as, repository }: Stage,
  by: string,
  branch: string,
  files: Readonly<Record<string, string | null>>,
): Promise<string | undefined> {
  const edits = Object.entries(files).map(([path, text]) => ({
    path,
    content: text === null ? null : Buffer.from(text),
  }));
  const message = `Change ${Object.keys(files).join(', ')}`;
  const input = { branch, expectedHead: null, message, edits };
  const made = await commitOnBranch(host, as(by), repository, input);
  return made.ok ? `${by} pushed to ${branch}: ${JSON.stringify(files)}` : undefined;
}

/** Pushes a manifest to the default branch, or removes it. */
async function change(
  stage: Stage,
  chronicle: Chronicle,
  { by, release }: { readonly by: string; readonly release: string },
  text: string | undefined,
): Promise<string | undefined> {
  const told = await onBranch(stage, by, 'main', { [manifestPath(release)]: text ?? null });
  if (told !== undefined) noteChange(chronicle, [stage.head('main') ?? ''], { release, people: [by], text });
  return told;
}

async function bring(
  stage: Stage,
  chronicle: Chronicle,
  { by, spec, merger }: Extract<Step, { do: 'bring' }>,
): Promise<string | undefined> {
  const text = manifestText(spec);
  const digest = createHash('sha256').update(text).digest('hex');
  chronicle.manifests.set(digest, spec);
  if (merger === undefined) return change(stage, chronicle, { by, release: spec.name }, text);
  const { host, as, repository, git } = stage;
  const head = `${spec.name}-${git.allRefs().size}`;
  const update = { ref: `refs/heads/${head}`, before: null, after: stage.head('main') ?? null };
  const actor = accountByLogin(host.state, by)?.id ?? 0;
  await moveRef(host, repository, update, { actor, kind: 'push' });
  await onBranch(stage, by, head, { [manifestPath(spec.name)]: text });
  const opened = await createPull(host, as(by), repository, {
    title: spec.title,
    body: null,
    head,
    base: 'main',
    draft: false,
  });
  if (!opened.ok) return undefined;
  const merged = await mergePull(host, as(merger), repository, opened.value, { method: 'merge' });
  if (!merged.ok) return undefined;
  const commits = [head, 'main'].map((branch) => stage.head(branch) ?? '');
  noteChange(chronicle, commits, { release: spec.name, people: [by, merger], text });
  return `${merger} merged ${by}'s ${spec.name}: ${JSON.stringify(text)}`;
}

/** A comment of a person, counted from the newest; a writer takes anybody's. */
function chosen({ host }: Stage, { said }: Chronicle, by: string, which: number) {
  const own = said.filter(({ login, erased }) => login === by && erased === undefined);
  const all = said.filter(({ erased }) => erased === undefined);
  const entry = own.at(-1 - which) ?? all.at(-1 - which);
  const comment = entry === undefined ? undefined : host.state.comments.get(entry.id);
  return entry === undefined || comment === undefined ? undefined : { entry, comment };
}

function edit(
  stage: Stage,
  chronicle: Chronicle,
  { by, which, words }: Extract<Step, { do: 'edit' }>,
): string | undefined {
  const found = chosen(stage, chronicle, by, which);
  if (found === undefined) return undefined;
  const body = `${written(words, 'none', stage.host.now().getTime())}\n\nEdited ${stage.host.now().getTime()}`;
  const made = editComment(stage.host, stage.as(by), found.comment, body);
  if (!made.ok) return undefined;
  found.entry.edited ??= stage.host.now().getTime();
  return `${by} edited ${found.entry.login}'s comment ${found.entry.id}: ${JSON.stringify(body)}`;
}

function erase(
  stage: Stage,
  chronicle: Chronicle,
  { by, which }: Extract<Step, { do: 'erase' }>,
): string | undefined {
  const found = chosen(stage, chronicle, by, which);
  if (found === undefined || !deleteComment(stage.host, stage.as(by), found.comment).ok) return undefined;
  found.entry.erased = stage.host.now().getTime();
  return `${by} deleted ${found.entry.login}'s comment ${found.entry.id}`;
}

const teamNow = ({ host }: Stage, slug: string) =>
  [...host.state.teams.values()].find((team) => team.slug === slug || team.slug === `${slug}-old`);

function changeMember(
  stage: Stage,
  chronicle: Chronicle,
  { team: slug, login, joins }: Extract<Step, { do: 'member' }>,
): string | undefined {
  const team = teamNow(stage, slug);
  const account = accountByLogin(stage.host.state, login);
  if (team === undefined || account === null) return undefined;
  if (team.members.some(({ userId }) => userId === account.id) === joins) return undefined;
  team.members = team.members.filter(({ userId }) => userId !== account.id);
  if (joins) team.members.push({ userId: account.id, role: 'member', state: 'active' });
  noteMemberships(chronicle, stage);
  const action = joins ? 'added' : 'removed';
  stage.host.announce({ kind: 'membership', action, team, userId: account.id }, account.id);
  return `${login} was ${action} ${joins ? 'to' : 'from'} team ${team.slug}`;
}

function rename(
  stage: Stage,
  chronicle: Chronicle,
  { team: slug, to }: Extract<Step, { do: 'rename' }>,
): string | undefined {
  const team = teamNow(stage, slug);
  if (team === undefined || team.slug === to) return undefined;
  team.slug = to;
  chronicle.renamed.add(slug);
  noteMemberships(chronicle, stage);
  stage.host.announce({ kind: 'team', action: 'edited', team }, team.organizationId);
  return `team ${slug} is called ${to} now`;
}

function meddle(stage: Stage, step: Extract<Step, { do: 'meddle' }>): string | undefined {
  const { host, repository, as } = stage;
  const issue = issuesFor(stage, step.release, step.activity).at(-1);
  if (issue === undefined) return undefined;
  const what = `${step.by} used ${step.how} on #${issue.number} (${step.release}/${step.activity ?? ''})`;
  if (step.how === 'delete') {
    for (const comment of commentsOf(host.state, issue)) host.state.comments.delete(comment.id);
    for (const [id, event] of host.state.events) if (event.issueId === issue.id) host.state.events.delete(id);
    for (const other of issuesOf(host.state, repository)) {
      if (other.parentId === issue.id) other.parentId = null;
      other.subIssueIds = other.subIssueIds.filter((id) => id !== issue.id);
    }
    host.state.issues.delete(issue.id);
    return what;
  }
  const patch = {
    close: { state: 'closed' },
    reopen: { state: 'open' },
    retitle: { title: 'Nothing to see here' },
    rewrite: { body: `${issue.body?.split('\n').slice(0, 3).join('\n')}\n\nApproved by all.` },
  } as const;
  return updateIssue(host, as(step.by), repository, issue, patch[step.how]).ok ? what : undefined;
}

async function moveTag({ host, repository, git, head }: Stage, by: string): Promise<string | undefined> {
  const before = git.allRefs().get('refs/tags/v1') ?? null;
  const after = head('main') ?? null;
  if (before === after) return undefined;
  const actor = accountByLogin(host.state, by)?.id ?? 0;
  const moved = await moveRef(
    host,
    repository,
    { ref: 'refs/tags/v1', before, after },
    { actor, kind: 'push' },
  );
  return moved ? `${by} moved the tag v1` : undefined;
}
