// What a record may look like at all: which event may follow which, told from the specification alone.

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import type { Chronicle } from './chronicle.ts';
import { manifestAt } from './ground.ts';
import { liveMachine } from './life-machines.ts';
import { objectorsIn } from './objectors.ts';
import { wasOverdue } from './oracle-time.ts';
import { end, isFailure, type Life, neededBy, passed, startAnew } from './stands.ts';
import { isMachine, type ReleaseSpec } from './subject.ts';

/** What may still be recorded of a release that is over: what others did, and what became visible meanwhile. */
const afterwards: ReadonlySet<string> = new Set(['deviation-recorded', 'notice-posted', 'release-announced']);

/** One more event. Why it cannot follow; undefined: it can. */
export function live(
  life: Life,
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  event: ReleaseEvent,
): string | undefined {
  if (life.ended !== undefined && !afterwards.has(event.kind)) return `the release had ${life.ended}`;
  const { body } = event;
  const stand = 'activity' in body ? life.stands.get(body.activity) : undefined;
  if ('attempt' in body && event.kind !== 'activity-activated' && body.attempt !== stand?.attempt)
    return `attempt ${body.attempt} of ${body.activity} is not the newest`;
  const waits = stand !== undefined && stand.ended === undefined;
  switch (event.kind) {
    case 'activity-activated': {
      const known = manifestAt(chronicle, before);
      const why = known && unready(life, known.release, event.body.activity, before);
      if (why !== undefined) return why;
      const again =
        stand === undefined ||
        stand.ended === 'superseded' ||
        stand.ended === 'aborted' ||
        stand.overruled === 'retry';
      if (!again || event.body.attempt !== (stand?.attempt ?? 0) + 1) return 'it was not to be tried again';
      life.stands.set(event.body.activity, { attempt: event.body.attempt });
      return undefined;
    }
    case 'vote-cast':
    case 'vote-withdrawn':
    case 'seat-delegated':
    case 'advice-given':
    case 'scope-changed':
    case 'reminder-due':
    case 'activity-escalated':
    case 'voting-opened':
    case 'voting-closed':
    case 'check-seen':
    case 'preconditions-met':
      return waits ? undefined : 'nothing waited there';
    case 'doubt-raised':
      return waits || isFailure(stand) ? undefined : 'nothing could be doubted there';
    case 'activity-deferred':
      if (waits) life.stands.set(event.body.activity, { ...stand, deferred: true });
      return waits ? undefined : 'nothing waited there';
    case 'activity-resumed': {
      if (!waits || !stand.deferred) return 'nothing was put off there';
      const { deferred: _, ...resumed } = stand;
      life.stands.set(event.body.activity, resumed);
      return undefined;
    }
    case 'activity-approved':
    case 'activity-rejected':
    case 'activity-expired': {
      if (!waits) return 'nothing waited there';
      if (stand.deferred) return 'the decision was put off';
      const risk = event.kind === 'activity-approved' ? event.body.inputs['risk'] : undefined;
      end(life, event.body.activity, event.kind.slice('activity-'.length) as 'approved');
      if (event.kind !== 'activity-approved') failed(life, chronicle, before, event.body.activity);
      const now = life.stands.get(event.body.activity);
      const automatic = event.kind === 'activity-approved' && event.body.automatic !== undefined;
      if (now && typeof risk === 'string') life.stands.set(event.body.activity, { ...now, risk });
      if (now && automatic) life.stands.set(event.body.activity, { ...now, automatic });
      return undefined;
    }
    case 'activity-aborted':
      if (stand?.open && event.body.why === 'cancelled') life.cutShort = true;
      if (waits) end(life, event.body.activity, 'aborted');
      return waits ? undefined : 'nothing waited there';
    case 'attempt-superseded':
      // A machine asks nobody again: what it waited to do was about something else.
      if (stand === undefined) return 'it was not decided';
      if (waits && !isMachine(event.body.activity) && !wasOverdue(chronicle, before, event))
        return 'it was not decided';
      end(life, event.body.activity, 'superseded');
      return undefined;
    case 'overrule-cast':
      if (event.body.act === 'override') return liveMachine(life, event);
      return isFailure(stand) ? undefined : 'nothing had failed';
    case 'activity-overruled':
      if (!isFailure(stand)) return 'nothing had failed';
      life.stands.set(event.body.activity, { ...stand, overruled: event.body.act });
      life.skipped.clear();
      return undefined;
    case 'activity-skipped': {
      const known = manifestAt(chronicle, before);
      const why = known && unready(life, known.release, event.body.activity, before, true);
      life.skipped.add(event.body.activity);
      return waits ? 'it waited' : why;
    }
    case 'manifest-revised':
      life.skipped.clear();
      return undefined;
    case 'release-succeeded':
    case 'release-partially-succeeded':
    case 'release-failed':
    case 'release-cancelled':
    case 'release-aborted':
      return ending(life, chronicle, before, event);
    default: {
      const why = liveMachine(life, event);
      if (event.kind === 'activity-failed') failed(life, chronicle, before, event.body.activity);
      return why;
    }
  }
}

