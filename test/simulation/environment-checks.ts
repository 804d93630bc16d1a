// Whether the check that CI gates on says what all records say together, and no two commits are open at once (T5).

import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import { isClosed } from '../../src/core/release/state.ts';
import { broken } from './broken.ts';
import { manifestAt } from './ground.ts';
import { targetIn } from './oracle-machines.ts';
import type { Play } from './play.ts';
import { appId } from './stage.ts';
import { isDenied, isFailure, type Life, openIn } from './stands.ts';
import type { ReleaseSpec } from './subject.ts';

export type Records = ReadonlyMap<string, readonly ReleaseEvent[]>;
export type Stand = 'rejected' | 'waits' | 'open' | 'done';

/** How a release stands with each environment that it opens; names in lower case. */
export function standsOf(life: Life, release: ReleaseSpec, closed: boolean): ReadonlyMap<string, Stand> {
  const stands = new Map<string, Stand>();
  const openers = release.activities.filter(({ opens }) => opens !== undefined);
  const starters = release.activities.filter(({ onFailure }) => onFailure === 'run');
  const started = starters.length === 0 || starters.some(({ id }) => isFailure(life.stands.get(id)));
  for (const name of new Set(openers.map(({ opens }) => opens?.environment.toLowerCase() ?? ''))) {
    const own = openers.filter(({ opens }) => opens?.environment.toLowerCase() === name);
    const open = own.some(({ id }) => life.stands.get(id)?.open);
    const wanted = own.filter(({ phase }) => phase !== 'rollback' || started);
    const done = wanted.every(({ id }) => life.stands.get(id)?.ended === 'succeeded');
    const waits = done ? 'done' : 'waits';
    if (closed) stands.set(name, 'rejected');
    else if (open) stands.set(name, 'open');
    else stands.set(name, isDenied(life, release, false) ? 'rejected' : waits);
  }
  return stands;
}

/** Once quiet: every check of an environment, on every commit, is the AND over all releases that are not over. */
export function judgeEnvironments({ stage, chronicle, lives }: Play, records: Records): void {
  const stood = new Map<string, Stand[]>();
  const open = new Map<string, string>();
  for (const [name, events] of records) {
    const life = lives.get(name);
    const known = manifestAt(chronicle, events);
    const commit = targetIn(events);
    const state = fold(name, events);
    if (life === undefined || known === undefined || commit === undefined || life.ended !== undefined)
      continue;
    const closed = state.kind === 'opened' && isClosed(state);
    for (const [environment, stand] of standsOf(life, known.release, closed))
      stood.set(`${environment} ${commit}`, [...(stood.get(`${environment} ${commit}`) ?? []), stand]);
    for (const [, one] of closed ? [] : openIn(life)) {
      const environment = one.environment.toLowerCase();
      const other = open.get(environment);
      if (other !== undefined && other !== one.commit)
        broken('open', `${environment} is open for ${other} and for ${one.commit}`);
      open.set(environment, one.commit);
    }
  }
  const shown = shownOn(stage);
  for (const place of new Set([...stood.keys(), ...shown.keys()])) {
    const all = stood.get(place) ?? [];
    const wanted = conclusionOf(all);
    const found = shown.get(place);
    if (found !== wanted && !(wanted === 'cancelled' && found === undefined))
      broken('environments', `${place} shows ${found}, the records say ${wanted}: ${all.join(', ')}`);
  }
}

export function conclusionOf(stands: readonly Stand[]): string {
  if (stands.includes('rejected')) return 'failure';
  if (stands.includes('waits')) return 'action_required';
  return stands.includes('open') ? 'success' : 'cancelled';
}

function shownOn({ host }: Play['stage']): ReadonlyMap<string, string> {
  const prefix = 'countersign/environment/';
  const runs = [...host.state.runs.values()].filter(
    (run) => run.appId === appId && run.name.startsWith(prefix),
  );
  return new Map(
    runs.map(({ name, headSha, conclusion }) => [
      `${name.slice(prefix.length)} ${headSha}`,
      conclusion ?? '',
    ]),
  );
}
