import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, branchWith, column, headOf, numberAt, startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const rulesets = '/repos/acme/payments/rulesets';
const onlyGate = [{ actor_id: 7, actor_type: 'Integration', bypass_mode: 'always' }];

async function protect(branch: string, rules: readonly object[], bypass_actors: readonly object[] = []) {
  const made = await world.rest('mona', 'POST', rulesets, {
    name: branch,
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: [`refs/heads/${branch}`], exclude: [] } },
    rules,
    bypass_actors,
  });
  expect(made.status).toBe(201);
  return numberAt(made.body, 'id');
}

beforeEach(async () => {
  for (const id of column((await world.rest('mona', 'GET', rulesets)).body, 'id'))
    await world.rest('mona', 'DELETE', `${rulesets}/${String(id)}`);
});

let clones = 0;
async function clone(who: string, branch: string) {
  clones += 1;
  const folder = join(mkdtempSync(join(world.root, 'clone-')), String(clones));
  await world.git(who, world.root, 'clone', '--quiet', `${world.url()}/acme/payments.git`, folder);
  await world.git(who, folder, 'checkout', '--quiet', branch);
  return folder;
}
async function commitAndPush(who: string, branch: string, ...how: string[]) {
  const folder = await clone(who, branch);
  writeFileSync(join(folder, 'pushed.txt'), `${clones}\n`);
  await world.git(who, folder, 'add', '.');
  await world.git(who, folder, 'commit', '--quiet', '-m', 'Pushed');
  return world.git(who, folder, 'push', ...how, 'origin', branch);
}

const put = async (who: string, branch: string, path = 'api.txt') =>
  world.rest(who, 'PUT', `/repos/acme/payments/contents/${path}`, {
    message: 'By the API',
    content: 'YQ==',
    branch,
  });

