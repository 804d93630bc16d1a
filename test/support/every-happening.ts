import type { Happening } from '../../src/core/release/event.ts';
import { evidenceOf, rollback, voteWith } from './evidence.ts';
import { noon, opening, vote } from './happenings.ts';
import { machineHappenings } from './machine-happenings.ts';

const attempt = { activity: 'qa-signoff', attempt: 1 };
const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
const person = { id: 2, login: 'grace' };
const issue = { number: 3, nodeId: 'I_3', url: 'https://github.com/acme/payments/issues/3' };
const source = {
  kind: 'comment',
  id: 5,
  url: 'https://github.com/acme/payments/issues/3#issuecomment-5',
  createdAt: noon,
  body: one,
} as const;
const differences = [{ path: 'title', before: '"Old"', after: '"New"' }];
const cast = {
  elector: { person, rules: [] },
  roster: [],
  bindings: [],
  reason: 'agreed',
  source,
  seenAt: noon,
} as const;
const checkRun = {
  id: 9,
  name: 'smoke | tests',
  app: 'github-actions',
  url: 'https://github.com/acme/payments/runs/9',
  startedAt: noon,
  ended: { conclusion: 'success', at: noon },
};
const opened = opening('payments').happening as Extract<Happening, { kind: 'release-opened' }>;
const { revision, target } = opened.body;
const rejection = vote('not yet') as Extract<Happening, { kind: 'vote-cast' }>;

/** At least one happening of every kind. */
export const everyHappening: readonly Happening[] = [
  opened,
  { at: noon, kind: 'manifest-revised', body: { revision, target } },
  {
    at: noon,
    kind: 'duties-established',
    body: {
      base: 'b'.repeat(40),
      target: target.commit,
      commits: 2,
      committers: [{ person, proof: 'proven', commits: ['d'.repeat(40)] }],
      unattributable: [{ commit: 'e'.repeat(40), name: 'Somebody', why: 'no-account' }],
    },
  },
  { at: noon, kind: 'release-announced', body: { issue, at: noon } },
  { at: noon, kind: 'activity-activated', body: { ...attempt, scope: one, roster: [], bindings: [] } },
  { at: noon, kind: 'notice-posted', body: { ...attempt, scope: one, issue, at: noon } },
  vote('fine'),
  voteWith({ plan: evidenceOf(rollback) }),
  { ...rejection, body: { ...rejection.body, choice: 'reject' } },
  {
    at: noon,
    kind: 'seat-delegated',
    body: { ...attempt, from: { person, rules: [] }, to: { id: 4, login: 'olga' }, source, seenAt: noon },
  },
  {
    at: noon,
    kind: 'seat-delegated',
    body: { ...attempt, from: { person, rules: [] }, source, seenAt: noon },
  },
  ...(['approve', 'reject'] as const).map(
    (choice): Happening => ({
      at: noon,
      kind: 'advice-given',
      body: { ...attempt, person, choice, reason: 'I would', source },
    }),
  ),
  { at: noon, kind: 'advice-given', body: { ...attempt, person, source } },
  { at: noon, kind: 'vote-withdrawn', body: { ...attempt, person, source } },
  { at: noon, kind: 'doubt-raised', body: { ...attempt, person, what: 'edited', comment: 5, since: noon } },
  {
    at: noon,
    kind: 'scope-changed',
    body: { ...attempt, from: one, to: two, differences, lapsed: [person], roster: [], bindings: [] },
  },
  { at: noon, kind: 'attempt-superseded', body: { ...attempt, from: one, to: two, differences } },
  { at: noon, kind: 'activity-approved', body: { ...attempt, scope: one, approvals: [person], inputs: {} } },
  { at: noon, kind: 'activity-rejected', body: { ...attempt, scope: one, rejections: [person] } },
  { at: noon, kind: 'check-seen', body: { ...attempt, run: checkRun, advisory: true } },
  {
    at: noon,
    kind: 'check-seen',
    body: {
      ...attempt,
      run: { ...checkRun, workflow: { path: '.github/workflows/smoke.yml', event: 'push', run: 8 } },
    },
  },
  { at: noon, kind: 'preconditions-met', body: attempt },
  { at: noon, kind: 'activity-aborted', body: { ...attempt, why: 'removed' } },
  { at: noon, kind: 'activity-aborted', body: { ...attempt, why: 'cancelled' } },
  {
    at: noon,
    kind: 'deviation-recorded',
    body: { what: 'foreign-commit', commit: 'f'.repeat(40), paths: ['releases/payments/events/000009.json'] },
  },
  {
    at: noon,
    kind: 'deviation-recorded',
    body: { what: 'target-moved', ref: 'v1', from: 'a'.repeat(40), to: 'b'.repeat(40) },
  },
  { at: noon, kind: 'release-cancelled', body: { why: 'manifest-removed', commit: 'c'.repeat(40) } },
  ...(['release-aborted', 'release-failed', 'unneeded'] as const).map(
    (why): Happening => ({ at: noon, kind: 'activity-aborted', body: { ...attempt, why } }),
  ),
  { at: noon, kind: 'activity-skipped', body: { activity: 'other' } },
  { at: noon, kind: 'activity-expired', body: { ...attempt, scope: one, deadline: noon } },
  ...(['retry', 'ignore'] as const).flatMap((act): readonly Happening[] => [
    { at: noon, kind: 'overrule-cast', body: { ...cast, ...attempt, act, inputs: {} } },
    {
      at: noon,
      kind: 'activity-overruled',
      body: { ...attempt, act, by: [person], reason: 'agreed', inputs: {} },
    },
  ]),
  {
    at: noon,
    kind: 'activity-approved',
    body: { ...attempt, scope: one, approvals: [], inputs: {}, automatic: 'Standard change' },
  },
  { at: noon, kind: 'reminder-due', body: { ...attempt, rung: 0, to: [person] } },
  ...[[], [cast.elector]].map(
    (granted, rung): Happening => ({
      at: noon,
      kind: 'activity-escalated',
      body: { ...attempt, rung, to: [{ kind: 'team', name: 'sre' }], granted, bindings: [] },
    }),
  ),
  {
    at: noon,
    kind: 'activity-deferred',
    body: {
      ...attempt,
      until: noon,
      person,
      as: 'owner',
      bindings: [],
      reason: 'later',
      source,
      seenAt: noon,
    },
  },
  { at: noon, kind: 'voting-opened', body: attempt },
  { at: noon, kind: 'voting-closed', body: attempt },
  { at: noon, kind: 'activity-resumed', body: attempt },
  { at: noon, kind: 'acknowledgement-cast', body: { ...cast, deviations: 2 } },
  { at: noon, kind: 'deviations-acknowledged', body: { by: [person], deviations: 2 } },
  {
    at: noon,
    kind: 'release-aborted',
    body: { person, as: 'owner', bindings: [], reason: 'over', source, seenAt: noon },
  },
  { at: noon, kind: 'release-partially-succeeded', body: { without: ['qa-signoff'] } },
  { at: noon, kind: 'release-failed', body: { activity: 'qa-signoff' } },
  { at: noon, kind: 'release-cancelled', body: { why: 'superseded', by: 'payments-2' } },
  ...machineHappenings,
  { at: noon, kind: 'release-succeeded', body: {} },
];
