import { evaluateCondition, type Surroundings } from '../expression/evaluate.ts';
import { asksForOutcome, type Path, pathsIn, type Value } from '../expression/expression.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import type { Answers } from '../form/answer.ts';
import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Known } from '../values.ts';
import { rejectionsOf } from './rejections.ts';
import { hasFailed, hasPassed, isComplete, isSkipped } from './resolution.ts';
import { latestAttempt, type OpenRelease } from './state.ts';

/**
 * Whether an activity that could begin shall: yes, no, or nobody can tell. Without a condition: where all it needs passed.
 * A condition leaves out a question that nobody has answered, never one that somebody said no to (T3, decision 0053).
 */
export function wanted(state: OpenRelease, activity: Activity): Known<boolean> {
  const before = latestAttempt(state, activity.id);
  const refused = before !== undefined && rejectionsOf(before).length > 0;
  if (activity.if === undefined || refused) return { kind: 'known', value: true };
  const parsed = parseCondition(activity.if);
  return parsed.kind === 'invalid'
    ? { kind: 'unknown', why: `the condition cannot be read: expected ${parsed.expected}` }
    : evaluateCondition(parsed.expression, surroundingsOf(state, activity));
}

/** Whether everything that the activity needs is over: passed, or failed where its condition asks how it went. */
export function isReady(state: OpenRelease, activity: Activity): boolean {
  const over = (id: string): boolean => hasPassed(state, id) || (asksHow(activity) && hasFailed(state, id));
  return (
    activity.needs.every(over) &&
    neededPhases(state, activity).every((id) => isOver(state, id, asksHow(activity)))
  );
}

const isOver = (state: OpenRelease, id: string, failed: boolean): boolean =>
  state.revision.plan.phases.some(
    (phase) =>
      phase.id === id &&
      (isComplete(state, phase) ||
        (failed && phase.activities.every((one) => hasPassed(state, one.id) || hasFailed(state, one.id)))),
  );

/** What a condition was false about: what stands at each path that it looks at, and what has failed before it. */
export type Grounds = {
  readonly condition: string;
  /** Values as canonical JSON; in words where nobody knows. */
  readonly values: readonly { readonly path: string; readonly value: string }[];
  /** Present where the condition asks how earlier work went. */
  readonly failed?: readonly string[];
};

/** Why an activity is wanted or not, as its condition reads now. */
export function groundsOf(state: OpenRelease, activity: Activity): Grounds {
  const condition = String(activity.if);
  const parsed = parseCondition(condition);
  const paths = parsed.kind === 'parsed' ? pathsIn(parsed.expression) : [];
  const values = paths.map((path) => ({ path: path.join('.'), value: shown(lookUp(state, path)) }));
  const failed = neededBy(state, activity).filter((id) => hasFailed(state, id));
  return { condition, values, ...(asksHow(activity) ? { failed } : {}) };
}

const shown = (value: Known<Value> | undefined): string => {
  if (value?.kind === 'known') return canonicalize(value.value);
  return value === undefined ? 'not there' : `not known: ${value.why}`;
};

const asksHow = ({ if: condition }: Activity): boolean => {
  if (condition === undefined) return false;
  const parsed = parseCondition(condition);
  return parsed.kind === 'parsed' && asksForOutcome(parsed.expression);
};

/** What an expression of an activity may look at. */
export const surroundingsOf = (state: OpenRelease, activity: Activity): Surroundings => {
  const failed = neededBy(state, activity).some((id) => hasFailed(state, id));
  return {
    lookup: (path) => lookUp(state, path),
    success: { kind: 'known', value: !failed },
    failure: { kind: 'known', value: failed },
  };
};

const neededPhases = ({ revision: { plan } }: OpenRelease, { phase }: Activity): readonly string[] =>
  plan.phases.filter(({ id }) => id === phase).flatMap(({ needs }) => needs);

const neededBy = (state: OpenRelease, activity: Activity): readonly string[] => {
  const before = neededPhases(state, activity);
  const phases = state.revision.plan.phases.filter(({ id }) => before.includes(id));
  return [...activity.needs, ...phases.flatMap((phase) => phase.activities.map(({ id }) => id))];
};

const known = (value: Value): Known<Value> => ({ kind: 'known', value });

function lookUp(state: OpenRelease, path: Path): Known<Value> | undefined {
  const [root, name, part, input = ''] = path;
  if (root === 'release') return known(state.release);
  if (root === 'target') return known(name === 'ref' ? (state.target.ref ?? '') : state.target.commit);
  const asked = activitiesOf(state.revision.plan).find(({ id }) => id === name);
  if (asked === undefined) return undefined;
  const outcome = outcomeOf(state, asked.id);
  if (outcome === undefined) return { kind: 'unknown', why: `${asked.id} is not decided yet` };
  if (part === 'status') return known(outcome.status);
  if (Object.hasOwn(outcome.answers, input)) return known(outcome.answers[input] as Value);
  return known(unanswered(asked, input));
}

/** What stands for an answer that nobody gave: a box that is not ticked, a list of nothing, an empty text. */
const unanswered = ({ inputs }: Activity, id: string): Value => {
  switch (inputs.find((input) => input.id === id)?.type) {
    case 'checkbox':
      return false;
    case 'checkboxes':
    case 'multi-select':
      return [];
    default:
      return '';
  }
};

/** What an activity came to, and its answers; undefined while it may still change. */
function outcomeOf(
  state: OpenRelease,
  id: string,
): { readonly status: string; readonly answers: Answers } | undefined {
  if (isSkipped(state, id)) return { status: 'skipped', answers: {} };
  const attempt = latestAttempt(state, id);
  if (attempt?.overruled?.act === 'ignore') return { status: 'ignored', answers: attempt.overruled.inputs };
  if (attempt?.ending?.kind === 'approved') return { status: 'approved', answers: attempt.ending.inputs };
  if (attempt?.ending?.kind === 'succeeded') return { status: 'succeeded', answers: {} };
  return hasFailed(state, id) ? { status: attempt?.ending?.kind as string, answers: {} } : undefined;
}
