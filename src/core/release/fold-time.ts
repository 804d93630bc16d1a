import { type Applier, bind, change } from './fold-parts.ts';

type TimeKind =
  | 'reminder-due'
  | 'activity-escalated'
  | 'activity-deferred'
  | 'voting-opened'
  | 'voting-closed'
  | 'activity-resumed';

/** What time makes of a release. */
export const timeAppliers: { readonly [K in TimeKind]: Applier<K> } = {
  'reminder-due': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({
      ...attempt,
      reminders: [...attempt.reminders, { rung: body.rung, to: body.to }],
      rungs: { ...attempt.rungs, reminders: body.rung + 1 },
    })),
  'activity-escalated': (state, { at, body }, take) =>
    bind(
      change(state, body, take, (attempt) => ({
        ...attempt,
        escalations: [...attempt.escalations, { rung: body.rung, to: body.to, granted: body.granted }],
        rungs: { ...attempt.rungs, escalations: [...attempt.rungs.escalations, body.rung] },
      })),
      body.bindings,
      at,
    ),
  'activity-deferred': (state, { at, body }, take) =>
    bind(
      change(state, body, take, ({ timetable: _, votingOpened: __, votingClosed: ___, ...attempt }) => ({
        ...attempt,
        // The ladder begins anew when the time comes.
        rungs: { reminders: 0, escalations: [] },
        deferrals: [
          ...attempt.deferrals,
          { until: body.until, person: body.person, reason: body.reason, source: body.source, at },
        ],
        ...(body.timetable === undefined ? {} : { timetable: body.timetable }),
      })),
      body.bindings,
      at,
    ),
  'voting-opened': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({ ...attempt, votingOpened: true })),
  'voting-closed': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({ ...attempt, votingClosed: true })),
  'activity-resumed': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({
      ...attempt,
      deferrals: attempt.deferrals.map((deferral) => ({ ...deferral, over: true as const })),
    })),
};
