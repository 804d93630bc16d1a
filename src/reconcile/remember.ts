import { isAmendmentName } from '../core/release/amendment-name.ts';
import { checksWaitedFor } from '../core/release/checks.ts';
import { workflowsFollowed } from '../core/release/dispatch.ts';
import type { ReleaseState } from '../core/release/state.ts';
import type { ReleaseView } from '../ports/forge.ts';
import { waitingIn } from './glance.ts';
import { issueKey, targetKey, votersIn } from './memory.ts';
import type { World } from './world.ts';

/** Who may vote is known from here on without asking; what is not known for certain is forgotten. */
export function rememberVoters(
  { memory }: World,
  repository: string,
  release: string,
  view: ReleaseView,
): void {
  const voters = votersIn(view.resolutions);
  if (voters === undefined) memory.voters.delete(targetKey(repository, release));
  else memory.voters.set(targetKey(repository, release), voters);
}

/** What later webhooks and passes find without asking. */
export function remember(
  world: World,
  repository: string,
  id: number,
  state: ReleaseState,
  head: string | undefined,
): void {
  const { heads, open, issues } = world.memory;
  const known = heads.get(repository);
  if (known && head !== undefined) heads.set(repository, { ...known, records: head });
  if (state.kind === 'unopened') return;
  // Another configuration rules now, and every release may be concerned (T7).
  if (head !== undefined && state.ended && isAmendmentName(state.release))
    world.enqueue({ kind: 'repository', repository });
  world.memory.targets.set(targetKey(repository, state.release), state.target.commit);
  world.memory.checks.set(targetKey(repository, state.release), checksWaitedFor(state));
  world.memory.workflows.set(targetKey(repository, state.release), workflowsFollowed(state));
  world.memory.waiting.set(targetKey(repository, state.release), waitingIn(state));
  const names = open.get(repository) ?? new Set<string>();
  open.set(repository, names);
  if (state.ended) names.delete(state.release);
  else names.add(state.release);
  if (state.tracking) issues.set(issueKey(id, state.tracking.number), state.release);
  for (const attempts of Object.values(state.attempts)) {
    for (const { issue } of attempts.flatMap((attempt) => attempt.notices))
      issues.set(issueKey(id, issue.number), state.release);
  }
}
