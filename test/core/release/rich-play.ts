import fc from 'fast-check';
import { type Activity, activitiesOf } from '../../../src/core/manifest/manifest.ts';
import { commitMessage } from '../../../src/core/messages/commit-message.ts';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import { renderRecord } from '../../../src/core/messages/record.ts';
import { decodeEvent, encodeEvent } from '../../../src/core/record/event-codec.ts';
import { decide } from '../../../src/core/release/decide.ts';
import type { ReleaseEvent } from '../../../src/core/release/event.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import type { Thread } from '../../../src/core/release/facts.ts';
import { fold } from '../../../src/core/release/fold.ts';
import { failurePolicy, isFailure } from '../../../src/core/release/resolution.ts';
import { scopeDigest, scopeIn } from '../../../src/core/release/scope.ts';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { latestAttempt, type OpenRelease, standingOpening } from '../../../src/core/release/state.ts';
import { type Beginning, beginning, type Moment, moments } from './rich-deeds.ts';
import { begin, perform } from './rich-perform.ts';
import { asksIn, type Informed, informed, instant, look, type RichWorld, type Watch } from './rich-world.ts';

export const recorded = ({
  events,
  state: { release },
}: Pick<RichWorld, 'events' | 'state'>): readonly ReleaseEvent[] =>
  events.map((event, index) => ({
    ...event,
    version: 1,
    repository: { id: 1, name: 'acme/payments' },
    release,
    sequence: index + 1,
  }));

export type Story = { readonly start: Beginning; readonly all: readonly Moment[] };
export const story: fc.Arbitrary<Story> = fc.record({ start: beginning, all: moments });

/** Plays a story; `each` is asked after every look at a release that is open. */
export function play(
  { start, all }: Story,
  watch: Watch,
  each: (world: RichWorld) => void = () => {},
): RichWorld {
  const world = look(begin(start), watch);
  each(world);
  for (const { deed, after } of all) {
    perform(world, deed);
    if (after === 'miss') continue;
    look(world, watch, after === 'crash');
    each(world);
  }
  look(world, watch);
  each(world);
  return world;
}

/**
 * What is decided follows wholly: the same facts at the same time bring nothing more, and nothing more is asked. Votes that
 * were answered are past; what custodians and owners said too early has to stay without force all the same (T3).
 */
export function whole({ now }: RichWorld, { decision, facts }: Informed): readonly string[] {
  const past = new Set(decision.refusals.map(({ comment }) => comment.id));
  const threads = new Map([...facts.threads].map(([number, thread]) => [number, answeredIn(thread, past)]));
  const again = decide(decision.state, { ...facts, threads }, instant(now));
  return [...again.events.map(({ kind }) => kind), ...(asksIn(again) ? ['asks again'] : [])];
}

const answeredIn = (thread: Thread, past: ReadonlySet<number>): Thread => ({
  ...thread,
  comments: thread.comments.map((one) =>
    past.has(one.id) && /^\/(?:approve|done|reject|withdraw|de)/.test(one.body)
      ? { ...one, reactions: ['CONFUSED'] }
      : one,
  ),
});

/** Why environments should not be open that are; empty: they may be. */
export function wronglyOpen(state: OpenRelease): readonly string[] {
  const { plan, floors = [] } = state.revision;
  const all = activitiesOf(plan);
  const open = all.filter(({ id }) => {
    const attempt = latestAttempt(state, id);
    return attempt !== undefined && standingOpening(attempt) !== undefined;
  });
  return open.flatMap((opener) => {
    const phase = plan.phases.find(({ id }) => id === opener.phase);
    const before = plan.phases.filter(({ id }) => phase?.needs.includes(id)).flatMap((one) => one.activities);
    const needed = [...before, ...all.filter(({ id }) => opener.needs.includes(id))];
    const isGuarded = floors.length > 0 && opener.environment?.toLowerCase() === 'production';
    const demanded = isGuarded ? all.filter(({ id }) => ['a', 'go'].includes(id)) : [];
    const refused = all.filter(
      (one) =>
        latestAttempt(state, one.id)?.ending?.kind === 'rejected' &&
        !letsPass(state, one) &&
        failurePolicy(plan, one).kind !== 'run',
    );
    return [
      ...needed
        .filter((one) => !isDone(state, one) && !letsPass(state, one))
        .map(({ id }) => `${id} is not done`),
      ...demanded.filter((one) => !isApprovedByPeople(state, one)).map(({ id }) => `nobody approved ${id}`),
      ...(isGuarded && demanded.length < 2 ? ['what is demanded is not there'] : []),
      ...refused.map(({ id }) => `${id} is rejected`),
      ...(isCurrent(state, opener) ? [] : ['it was opened for something else']),
    ].map((why) => `${opener.id} is open though ${why}`);
  });
}

const isCurrent = (state: OpenRelease, activity: Activity): boolean =>
  latestAttempt(state, activity.id)?.scope === scopeDigest(scopeIn(state, activity));

const isDone = (state: OpenRelease, activity: Activity): boolean =>
  state.skipped.includes(activity.id) ||
  (isCurrent(state, activity) &&
    ['approved', 'succeeded'].includes(latestAttempt(state, activity.id)?.ending?.kind ?? ''));

const isApprovedByPeople = (state: OpenRelease, activity: Activity): boolean => {
  const ending = latestAttempt(state, activity.id)?.ending;
  const isTheirs = ending?.kind === 'approved' && ending.automatic === undefined && ending.by.length > 0;
  return isTheirs && isCurrent(state, activity);
};

/** It failed, and custodians or the manifest let the release go on. */
function letsPass(state: OpenRelease, activity: Activity): boolean {
  const attempt = latestAttempt(state, activity.id);
  if (attempt === undefined || !isCurrent(state, activity)) return false;
  const goesOn = isFailure(attempt) && failurePolicy(state.revision.plan, activity).kind === 'continue';
  return attempt.overruled?.act === 'ignore' || goesOn;
}

/** Tells a release in every way there is; throws where one of them cannot. */
export function told(world: RichWorld): readonly string[] {
  const { state, now } = world;
  const events = recorded(world);
  if (state.kind === 'opened') {
    explanationLines(explainRelease(state, instant(now)));
    elsewhereOf(state);
  }
  renderRecord(events);
  commitMessage([{ release: state.release, events }], 1);
  const lost = events.filter((event) => decodeEvent(encodeEvent(event)).kind !== 'valid');
  return lost.map(({ kind }) => `${kind} cannot be read again`);
}

/** What the events add up to from the beginning. */
export const foldedAnew = ({ events, state: { release } }: RichWorld) => fold(release, events);

/** How often a release is looked at in some days in which nothing happens. */
export function looksInPeace(world: RichWorld, days: number, watch: Watch): number {
  const end = world.now + days * 86_400_000;
  // An order is sent again every two minutes as long as its answers get lost.
  world.host.answer = 'run';
  for (let looks = 0; ; looks += 1) {
    look(world, watch);
    const { lookAgainAt } = informed(world, world.facts).decision;
    if (lookAgainAt === undefined || Date.parse(lookAgainAt) > end) return looks;
    if (Date.parse(lookAgainAt) <= world.now) throw new Error(`looks again at ${lookAgainAt}, which is past`);
    world.now = Date.parse(lookAgainAt);
    if (looks > days * 200) return looks;
  }
}
