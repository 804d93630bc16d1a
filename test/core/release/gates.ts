import type { Elsewhere, Facts } from '../../../src/core/release/facts.ts';
import { type GateWord, gateAnswers } from '../../../src/core/release/gate-answers.ts';
import type { Guard } from '../../../src/core/release/guard.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import type { WaitingJob } from '../../../src/core/workflow/waiting-job.ts';
import { activity, commit, manifest, type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';

const url = 'https://host/runs/5';

/** A job of run 5 that waits for production on the target. */
export const job = (more: Partial<WaitingJob> = {}): WaitingJob => ({
  ...{ run: 5, attempt: 1, environment: 'production', path: '.github/workflows/ship.yml', event: 'push' },
  ...{ url, createdAt: '2026-11-23T08:00:00Z' },
  ...more,
});
export const waiting = (...jobs: readonly WaitingJob[]): Partial<Facts> => ({
  knocked: true,
  waitingJobs: { commit: commit('b'), jobs: { kind: 'known', value: jobs } },
});
export const ruled: Partial<Facts> = { guards: new Map([['Production', { kind: 'known', value: [] }]]) };

export const ship = (more: object = {}) =>
  activity('ship', { approvers: [], phase: 'production', environment: 'Production', ...more });
/** A release with an opening, one second after it opened. */
export const open = (...more: readonly object[]): ReleaseWorld =>
  releaseWorld({ plan: manifest([activity('signoff'), ...(more.length > 0 ? more.map(ship) : [ship()])]) })
    .change(ruled)
    .says('grace', '/approve', {}, 'signoff');

export const admitted = (now: ReleaseWorld, id = 'ship') => latestAttempt(now.opened(), id)?.admitted;
/** What the jobs that wait are told, in their order. */
export const words = (now: ReleaseWorld): readonly GateWord[] =>
  gateAnswers(now.opened(), now.facts, {
    at: new Date(now.now).toISOString(),
    trusted: now.facts.timely,
  }).map(({ word }) => word);
export const told = (now: ReleaseWorld): readonly string[] =>
  words(now).map((word) => (word.kind === 'refused' ? word.why : word.kind));

/** Nobody has knocked; how the environment is guarded was seen when the release began to open it. */
export const guarded = (guard: Guard = { kind: 'known', value: [] }) =>
  releaseWorld({ plan: manifest([activity('signoff'), ship()]) })
    .change({ guards: new Map([['Production', guard]]) })
    .says('grace', '/approve', {}, 'signoff');

/** Another release of the same commit. */
const other = (more: Partial<Elsewhere> = {}): Elsewhere => ({
  ...{ release: 'r2', openedAt: '2026-11-23T08:00:00Z', ended: false, supersedes: false },
  ...{ commit: commit('b'), environments: [{ name: 'production', stand: 'open' }], openings: [] },
  ...more,
});
export const elsewhere = (more: Partial<Elsewhere> = {}) => ({ elsewhere: [other(more)] });
