import { defaultConfiguration } from '../core/configuration/configuration.ts';
import { numberAt, repositoryNameAt, textAt } from '../github/payload.ts';
import type { WebhookContext } from '../github/webhook-to-key.ts';
import type { Key } from '../ports/work-queue.ts';
import { rememberGate } from '../reconcile/gates.ts';
import { issueKey, type Memory, targetKey } from '../reconcile/memory.ts';
import { wishForRun, wishForSuite } from '../reconcile/reruns.ts';

export type Familiarity = {
  readonly appId: number;
  /** Empty until the host has told: our own deeds then cost a look and nothing else. */
  readonly botLogin: () => string;
  readonly memory: Memory;
  /** `owner/name` of every repository the App is installed on, as the last resync saw them. */
  readonly repositories: () => readonly string[];
  readonly hasCommand: (body: string) => boolean;
};

/**
 * Tells of each delivery what this process knows already, so that an event that can change nothing costs no call. An
 * organization's name is taken from the delivery; where it is a lie, it can delay, never decide (T6).
 */
export function createWebhookContext(known: Familiarity): (payload: unknown) => WebhookContext {
  return (payload) => ({
    appId: known.appId,
    botLogin: known.botLogin(),
    isRecordsBranch: (id, branch) => branch === recordsBranchOf(known.memory, id),
    releaseOfIssue: (id, issue) => known.memory.issues.get(issueKey(id, issue)),
    repositoriesOf: () => repositoriesOf(known.repositories(), textAt(payload, 'organization', 'login')),
    openReleasesOf: (repository) => [...(known.memory.open.get(repository) ?? [])],
    releasesOf: (repository, commit) =>
      [...(known.memory.open.get(repository) ?? [])].filter(
        (release) => known.memory.targets.get(targetKey(repository, release)) === commit,
      ),
    releasesWaitingFor: (repository, check, commit) =>
      [...(known.memory.open.get(repository) ?? [])].filter((release) => {
        const { targets, checks } = known.memory;
        const key = targetKey(repository, release);
        return targets.get(key) === commit && checks.get(key)?.includes(check) === true;
      }),
    releasesFollowing: (repository, workflow, commit) =>
      [...(known.memory.open.get(repository) ?? [])].filter((release) => {
        const { targets, workflows } = known.memory;
        const key = targetKey(repository, release);
        return targets.get(key) === commit && workflows.get(key)?.includes(workflow) === true;
      }),
    hasCommand: known.hasCommand,
  });
}

/** A release that a delivery names by an issue that the process does not know: its next look asks for all its issues. */
export function rememberSearch(
  memory: Pick<Memory, 'issues' | 'searches'>,
  payload: unknown,
  key: Key,
): void {
  const issue = numberAt(payload, 'issue', 'number');
  const repository = numberAt(payload, 'repository', 'id');
  if (key.kind !== 'release' || issue === undefined || repository === undefined) return;
  if (!memory.issues.has(issueKey(repository, issue)))
    memory.searches.add(targetKey(key.repository, key.release));
}

/** Wishes for new runs of our checks, in an event that gave keys: it is about checks of our own. */
export function rememberRerun(memory: Pick<Memory, 'reruns'>, event: string, payload: unknown): void {
  if (textAt(payload, 'action') !== 'rerequested') return;
  const run = event === 'check_run' ? textAt(payload, 'check_run', 'node_id') : undefined;
  const suite = event === 'check_suite' ? textAt(payload, 'check_suite', 'head_sha') : undefined;
  if (run !== undefined) wishForRun(memory, run);
  if (suite !== undefined) wishForSuite(memory, suite);
}

/** Where somebody says that a job waits for an environment. */
export function rememberWaiting(memory: Pick<Memory, 'gates'>, event: string, payload: unknown): void {
  const repository = repositoryNameAt(payload, 'repository', 'full_name');
  const commit = textAt(payload, 'deployment', 'sha') ?? '';
  if (event === 'deployment_protection_rule' && repository !== undefined && /^[0-9a-f]{40}$/.test(commit))
    rememberGate(memory, repository, commit);
}

function recordsBranchOf(memory: Memory, id: number): string {
  const name = [...memory.heads].find(([, heads]) => heads.repository.id === id)?.[0];
  const stock = name === undefined ? undefined : memory.stocks.get(name);
  return (stock?.inventory ?? defaultConfiguration).records.branch;
}

function repositoriesOf(names: readonly string[], owner: string | undefined): readonly string[] {
  if (owner === undefined) return [];
  return names.filter((name) => name.toLowerCase().startsWith(`${owner.toLowerCase()}/`));
}
