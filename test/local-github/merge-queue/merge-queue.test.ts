import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, branchWith, column, headOf, numberAt, startWorld, textAt, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const queue = {
    check_response_timeout_minutes: 60,
    grouping_strategy: 'ALLGREEN',
    max_entries_to_build: 1,
    max_entries_to_merge: 1,
    merge_method: 'MERGE',
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 0,
  };
  await world.rest('mona', 'POST', '/repos/acme/payments/rulesets', {
    name: 'queue',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [
      { type: 'merge_queue', parameters: queue },
      {
        type: 'required_status_checks',
        parameters: {
          required_status_checks: [{ context: 'gate/ok', integration_id: 7 }],
          strict_required_status_checks_policy: true,
        },
      },
    ],
  });
});
afterAll(() => world.end());

type Opened = { readonly path: string; readonly id: string; readonly sha: string };

async function open(branch: string): Promise<Opened> {
  const sha = await branchWith(world, branch, `${branch}.txt`, branch);
  const input = { title: branch, head: branch, base: 'main' };
  const { body } = await world.rest('ada', 'POST', '/repos/acme/payments/pulls', input);
  await check(sha, 'success');
  return { path: `/repos/acme/payments/pulls/${numberAt(body, 'number')}`, id: textAt(body, 'node_id'), sha };
}

const check = (head_sha: string, conclusion: string) =>
  world.rest('gate', 'POST', '/repos/acme/payments/check-runs', {
    name: 'gate/ok',
    head_sha,
    status: 'completed',
    conclusion,
  });

const queue = (act: 'enqueue' | 'dequeue', pull: Opened) => {
  const [field, input] =
    act === 'enqueue'
      ? ['enqueuePullRequest', `pullRequestId: "${pull.id}"`]
      : ['dequeuePullRequest', `id: "${pull.id}"`];
  return world.graphql(
    'mona',
    `mutation { ${field}(input: { ${input} }) { mergeQueueEntry { id position state enqueuedAt pullRequest { number } } } }`,
  );
};

/** The newest group that the App was asked to check. */
async function asked(): Promise<{ readonly sha: string; readonly ref: string }> {
  await world.idle();
  const hook = world.hooks.findLast(
    ({ headers, body }) =>
      headers['x-github-event'] === 'merge_group' && at(body, 'action') === 'checks_requested',
  );
  return { sha: textAt(hook?.body, 'merge_group.head_sha'), ref: textAt(hook?.body, 'merge_group.head_ref') };
}

const merged = async ({ path }: Opened) => at((await world.rest('ada', 'GET', path)).body, 'merged');

describe('a pull request in the queue', () => {
  it('cannot be merged past it', async () => {
    const { path } = await open('past');
    const refused = await world.rest('mona', 'PUT', `${path}/merge`, {});
    expect(refused.status).toBe(405);
    expect(at(refused.body, 'message')).toContain('Changes must be made through the merge queue.');
  });

  it('lands when the checks of its group pass, on the commit that was checked', async () => {
    const pull = await open('green');
    await world.heard();
    expect(at(await queue('enqueue', pull), 'data.enqueuePullRequest.mergeQueueEntry.position')).toBe(1);
    const group = await asked();
    expect(group.ref).toMatch(/^refs\/heads\/gh-readonly-queue\/main\/pr-\d+-[0-9a-f]{40}$/);
    expect(await merged(pull)).toBe(false);
    await check(group.sha, 'success');
    const heard = await world.heard();
    expect(heard.filter((name) => /merge_group|pull_request/.test(name))).toEqual([
      'pull_request.enqueued',
      'merge_group.checks_requested',
      'pull_request.dequeued',
      'merge_group.destroyed',
      'pull_request.closed',
    ]);
    expect(await merged(pull)).toBe(true);
    expect(await headOf(world, 'acme/payments')).toBe(group.sha);
    const refs = (
      await world.rest('mona', 'GET', '/repos/acme/payments/git/matching-refs/heads/gh-readonly-queue')
    ).body;
    expect(column(refs, 'ref')).toEqual([]);
  });

  it('leaves it when a check of its group fails, and the next one gets its turn', async () => {
    const [first, second] = [await open('red'), await open('next')];
    await queue('enqueue', first);
    expect(at(await queue('enqueue', second), 'data.enqueuePullRequest.mergeQueueEntry.state')).toBe(
      'QUEUED',
    );
    await check((await asked()).sha, 'failure');
    const group = await asked();
    await check(group.sha, 'success');
    await world.idle();
    expect([await merged(first), await merged(second)]).toEqual([false, true]);
  });

  it('can be taken out by hand, and enters once and with passing checks only', async () => {
    const pull = await open('taken');
    await queue('enqueue', pull);
    expect(at(await queue('enqueue', pull), 'errors.0.message')).toBe('Pull request is already in the queue');
    await world.idle();
    await queue('dequeue', pull);
    expect((await world.heard()).slice(-1)).toEqual(['merge_group.destroyed']);
    await check(pull.sha, 'failure');
    expect(at(await queue('enqueue', pull), 'errors.0.message')).toContain('"gate/ok" is failing');
  });
});
