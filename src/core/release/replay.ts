import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';
import { dueActivations, dueOutcomes } from './due.ts';
import { type Happening, natureOf, type ReleaseEvent } from './event.ts';
import { apply } from './fold.ts';
import { differences, scopeDigest, scopeOf } from './scope.ts';
import { activitiesOf, latestAttempt, type OpenRelease, type ReleaseState, waitingAttempt } from './state.ts';

/** An outcome that does not follow from the facts recorded before it. */
export type ReplayFinding = { readonly sequence: number; readonly why: string };

/**
 * Derives every recorded outcome again from the facts before it, through the same pure core that decided them (design 5).
 * The people an attempt began with are facts that came with the outcome; everything else in it is checked.
 */
export function replay(events: readonly ReleaseEvent[]): readonly ReplayFinding[] {
  const findings: ReplayFinding[] = [];
  let state: ReleaseState = { kind: 'unopened', release: events[0]?.release ?? '', sequence: 0 };
  let before: OpenRelease | undefined;
  for (const event of events) {
    if (state.kind === 'opened' && natureOf[event.kind] === 'outcome') {
      const why = objection(state, before ?? state, event);
      if (why !== undefined) findings.push({ sequence: event.sequence, why });
    }
    if (event.kind === 'manifest-revised' && state.kind === 'opened') before = state;
    state = apply(state, event);
  }
  return findings;
}

/** Why the outcome does not follow; `before` is the state that the newest revision changed. */
function objection(state: OpenRelease, before: OpenRelease, event: Happening): string | undefined {
  switch (event.kind) {
    case 'activity-activated':
      return activationObjection(state, event.body);
    case 'scope-changed':
    case 'attempt-superseded':
      return rescopeObjection(state, before, event.body);
    case 'activity-aborted':
      return waitingAttempt(state, event.body.activity)
        ? undefined
        : `${event.body.activity} was not waiting`;
    default: {
      const due = dueOutcomes(state, event.at, new Set());
      const { at, kind, body } = event;
      const wanted = canonicalize(asJson({ at, kind, body }));
      return due.some((one) => canonicalize(asJson(one)) === wanted)
        ? undefined
        : `${event.kind} does not follow from the votes`;
    }
  }
}

type Activated = Extract<Happening, { readonly kind: 'activity-activated' }>['body'];

function activationObjection(state: OpenRelease, body: Activated): string | undefined {
  const activity = dueActivations(state).find((one) => one.id === body.activity);
  if (!activity) return `it was not the turn of ${body.activity}`;
  const scope = scopeDigest(scopeOf(state.release, activity, state.revision.roles, state.target));
  if (scope !== body.scope) return `the scope of ${body.activity} is ${scope}`;
  const attempt = (latestAttempt(state, body.activity)?.attempt ?? 0) + 1;
  return attempt === body.attempt ? undefined : `attempt ${attempt} of ${body.activity} was next`;
}

type Rescoped = Extract<Happening, { readonly kind: 'scope-changed' | 'attempt-superseded' }>['body'];

function rescopeObjection(state: OpenRelease, before: OpenRelease, body: Rescoped): string | undefined {
  const activity = activitiesOf(state.revision.plan).find((one) => one.id === body.activity);
  const earlier = activitiesOf(before.revision.plan).find((one) => one.id === body.activity);
  const attempt = latestAttempt(state, body.activity);
  if (!activity || !attempt || attempt.scope !== body.from) return `${body.activity} did not have that scope`;
  const after = scopeOf(state.release, activity, state.revision.roles, state.target);
  const old = earlier ? scopeOf(before.release, earlier, before.revision.roles, before.target) : {};
  if (scopeDigest(after) !== body.to) return `the scope of ${body.activity} is ${scopeDigest(after)}`;
  const wanted = canonicalize(asJson(differences(old, after)));
  return canonicalize(asJson(body.differences)) === wanted
    ? undefined
    : `${body.activity} changed in other places`;
}

/** Events are plain JSON by construction; the type system cannot see it through optional fields. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
