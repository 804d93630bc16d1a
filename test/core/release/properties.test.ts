import fc from 'fast-check';
import { expect, it } from 'vitest';
import { activitiesOf, type Requirement } from '../../../src/core/manifest/manifest.ts';
import { verdictOf } from '../../../src/core/release/ballot.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import { natureOf } from '../../../src/core/release/event.ts';
import { fold } from '../../../src/core/release/fold.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt, type OpenRelease } from '../../../src/core/release/state.ts';
import { person, type ReleaseWorld, recorded } from '../../support/release-world.ts';
import {
  type Act,
  acts,
  anyPlan,
  begin,
  isUnknown,
  perform,
  planOf,
  saying,
  strangers,
} from './conversation.ts';

const check = <T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => void, numRuns = 50) =>
  fc.assert(fc.property(arbitrary, predicate), { numRuns });

const conversation = fc.record({ plan: anyPlan, all: acts });

/** Plays a conversation; `each` is asked after every act. */
const play = (
  { plan, all }: { readonly plan: Parameters<typeof begin>[0]; readonly all: readonly Act[] },
  each: (world: ReleaseWorld, act: Act) => void = () => {},
): ReleaseWorld => {
  const world = begin(plan);
  for (const act of all) {
    perform(world, act);
    each(world, act);
  }
  return world;
};

/** What a release has come to, without the moments at which it was looked at. */
const upshot = (world: ReleaseWorld) =>
  Object.values(world.opened().attempts)
    .flat()
    .map(({ activity, attempt, votes, ending }) => ({
      activity,
      attempt,
      votes: votes.map(({ elector, choice, inputs }) => [elector.person.login, choice, inputs]),
      ending: ending?.kind,
      by: ending && 'by' in ending ? ending.by : [],
    }));

it('comes to the same votes and outcomes in one pass as in many', () => {
  const looked = fc.record({
    plan: planOf([]),
    said: fc.array(fc.tuple(saying, fc.constantFrom('look', 'look without GitHub', 'miss')), {
      maxLength: 15,
    }),
  });
  check(looked, ({ plan, said }) => {
    const eager = begin(plan);
    const seldom = begin(plan);
    const { step } = seldom;
    for (const [act, look] of said) {
      perform(eager, act);
      seldom.step = () => seldom;
      perform(seldom, act);
      seldom.step = step;
      if (look === 'look') seldom.step();
      if (look === 'look without GitHub') {
        const { resolutions } = seldom.facts;
        perform(seldom, { kind: 'hide' }).facts = { ...seldom.facts, resolutions };
        seldom.now -= 1000;
      }
    }
    expect(upshot(seldom.step())).toEqual(upshot(eager));
  });
});

it('approves nothing while something needed is unknown', () => {
  check(conversation, (one) => {
    let approved = 0;
    play(one, (world) => {
      const now = world.kinds().filter((kind) => kind === 'activity-approved').length;
      if (isUnknown(world)) expect(now).toBe(approved);
      approved = now;
    });
  });
});

it('approves nothing on a comment of which nobody can tell who wrote it', () => {
  const unattested = saying.map((act): Act => ({ ...act, how: { ...act.how, unattested: true } }));
  check(fc.record({ plan: anyPlan, all: fc.array(unattested, { maxLength: 8 }) }), (one) => {
    expect(play(one).kinds()).not.toContain('activity-approved');
  });
});

it('counts nobody twice', () => {
  check(
    conversation,
    (one) =>
      void play(one, (world) => {
        const state = world.opened();
        for (const activity of activitiesOf(state.revision.plan)) {
          const attempt = latestAttempt(state, activity.id);
          if (!attempt) continue;
          const { rules, approvals } = verdictOf(state, activity, attempt, []);
          const seated = rules.flatMap(({ counted }) => counted.map(({ id }) => id));
          expect(seated).toHaveLength(new Set(seated).size);
          expect(approvals).toHaveLength(new Set(approvals.map(({ id }) => id)).size);
        }
      }),
  );
});

