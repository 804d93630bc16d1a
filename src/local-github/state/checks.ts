import type { GitCommit, GitSignature } from '../git/git-repository.ts';
import type { Host, Viewer } from './host.ts';
import { stamp } from './host.ts';
import { putRun } from './indexes.ts';
import { done, type FieldProblem, forbidden, invalid, type Outcome, problem } from './outcome.ts';
import { actorId, needs, notByIntegration, permit } from './permissions.ts';
import { nextId } from './state.ts';
import type {
  Annotation,
  CheckAction,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  CheckSuite,
  CommitSummary,
  Repository,
  SettableStatus,
} from './types.ts';

export type CheckOutput = {
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
};

/** What a caller may say about a run, when creating and when updating it. */
export type CheckPatch = {
  readonly name?: string;
  readonly status?: SettableStatus;
  readonly conclusion?: CheckConclusion;
  readonly externalId?: string;
  readonly detailsUrl?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly output?: CheckOutput;
  readonly actions?: readonly CheckAction[];
};

export type NewCheckRun = CheckPatch & { readonly name: string; readonly headSha: string };

/** What GitHub Actions may say of a job: it may wait as well. */
type JobPatch = Omit<CheckPatch, 'status'> & { readonly status?: CheckStatus };

const maxOutput = 65_535;

function patchProblems(patch: CheckPatch): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, code: FieldProblem['code'], message?: string) =>
    problems.push(problem('CheckRun', field, code, message));
  const { output, actions = [] } = patch;
  if (patch.name?.trim() === '') add('name', 'missing_field');
  if (patch.status === 'completed' && patch.conclusion === undefined) add('conclusion', 'missing_field');
  if (patch.conclusion === 'stale') add('conclusion', 'invalid', 'only GitHub can mark a check run as stale');
  if (output !== undefined && !output.title) add('title', 'missing_field');
  if (output !== undefined && output.summary === undefined) add('summary', 'missing_field');
  for (const field of ['summary', 'text'] as const)
    if ((output?.[field]?.length ?? 0) > maxOutput)
      add(field, 'custom', `is too long (maximum is ${maxOutput} characters)`);
  if ((output?.annotations?.length ?? 0) > 50)
    add('annotations', 'custom', 'exceeds a maximum quantity of 50');
  if (actions.length > 3) add('actions', 'custom', 'exceeds a maximum quantity of 3');
  const limits = { label: 20, description: 40, identifier: 20 } as const;
  for (const action of actions)
    for (const field of ['label', 'description', 'identifier'] as const)
      if (action[field].length > limits[field])
        add(`actions.${field}`, 'custom', `is too long (maximum is ${limits[field]} characters)`);
  return problems;
}

/** Checks belong to Apps: people may read them, never write them. */
function permitApp(
  host: Host,
  viewer: Viewer,
  repository: Repository,
): Outcome<{ appId: number; sender: number }> {
  const allowed = permit(host, viewer, repository, needs.writeChecks);
  if (!allowed.ok) return allowed;
  if (viewer.kind !== 'installation') return forbidden('You must authenticate via a GitHub App.');
  const sender = actorId(host, viewer);
  return sender === null ? forbidden(notByIntegration) : done({ appId: viewer.appId, sender });
}

/** The suite of an App on a commit; opened when the first run or the push needs it. Runs of workflows have their own. */
export function suiteFor(
  host: Host,
  repository: Repository,
  appId: number,
  commit: GitCommit,
  headBranch: string | null,
): { readonly suite: CheckSuite; readonly created: boolean } {
  for (const suite of host.state.suites.values())
    if (
      suite.repositoryId === repository.id &&
      suite.appId === appId &&
      suite.headSha === commit.sha &&
      !suite.ofWorkflow
    )
      return { suite, created: false };
  return { suite: openSuite(host, repository, appId, commit, headBranch), created: true };
}

/** Opens one more suite of an App on a commit, as each run of a workflow has. */
export function openSuite(
  host: Host,
  repository: Repository,
  appId: number,
  commit: GitCommit,
  headBranch: string | null,
  ofWorkflow = false,
): CheckSuite {
  const at = stamp(host);
  const id = nextId(host.state, 'suite');
  const suite: CheckSuite = {
    id,
    repositoryId: repository.id,
    appId,
    headSha: commit.sha,
    headBranch,
    headCommit: summaryOf(commit),
    createdAt: at,
    updatedAt: at,
    ...(ofWorkflow ? { ofWorkflow: true as const } : {}),
  };
  host.state.suites.set(id, suite);
  return suite;
}

function summaryOf({ sha, treeSha, message, author, committer }: GitCommit): CommitSummary {
  const signer = ({ name, email }: GitSignature) => ({ name, email });
  const signers = { author: signer(author), committer: signer(committer) };
  return { sha, treeSha, message, timestamp: committer.date, ...signers };
}

/** Creates a check run of the viewer's App on a commit, which must exist in the repository. */
export async function createCheckRun(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  input: NewCheckRun,
): Promise<Outcome<CheckRun>> {
  const allowed = permitApp(host, viewer, repository);
  return allowed.ok ? addCheckRun(host, repository, allowed.value, input) : allowed;
}

