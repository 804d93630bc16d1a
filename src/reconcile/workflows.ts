import { activitiesOf, type Manifest } from '../core/manifest/manifest.ts';
import { isDispatcher } from '../core/release/dispatch.ts';
import type { Happening } from '../core/release/event.ts';
import type { Facts } from '../core/release/facts.ts';
import { type Dispatch, type ReleaseState, standingAttempts } from '../core/release/state.ts';
import type { Known } from '../core/values.ts';
import type { WorkflowRun } from '../core/workflow/workflow-run.ts';
import { ForgeError } from '../ports/forge.ts';
import type { World } from './world.ts';

/** Asked only where something starts a workflow, and of runs only while one is under way. */
export async function workflowFacts(
  { forge }: World,
  repository: string,
  state: ReleaseState,
  plan: Manifest | undefined,
): Promise<Pick<Facts, 'mayDispatch' | 'workflowRuns'>> {
  if (plan === undefined || !activitiesOf(plan).some(isDispatcher)) return {};
  const followed = state.kind === 'opened' && !state.ended ? dispatchesIn(state) : [];
  const mayDispatch = await forge.mayDispatch(repository);
  if (followed.length === 0) return { mayDispatch };
  const found = await Promise.all(followed.map((one) => runsOf(forge, repository, one)));
  return { mayDispatch, workflowRuns: allOf(found) };
}

const dispatchesIn = (state: Extract<ReleaseState, { readonly kind: 'opened' }>): readonly Dispatch[] =>
  standingAttempts(state).flatMap(({ dispatch }) => (dispatch ? [dispatch] : []));

/** The run itself, or where it is not known yet, all that it may be: after a crash nobody knows what was sent. */
async function runsOf(
  forge: World['forge'],
  repository: string,
  { order, answer }: Dispatch,
): Promise<Known<readonly WorkflowRun[]>> {
  if (answer?.kind !== 'run') return forge.dispatchedRuns(repository, order.commit);
  const run = await forge.workflowRun(repository, answer.run);
  return run.kind === 'known' ? { kind: 'known', value: [run.value] } : run;
}

const allOf = (found: readonly Known<readonly WorkflowRun[]>[]): Known<readonly WorkflowRun[]> => {
  const unknown = found.find(({ kind }) => kind === 'unknown');
  if (unknown) return unknown;
  return { kind: 'known', value: found.flatMap((one) => (one.kind === 'known' ? one.value : [])) };
};

/**
 * Sends the orders that this pass recorded, and only those: whoever else finds them looks for their runs. Where the host
 * cannot be reached nobody knows what it did, and the order is looked at again once it counts as lost.
 */
export async function sendOrders(
  { forge }: World,
  repository: string,
  events: readonly Happening[],
): Promise<NonNullable<Facts['answers']>> {
  const answers: NonNullable<Facts['answers']>[number][] = [];
  for (const event of events) {
    if (event.kind !== 'workflow-ordered') continue;
    const { activity, attempt, workflow, ref, commit, inputs } = event.body;
    try {
      const answer = await forge.dispatch(repository, { workflow, ref, commit, inputs });
      answers.push({ activity, attempt, answer });
    } catch (error) {
      if (!(error instanceof ForgeError) || error.code !== 'unavailable') throw error;
    }
  }
  return answers;
}
