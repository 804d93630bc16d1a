import { readMarker } from '../core/messages/marker.ts';
import { releaseOfCheck } from '../core/release/show-checks.ts';
import type { Key } from '../ports/work-queue.ts';
import { listAt, numberAt, repositoryNameAt, textAt } from './payload.ts';

/** What the process knows without asking: it decides whether an event can matter at all. */
export type WebhookContext = {
  readonly appId: number;
  /** Login of the App's own bot account; its brackets cannot be in a person's login. */
  readonly botLogin: string;
  /** The branch that holds the record, by the configuration or by default. */
  isRecordsBranch(repositoryId: number, branch: string): boolean;
  /** The release whose tracking issue or activity issue this is. */
  releaseOfIssue(repositoryId: number, issue: number): string | undefined;
  /** `owner/name` of every repository known in an organization. */
  repositoriesOf(organizationId: number): readonly string[];
  /** Releases that wait for people in a repository, by its name. */
  openReleasesOf(repository: string): readonly string[];
  /** Open releases of a commit in a repository, by its name. */
  releasesOf(repository: string, commit: string): readonly string[];
  /** Releases that wait for a check of this name on a commit, by the name of the repository. */
  releasesWaitingFor(repository: string, check: string, commit: string): readonly string[];
  /** Releases that follow a run of this workflow file on a commit, by the name of the repository. */
  releasesFollowing(repository: string, workflow: string, commit: string): readonly string[];
  /** Whether a comment's text holds a command. */
  hasCommand(body: string): boolean;
};

type Place = { readonly id: number; readonly name: string; readonly defaultBranch: string | undefined };

type Reader = (payload: unknown, context: WebhookContext, action: string) => readonly Key[];

const repositoryKey = (repository: string): Key => ({ kind: 'repository', repository });

const placeOf = (payload: unknown): Place | undefined => {
  const id = numberAt(payload, 'repository', 'id');
  const name = repositoryNameAt(payload, 'repository', 'full_name');
  const defaultBranch = textAt(payload, 'repository', 'default_branch');
  return id === undefined || name === undefined ? undefined : { id, name, defaultBranch };
};

const issueKey = (payload: unknown, context: WebhookContext): readonly Key[] => {
  const place = placeOf(payload);
  const issue = numberAt(payload, 'issue', 'number');
  if (place === undefined || issue === undefined) return [];
  const release = context.releaseOfIssue(place.id, issue);
  if (release !== undefined) return [{ kind: 'release', repository: place.name, release }];
  // Another replica may have opened it, or it was opened twice: our own mark in it says whose it is.
  if (textAt(payload, 'issue', 'user', 'login') !== context.botLogin) return [];
  const marker = readMarker(textAt(payload, 'issue', 'body') ?? '');
  return marker?.kind === 'release' || marker?.kind === 'activity'
    ? [{ kind: 'release', repository: place.name, release: marker.release }]
    : [repositoryKey(place.name)];
};

/** An edited or deleted comment always counts, because it may leave a vote in doubt (T15). */
const onComment: Reader = (payload, context, action) => {
  if (action === 'edited' || action === 'deleted') return issueKey(payload, context);
  if (action !== 'created') return [];
  return context.hasCommand(textAt(payload, 'comment', 'body') ?? '') ? issueKey(payload, context) : [];
};

const issueActions = new Set(['edited', 'closed', 'reopened', 'deleted', 'transferred']);

const onIssue: Reader = (payload, context, action) =>
  issueActions.has(action) ? issueKey(payload, context) : [];

/** Manifests come with the default branch, tampering with the records branch, targets with tags. */
const onPush: Reader = (payload, context) => {
  const place = placeOf(payload);
  const ref = textAt(payload, 'ref') ?? '';
  if (place === undefined) return [];
  if (ref.startsWith('refs/tags/')) return [repositoryKey(place.name)];
  if (!ref.startsWith('refs/heads/')) return [];
  const branch = ref.slice('refs/heads/'.length);
  const matters = branch === place.defaultBranch || context.isRecordsBranch(place.id, branch);
  return matters ? [repositoryKey(place.name)] : [];
};

const pullActions = new Set(['opened', 'synchronize', 'reopened', 'edited', 'closed']);

const onPull: Reader = (payload, _context, action) => {
  const place = placeOf(payload);
  return place !== undefined && pullActions.has(action) ? [repositoryKey(place.name)] : [];
};

