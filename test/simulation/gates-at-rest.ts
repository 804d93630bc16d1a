// Whether every job that waits was answered where it could be, and the end of all that was let in is known (G-16).

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import { isClosed } from '../../src/core/release/state.ts';
import type { WorkflowRun } from '../../src/local-github/actions/workflow.ts';
import { broken } from './broken.ts';
import { conclusionOf, type Records, type Stand as Standing, standsOf } from './environment-checks.ts';
import { manifestAt } from './ground.ts';
import { starterOf } from './oracle-gates.ts';
import { gapsSince } from './oracle-guards.ts';
import { blockerOf, targetIn } from './oracle-machines.ts';
import type { Play } from './play.ts';
import { appId } from './stage.ts';
import type { Life, Stand } from './stands.ts';
import type { Opens } from './subject.ts';

/** Once nothing is left to do. */
export function judgeWaiting(play: Play, records: Records): void {
  const { host } = play.stage;
  for (const run of host.state.workflowRuns.values())
    for (const { state, environment } of run.jobs) {
      if (state !== 'waiting' || environment === null || !isAsked(play, run, environment)) continue;
      const why = overlooked(play, records, run, environment);
      if (why !== undefined)
        broken('lost', `run ${run.id}, attempt ${run.attempt}, waits for ${environment}: ${why}`);
    }
  for (const [release, life] of play.lives)
    for (const [activity, { ended, admitted, ordered }] of life.ended === undefined ? life.stands : []) {
      if (ended !== undefined || admitted === undefined || admitted.ended || ordered) continue;
      const run = host.state.workflowRuns.get(admitted.run);
      const shown = run && [...run.past, run].find(({ attempt }) => attempt === admitted.attempt);
      if (shown?.status === 'completed' && !isDoubtful(release, records.get(release) ?? []))
        broken('lost', `${release}/${activity}: run ${admitted.run} ended as ${shown.conclusion}`);
    }
}

/** The host asks us, and has no answer yet. */
function isAsked({ chronicle, time }: Play, { reports, attempt }: WorkflowRun, environment: string): boolean {
  const [gaps = []] = gapsSince(chronicle, environment, time.milliseconds());
  return (
    !gaps.includes('rule') &&
    !reports.some(
      (one) =>
        one.appId === appId &&
        one.verdict !== null &&
        one.attempt === attempt &&
        one.environment === environment,
    )
  );
}

const isDoubtful = (release: string, events: readonly ReleaseEvent[]): boolean => {
  const state = fold(release, events);
  return state.kind !== 'opened' || isClosed(state);
};

/** A release that names the environment for the commit. */
type Naming = {
  readonly release: string;
  readonly events: readonly ReleaseEvent[];
  readonly life: Life;
  readonly stand: Standing | undefined;
  /** It is not over, and names the environment where only a failure opens it. */
  readonly dormant: boolean;
  readonly openers: readonly { readonly id: string; readonly opens: Opens; readonly stand: Stand }[];
};

function namingOf(
  { chronicle, lives }: Play,
  records: Records,
  commit: string,
  environment: string,
): readonly Naming[] {
  return [...records].flatMap(([release, events]): readonly Naming[] => {
    const life = lives.get(release);
    const known = manifestAt(chronicle, events);
    if (life === undefined || known === undefined || targetIn(events) !== commit) return [];
    const stands = standsOf(life, known.release, isDoubtful(release, events));
    const stand = stands.get(environment.toLowerCase());
    if (stand === undefined) return [];
    const openers = known.release.activities.flatMap(({ id, opens }) => {
      const own = life.stands.get(id);
      return own && opens?.environment.toLowerCase() === environment.toLowerCase()
        ? [{ id, opens, stand: own }]
        : [];
    });
    const named = known.release.activities.filter(
      ({ opens }) => opens?.environment.toLowerCase() === environment.toLowerCase(),
    );
    const isOpen = life.ended === undefined;
    const dormant = isOpen && named.some(({ id }) => life.stands.get(id)?.ended !== 'succeeded');
    return [{ release, events, life, openers, dormant, stand: isOpen ? stand : undefined }];
  });
}

/** Why a job should have been answered; undefined: it waits as it should. */
function overlooked(play: Play, records: Records, run: WorkflowRun, environment: string): string | undefined {
  const naming = namingOf(play, records, run.headSha, environment);
  if (naming.length === 0) return undefined;
  const conclusion = conclusionOf(naming.flatMap(({ stand }) => stand ?? []));
  if (conclusion === 'cancelled')
    return naming.some(({ dormant }) => dormant) ? undefined : 'every release of it is over';
  if (conclusion !== 'success') return undefined;
  const open = naming.flatMap(({ openers, stand, release, life, events }) =>
    openers
      .filter((one) => stand === 'open' && one.stand.open && !one.stand.ended)
      .filter(({ id }) => blockerOf({ ...play, life, before: events }, id) === undefined)
      .filter((one) => (one.stand.open?.until ?? Infinity) > play.time.milliseconds())
      .map((one) => ({ ...one, place: `${release}/${one.id}` })),
  );
  const isIts = ({ run: id, attempt }: { readonly run: number; readonly attempt: number }): boolean =>
    id === run.id && attempt === run.attempt;
  const admitted = open.find(({ stand }) => stand.admitted && isIts(stand.admitted));
  if (admitted) return `${admitted.place} has let it in`;
  const ordered = open.find(
    ({ stand }) => !stand.admitted && stand.ordered?.answer === run.id && run.attempt === 1,
  );
  if (ordered) return `${ordered.place} has started it`;
  const isUsed = open.some(({ stand }) => stand.admitted);
  const isUnclear = [...play.lives.values()].some(({ stands }) =>
    [...stands.values()].some((one) => one.ordered && one.ordered.answer === undefined),
  );
  const mine = starterOf({ stage: play.stage, records }, run.id, environment) !== undefined;
  const free = open.find(({ opens }) => opens.starts === undefined);
  return free && !isUsed && !isUnclear && !mine ? `${free.place} lets in nothing` : undefined;
}
