import { takenBack } from './delegation.ts';
import type { EventKind, Happening, HappeningOf } from './event.ts';
import { admissionAppliers } from './fold-admissions.ts';
import { checkAppliers } from './fold-checks.ts';
import { dispatchAppliers } from './fold-dispatch.ts';
import { fail } from './fold-failures.ts';
import { governanceAppliers } from './fold-governance.ts';
import { machineAppliers } from './fold-machines.ts';
import {
  type Applier,
  bind,
  change,
  end,
  heard,
  type Take,
  ungranted,
  union,
  withAttempts,
  without,
} from './fold-parts.ts';
import { timeAppliers } from './fold-time.ts';
import { withFollowUps } from './follow-up.ts';
import { namesIn } from './names-in.ts';
import { objectionsTo, rejectionsOf } from './rejections.ts';
import { type Attempt, attemptsOf, type CastVote, type OpenRelease, type ReleaseState } from './state.ts';

type Applied = { readonly [K in EventKind]: Applier<K> };

/** What was reached by way of another scope, or of other times, is to be reached again. */
const untimed = ({
  ready: _,
  timetable: __,
  votingOpened: ___,
  votingClosed: ____,
  ...attempt
}: Attempt): Attempt => attempt;

/** State is the fold of the events (design 5). Events of a record that was authenticated are in order and fit. */
export function fold(release: string, events: readonly Happening[]): ReleaseState {
  // Nobody else ever sees the states in between, so their tables need no copies: long releases stay cheap to read.
  const take: Take = (table) => table;
  const nothing: ReleaseState = { kind: 'unopened', release, sequence: 0 };
  return events.reduce((state: ReleaseState, event) => applyTo(state, event, take), nothing);
}

/** One more event. What cannot happen (a vote on an attempt that never began) changes nothing but the count. */
export function apply(state: ReleaseState, event: Happening): ReleaseState {
  return applyTo(state, event, (table) => ({ ...table }));
}

function applyTo(state: ReleaseState, event: Happening, take: Take): ReleaseState {
  if (state.kind === 'unopened') {
    return event.kind === 'release-opened' ? opened(state.release, event) : state;
  }
  // The table is indexed by the event's own kind; the compiler cannot follow that correlation.
  const applier = appliers[event.kind] as (state: OpenRelease, event: Happening, take: Take) => OpenRelease;
  return { ...applier(state, event, take), sequence: state.sequence + 1, lastAt: event.at };
}

const opened = (release: string, event: HappeningOf<'release-opened'>): OpenRelease => ({
  kind: 'opened',
  release,
  sequence: 1,
  lastAt: event.at,
  openedAt: event.at,
  revision: event.body.revision,
  authors: event.body.revision.authors,
  target: event.body.target,
  attempts: {},
  bindings: {},
  skipped: [],
  deviations: [],
  acknowledgements: [],
  acknowledged: 0,
  followUps: [],
  formerly: [],
});

