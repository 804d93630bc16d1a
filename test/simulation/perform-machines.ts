import { addDeploymentStatus, createDeployment } from '../../src/local-github/actions/deployments.ts';
import { environmentRow } from '../../src/local-github/seed/environment-settings.ts';
import { addCheckRun } from '../../src/local-github/state/checks.ts';
import { accountByLogin } from '../../src/local-github/state/lookup.ts';
import { nextId } from '../../src/local-github/state/state.ts';
import type { Chronicle } from './chronicle.ts';
import { appId, type Stage } from './stage.ts';
import type { Step } from './step.ts';

const appIds = { checker: 3, typist: 2 } as const;

/** Another App posts a check. */
export async function check(
  { host, repository, git }: Stage,
  { name, app, ref, conclusion }: Extract<Step, { do: 'check' }>,
): Promise<string | undefined> {
  const refs = git.allRefs();
  const headSha = refs.get(`refs/tags/${ref}`) ?? refs.get(`refs/heads/${ref}`);
  if (headSha === undefined) return undefined;
  const sender = accountByLogin(host.state, `${app}[bot]`)?.id ?? 0;
  const ended = conclusion === undefined ? {} : { status: 'completed' as const, conclusion };
  const made = await addCheckRun(
    host,
    repository,
    { appId: appIds[app], sender },
    { name, headSha, ...ended },
  );
  return made.ok
    ? `${app} posted ${name} on ${headSha.slice(0, 7)}: ${conclusion ?? 'it goes on'}`
    : undefined;
}

/** The commit that the newest green check of an environment is on. */
function letThrough({ host }: Stage, environment: string): string | undefined {
  const name = `countersign/environment/${environment.toLowerCase()}`;
  const runs = [...host.state.runs.values()].filter((run) => run.appId === appId && run.name === name);
  const newest = new Map(runs.map((run) => [run.headSha, run]));
  return [...newest.values()].findLast(({ conclusion }) => conclusion === 'success')?.headSha;
}

/** A workflow deploys something, or what it deployed comes to an end. */
export function deploy(
  stage: Stage,
  { environment, goesOn, state, gated }: Extract<Step, { do: 'deploy' }>,
): string | undefined {
  const { host, repository } = stage;
  const creatorId = accountByLogin(host.state, 'mona')?.id ?? 0;
  const begun = [...host.state.deployments.values()].findLast((one) => one.environment === environment);
  if (goesOn && begun === undefined) return undefined;
  const sha = gated ? letThrough(stage, environment) : stage.head('main');
  if (sha === undefined) return undefined;
  const fresh = { environment, ref: 'main', sha, task: 'deploy', description: null, payload: {} };
  const deployment =
    goesOn && begun !== undefined
      ? begun
      : createDeployment(host, repository, { ...fresh, creatorId, viaAppId: null, workflowRunId: null });
  addDeploymentStatus(host, repository, deployment, { state, description: '', creatorId });
  return `${deployment.sha.slice(0, 7)} was deployed to ${environment} (${deployment.id}): ${state}`;
}

/** Names of environments mean the same in whichever case they are written. */
export function protect(
  { host, repository }: Stage,
  chronicle: Chronicle,
  { environment, gaps }: Extract<Step, { do: 'protect' }>,
): string {
  const row = environmentRow(repository.environments[environment]?.id ?? nextId(host.state, 'environment'), {
    'protection-rules': gaps.includes('rule') ? [] : ['countersign'],
    branches: gaps.includes('branches') ? 'any' : 'protected',
    'admins-bypass': gaps.includes('bypass'),
  });
  for (const name of [environment, `${environment[0]?.toUpperCase()}${environment.slice(1)}`])
    repository.environments[name] = row;
  chronicle.guards.push({ at: host.now().getTime(), environment, gaps });
  return `${environment} is guarded but for ${gaps.join(', ') || 'nothing'}`;
}
