import { expect, it } from 'vitest';
import type { EventKind } from '../../../src/core/release/event.ts';
import { fold } from '../../../src/core/release/fold.ts';
import type { OpenRelease } from '../../../src/core/release/state.ts';
import {
  activityStatus,
  hasRejection,
  phaseStatus,
  releaseStatus,
  statusesOf,
} from '../../../src/core/release/status.ts';
import { activity, manifest, type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';

/** The state right after the first event of a kind. */
const upTo = (world: ReleaseWorld, kind: EventKind): OpenRelease =>
  fold(
    'r1',
    world.events.slice(0, world.events.findIndex((event) => event.kind === kind) + 1),
  ) as OpenRelease;
const none = new Map<string, string>();
const hindered = new Map([['signoff', 'nobody knows']]);

it('runs while nothing waits for anybody', () => {
  const state = upTo(releaseWorld(), 'release-opened');
  expect([activityStatus(state, 'signoff', none), releaseStatus(state, statusesOf(state, none))]).toEqual([
    'pending',
    'running',
  ]);
  expect(
    state.revision.plan.phases.map((phase) => phaseStatus(state, phase, statusesOf(state, none))),
  ).toEqual(['pending']);
  expect([
    activityStatus(state, 'signoff', hindered),
    releaseStatus(state, statusesOf(state, hindered)),
  ]).toEqual(['blocked', 'on-hold']);
});

it('is pending after a superseded attempt, or blocked if the next cannot begin', () => {
  const world = releaseWorld()
    .says('grace', '/reject no')
    .revise(manifest([activity('signoff', { title: 'Other' })]));
  const state = upTo(world, 'attempt-superseded');
  expect([activityStatus(state, 'signoff', none), activityStatus(state, 'signoff', hindered)]).toEqual([
    'pending',
    'blocked',
  ]);
  expect(hasRejection(state)).toBe(false);
  expect(hasRejection(upTo(world, 'activity-rejected'))).toBe(true);
});

it('is completed by phase', () => {
  const world = releaseWorld({
    plan: manifest([activity('signoff'), activity('go', { phase: 'production' })]),
  }).says('grace', '/approve');
  const state = world.opened();
  expect(
    state.revision.plan.phases.map((phase) => phaseStatus(state, phase, statusesOf(state, none))),
  ).toEqual(['succeeded', 'waiting-for-approval']);
});

it('is pending for activities that the manifest does not know', () => {
  expect(activityStatus(releaseWorld().opened(), 'unknown', none)).toBe('pending');
});
