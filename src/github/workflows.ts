import type { Known, Sha } from '../core/values.ts';
import type { RunEnding } from '../core/workflow/waiting-job.ts';
import type {
  DispatchAnswer,
  DispatchOrder,
  DispatchRefusal,
  WorkflowRun,
} from '../core/workflow/workflow-run.ts';
import { present } from '../core/written/present.ts';
import { type Forge, ForgeError, type ForgeErrorCode } from '../ports/forge.ts';
import { type Connection, ownerAndName } from './connection.ts';
import { readIdentity } from './identity.ts';

/** A run as REST shows it; older hosts tell neither its try nor its suite. */
export type WireRun = {
  readonly id: number;
  readonly run_attempt?: number;
  readonly check_suite_id?: number;
  readonly html_url: string;
  readonly path: string;
  readonly event: string;
  readonly head_sha: string;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly created_at: string;
  readonly updated_at: string;
};

/** Hosts that do not tell of the run answer with nothing. */
type WireDispatched = { readonly workflow_run_id?: number; readonly html_url?: string } | undefined | '';

const refusals: { readonly [C in ForgeErrorCode]?: DispatchRefusal } = {
  forbidden: 'forbidden',
  'not-found': 'missing',
  invalid: 'invalid',
};

const unreadable = { kind: 'unknown', why: 'the App may not read runs of workflows' } as const;

/** Starting workflows on GitHub, and reading what became of them. */
export const createWorkflows = (
  connection: Connection,
): Pick<Forge, 'mayDispatch' | 'dispatch' | 'dispatchedRuns' | 'workflowRun'> => {
  let botLogin: string | undefined;
  const ourName = async (): Promise<string> => {
    botLogin ??= (await readIdentity(connection)).botLogin;
    return botLogin;
  };
  return {
    mayDispatch: async (repository) => {
      const { actions } = await connection.permissionsOn(repository);
      return actions === 'write'
        ? { kind: 'known', value: true }
        : { kind: 'unknown', why: 'the App may not start workflows' };
    },
    dispatch: (repository, order) => dispatch(connection, repository, order),
    dispatchedRuns: async (repository, commit) => {
      const actor = await ourName();
      const asked = { event: 'workflow_dispatch', head_sha: commit, actor, per_page: 100 };
      return readingRuns(async () => {
        const caller = await connection.on(repository);
        const { data } = await caller.rest<{ readonly workflow_runs: readonly WireRun[] }>(
          'GET /repos/{owner}/{repo}/actions/runs',
          { ...placeOf(repository), ...asked },
          'read',
        );
        return data.workflow_runs.map(runOf);
      });
    },
    workflowRun: (repository, id) =>
      readingRuns(async () => {
        const caller = await connection.on(repository);
        const { data } = await caller.rest<WireRun>(
          'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
          { ...placeOf(repository), run_id: id },
          'read',
        );
        return runOf(data);
      }),
  };
};

/** Owner and name, as routes of REST have them. */
export const placeOf = (repository: string): { readonly owner: string; readonly repo: string } => {
  const { owner, name } = ownerAndName(repository);
  return { owner, repo: name };
};

/** What the App may not read, or what is gone, is not known. */
export async function readingRuns<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return { kind: 'known', value: await read() };
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    if (error.code === 'forbidden') return unreadable;
    if (error.code === 'not-found') return { kind: 'unknown', why: 'the run is gone' };
    throw error;
  }
}

const runOf = (run: WireRun): WorkflowRun => ({
  id: run.id,
  url: run.html_url,
  path: pathOf(run),
  event: run.event,
  commit: run.head_sha,
  createdAt: run.created_at,
  ...present({ ended: endingOf(run) }),
});

/** GitHub may write the branch behind the path. */
export const pathOf = ({ path }: WireRun): string => path.replace(/@.*$/, '');

/** How a run ended; undefined: it goes on. */
export const endingOf = ({ status, conclusion, updated_at: at }: WireRun): RunEnding | undefined =>
  status !== 'completed' || conclusion === null ? undefined : { conclusion, at };

async function dispatch(
  connection: Connection,
  repository: string,
  { workflow, ref, commit, inputs }: DispatchOrder,
): Promise<DispatchAnswer> {
  const where = placeOf(repository);
  const full = await fullName(connection, repository, ref, commit);
  if (full === undefined)
    return { kind: 'refused', why: 'moved', said: `${ref} does not mean ${commit} any more` };
  const caller = await connection.on(repository);
  try {
    const { data } = await caller.rest<WireDispatched>(
      'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
      { ...where, workflow_id: workflow, ref: full, inputs, return_run_details: true },
      'write',
    );
    if (!data || data.workflow_run_id === undefined) return { kind: 'accepted' };
    return { kind: 'run', run: data.workflow_run_id, url: data.html_url ?? '' };
  } catch (error) {
    const why = error instanceof ForgeError ? refusals[error.code] : undefined;
    if (why === undefined) throw error;
    return { kind: 'refused', why, said: (error as ForgeError).message };
  }
}

/** The ref in full, a tag before a branch as git itself decides; undefined where it means another commit (T2). */
async function fullName(
  connection: Connection,
  repository: string,
  ref: string,
  commit: Sha,
): Promise<string | undefined> {
  const names = ref.startsWith('refs/') ? [ref] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
  const caller = await connection.on(repository);
  for (const full of names) {
    try {
      const { data } = await caller.rest<{ readonly sha: string }>(
        'GET /repos/{owner}/{repo}/commits/{ref}',
        { ...placeOf(repository), ref: full.slice('refs/'.length) },
        'read',
      );
      return data.sha === commit ? full : undefined;
    } catch (error) {
      const absent = error instanceof ForgeError && ['not-found', 'invalid'].includes(error.code);
      if (!absent) throw error;
    }
  }
  return undefined;
}
