// Judges what opens and shuts environments, and what was deployed there, from the specification and the host alone.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Chronicle } from './chronicle.ts';
import { hour, manifestAt, second } from './ground.ts';
import type { Stage } from './stage.ts';
import { isDenied, type Life, neededBy, passed } from './stands.ts';
import { type ActivitySpec, checkers, isHeld, type ReleaseSpec, type Settings } from './subject.ts';

/** What judging one event of a machine looks at; `life` as it was before. */
export type Scene = {
  readonly stage: Stage;
  readonly chronicle: Chronicle;
  readonly settings: Settings;
  readonly life: Life;
  readonly before: readonly ReleaseEvent[];
  readonly records: ReadonlyMap<string, readonly ReleaseEvent[]>;
};

type Of<K extends ReleaseEvent['kind']> = Extract<ReleaseEvent, { readonly kind: K }>;

/** Why a machine cannot have done that; undefined: it can, or the event is none of a machine. */
export function objectionToMachine(scene: Scene, event: ReleaseEvent): string | undefined {
  switch (event.kind) {
    case 'environment-opened':
      return unopened(scene, event);
    case 'environment-shut':
      return unshut(scene, event);
    case 'deployment-seen':
      return undeployed(scene, event);
    case 'environment-taken':
      return untaken(scene, event);
    case 'check-seen':
      return unseen(scene, event);
    case 'preconditions-met':
      return unmet(scene, event);
    case 'release-cancelled':
      return event.body.why === 'superseded' ? unsuperseded(scene, event, event.body.by) : undefined;
    case 'activity-overruled': {
      const asked = gatesOf(scene, manifestAt(scene.chronicle, scene.before)?.release);
      const ignored = event.body.act === 'ignore' && asked.includes(event.body.activity);
      return ignored ? 'a floor asks for it, and nobody may do without (T3)' : undefined;
    }
    default:
      return undefined;
  }
}

/** What floors ask for, where the release opens what they are for. */
const gatesOf = (
  { settings }: Pick<Scene, 'settings'>,
  release: ReleaseSpec | undefined,
): readonly string[] =>
  settings.floor && release?.activities.some((one) => one.opens && isGuarded(one.opens.environment))
    ? ['go-no-go']
    : [];

const isGuarded = (environment: string): boolean => environment.toLowerCase() === 'production';

/** Commits that the release was for, newest last. */
export const targetIn = (before: readonly ReleaseEvent[]): string | undefined => {
  const told = before.findLast(({ kind }) => kind === 'release-opened' || kind === 'manifest-revised');
  return told?.kind === 'release-opened' || told?.kind === 'manifest-revised'
    ? told.body.target.commit
    : undefined;
};

/** The tag that was released means something else, and nobody has taken note of it. */
function hasMoved(before: readonly ReleaseEvent[]): boolean {
  const deviations = before.flatMap((event) => (event.kind === 'deviation-recorded' ? [event.body] : []));
  const noted = Math.max(
    0,
    ...before.flatMap((event) => (event.kind === 'deviations-acknowledged' ? [event.body.deviations] : [])),
  );
  return deviations.slice(noted).some(({ what }) => what === 'target-moved');
}

/** What keeps an environment shut whatever the time is (T1, T5); undefined: nothing. */
export function blockerOf(
  { chronicle, settings, life, before }: Pick<Scene, 'chronicle' | 'settings' | 'life' | 'before'>,
  activity: string,
): string | undefined {
  const release = manifestAt(chronicle, before)?.release;
  const spec = release?.activities.find(({ id }) => id === activity);
  if (release === undefined || spec?.opens === undefined) return 'no manifest asks for it';
  if (isDenied(life, release, spec.phase === 'rollback')) return 'somebody said no';
  const open = neededBy(release, activity).find((need) => passed(life, release, need) === 'no');
  if (open !== undefined) return `${open} is not over`;
  if (hasMoved(before)) return 'the tag had moved';
  if (!isGuarded(spec.opens.environment)) return undefined;
  const unapproved = gatesOf({ settings }, release).find((gate) => {
    const stand = life.stands.get(gate);
    return stand?.ended !== 'approved' || stand.automatic;
  });
  return unapproved && `people have not approved ${unapproved}`;
}

/** Was the App's clock beyond doubt wrong at that moment? */
export function wasWrong({ skews }: Chronicle, at: number): boolean {
  const last = skews.findLastIndex((one) => one.at + second < at);
  const end = skews[last + 1]?.at ?? Infinity;
  return skews[last]?.wrong === true && at + 61 * second < end;
}

export const specIn = ({ chronicle, before }: Scene, activity: string): ActivitySpec | undefined =>
  manifestAt(chronicle, before)?.release.activities.find(({ id }) => id === activity);

