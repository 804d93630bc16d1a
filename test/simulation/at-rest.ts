// Whether everything was opened and started that should have been, and the end of every run is known, once nothing is left to do.

import { createHash } from 'node:crypto';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import { isClosed } from '../../src/core/release/state.ts';
import { broken } from './broken.ts';
import type { Chronicle } from './chronicle.ts';
import { type Records, standsOf } from './environment-checks.ts';
import { manifestAt } from './ground.ts';
import { gapsSince, isDemanded } from './oracle-guards.ts';
import { blockerOf, targetIn } from './oracle-machines.ts';
import type { Play } from './play.ts';
import { issuesFor } from './say.ts';
import type { Life, Ordered, Stand } from './stands.ts';
import { isHeld, type Opens } from './subject.ts';

/** Everything that is open and starts a workflow has it started, and what became of the run is recorded and shown. */
export function judgeAtRest(play: Play, records: Records): void {
  for (const [release, events] of records) {
    const life = play.lives.get(release);
    const known = manifestAt(play.chronicle, events);
    const state = fold(release, events);
    const closed = state.kind !== 'opened' || isClosed(state);
    if (life === undefined || known === undefined || closed || life.ended !== undefined) continue;
    for (const spec of known.release.activities) {
      const stand = life.stands.get(spec.id);
      if (!spec.opens || stand === undefined || stand.ended !== undefined) continue;
      judgeOpening(play, { life, events, opens: spec.opens, id: spec.id, stand });
      if (spec.opens.starts)
        judgeStart(play, records, { release, id: spec.id, stand, ref: known.release.target });
    }
  }
}

type Opening = {
  readonly life: Life;
  readonly events: readonly ReleaseEvent[];
  readonly id: string;
  readonly opens: Opens;
  readonly stand: Stand;
};

function judgeOpening(play: Play, { life, events, id, opens: { environment }, stand }: Opening): void {
  const { chronicle, settings, time } = play;
  const release = events[0]?.release ?? '';
  if (stand.open || !isUpToDate(chronicle, release, events)) return;
  const now = time.milliseconds();
  if (isHeld(settings, environment, now) && !stand.lifted) return;
  if (blockerOf({ chronicle, settings, life, before: events }, id) !== undefined) return;
  const [gaps = []] = gapsSince(chronicle, environment, now);
  if (isDemanded(settings, environment) && gaps.length > 0) return;
  broken('lost', `${release}/${id}: ${environment} was never opened`);
}

/** The newest manifest is the accepted one; while one that cannot take effect is in the way, everything is shut. */
function isUpToDate({ brought }: Chronicle, release: string, events: readonly ReleaseEvent[]): boolean {
  const text = [...brought.values()].findLast((one) => one.release === release)?.text ?? '';
  const digest = createHash('sha256').update(text).digest('hex');
  const accepted = events.findLast(({ kind }) => kind === 'release-opened' || kind === 'manifest-revised');
  return accepted !== undefined && 'revision' in accepted.body && accepted.body.revision.manifest === digest;
}

type Start = { readonly release: string; readonly id: string; readonly stand: Stand; readonly ref: string };

function judgeStart(
  play: Play,
  records: Records,
  { release, id, stand: { open, ordered }, ref }: Start,
): void {
  const place = `${release}/${id}`;
  const { answer } = ordered ?? {};
  if (ordered === undefined || answer === undefined) {
    const hold = open && (holdOn(play, records, release, ref, open) ?? (ordered && contestOn(play, ordered)));
    if (open && hold === undefined) broken('lost', `${place}: its workflow was never started`);
    return;
  }
  const run = play.stage.host.state.workflowRuns.get(Number(answer));
  if (run?.status === 'completed') broken('lost', `${place}: run ${answer} ended as ${run.conclusion}`);
  const page = issuesFor(play.stage, release).at(-1)?.body ?? '';
  if (!page.includes(`[Run ${answer}]`)) broken('issues', `${place}: run ${answer} is not told`);
}

/** A run is there that is nobody's, and another order of the same may have started it, too. */
function contestOn({ stage, lives }: Play, { file, commit, at }: Ordered): string | undefined {
  const known = new Set([...lives.values()].flatMap(({ runs }) => [...runs]));
  const run = stage.dispatched.find(
    (one) => one.file === file && one.meant === commit && one.at >= at && !known.has(one.run),
  );
  return run && `run ${run.run} may be that of another`;
}

/** What may keep a workflow from being started: the ref moved on, or another release has not opened it (T2, T5). */
function holdOn(
  { stage, lives, chronicle }: Play,
  records: Records,
  release: string,
  ref: string,
  { commit, environment }: { readonly commit: string; readonly environment: string },
): string | undefined {
  const refs = stage.git.allRefs();
  if ((refs.get(`refs/tags/${ref}`) ?? refs.get(`refs/heads/${ref}`)) !== commit) return `${ref} moved`;
  const name = environment.toLowerCase();
  return [...records].find(([other, events]) => {
    const life = lives.get(other);
    const known = manifestAt(chronicle, events);
    const state = fold(other, events);
    if (other === release || life === undefined || known === undefined || life.ended !== undefined)
      return false;
    if (targetIn(events) !== commit) return false;
    const stand = standsOf(life, known.release, state.kind === 'opened' && isClosed(state)).get(name);
    return stand === 'waits' || stand === 'rejected';
  })?.[0];
}