it('is never helped by leaving an approval out', () => {
  const quiet = fc
    .record({ plan: planOf([]), all: fc.array(saying, { minLength: 1, maxLength: 10 }) })
    .chain((one) => fc.record({ one: fc.constant(one), left: fc.nat(one.all.length - 1) }));
  check(quiet, ({ one, left }) => {
    fc.pre(one.all[left]?.body.startsWith('/approve') === true);
    const full = play(one);
    const less = play({ plan: one.plan, all: one.all.filter((_, index) => index !== left) });
    for (const { id } of activitiesOf(one.plan)) {
      if (less.status(id) === 'approved') expect(full.status(id)).toBe('approved');
    }
  });
});

it('comes to rest, and its state is the fold of its events', () => {
  check(
    conversation,
    (one) =>
      void play(one, (world) => {
        const [events, writes] = [world.events.length, world.writes.length];
        world.step();
        expect([world.events.length, world.writes.length]).toEqual([events, writes]);
        expect(fold('r1', world.events)).toEqual(world.state);
      }),
  );
});

/** The same outcome, told otherwise. */
const flipped = (event: ReleaseEvent): ReleaseEvent => {
  const lie = lieAbout(event);
  return { ...event, ...lie } as ReleaseEvent;
};

const nobody = { id: 999_999, login: 'nobody' };
const lieAbout = (event: Happening): Pick<Happening, 'kind' | 'body'> | undefined => {
  switch (event.kind) {
    case 'activity-approved': {
      const { approvals, inputs, ...body } = event.body;
      return { kind: 'activity-rejected', body: { ...body, rejections: approvals } };
    }
    case 'activity-rejected':
      return { kind: 'activity-rejected', body: { ...event.body, rejections: [nobody] } };
    case 'activity-activated':
      return { kind: event.kind, body: { ...event.body, attempt: event.body.attempt + 1 } };
    case 'scope-changed':
      return { kind: event.kind, body: { ...event.body, lapsed: [...event.body.lapsed, nobody] } };
    case 'attempt-superseded':
      return { kind: event.kind, body: { ...event.body, differences: [] } };
    case 'activity-aborted':
      return {
        kind: event.kind,
        body: { ...event.body, why: event.body.why === 'removed' ? 'cancelled' : 'removed' },
      };
    case 'release-succeeded':
      return { kind: 'activity-aborted', body: { activity: 'signoff', attempt: 1, why: 'removed' } };
    default:
      return undefined;
  }
};

it('is replayed without a finding, and no outcome can be told otherwise', () => {
  check(conversation, (one) => {
    const events = recorded(play(one));
    expect(replay(events)).toEqual([]);
    for (const outcome of events.filter(({ kind }) => natureOf[kind] === 'outcome')) {
      const lied = events.map((event) => (event === outcome ? flipped(event) : event));
      expect(replay(lied).map(({ sequence }) => sequence)).toContain(outcome.sequence);
    }
  });
});

const seatsOf = (require: Requirement, eligible: number): number => {
  if (require.kind === 'count') return require.count;
  return require.kind === 'majority' ? Math.floor(eligible / 2) + 1 : eligible;
};

it('is approved by enough people, none of them an author, a bot or a stranger', () => {
  const outsiders = [...strangers, 'robo'].map((login) => person(login).id);
  let approvals = 0;
  check(
    conversation,
    (one) => {
      const { events } = play(one);
      events.forEach((event, index) => {
        if (event.kind !== 'activity-approved') return;
        approvals += 1;
        const state = fold('r1', events.slice(0, index)) as OpenRelease;
        const barred = [...state.authors.map((author) => author.person.id), ...outsiders];
        expect(event.body.approvals.filter(({ id }) => barred.includes(id))).toEqual([]);
        const asked = activitiesOf(state.revision.plan).find(({ id }) => id === event.body.activity);
        const roster = latestAttempt(state, event.body.activity)?.roster ?? [];
        const seats = (asked?.approvers ?? []).map(({ require }, rule) =>
          seatsOf(require, roster.filter(({ rules }) => rules.some((one) => one.rule === rule)).length),
        );
        expect(event.body.approvals.length).toBeGreaterThanOrEqual(seats.reduce((sum, one) => sum + one, 0));
      });
    },
    150,
  );
  // A conversation that never gets anywhere would prove nothing.
  expect(approvals).toBeGreaterThan(0);
});
