import type { Happening } from '../../src/core/release/event.ts';
import type { Barrier } from '../../src/core/release/machine-event.ts';
import type { DispatchAnswer, EndedWorkflowRun } from '../../src/core/workflow/workflow-run.ts';
import { noon } from './happenings.ts';

const deploy = { activity: 'deploy', attempt: 1 };
const place = { ...deploy, environment: 'production' };
const person = { id: 2, login: 'grace' };
const commit = 'c'.repeat(40);
const source = { kind: 'comment', id: 6, url: 'https://x', createdAt: noon, body: '1'.repeat(64) } as const;
const freeze = { name: 'Year end', from: noon, until: noon, environments: ['production'] };
const window = { days: ['mon'], from: '09:00', until: '16:00', zone: 'UTC' } as const;
const holds = { freezes: [freeze], windows: [window] };

const barriers: readonly Barrier[] = [
  { kind: 'freeze', freeze },
  { kind: 'window' },
  { kind: 'unapproved', activities: ['qa-signoff'] },
  { kind: 'rejected', activity: 'qa-signoff' },
  { kind: 'moved', ref: 'v1' },
  { kind: 'unclear', why: 'It is not known who wrote it.' },
];

const failures = [
  ...(['deployment-failed', 'not-deployed', 'environment-taken', 'check-failed', 'checks-late'] as const),
  ...(['workflow-refused', 'run-failed', 'run-of-another', 'run-missing'] as const),
];

const order = { workflow: 'deploy.yml', ref: 'v1', commit };

const answers: readonly DispatchAnswer[] = [
  { kind: 'run', run: 9, url: 'https://github.com/acme/payments/actions/runs/9' },
  { kind: 'accepted' },
  ...(['moved', 'forbidden', 'missing', 'invalid'] as const).map(
    (why) => ({ kind: 'refused', why, said: 'Not Found' }) as const,
  ),
];

const run: EndedWorkflowRun = {
  id: 9,
  url: 'https://github.com/acme/payments/actions/runs/9',
  path: '.github/workflows/deploy.yml',
  event: 'workflow_dispatch',
  commit,
  createdAt: noon,
  ended: { conclusion: 'success', at: noon },
};

/** At least one happening of every kind that is about automated activities. */
export const machineHappenings: readonly Happening[] = [
  { at: noon, kind: 'environment-opened', body: { ...place, commit, holds } },
  { at: noon, kind: 'environment-opened', body: { ...place, commit, until: noon, holds } },
  ...barriers.map(
    (why): Happening => ({ at: noon, kind: 'environment-shut', body: { ...place, holds, why } }),
  ),
  { at: noon, kind: 'guard-seen', body: { ...place, guard: { kind: 'known', value: [] } } },
  {
    ...{ at: noon, kind: 'guard-seen' },
    body: { ...place, guard: { kind: 'known', value: ['rule', 'branches', 'bypass'] } },
  },
  { at: noon, kind: 'guard-seen', body: { ...place, guard: { kind: 'unknown', why: 'it may not' } } },
  ...(['success', 'failure'] as const).map(
    (state): Happening => ({
      at: noon,
      kind: 'deployment-seen',
      body: { ...place, deployment: 7, state, ended: noon },
    }),
  ),
  { at: noon, kind: 'environment-taken', body: { ...place, by: 'payments-2', commit } },
  { at: noon, kind: 'activity-succeeded', body: deploy },
  ...failures.map((why): Happening => ({ at: noon, kind: 'activity-failed', body: { ...deploy, why } })),
  { at: noon, kind: 'retry-ordered', body: { ...deploy, person, bindings: [], source, seenAt: noon } },
  {
    at: noon,
    kind: 'retry-ordered',
    body: { ...deploy, person, bindings: [], reason: 'flaky', source, seenAt: noon },
  },
  { at: noon, kind: 'workflow-ordered', body: { ...place, ...order, inputs: {} } },
  {
    at: noon,
    kind: 'workflow-ordered',
    body: { ...place, ...order, inputs: { version: 'v1', size: 'all' } },
  },
  ...answers.map(
    (answer): Happening => ({ at: noon, kind: 'workflow-answered', body: { ...deploy, answer } }),
  ),
  { at: noon, kind: 'workflow-ended', body: { ...deploy, run } },
  {
    ...{ at: noon, kind: 'run-admitted' },
    body: { ...place, run: { run: 9, attempt: 2, path: run.path, event: run.event, url: run.url } },
  },
  {
    ...{ at: noon, kind: 'admitted-run-ended' },
    body: { ...deploy, run: { run: 9, attempt: 2, conclusion: 'success', ended: noon } },
  },
  { at: noon, kind: 'holds-lifted', body: { ...deploy, by: [person], reason: 'security fix' } },
];
