// Judges workflows that releases start: what was ordered, what the host was asked for, and what its runs came to.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { broken } from './broken.ts';
import type { Dispatched } from './dispatched.ts';
import { isOf, second } from './ground.ts';
import { blockerOf, type Scene, specIn, targetIn, wasWrong } from './oracle-machines.ts';
import type { Stage } from './stage.ts';
import { workflowFiles } from './workflow-files.ts';

type Of<K extends ReleaseEvent['kind']> = Extract<ReleaseEvent, { readonly kind: K }>;

/** Why nothing of a workflow can have been recorded so; undefined: it can, or the event is about something else. */
export function objectionToWorkflow(scene: Scene, event: ReleaseEvent): string | undefined {
  switch (event.kind) {
    case 'workflow-ordered':
      return unordered(scene, event);
    case 'workflow-answered':
      return unanswered(scene, event);
    case 'workflow-ended':
      return unended(scene, event);
    case 'deployment-seen':
      return specIn(scene, event.body.activity)?.opens?.starts && 'its run decides, and nothing else';
    default:
      return undefined;
  }
}

const startsFor = ({ dispatched }: Stage, release: string, activity: string): readonly Dispatched[] =>
  dispatched.filter(({ inputs }) => inputs['release'] === release && inputs['activity'] === activity);

function unordered(scene: Scene, event: Of<'workflow-ordered'>): string | undefined {
  const { life, chronicle, stage, before } = scene;
  const { activity, workflow, environment, commit, inputs } = event.body;
  const opens = specIn(scene, activity)?.opens;
  const { open, ordered } = life.stands.get(activity) ?? {};
  if (opens?.starts?.file !== workflow || opens.environment !== environment) return 'no manifest asks for it';
  if (commit !== targetIn(before) || open?.commit !== commit)
    return 'its environment is open for another commit';
  if (Date.parse(event.at) >= (open.until ?? Infinity)) return 'its time was over';
  if (wasWrong(chronicle, Date.parse(event.at))) return 'the clock could not be trusted';
  const why = blockerOf(scene, activity);
  if (why !== undefined) return why;
  const { given } = opens.starts;
  const answer = given === undefined ? {} : { risk: life.stands.get(given)?.risk ?? '' };
  const wanted = JSON.stringify({ activity, commit, release: event.release, ...answer });
  if (JSON.stringify(inputs, ['activity', 'commit', 'release', 'risk']) !== wanted)
    return `it was to be given ${wanted}, not ${JSON.stringify(inputs)}`;
  const earlier = startsFor(stage, event.release, activity).filter(({ at }) => at < Date.parse(event.at));
  const started = ordered !== undefined && earlier.some(({ at }) => at >= ordered.at);
  return started ? 'it had been started already' : undefined;
}

function unanswered({ stage, life, records }: Scene, event: Of<'workflow-answered'>): string | undefined {
  const { activity, answer } = event.body;
  const ordered = life.stands.get(activity)?.ordered;
  if (answer.kind === 'accepted' || ordered === undefined) return undefined;
  if (answer.kind === 'refused') {
    if (answer.why === 'missing') return workflowFiles.includes(ordered.file) ? 'it is there' : undefined;
    return answer.why === 'moved' ? undefined : `nothing was in its way (${answer.why})`;
  }
  const own = startsFor(stage, event.release, activity).find(({ run }) => run === answer.run);
  if (own === undefined || own.at < ordered.at) return `run ${answer.run} was not started for it`;
  const all = [...records.values()].flat().filter((one) => one.kind === 'workflow-answered');
  const same = all.filter(({ body }) => body.answer.kind === 'run' && body.answer.run === answer.run);
  return same.length > 1 ? `run ${answer.run} is that of several` : undefined;
}

function unended({ stage }: Scene, event: Of<'workflow-ended'>): string | undefined {
  const { id, ended, commit } = event.body.run;
  const row = stage.host.state.workflowRuns.get(id);
  if (row?.status !== 'completed' || row.conclusion !== ended.conclusion)
    return `it ended as ${row?.conclusion}`;
  if (row.headSha !== commit) return `it ran on ${row.headSha}`;
  return Math.abs(Date.parse(row.updatedAt) - Date.parse(ended.at)) > second
    ? 'it ended at another time'
    : undefined;
}

/** What was started for whom, in words. */
export const startedIn = ({ dispatched }: Stage): readonly string[] =>
  dispatched.map(({ inputs, file }) => `${inputs['release']}/${inputs['activity']}: started ${file}`);

/** Nothing of an attempt follows its end, but for what was on its way. */
const ends: ReadonlySet<string> = new Set([
  'activity-aborted',
  'activity-failed',
  'activity-succeeded',
  'attempt-superseded',
]);

/** Every run follows an order of its own that was recorded before, means what was approved, and came before the end. */
export function judgeDispatches(
  { dispatched }: Stage,
  records: ReadonlyMap<string, readonly ReleaseEvent[]>,
): void {
  const taken = new Set<string>();
  for (const { run, file, ref, meant, inputs, at } of dispatched) {
    const { release = '', activity = '' } = inputs;
    const say = (why: string): never =>
      broken('started', `run ${run} for ${release}/${activity} at ${new Date(at).toISOString()}: ${why}`);
    const events = records.get(release) ?? [];
    const index = events.findLastIndex(
      (one) => one.kind === 'workflow-ordered' && one.body.activity === activity && Date.parse(one.at) <= at,
    );
    const order = events[index];
    if (order?.kind !== 'workflow-ordered') throw say('nobody had ordered it');
    const { attempt, commit, workflow } = order.body;
    if (taken.has(`${release} ${activity} ${attempt}`)) say(`another run of attempt ${attempt}`);
    taken.add(`${release} ${activity} ${attempt}`);
    if (
      JSON.stringify(Object.entries(order.body.inputs).sort()) !==
      JSON.stringify(Object.entries(inputs).sort())
    )
      say(`it was given ${JSON.stringify(inputs)}`);
    if (workflow !== file || ref.replace(/^refs\/(heads|tags)\//, '') !== order.body.ref)
      say(`it is of ${file} on ${ref}`);
    if (meant !== commit) say(`${ref} meant ${meant}, not ${commit}`);
    const end = events
      .slice(index)
      .find((one) =>
        ends.has(one.kind) ? isOf(one, activity, attempt) : /^release-(?!announced)/.test(one.kind),
      );
    if (end && Date.parse(end.at) + second <= at) say(`after ${end.kind} at ${end.at}`);
  }
}
