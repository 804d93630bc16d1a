import { expect, test } from 'vitest';
import { createWebhookContext, rememberRerun, rememberWaiting } from '../../src/app/webhook-context.ts';
import { keysOf } from '../../src/github/webhook-to-key.ts';
import { createMemory, issueKey, targetKey } from '../../src/reconcile/memory.ts';

const repository = { id: 7, full_name: 'acme/payments', default_branch: 'main' };

function createWorld() {
  const memory = createMemory();
  const contextOf = createWebhookContext({
    appId: 1,
    botLogin: () => 'countersign[bot]',
    memory,
    repositories: () => ['acme/payments', 'Acme/web', 'other/web'],
    hasCommand: (body) => body.startsWith('/'),
  });
  const keys = (event: string, payload: object) => keysOf(event, payload, contextOf(payload));
  return { memory, keys };
}

test('a command on an issue that is known names its release', () => {
  const { memory, keys } = createWorld();
  memory.issues.set(issueKey(7, 3), 'payments-2026.11');
  const payload = { action: 'created', repository, issue: { number: 3 }, comment: { body: '/approve' } };
  expect(keys('issue_comment', payload)).toEqual([
    { kind: 'release', repository: 'acme/payments', release: 'payments-2026.11' },
  ]);
});

test.each([
  ['an issue that is none of ours', 4, '/approve', 'ada'],
  ['talk', 3, 'looks good', 'ada'],
  ['our own comment', 3, '/approve', 'countersign[bot]'],
])('%s names nothing', (_what, number, body, login) => {
  const { memory, keys } = createWorld();
  memory.issues.set(issueKey(7, 3), 'payments-2026.11');
  const payload = { action: 'created', repository, issue: { number }, comment: { body }, sender: { login } };
  expect(keys('issue_comment', payload)).toEqual([]);
});

test('a push to the records branch is looked at, wherever the configuration puts it', () => {
  const { keys } = createWorld();
  const push = (branch: string) => keys('push', { repository, ref: `refs/heads/${branch}` });
  expect([push('countersign-records').length, push('feature').length]).toEqual([1, 0]);
});

test('a change of people looks at every repository of that organization', () => {
  const { keys } = createWorld();
  const payload = { action: 'removed', organization: { id: 9, login: 'acme' } };
  expect(keys('membership', payload)).toEqual([
    { kind: 'repository', repository: 'acme/payments' },
    { kind: 'repository', repository: 'Acme/web' },
  ]);
});

test('a check of others that a release waits for on its target names that release', () => {
  const { memory, keys } = createWorld();
  const [commit, other] = ['a'.repeat(40), 'b'.repeat(40)];
  memory.open.set('acme/payments', new Set(['r1', 'r2', 'r3']));
  for (const [release, target, checks] of [
    ['r1', commit, ['smoke']],
    ['r2', other, ['smoke']],
    ['r3', commit, ['lint']],
  ] as const) {
    memory.targets.set(targetKey('acme/payments', release), target);
    memory.checks.set(targetKey('acme/payments', release), checks);
  }
  const check_run = { name: 'smoke', head_sha: commit, app: { id: 9 } };
  expect(keys('check_run', { action: 'completed', repository, check_run })).toEqual([
    { kind: 'release', repository: 'acme/payments', release: 'r1' },
  ]);
  expect(
    keys('check_run', {
      action: 'completed',
      repository: { ...repository, full_name: 'acme/web' },
      check_run,
    }),
  ).toEqual([]);
});

test('T6: a wish for a new run, or for a whole suite, is remembered; other deeds on checks are not', () => {
  const { memory } = createWorld();
  const run = { node_id: 'CR_1' };
  const suite = { head_sha: 'a'.repeat(40) };
  rememberRerun(memory, 'check_run', { action: 'created', check_run: run });
  rememberRerun(memory, 'issues', { action: 'rerequested', check_run: run });
  expect([memory.reruns.runs.size, memory.reruns.suites.size]).toEqual([0, 0]);
  rememberRerun(memory, 'check_run', { action: 'rerequested', check_run: run });
  rememberRerun(memory, 'check_suite', { action: 'rerequested', check_suite: suite });
  expect([[...memory.reruns.runs], [...memory.reruns.suites]]).toEqual([['CR_1'], [suite.head_sha]]);
});

test('T6: where a job waits is remembered, once the host was asked; nothing else that looks like it is', () => {
  const { memory } = createWorld();
  const sha = 'a'.repeat(40);
  const rule = 'deployment_protection_rule';
  const payload = { repository: { full_name: 'acme/payments' }, deployment: { sha } };
  rememberWaiting(memory, rule, payload);
  expect(memory.gates.size).toBe(0);
  memory.gates.set('acme/payments', new Set());
  rememberWaiting(memory, 'deployment_status', payload);
  rememberWaiting(memory, rule, { ...payload, deployment: { sha: '../../etc' } });
  rememberWaiting(memory, rule, { ...payload, repository: {} });
  rememberWaiting(memory, rule, {});
  expect(memory.gates.get('acme/payments')).toEqual(new Set());
  rememberWaiting(memory, rule, payload);
  expect(memory.gates.get('acme/payments')).toEqual(new Set([sha]));
});
