import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import type { HappeningOf } from '../../../src/core/release/event.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import type { DispatchAnswer, WorkflowRun } from '../../../src/core/workflow/workflow-run.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
} from '../../support/release-world.ts';

export const risk = {
  id: 'risk',
  label: 'Risk',
  type: 'dropdown',
  options: ['Low', 'High'],
  required: 'optional',
} as const;
export const hole = (path: string): string => `$\{{ ${path} }}`;
export const deploy = (more: Partial<Activity> = {}) =>
  activity('deploy', {
    ...{ approvers: [], phase: 'production', environment: 'Production', workflow: 'deploy.yml' },
    with: { version: 1, risk: hole('activities.signoff.inputs.risk') },
    ...more,
  });
export const planOf = (more: Partial<Activity> = {}, also: Partial<Manifest> = {}) =>
  manifest([activity('signoff', { inputs: [risk] }), deploy(more)], {
    owner: { kind: 'user', name: 'mona' },
    ...also,
  });

export const allowed: Partial<Facts> = { mayDispatch: { kind: 'known', value: true } };
export const world = (facts: Partial<Facts> = allowed, plan = planOf()): ReleaseWorld =>
  releaseWorld({ plan, resolutions: { 'user:mona': { kind: 'user', ...person('mona') } } }).change(facts);
export const approved = (facts: Partial<Facts> = allowed, plan = planOf()): ReleaseWorld =>
  world(facts, plan).says('grace', '/approve\nrisk: High', {}, 'signoff');

export const said = (answer: DispatchAnswer, attempt = 1): Partial<Facts> => ({
  answers: [{ activity: 'deploy', attempt, answer }],
});
export const started: DispatchAnswer = { kind: 'run', run: 7, url: 'https://host/runs/7' };
export const run = (more: Partial<WorkflowRun> = {}): WorkflowRun => ({
  ...{ id: 7, url: 'https://host/runs/7', path: '.github/workflows/deploy.yml', event: 'workflow_dispatch' },
  ...{ commit: commit('b'), createdAt: '2026-11-23T09:00:02Z' },
  ...more,
});
export const ended = (conclusion: string, more: Partial<WorkflowRun> = {}): WorkflowRun =>
  run({ ended: { conclusion, at: '2026-11-23T09:05:00Z' }, ...more });
export const runs = (...value: readonly WorkflowRun[]): Partial<Facts> => ({
  workflowRuns: { kind: 'known', value },
});
export const orders = (now: ReleaseWorld) =>
  now.events.filter((event): event is HappeningOf<'workflow-ordered'> => event.kind === 'workflow-ordered');
export const holds = (now: ReleaseWorld) => now.decision().hindrances.get('deploy');
export const later = (now: ReleaseWorld, time: string, facts: Partial<Facts> = {}): ReleaseWorld => {
  now.now = Date.parse(time) - 1000;
  return now.change(facts);
};
export const page = (now: ReleaseWorld) => now.thread('').body;