describe('a branch whose updates are restricted', () => {
  it('moves for the App that may bypass, by git and the API, and for nobody else', async () => {
    await branchWith(world, 'records', 'first.txt', '1');
    await protect('records', [{ type: 'update' }], onlyGate);
    const refused = await commitAndPush('mona', 'records');
    expect(refused.code).not.toBe(0);
    expect(refused.out).toContain('GH013: Repository rule violations found for refs/heads/records.');
    expect(refused.out).toContain('- Cannot update this protected ref.');
    expect(await put('mona', 'records')).toMatchObject({
      status: 409,
      body: { message: 'Repository rule violations found\n\nCannot update this protected ref.' },
    });
    expect((await commitAndPush('gate', 'records')).code).toBe(0);
    expect((await put('gate', 'records')).status).toBe(201);
  });

  it('refuses createCommitOnBranch in the form of GraphQL', async () => {
    await branchWith(world, 'restricted', 'first.txt', '1');
    await protect('restricted', [{ type: 'update' }]);
    const commit = `mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;
    const answer = await world.graphql('gate', commit, {
      input: {
        branch: { repositoryNameWithOwner: 'acme/payments', branchName: 'restricted' },
        expectedHeadOid: await headOf(world, 'acme/payments', 'restricted'),
        message: { headline: 'Ours' },
        fileChanges: { additions: [{ path: 'ours.txt', contents: '' }] },
      },
    });
    expect(at(answer, 'errors.0.message')).toContain('Cannot update this protected ref.');
  });
});

describe('a branch that only grows', () => {
  const rules = [{ type: 'non_fast_forward' }, { type: 'deletion' }, { type: 'required_linear_history' }];
  beforeAll(async () => {
    await branchWith(world, 'log', 'log.txt', '1');
    await branchWith(world, 'log', 'log.txt', '2');
  });
  beforeEach(() => protect('log', rules));

  it('takes a commit on top', async () => {
    expect((await commitAndPush('ada', 'log')).code).toBe(0);
  });

  it('refuses to be rewritten', async () => {
    const folder = await clone('ada', 'log');
    await world.git('ada', folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    const pushed = await world.git('ada', folder, 'push', '--force', 'origin', 'log');
    expect(pushed.out).toContain('- Cannot force-push to this branch.');
    const sha = await headOf(world, 'acme/payments');
    const forced = { sha, force: true };
    const answer = await world.rest('mona', 'PATCH', '/repos/acme/payments/git/refs/heads/log', forced);
    expect(answer.status).toBe(422);
    expect(at(answer.body, 'message')).toContain('Cannot force-push to this branch.');
  });

  it('refuses to be deleted', async () => {
    const folder = await clone('ada', 'log');
    const pushed = await world.git('ada', folder, 'push', 'origin', ':log');
    expect(pushed.out).toContain('- Cannot delete this protected ref.');
    const answer = await world.rest('mona', 'DELETE', '/repos/acme/payments/git/refs/heads/log');
    expect(answer.status).toBe(422);
  });

  it('refuses merge commits', async () => {
    const folder = await clone('ada', 'log');
    await world.git('ada', folder, 'checkout', '--quiet', '-b', 'side', 'HEAD~1');
    writeFileSync(join(folder, 'side.txt'), 'side\n');
    await world.git('ada', folder, 'add', '.');
    await world.git('ada', folder, 'commit', '--quiet', '-m', 'Side');
    await world.git('ada', folder, 'checkout', '--quiet', 'log');
    await world.git('ada', folder, 'merge', '--quiet', '--no-edit', 'side');
    const pushed = await world.git('ada', folder, 'push', 'origin', 'log');
    expect(pushed.out).toContain('- This branch must not contain merge commits.');
  });
});

describe('required signatures', () => {
  it('refuse what is pushed and take what is made by the API', async () => {
    await branchWith(world, 'signed', 'first.txt', '1');
    await protect('signed', [{ type: 'required_signatures' }]);
    expect((await commitAndPush('gate', 'signed')).out).toContain('- Commits must have verified signatures.');
    expect((await put('gate', 'signed')).status).toBe(201);
  });
});

describe('required checks', () => {
  const check = async (sha: string, conclusion: string) =>
    world.rest('gate', 'POST', '/repos/acme/payments/check-runs', {
      name: 'gate/ok',
      head_sha: sha,
      status: 'completed',
      conclusion,
    });
  const required = (integration_id: number) => [
    {
      type: 'required_status_checks',
      parameters: {
        required_status_checks: [{ context: 'gate/ok', integration_id }],
        strict_required_status_checks_policy: false,
      },
    },
  ];
  const open = async (branch: string) => {
    await branchWith(world, branch, `${branch}.txt`, branch);
    const pull = await world.rest('ada', 'POST', '/repos/acme/payments/pulls', {
      title: branch,
      head: branch,
      base: 'main',
    });
    return {
      path: `/repos/acme/payments/pulls/${numberAt(pull.body, 'number')}`,
      sha: String(at(pull.body, 'head.sha')),
    };
  };
  const state = async (path: string) => at((await world.rest('ada', 'GET', path)).body, 'mergeable_state');

  it('block a merge until the newest run of the pinned App passes', async () => {
    await protect('main', required(7));
    const { path, sha } = await open('one');
    const refused = await world.rest('mona', 'PUT', `${path}/merge`, {});
    expect(refused.status).toBe(405);
    expect(at(refused.body, 'message')).toContain('Required status check "gate/ok" is expected.');
    expect(await state(path)).toBe('blocked');
    await check(sha, 'success');
    await check(sha, 'action_required');
    expect((await world.rest('mona', 'PUT', `${path}/merge`, {})).status).toBe(405);
    await check(sha, 'success');
    expect(await state(path)).toBe('clean');
    expect((await world.rest('mona', 'PUT', `${path}/merge`, {})).status).toBe(200);
  });

  it('are not met by a run of another App, and block a push to the branch', async () => {
    await protect('main', required(8));
    const { path, sha } = await open('two');
    await check(sha, 'success');
    expect((await world.rest('mona', 'PUT', `${path}/merge`, {})).status).toBe(405);
    expect((await commitAndPush('ada', 'main')).out).toContain(
      '- Required status check "gate/ok" is expected.',
    );
    expect((await put('ada', 'main')).status).toBe(409);
  });

  it('may be passed over by a bypass actor in a pull request only', async () => {
    const role = [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'pull_request' }];
    await protect('main', required(7), role);
    const { path } = await open('three');
    expect((await commitAndPush('mona', 'main')).code).not.toBe(0);
    expect((await world.rest('ada', 'PUT', `${path}/merge`, {})).status).toBe(405);
    expect((await world.rest('mona', 'PUT', `${path}/merge`, {})).status).toBe(200);
  });

  it('and reviews are judged together', async () => {
    const reviewed = {
      type: 'pull_request',
      parameters: {
        dismiss_stale_reviews_on_push: false,
        require_code_owner_review: false,
        require_last_push_approval: false,
        required_approving_review_count: 1,
        required_review_thread_resolution: false,
      },
    };
    await protect('main', [reviewed]);
    const { path } = await open('four');
    expect(at((await world.rest('mona', 'PUT', `${path}/merge`, {})).body, 'message')).toContain(
      'At least 1 approving review is required.',
    );
    await world.rest('rob', 'POST', `${path}/reviews`, { event: 'APPROVE' });
    expect((await world.rest('mona', 'PUT', `${path}/merge`, {})).status).toBe(405);
    await world.rest('grace', 'POST', `${path}/reviews`, { event: 'APPROVE' });
    expect((await world.rest('mona', 'PUT', `${path}/merge`, {})).status).toBe(200);
    expect((await put('ada', 'main', 'direct.txt')).status).toBe(409);
  });
});

describe('rulesets', () => {
  it('are seen by readers, changed by administrators, and name who may bypass to these only', async () => {
    const id = await protect('main', [{ type: 'deletion' }], onlyGate);
    expect((await world.rest('ada', 'POST', rulesets, {})).status).toBe(403);
    expect((await world.rest('rob', 'GET', `${rulesets}/${id}`)).body).not.toHaveProperty('bypass_actors');
    expect(at((await world.rest('mona', 'GET', `${rulesets}/${id}`)).body, 'bypass_actors')).toEqual(
      onlyGate,
    );
    const rules = (await world.rest('rob', 'GET', '/repos/acme/payments/rules/branches/main')).body;
    expect(rules).toMatchObject([{ type: 'deletion', ruleset_id: id, ruleset_source: 'acme/payments' }]);
    expect(at((await world.rest('rob', 'GET', '/repos/acme/payments/branches/main')).body, 'protected')).toBe(
      true,
    );
    await world.rest('mona', 'PUT', `${rulesets}/${id}`, { enforcement: 'disabled' });
    expect((await world.rest('rob', 'GET', '/repos/acme/payments/rules/branches/main')).body).toEqual([]);
  });

  it('of a kind that is not enforced here are refused', async () => {
    const body = {
      name: 'x',
      enforcement: 'active',
      rules: [{ type: 'max_file_size', parameters: { max_file_size: 1 } }],
    };
    expect((await world.rest('mona', 'POST', rulesets, body)).status).toBe(422);
  });
});