const appliers: Applied = {
  ...timeAppliers,
  ...governanceAppliers,
  ...machineAppliers,
  ...checkAppliers,
  ...dispatchAppliers,
  ...admissionAppliers,
  'release-opened': (state) => state,
  'manifest-revised': (state, { body }) =>
    withFollowUps(
      {
        ...state,
        revision: body.revision,
        target: body.target,
        formerly: namesIn(state),
        // A condition may read otherwise now.
        skipped: [],
        authors: union(state.authors, body.revision.authors),
      },
      state.followUps,
    ),
  'duties-established': (state, { body }) => ({ ...state, duties: body }),
  'activity-activated': (state, { at, body }, take) => {
    const attempt: Attempt = {
      activity: body.activity,
      attempt: body.attempt,
      scope: body.scope,
      activatedAt: at,
      roster: body.roster,
      notices: [],
      votes: [],
      delegations: [],
      advice: [],
      lapses: [],
      doubts: [],
      heard: {},
      objections: objectionsTo(body.scope, attemptsOf(state, body.activity)),
      left: [],
      overrules: [],
      openings: [],
      reminders: [],
      escalations: [],
      rungs: { reminders: 0, escalations: [] },
      deferrals: [],
      seen: [],
      ...(body.timetable === undefined ? {} : { timetable: body.timetable }),
    };
    const all = [...attemptsOf(state, body.activity), attempt];
    return bind(withAttempts(state, body.activity, all, take), body.bindings, at);
  },
  'scope-changed': (state, { at, body }, take) =>
    bind(
      change(state, body, take, (attempt) => ({
        ...untimed(attempt),
        ...ungranted(attempt, body.timetable),
        ...(body.timetable === undefined ? {} : { timetable: body.timetable }),
        scope: body.to,
        roster: body.roster,
        votes: [],
        delegations: [],
        advice: [],
        doubts: [],
        objections: objectionsTo(body.to, attemptsOf(state, body.activity)),
        left: [...attempt.left, { scope: attempt.scope, objections: rejectionsOf(attempt) }],
        seen: [],
        lapses: [...attempt.lapses, { people: body.lapsed, differences: body.differences, at }],
      })),
      body.bindings,
      at,
    ),
  'release-announced': (state, { body }) => ({ ...state, tracking: body.issue }),
  'notice-posted': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({
      ...attempt,
      notices: [
        ...attempt.notices,
        {
          scope: body.scope,
          issue: body.issue,
          at: body.at,
          changes: attempt.lapses.length,
          ...(body.comment === undefined ? {} : { comment: body.comment }),
        },
      ],
    })),
  'vote-cast': (state, { body }, take) =>
    change(state, body, take, (before) => {
      // Whoever speaks themselves has their seat back.
      const attempt = { ...before, ...takenBack(before, body.elector.person.id) };
      const others = without(attempt, body.elector.person.id);
      const cast = {
        elector: body.elector,
        choice: body.choice,
        inputs: body.inputs,
        source: body.source,
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      };
      return {
        ...heard(attempt, body.elector.person.id, body.source, take),
        objections: unobjected(attempt, body.elector.person.id),
        votes: [...others, cast],
      };
    }),
  'seat-delegated': (state, { body: { to, from, source, ...ref } }, take) =>
    change(state, ref, take, (before) => {
      const attempt = { ...before, ...takenBack(before, from.person.id) };
      return {
        ...heard(attempt, from.person.id, source, take),
        votes: without(attempt, from.person.id),
        delegations: to === undefined ? attempt.delegations : [...attempt.delegations, { from, to, source }],
      };
    }),
  'advice-given': (state, { body: { activity, attempt: number, ...given } }, take) =>
    change(state, { activity, attempt: number }, take, (attempt) => ({
      ...attempt,
      advice: [...attempt.advice.filter(({ person }) => person.id !== given.person.id), given],
    })),
  'vote-withdrawn': (state, { body }, take) =>
    change(state, body, take, (attempt) => {
      const votes = without(attempt, body.person.id);
      const objections = unobjected(attempt, body.person.id);
      return { ...heard(attempt, body.person.id, body.source, take, body.said), objections, votes };
    }),
  'doubt-raised': (state, { body }, take) =>
    change(state, body, take, (attempt) => ({
      ...attempt,
      doubts: [
        ...attempt.doubts,
        { person: body.person, what: body.what, comment: body.comment, since: body.since },
      ],
    })),
  'activity-approved': (state, { at, body }, take) =>
    end(state, body, take, {
      kind: 'approved',
      at,
      by: body.approvals,
      inputs: body.inputs,
      ...(body.automatic === undefined ? {} : { automatic: body.automatic }),
    }),
  'activity-rejected': (state, { at, body }, take) =>
    fail(state, body, take, {
      kind: 'rejected',
      at,
      by: body.rejections,
      ...(body.reason === undefined ? {} : { reason: body.reason }),
    }),
  'activity-expired': (state, { at, body }, take) =>
    fail(state, body, take, { kind: 'expired', at, deadline: body.deadline }),
  'activity-skipped': (state, { body }) => ({ ...state, skipped: [...state.skipped, body.activity] }),
  // What custodians made of a failure was about what was asked then: it lets nothing pass on another scope (T2).
  'attempt-superseded': (state, { at, body }, take) =>
    change(state, body, take, ({ overruled: _, ...attempt }) => ({
      ...attempt,
      ending: { kind: 'superseded', at, differences: body.differences },
    })),
  'activity-aborted': (state, { at, body }, take) =>
    end(state, body, take, { kind: 'aborted', at, why: body.why }),
  'deviation-recorded': (state, { at, body }) => ({
    ...state,
    deviations: [...state.deviations, { ...body, at }],
  }),
  'release-aborted': (state, { at, body }) => ({
    ...bind(state, body.bindings, at),
    ended: { kind: 'aborted', at, by: body.person, reason: body.reason, source: body.source },
  }),
  'release-partially-succeeded': (state, { at }) => ({
    ...state,
    ended: { kind: 'partially-succeeded', at },
  }),
  'release-failed': (state, { at }) => ({ ...state, ended: { kind: 'failed', at } }),
  'release-cancelled': (state, { at }) => ({ ...state, ended: { kind: 'cancelled', at } }),
  'release-succeeded': (state, { at }) => ({ ...state, ended: { kind: 'succeeded', at } }),
};

/** Only a vote or a withdrawal of its author ends an objection: who hands on a seat has taken nothing back (T3). */
const unobjected = ({ objections }: Attempt, person: number): readonly CastVote[] =>
  objections.filter(({ elector }) => elector.person.id !== person);