function failed(life: Life, chronicle: Chronicle, before: readonly ReleaseEvent[], id: string): void {
  const known = manifestAt(chronicle, before);
  if (known) startAnew(life, known.release, id);
}

/** Why it is not the turn of an activity, or, for `skip`, not to be left out. */
function unready(
  life: Life,
  release: ReleaseSpec,
  id: string,
  before: readonly ReleaseEvent[],
  skip = false,
): string | undefined {
  const spec = release.activities.find((one) => one.id === id);
  if (spec === undefined) return 'no manifest asks for it';
  const { when, phase } = spec;
  const failed = (need: string): boolean => isFailure(life.stands.get(need));
  const needs = neededBy(release, id);
  const asks = when !== undefined && when.kind !== 'risk' && when.kind !== 'status';
  const open = needs.find((need) => passed(life, release, need) === 'no' && !(asks && failed(need)));
  if (open !== undefined) return `${open} is not over`;
  const starters = release.activities.filter(({ onFailure }) => onFailure === 'run');
  if (phase === 'rollback' && starters.length > 0 && !starters.some((one) => failed(one.id)))
    return 'nothing failed that would start it';
  const noes = objectorsIn(before, id);
  // What people said no to is asked again, whatever the condition says.
  const wanted = noes.to(noes.last).length > 0 || isWanted(life, when, needs.some(failed));
  return wanted === !skip ? undefined : `its condition is ${wanted}`;
}

function isWanted(life: Life, when: ReleaseSpec['activities'][number]['when'], failed: boolean): boolean {
  switch (when?.kind) {
    case undefined:
    case 'always':
      return true;
    case 'success':
      return !failed;
    case 'failure':
      return failed;
    case 'risk': {
      const stand = life.stands.get(when.of);
      return stand?.ended === 'approved' && stand.risk === when.is;
    }
    case 'status': {
      const stand = life.stands.get(when.of);
      const status = stand?.overruled === 'ignore' ? 'ignored' : stand?.ended;
      return (life.skipped.has(when.of) ? 'skipped' : status) === when.is;
    }
  }
}

type Ended = Extract<ReleaseEvent, { readonly kind: `release-${string}` }>;

/** A release ends when all is done, or when something ends it, and leaves nothing waiting. */
function ending(
  life: Life,
  chronicle: Chronicle,
  before: readonly ReleaseEvent[],
  event: Ended,
): string | undefined {
  life.ended = event.kind.slice('release-'.length);
  const standing = [...life.stands].find(([, { ended }]) => ended === undefined);
  if (standing !== undefined) return `${standing[0]} still waits`;
  const release = manifestAt(chronicle, before)?.release;
  if (release === undefined) return undefined;
  if (event.kind === 'release-failed') {
    const spec = release.activities.find(({ id }) => id === event.body.activity);
    const fatal = spec?.onFailure === 'fail' || spec?.onFailure === 'run';
    if (!fatal || !isFailure(life.stands.get(event.body.activity))) return 'no failure ends it';
    const undone =
      spec.onFailure === 'run' ? release.activities.filter(({ phase }) => phase === 'rollback') : [];
    const open = undone.find(({ id }) => passed(life, release, id) === 'no');
    return open && `what the failure runs is not done: ${open.id}`;
  }
  if (event.kind !== 'release-succeeded' && event.kind !== 'release-partially-succeeded') return undefined;
  const contingent = release.activities.some(({ onFailure }) => onFailure === 'run');
  const wanted = release.activities.filter(({ phase }) => phase !== 'rollback' || !contingent);
  const results = wanted.map(({ id }) => passed(life, release, id));
  if (results.includes('no')) return 'not everything is done';
  return results.includes('let-pass') === (event.kind === 'release-partially-succeeded')
    ? undefined
    : 'it succeeded in another way';
}