/**
 * Somebody asks for one of our checks anew (a release's own checks carry its name, design 4), or somebody else's check
 * ended that a release waits for (T14).
 */
const onCheckRun: Reader = (payload, context, action) => {
  const place = placeOf(payload);
  const ours = numberAt(payload, 'check_run', 'app', 'id') === context.appId;
  const name = textAt(payload, 'check_run', 'name') ?? '';
  if (place === undefined) return [];
  if (!ours && action === 'completed') {
    const commit = textAt(payload, 'check_run', 'head_sha') ?? '';
    return context
      .releasesWaitingFor(place.name, name, commit)
      .map((release) => ({ kind: 'release', repository: place.name, release }));
  }
  if (!ours || action !== 'rerequested') return [];
  const release = releaseOfCheck(name);
  return release === undefined
    ? [repositoryKey(place.name)]
    : [{ kind: 'release', repository: place.name, release }];
};

const onCheckSuite: Reader = (payload, context, action) => {
  const place = placeOf(payload);
  const ours = numberAt(payload, 'check_suite', 'app', 'id') === context.appId;
  return place !== undefined && ours && action === 'rerequested' ? [repositoryKey(place.name)] : [];
};

/** Who is in a team may have changed, so every release that waits for people in that organization is looked at again. */
const onPeople: Reader = (payload, context) => {
  const organization = numberAt(payload, 'organization', 'id');
  if (organization === undefined) return [];
  return context
    .repositoriesOf(organization)
    .flatMap((repository) => [
      repositoryKey(repository),
      ...context.openReleasesOf(repository).map((release): Key => ({ kind: 'release', repository, release })),
    ]);
};

/** A deployment of something that we release may have ended (T5). */
const onDeployment: Reader = (payload, context) => {
  const place = placeOf(payload);
  const commit = textAt(payload, 'deployment', 'sha');
  if (place === undefined || commit === undefined) return [];
  return context
    .releasesOf(place.name, commit)
    .map((release): Key => ({ kind: 'release', repository: place.name, release }));
};

/** A job waits for an environment: which releases have to look is found in the record (T5, T6). */
const onGate: Reader = (payload) => {
  const place = placeOf(payload);
  return place === undefined ? [] : [repositoryKey(place.name)];
};

/** A run has ended that a release may have started; the run itself is read from the host (T6, T14). */
const onWorkflowRun: Reader = (payload, context, action) => {
  const place = placeOf(payload);
  const commit = textAt(payload, 'workflow_run', 'head_sha');
  const path = textAt(payload, 'workflow_run', 'path')?.replace(/@.*$/, '');
  if (place === undefined || commit === undefined || path === undefined || action !== 'completed') return [];
  return context
    .releasesFollowing(place.name, path, commit)
    .map((release): Key => ({ kind: 'release', repository: place.name, release }));
};

/** Runs that our App started are shown as ours, and what becomes of them is news all the same. */
const runEvents: ReadonlySet<string> = new Set(['workflow_run', 'deployment_protection_rule']);

const namesIn = (payload: unknown, list: string): readonly Key[] =>
  listAt(payload, list).flatMap((entry) => {
    const name = repositoryNameAt(entry, 'full_name');
    return name === undefined ? [] : [repositoryKey(name)];
  });

const onInstallation: Reader = (payload, _context, action) =>
  action === 'deleted' || action === 'suspend' ? [] : namesIn(payload, 'repositories');

const readers: ReadonlyMap<string, Reader> = new Map([
  ['issue_comment', onComment],
  ['issues', onIssue],
  ['push', onPush],
  ['pull_request', onPull],
  ['check_run', onCheckRun],
  ['check_suite', onCheckSuite],
  ['deployment_status', onDeployment],
  ['deployment_protection_rule', onGate],
  ['workflow_run', onWorkflowRun],
  ['team', onPeople],
  ['membership', onPeople],
  ['organization', onPeople],
  ['installation', onInstallation],
  ['installation_repositories', (payload: unknown) => namesIn(payload, 'repositories_added')],
]);

/**
 * Which names to look at again because of a webhook; nothing in it is believed (T6). An event that can change nothing,
 * our own bot's deeds among them, gives no key and so costs no call. Never throws, whatever the payload.
 */
export const keysOf = (event: string, payload: unknown, context: WebhookContext): readonly Key[] => {
  if (!runEvents.has(event) && textAt(payload, 'sender', 'login') === context.botLogin) return [];
  return readers.get(event)?.(payload, context, textAt(payload, 'action') ?? '') ?? [];
};
