import type { Activity, Manifest, Phase, Timing } from '../manifest/manifest.ts';

/** Fields that let what follows begin although the activity was not approved by people (T1). */
type Loopholes = {
  readonly if?: unknown;
  readonly timing?: Timing;
  readonly onFailure?: { readonly kind: string; readonly phase?: string };
};

/** Why an activity, or what follows from its phase, does not surely wait for people; undefined: it does. */
export const loophole = (own: Activity & Loopholes, around: Phase & Loopholes): string | undefined => {
  if (own.if !== undefined || around.if !== undefined) return 'if';
  if (own.timing?.autoApprove !== undefined) return 'auto-approve';
  return (own.onFailure ?? around.onFailure)?.kind === 'continue' ? 'on-failure: continue' : undefined;
};

/** May what needs this phase begin although nothing of it happened? */
const isPassable = (phase: Phase & Loopholes): boolean =>
  phase.if !== undefined || phase.onFailure?.kind === 'continue';

/** Every activity knows its phase. */
export const phaseOf = (plan: Manifest, activity: Activity): Phase =>
  plan.phases.find(({ id }) => id === activity.phase) as Phase;

/** The activities that are surely approved before `activity` begins: unconditional ancestors in the graph (T1). */
export const gatesBefore = (plan: Manifest, activity: Activity): ReadonlySet<string> =>
  ancestorsOf(plan, activity, runBy);

/**
 * The activities that are surely approved before `activity`, whichever failure begins it: their answers can be handed on (T14).
 * Unlike an environment, a value waits for nobody. No valid manifest lets failures run each other in a circle (decision 0069).
 */
export const answeredBefore = (plan: Manifest, activity: Activity): ReadonlySet<string> => {
  const needed = ancestorsOf(plan, activity, () => []);
  const [first = [], ...others] = failuresThatRun(plan, activity.phase).map((one) => [
    ...answeredBefore(plan, one),
  ]);
  const surely = others.reduce<readonly string[]>((all, one) => all.filter((id) => one.includes(id)), first);
  return new Set([...needed, ...surely]);
};

/** Activities whose failure runs a phase. */
const failuresThatRun = ({ phases }: Manifest, run: string): readonly Activity[] =>
  phases.flatMap((phase) =>
    phase.activities.filter((one) => {
      const policy = one.onFailure ?? phase.onFailure;
      return policy?.kind === 'run' && policy.phase === run;
    }),
  );

const ancestorsOf = (
  plan: Manifest,
  activity: Activity,
  beside: (plan: Manifest, phase: Phase) => readonly string[],
): ReadonlySet<string> => {
  const phases = new Map(plan.phases.map((phase) => [phase.id, phase]));
  const gates = new Set<string>();
  const walked = new Set<string>();
  const walkPhase = (phase: Phase): void => {
    for (const id of [...phase.needs, ...beside(plan, phase)]) {
      const before = phases.get(id);
      if (before === undefined || walked.has(id) || isPassable(before)) continue;
      walked.add(id);
      for (const one of before.activities) if (loophole(one, before) === undefined) gates.add(one.id);
      walkPhase(before);
    }
  };
  const walk = (one: Activity, phase: Phase): void => {
    for (const id of one.needs) {
      const before = phase.activities.find((other) => other.id === id);
      if (before === undefined || gates.has(id) || loophole(before, phase) !== undefined) continue;
      gates.add(id);
      walk(before, phase);
    }
  };
  const phase = phaseOf(plan, activity);
  walkPhase(phase);
  walk(activity, phase);
  return gates;
};

/**
 * Phases whose failure runs this one. What they ask for counts as asked before it: the environment itself opens only
 * once its gates are approved, whatever failed.
 */
const runBy = (plan: Manifest, phase: Phase): readonly string[] =>
  plan.phases
    .filter((other) =>
      [other, ...other.activities].some(
        (one: (Activity | Phase) & Loopholes) =>
          one.onFailure?.kind === 'run' && one.onFailure.phase === phase.id,
      ),
    )
    .map(({ id }) => id);
