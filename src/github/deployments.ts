import type { EndedDeployment } from '../core/release/facts.ts';
import type { Known, Sha } from '../core/values.ts';
import { ForgeError } from '../ports/forge.ts';
import { type Caller, type Connection, ownerAndName } from './connection.ts';

type WireDeployment = { readonly id: number; readonly environment: string };

type WireStatus = { readonly state: string; readonly created_at: string };

/** One commit has few deployments of one environment; older ones than these say nothing about an opening of today. */
const mostDeployments = 20;

/** A later `inactive` only says that something newer was deployed. */
const lastWords: ReadonlyMap<string, EndedDeployment['state']> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
]);

/** Deployments of a commit that have ended, newest first. Throws `ForgeError`, apart from a missing permission. */
export async function readDeployments(
  connection: Connection,
  repository: string,
  commit: Sha,
): Promise<Known<readonly EndedDeployment[]>> {
  const caller = await connection.on(repository);
  const { owner, name } = ownerAndName(repository);
  const where = { owner, repo: name };
  try {
    const list = await caller.rest<readonly WireDeployment[]>(
      'GET /repos/{owner}/{repo}/deployments',
      { ...where, sha: commit, per_page: mostDeployments },
      'read',
    );
    const ended = await Promise.all(list.data.map((one) => endOf(caller, where, one)));
    return { kind: 'known', value: ended.flat() };
  } catch (error) {
    if (error instanceof ForgeError && error.code === 'forbidden')
      return { kind: 'unknown', why: 'the App may not read deployments' };
    throw error;
  }
}

async function endOf(
  caller: Caller,
  where: { readonly owner: string; readonly repo: string },
  { id, environment }: WireDeployment,
): Promise<readonly EndedDeployment[]> {
  const statuses = await caller.rest<readonly WireStatus[]>(
    'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    { ...where, deployment_id: id, per_page: 100 },
    'read',
  );
  // The newest come first.
  for (const { state, created_at: ended } of statuses.data) {
    const last = lastWords.get(state);
    if (last !== undefined) return [{ id, environment, state: last, ended }];
  }
  return [];
}
