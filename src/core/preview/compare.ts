import { askedOf } from '../manifest/asked.ts';
import { type Activity, activitiesOf } from '../manifest/manifest.ts';
import { type Supposed, wouldBegin } from '../release/as-if.ts';
import { undecidable } from '../release/due.ts';
import type { Barrier } from '../release/machine-event.ts';
import { latestAttempt } from '../release/state.ts';
import { activityStatus, type Hindrances, releaseStatus, statusesOf } from '../release/status.ts';
import type { Flip, Foreseen } from './foresight.ts';
import { shiftsBetween } from './shifts.ts';

type Changes = Pick<Extract<Foreseen, { readonly kind: 'changes' }>, 'from' | 'to' | 'flips' | 'shifts'>;

/** A release as it is or would be, with what keeps activities from beginning as far as the record tells. */
type Sight = { readonly one: Supposed; readonly hindrances: Hindrances };

const seen = (one: Supposed): Sight => ({
  one,
  hindrances: undecidable(one.state, { at: one.at, trusted: true }),
});

/** How a release would stand after something that is only supposed, against how it stands. */
export function compare(one: Supposed, supposed: Supposed): Changes {
  const [before, after] = [seen(one), seen(supposed)];
  return {
    from: releaseStatus(one.state, statusesOf(one.state, before.hindrances)),
    to: releaseStatus(supposed.state, statusesOf(supposed.state, after.hindrances)),
    flips: flipsBetween(before, after),
    shifts: shiftsBetween(one.state, supposed.state),
  };
}

/** Activities in the order of the new plan, those that are gone last; only what is different. */
function flipsBetween(before: Sight, after: Sight): readonly Flip[] {
  const [now, then] = [before, after].map(activitiesIn) as [Activities, Activities];
  const began = new Set(wouldBegin(before.one));
  const begins = new Set(wouldBegin(after.one).filter((id) => !began.has(id)));
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((id) => {
    const flip = flipOf(before, after, now.get(id), then.get(id), begins.has(id), id);
    return flip === undefined ? [] : [flip];
  });
}

type Activities = ReadonlyMap<string, Activity>;

const activitiesIn = ({ one }: Sight): Activities =>
  new Map(activitiesOf(one.state.revision.plan).map((activity) => [activity.id, activity]));

function flipOf(
  before: Sight,
  after: Sight,
  now: Activity | undefined,
  then: Activity | undefined,
  begins: boolean,
  id: string,
): Flip | undefined {
  const unknown = after.one.unknown.has(id);
  const from = now && activityStatus(before.one.state, id, before.hindrances);
  // With people whom the record does not tell it waits, whoever they are.
  const to = then && (unknown ? 'waiting' : activityStatus(after.one.state, id, after.hindrances));
  const change = changeOf(before.one, after.one, id);
  if (from === to && change === undefined && !begins) return undefined;
  const ends = change !== undefined || then === undefined;
  const votes = (ends && latestAttempt(before.one.state, id)?.votes) || [];
  const isAsked =
    then !== undefined && to !== 'skipped' && (change !== undefined || now === undefined || begins);
  const shown = (then ?? now) as Activity;
  const { environment } = shown;
  const shut = shutBy(before.one, after.one, id);
  const asked = askedOf(shown);
  return {
    activity: id,
    title: shown.title,
    ...(asked === 'approval' ? {} : { task: asked }),
    ...(environment === undefined ? {} : { environment }),
    ...(shut === undefined ? {} : { shut }),
    ...(from && { from }),
    ...(to && { to }),
    lapsed: votes.map(({ elector }) => elector.person),
    differences: change?.body.differences ?? [],
    asks: isAsked ? then.approvers : [],
    begins: begins || change?.kind === 'scope-changed',
    unknown,
  };
}

/** What would shut the environment that an activity has open. */
const shutBy = (before: Supposed, { happened }: Supposed, id: string): Barrier | undefined =>
  happened
    .slice(before.happened.length)
    .flatMap((event) =>
      event.kind === 'environment-shut' && event.body.activity === id ? [event.body.why] : [],
    )
    .at(-1);

/** How what an approver agrees to would change (T2). */
const changeOf = (before: Supposed, { happened }: Supposed, id: string) =>
  happened
    .slice(before.happened.length)
    .flatMap((event) =>
      event.kind === 'scope-changed' || event.kind === 'attempt-superseded' ? [event] : [],
    )
    .find(({ body }) => body.activity === id);
