import type { Happening, HappeningOf } from '../../../src/core/release/event.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { enter, newLedger, openers } from './rich-ledger.ts';
import { recorded } from './rich-play.ts';
import type { RichWorld } from './rich-world.ts';

type Admission = HappeningOf<'run-admitted'>;
type Forgery = { readonly what: string; readonly at: number; readonly events: readonly Happening[] };

const other = (one: Admission, body: Partial<Admission['body']>): Admission => ({
  ...one,
  body: { ...one.body, ...body },
});

/** What somebody could write into a record to let in what it does not let in; `at` is the place of the forged event. */
function forgeries({ events }: RichWorld): readonly Forgery[] {
  const instead = (at: number, what: string, forged: Happening): Forgery => ({
    ...{ what, at },
    events: [...events.slice(0, at), forged, ...events.slice(at + 1)],
  });
  const inserted = (at: number, what: string, forged: Happening): Forgery => ({
    ...{ what, at },
    events: [...events.slice(0, at), forged, ...events.slice(at)],
  });
  return events.flatMap((one, at) => {
    if (one.kind !== 'run-admitted') return [];
    const { run, activity, attempt, environment } = one.body;
    const isOrdered = events
      .slice(0, at)
      .some(
        ({ kind, body }) =>
          kind === 'workflow-ordered' && body.activity === activity && body.attempt === attempt,
      );
    const stranger = { ...run, run: run.run + 1 };
    const after = events.slice(at + 1).flatMap((later, index): readonly Forgery[] => {
      const place = at + 2 + index;
      const forged = { ...other(one, { run: stranger }), at: later.at };
      const isOwn = 'activity' in later.body && later.body.activity === activity;
      if (isOwn && later.kind === 'environment-shut') return [inserted(place, 'after it was shut', forged)];
      if (isOwn && /^activity-(?:succeeded|failed|aborted)$/.test(later.kind))
        return [inserted(place, 'after the attempt ended', forged)];
      if (/^release-(?:succeeded|partially-succeeded|failed|aborted|cancelled)$/.test(later.kind))
        return [inserted(place, 'after the release ended', forged)];
      return [];
    });
    const opened = events.findIndex(
      ({ kind, body }) =>
        kind === 'environment-opened' && body.activity === activity && body.attempt === attempt,
    );
    const foreign: Happening = {
      ...{ at: one.at, kind: 'deviation-recorded' },
      body: { what: 'foreign-commit', commit: 'f'.repeat(40), paths: ['releases/r1/x'] },
    };
    const opening = events[opened];
    const until = opening?.kind === 'environment-opened' ? opening.body.until : undefined;
    return [
      {
        what: 'while it is closed',
        at: at + 1,
        events: [...events.slice(0, at), foreign, ...events.slice(at)],
      },
      inserted(at + 1, 'a second run', other(one, { run: stranger })),
      inserted(at + 1, 'a second try', other(one, { run: { ...run, attempt: run.attempt + 1 } })),
      inserted(opened, 'before it was opened', { ...one, at: opening?.at ?? one.at }),
      instead(at, 'another environment', other(one, { environment: `${environment}2` })),
      instead(at, 'a pull request', other(one, { run: { ...run, event: 'pull_request' } })),
      instead(at, 'another attempt', other(one, { attempt: attempt + 1 })),
      instead(at, 'another activity', other(one, { activity: 'a' })),
      ...(isOrdered
        ? [
            instead(at, 'another run than was ordered', other(one, { run: stranger })),
            instead(at, 'a later try of what was ordered', other(one, { run: { ...run, attempt: 2 } })),
          ]
        : []),
      ...(until === undefined ? [] : [instead(at, 'after its time', { ...one, at: until })]),
      ...after,
      ...besides(events, at, one).map((forged) =>
        inserted(at + 1, 'another opening of the environment', forged),
      ),
    ];
  });
}

/** The same by every other opening of the environment that stands then and starts nothing. */
function besides(events: readonly Happening[], at: number, one: Admission): readonly Admission[] {
  const ledger = newLedger('r1');
  for (const event of events.slice(0, at + 1)) enter(ledger, event);
  return openers(ledger, one.body.environment.toLowerCase()).flatMap(({ activity, entry }) =>
    entry?.open && activity.id !== one.body.activity && activity.workflow === undefined
      ? [
          other(one, {
            activity: activity.id,
            attempt: entry.attempt,
            environment: activity.environment ?? '',
          }),
        ]
      : [],
  );
}

/** Forged admissions that replaying the record does not find; empty: it finds all. */
export const unfoundForgeries = (world: RichWorld): readonly string[] =>
  forgeries(world)
    .filter(
      ({ at, events }) =>
        !replay(recorded({ ...world, events: [...events] })).some(({ sequence }) => sequence === at + 1),
    )
    .map(({ what }) => what);