/** The same, for an App that is known to be allowed. */
export async function addCheckRun(
  host: Host,
  repository: Repository,
  by: { readonly appId: number; readonly sender: number; readonly suite?: CheckSuite },
  input: NewCheckRun,
): Promise<Outcome<CheckRun>> {
  const problems = patchProblems(input);
  if (problems.length > 0) return invalid(problems);
  const commit = await host.git(repository).readCommit(input.headSha);
  if (commit === null || commit.sha !== input.headSha)
    return invalid([], `No commit found for SHA: ${input.headSha}`);
  const { appId, sender } = by;
  const suite = by.suite ?? suiteFor(host, repository, appId, commit, null).suite;
  return done(openCheckRun(host, repository, { suite, sender }, input));
}

/** Opens a run in a suite whose commit is known to exist, and tells of it. */
export function openCheckRun(
  host: Host,
  repository: Repository,
  where: { readonly suite: CheckSuite; readonly sender: number; readonly deploymentId?: number },
  input: JobPatch & { readonly name: string },
): CheckRun {
  const { suite, sender, deploymentId } = where;
  const run: CheckRun = {
    id: nextId(host.state, 'run'),
    repositoryId: repository.id,
    suiteId: suite.id,
    appId: suite.appId,
    headSha: suite.headSha,
    ...(deploymentId === undefined ? {} : { deploymentId }),
    name: input.name,
    status: 'queued',
    conclusion: null,
    externalId: null,
    detailsUrl: null,
    startedAt: input.startedAt ?? stamp(host),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  applyPatch(host, run, input);
  putRun(host.state, run);
  suite.updatedAt = stamp(host);
  host.announce({ kind: 'check_run', action: 'created', repository, run }, sender);
  if (run.status === 'completed')
    host.announce({ kind: 'check_run', action: 'completed', repository, run }, sender);
  return run;
}

/**
 * Changes a run of the viewer's own App. A completed run never goes back: that is refused, because GitHub
 * is reported to do so, and a new run of the same name is the way.
 */
export function updateCheckRun(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  run: CheckRun,
  patch: CheckPatch,
): Outcome<CheckRun> {
  const allowed = permitApp(host, viewer, repository);
  if (!allowed.ok) return allowed;
  if (run.appId !== allowed.value.appId)
    return forbidden(
      'Invalid app_id `app_id` - check run can only be modified by the GitHub App that created it.',
    );
  const problems = patchProblems(patch);
  const reopens =
    patch.status !== undefined && patch.status !== 'completed' && patch.conclusion === undefined;
  if (run.status === 'completed' && reopens)
    problems.push(problem('CheckRun', 'status', 'custom', 'a completed check run cannot be reopened'));
  if (problems.length > 0) return invalid(problems);
  changeRun(host, repository, run, patch, allowed.value.sender);
  return done(run);
}

/** Changes a run for somebody who is known to be allowed, and tells of its end. */
export function changeRun(
  host: Host,
  repository: Repository,
  run: CheckRun,
  patch: JobPatch,
  sender: number,
): void {
  const wasCompleted = run.status === 'completed';
  const before = run.conclusion;
  applyPatch(host, run, patch);
  if (run.status === 'completed' && (!wasCompleted || run.conclusion !== before))
    host.announce({ kind: 'check_run', action: 'completed', repository, run }, sender);
  host.touched();
}

function applyPatch(host: Host, run: CheckRun, patch: JobPatch): void {
  const { output } = patch;
  run.name = patch.name ?? run.name;
  run.status = patch.conclusion !== undefined ? 'completed' : (patch.status ?? run.status);
  run.conclusion = patch.conclusion ?? run.conclusion;
  run.externalId = patch.externalId ?? run.externalId;
  run.detailsUrl = patch.detailsUrl ?? run.detailsUrl;
  run.startedAt = patch.startedAt ?? run.startedAt;
  if (run.status === 'completed') run.completedAt = patch.completedAt ?? run.completedAt ?? stamp(host);
  if (output !== undefined) {
    run.title = output.title ?? run.title;
    run.summary = output.summary ?? run.summary;
    run.text = output.text ?? run.text;
    run.annotations.push(...(output.annotations ?? []));
  }
  if (patch.actions !== undefined) run.actions = [...patch.actions];
}

/** A person asks for a run again: its App is told; the run itself stays as it is until the App answers. */
export function rerequestRun(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  run: CheckRun,
): Outcome<true> {
  const allowed = permit(host, viewer, repository, needs.rerequest);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  host.announce({ kind: 'check_run', action: 'rerequested', repository, run }, sender);
  return done(true);
}

/** A person presses one of the run's buttons. They are shown on completed runs, to people with write access. */
export function pressAction(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  run: CheckRun,
  identifier: string,
): Outcome<true> {
  const allowed = permit(host, viewer, repository, needs.rerequest);
  if (!allowed.ok) return allowed;
  const sender = actorId(host, viewer);
  if (sender === null) return forbidden(notByIntegration);
  if (run.status !== 'completed' || !run.actions.some((action) => action.identifier === identifier))
    return invalid([problem('CheckRun', 'identifier', 'invalid')]);
  host.announce({ kind: 'check_run', action: 'requested_action', repository, run, identifier }, sender);
  return done(true);
}
