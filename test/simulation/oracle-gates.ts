// Judges jobs that wait for an environment: which of them records let in, and what the host was told (T5, T14).

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { GateReport, WorkflowRun } from '../../src/local-github/actions/workflow.ts';
import { broken } from './broken.ts';
import type { Records } from './environment-checks.ts';
import { second } from './ground.ts';
import { gapsSince } from './oracle-guards.ts';
import { blockerOf, type Scene, specIn, targetIn, wasWrong } from './oracle-machines.ts';
import type { Play } from './play.ts';
import { appId } from './stage.ts';
import { lifeAt, partsAt, stoodAt } from './stood.ts';

type Of<K extends ReleaseEvent['kind']> = Extract<ReleaseEvent, { readonly kind: K }>;

/** Why nothing can have been let in so, or have ended so; undefined: it can, or the event is about something else. */
export function objectionToGate(scene: Scene, event: ReleaseEvent): string | undefined {
  switch (event.kind) {
    case 'run-admitted':
      return unadmitted(scene, event);
    case 'admitted-run-ended':
      return unreturned(scene, event);
    default:
      return undefined;
  }
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function unadmitted(scene: Scene, event: Of<'run-admitted'>): string | undefined {
  const { chronicle, life, before, stage, records } = scene;
  const { activity, environment, run: admitted } = event.body;
  const at = Date.parse(event.at);
  const opens = specIn(scene, activity)?.opens;
  const { open, ordered } = life.stands.get(activity) ?? {};
  if (opens?.environment !== environment || open?.environment !== environment) return 'it had not opened it';
  if (open.commit !== targetIn(before)) return 'it was open for another commit';
  if (at >= (open.until ?? Infinity)) return 'its time was over';
  if (wasWrong(chronicle, at)) return 'the clock could not be trusted';
  const why = blockerOf(scene, activity);
  if (why !== undefined) return why;
  const run = stage.host.state.workflowRuns.get(admitted.run);
  if (run?.headSha !== open.commit || `.github/workflows/${run.file}` !== admitted.path)
    return 'there is no such run of the commit';
  const begun = [...run.past, run].find(({ attempt }) => attempt === admitted.attempt)?.startedAt;
  if (begun === undefined || Date.parse(begun) > at + second) return 'it had not begun';
  if (!run.jobs.some((job) => job.environment !== null && isSame(job.environment, environment)))
    return 'it has nothing to do there';
  if (gapsSince(chronicle, environment, at - second).every((gaps) => gaps.includes('rule')))
    return 'no rule of ours was on there';
  if (opens.starts)
    return ordered?.answer === run.id && admitted.attempt === 1 ? undefined : 'it had started another run';
  const starter = starterOf({ stage, records }, run.id, environment);
  return starter && `${starter} had started it`;
}

/** The release and activity that had a run started for an environment. */
export function starterOf(
  { stage, records }: Pick<Scene, 'stage' | 'records'>,
  run: number,
  environment: string,
): string | undefined {
  const started = stage.dispatched.find((one) => one.run === run);
  const { release = '', activity = '' } = started?.inputs ?? {};
  const order = (records.get(release) ?? []).findLast(
    (one): one is Of<'workflow-ordered'> =>
      one.kind === 'workflow-ordered' &&
      one.body.activity === activity &&
      Date.parse(one.at) <= (started?.at ?? 0),
  );
  return order && isSame(order.body.environment, environment) ? `${release}/${activity}` : undefined;
}

function unreturned({ stage }: Scene, event: Of<'admitted-run-ended'>): string | undefined {
  const { run: id, attempt, conclusion, ended } = event.body.run;
  const run = stage.host.state.workflowRuns.get(id);
  const shown = run && [...run.past, run].find((one) => one.attempt === attempt);
  if (shown?.status !== 'completed' || shown.conclusion !== conclusion) return `it was ${shown?.conclusion}`;
  return Math.abs(Date.parse(shown.updatedAt) - Date.parse(ended)) > second
    ? 'it ended at another time'
    : undefined;
}

type Judged = Pick<Play, 'stage' | 'chronicle'>;
type Job = { readonly run: WorkflowRun; readonly report: GateReport };

/** Every final answer that the host was given follows from a record that was there before. `known`: those judged before. */
export function judgeGates(play: Judged, records: Records, known: Set<GateReport>): void {
  for (const run of play.stage.host.state.workflowRuns.values())
    for (const report of run.reports) {
      if (report.verdict === null || report.appId !== appId || known.has(report)) continue;
      known.add(report);
      const judge = report.verdict === 'approved' ? unapproved : unrefused;
      const why = judge(play, records, { run, report });
      if (why === undefined) continue;
      const what = `run ${run.id}, attempt ${report.attempt}, was ${report.verdict} for ${report.environment}`;
      broken('let-in', `${what} at ${report.at}: ${why}`);
    }
}

/** Whoever answers has looked at the record so long before at most. */
const lookMs = 120_000;

/** Moments at which the record said something else, from shortly before an answer up to it. */
function momentsBefore(records: Records, from: number, upTo: number): readonly number[] {
  const all = [...records.values()].flat().map(({ at }) => Date.parse(at));
  return [from, ...new Set(all.filter((at) => at > from && at <= upTo)), upTo];
}

/** It was recorded before; its opening stood; and so did those of all releases of the commit that name the environment. */
function unapproved({ chronicle }: Judged, records: Records, { run, report }: Job): string | undefined {
  const upTo = Date.parse(report.at) + second;
  const owners = [...records].flatMap(([release, events]) => {
    const index = events.findIndex(
      (event) =>
        event.kind === 'run-admitted' &&
        event.body.run.run === run.id &&
        event.body.run.attempt === report.attempt &&
        isSame(event.body.environment, report.environment) &&
        Date.parse(event.at) <= upTo,
    );
    const event = events[index];
    return event?.kind === 'run-admitted' ? [{ release, events, index, event }] : [];
  });
  if (owners.length === 0) return 'no record had let it in';
  const where = { environment: report.environment, commit: run.headSha };
  const whys = owners.map(({ release, events, index, event }) => {
    const { activity, attempt } = event.body;
    const from = Math.max(Date.parse(event.at), Date.parse(report.at) - lookMs);
    const seen = momentsBefore(records, from, upTo).map((at) => {
      const isOpen = partsAt(events, at).some((part) => {
        const stand = part.length > index ? lifeAt(chronicle, part).stands.get(activity) : undefined;
        return stand?.open && !stand.ended && stand.attempt === attempt;
      });
      if (!isOpen) return `${release}/${activity} was not open any more`;
      const stood = stoodAt(chronicle, records, where, at);
      const other = [...stood].find(([, all]) => !all.some((one) => one !== 'waits' && one !== 'rejected'));
      return other && `${other[0]} had not opened it`;
    });
    return seen.includes(undefined) ? undefined : seen.at(-1);
  });
  return whys.includes(undefined) ? undefined : whys[0];
}

/** Only what can never be let in is sent away. */
function unrefused({ stage, chronicle }: Judged, records: Records, { run, report }: Job): string | undefined {
  const { environment } = report;
  const upTo = Date.parse(report.at) + second;
  const starter = starterOf({ stage, records }, run.id, environment);
  if (starter !== undefined && report.attempt > 1) return undefined;
  const where = { environment, commit: run.headSha };
  const seen = momentsBefore(records, Date.parse(report.at) - lookMs, upTo).map((at) => {
    const stood = [...stoodAt(chronicle, records, where, at).values()];
    const isOver = stood.every((all) => all.some((one) => one === undefined || one === 'done'));
    if (isOver && stood.some((all) => all.includes('done'))) return undefined;
    const stands = [...records.values()].flatMap((events) =>
      partsAt(events, at).flatMap((part) => [...lifeAt(chronicle, part).stands.values()]),
    );
    const own = stands.find(
      ({ ordered, admitted, ended }) =>
        !ended &&
        ((ordered?.answer === run.id && report.attempt === 1) ||
          (admitted?.run === run.id && admitted.attempt === report.attempt)),
    );
    if (own === undefined) return starter === undefined ? 'it could still be let in' : undefined;
    return (own.open?.until ?? Infinity) <= upTo ? undefined : 'it was to be let in';
  });
  return seen.includes(undefined) ? undefined : seen.at(-1);
}