function unopened(scene: Scene, event: Of<'environment-opened'>): string | undefined {
  const { settings, life, before, chronicle } = scene;
  const { activity, environment, commit, until } = event.body;
  const opens = specIn(scene, activity)?.opens;
  if (opens?.environment !== environment) return 'the manifest opens another environment';
  if (commit !== targetIn(before)) return 'it is opened for another commit';
  const at = Date.parse(event.at);
  const wanted = opens.validFor === undefined ? undefined : at + opens.validFor * hour;
  if (wanted !== (until === undefined ? undefined : Date.parse(until))) return `it ends at ${until}`;
  if (wasWrong(chronicle, at)) return 'the clock could not be trusted';
  const lifted = life.stands.get(activity)?.lifted;
  const held = [at, at + second - 1].every((moment) => isHeld(settings, environment, moment));
  return held && !lifted ? 'a freeze or a window holds it' : blockerOf(scene, activity);
}

function unshut(scene: Scene, event: Of<'environment-shut'>): string | undefined {
  const { settings } = scene;
  const { activity, environment, why } = event.body;
  const at = Date.parse(event.at);
  if (why.kind === 'unclear') return undefined;
  if (why.kind === 'freeze' || why.kind === 'window')
    return [at, at + second - 1].some((moment) => isHeld(settings, environment, moment))
      ? undefined
      : 'nothing held it';
  return blockerOf(scene, activity) === undefined ? 'nothing was in its way' : undefined;
}

/** The deployment is the host's, of that commit, and its last word came after the opening. */
function undeployed({ stage, life, before }: Scene, event: Of<'deployment-seen'>): string | undefined {
  const { activity, deployment, environment, state, ended } = event.body;
  const row = stage.host.state.deployments.get(deployment);
  const names = row?.environment.toLowerCase() === environment.toLowerCase();
  if (row === undefined || !names || row.sha !== targetIn(before)) return 'nothing of it was deployed there';
  const said = row.statuses.some(
    (status) =>
      Math.floor(Date.parse(status.at) / second) === Math.floor(Date.parse(ended) / second) &&
      (state === 'success' ? status.state === 'success' : /^(failure|error)$/.test(status.state)),
  );
  if (!said) return `it did not end as ${state} at ${ended}`;
  const opened = life.stands.get(activity)?.open?.at ?? Infinity;
  return Date.parse(ended) >= opened ? undefined : 'it had ended before the environment was opened';
}

function untaken({ records, life }: Scene, event: Of<'environment-taken'>): string | undefined {
  const { activity, by, commit, environment } = event.body;
  const own = life.stands.get(activity)?.open;
  const taken = (records.get(by) ?? []).some(
    (other) =>
      other.kind === 'environment-opened' &&
      other.body.environment.toLowerCase() === environment.toLowerCase() &&
      other.body.commit === commit &&
      commit !== own?.commit &&
      Date.parse(other.at) >= (own?.at ?? Infinity),
  );
  return taken ? undefined : `${by} did not open it since`;
}

/** The run is the host's, of that name and commit, and of whoever had to make it (T14). */
function unseen(scene: Scene, event: Of<'check-seen'>): string | undefined {
  const { stage, before } = scene;
  const { activity, run } = event.body;
  if (!specIn(scene, activity)?.awaits?.includes(run.name)) return 'nobody waits for it';
  const row = stage.host.state.runs.get(run.id);
  if (row === undefined || row.name !== run.name || row.headSha !== targetIn(before))
    return 'there is no such run';
  if (row.conclusion !== run.ended.conclusion) return `it ended as ${row.conclusion}`;
  if (Math.abs(Date.parse(row.completedAt ?? '') - Date.parse(run.ended.at)) > second)
    return 'it ended at another time';
  const app = checkers[run.name];
  return app === undefined || row.appId === 3 ? undefined : 'another App made it';
}

function unmet(scene: Scene, event: Of<'preconditions-met'>): string | undefined {
  const { activity, attempt } = event.body;
  const { awaits = [] } = specIn(scene, activity) ?? {};
  const newest = new Map<string, string>();
  for (const one of scene.before) {
    if (!('activity' in one.body) || one.body.activity !== activity) continue;
    if (one.kind === 'scope-changed') newest.clear();
    if (one.kind === 'check-seen' && one.body.attempt === attempt)
      newest.set(one.body.run.name, one.body.run.ended.conclusion);
  }
  const missing = awaits.find((name) => newest.get(name) !== 'success');
  return missing && `${missing} has not passed`;
}

/** A newer release takes the place of one that has nothing open (G-16). */
function unsuperseded(scene: Scene, event: ReleaseEvent, by: string): string | undefined {
  const { chronicle, life, before, records } = scene;
  const others = records.get(by) ?? [];
  const at = Date.parse(event.at) + second;
  const revisions = others.filter((one) => Date.parse(one.at) <= at);
  const other = manifestAt(chronicle, revisions)?.release;
  const own = manifestAt(chronicle, before)?.release;
  if (!other?.supersedes) return `${by} takes the place of none`;
  const [opened, newer] = [before, others].map((events) => Date.parse(events[0]?.at ?? ''));
  if (opened === undefined || newer === undefined || newer < opened) return `${by} is older`;
  const names = (release: ReleaseSpec | undefined): readonly string[] =>
    release?.activities.flatMap((one) => (one.opens ? [one.opens.environment.toLowerCase()] : [])) ?? [];
  if (!names(own).some((name) => names(other).includes(name))) return `${by} is for another environment`;
  return life.cutShort ? 'it had opened its environment' : undefined;
}
