import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, headOf, numberAt, startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const remote = (name: string) => `${world.url()}/acme/${name}`;

async function cloneAs(who: string, folder: string): Promise<string> {
  expect(
    await world.git(who, world.root, 'clone', '--quiet', `${remote('payments')}.git`, folder),
  ).toMatchObject({ code: 0 });
  return join(world.root, folder);
}

async function commitIn(who: string, clone: string, file: string, text: string): Promise<string> {
  writeFileSync(join(clone, file), text);
  await world.git(who, clone, 'add', '.');
  await world.git(who, clone, 'commit', '--quiet', '-m', `Write ${file}`);
  return (await world.git(who, clone, 'rev-parse', 'HEAD')).out.trim();
}

describe('git', () => {
  it('clones with and without .git, with user tokens and installation tokens', async () => {
    for (const who of ['rob', 'gate', 'viewer'])
      expect((await world.git(who, world.root, 'ls-remote', `${remote('payments')}.git`)).out).toContain(
        'refs/heads/main',
      );
    expect((await world.git('anybody', world.root, 'ls-remote', remote('site'))).out).toContain(
      'refs/heads/main',
    );
  });

  it('is asked for credentials first', async () => {
    const { status, headers } = await world.send(
      'GET',
      '/acme/payments.git/info/refs?service=git-upload-pack',
      null,
    );
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Basic realm="GitHub"']);
    const push = await world.send('GET', '/acme/site.git/info/refs?service=git-receive-pack', null);
    expect(push.status).toBe(401);
  });

  it.each([
    ['eve', 'payments', 'git-upload-pack', 404],
    ['eve', 'nothing', 'git-upload-pack', 404],
    ['rob', 'payments', 'git-receive-pack', 403],
    ['viewer', 'payments', 'git-receive-pack', 403],
    ['outsider', 'site', 'git-receive-pack', 403],
    ['ada', 'payments', 'git-receive-pack', 200],
  ])('%s at %s %s gets %i', async (who, name, service, status) => {
    const basic = Buffer.from(`x:${world.tokenOf(who)}`).toString('base64');
    const path = `${remote(name)}/info/refs?service=${service}`;
    const answer = await world.send('GET', path, null, undefined, { authorization: `Basic ${basic}` });
    expect(answer.status).toBe(status);
  });

  it('pushes a commit that the API, the activity list and the webhook show', async () => {
    await world.heard();
    const before = await headOf(world, 'acme/payments');
    const clone = await cloneAs('ada', 'push');
    const sha = await commitIn('ada', clone, 'docs.txt', 'one\n');
    expect(await world.git('ada', clone, 'push', '--quiet', 'origin', 'HEAD:main')).toMatchObject({
      code: 0,
    });
    expect(await headOf(world, 'acme/payments')).toBe(sha);
    await world.idle();
    const push = world.hooks.find((hook) => hook.headers['x-github-event'] === 'push');
    expect(push?.body).toMatchObject({
      ref: 'refs/heads/main',
      before,
      after: sha,
      forced: false,
      pusher: { name: 'ada' },
      sender: { login: 'ada' },
      head_commit: { id: sha, added: ['docs.txt'], message: 'Write docs.txt' },
    });
    const { body } = await world.rest('gate', 'GET', '/repos/acme/payments/activity?ref=main');
    expect(at(body, '0')).toMatchObject({
      before,
      after: sha,
      activity_type: 'push',
      actor: { login: 'ada' },
    });
    expect(await world.heard()).toEqual(['push', 'check_suite.requested']);
    const commit = await world.rest('rob', 'GET', `/repos/acme/payments/commits/${sha}`);
    expect(commit.body).toMatchObject({ commit: { verification: { verified: false } }, author: null });
  });

  it('creates, forces and deletes branches, and tells of each', async () => {
    const clone = await cloneAs('ada', 'force');
    await commitIn('ada', clone, 'a.txt', 'a\n');
    await world.git('ada', clone, 'push', '--quiet', 'origin', 'HEAD:topic');
    await world.git('ada', clone, 'commit', '--quiet', '--amend', '-m', 'Other');
    expect((await world.git('ada', clone, 'push', 'origin', 'HEAD:topic')).code).toBe(1);
    await world.heard();
    expect((await world.git('ada', clone, 'push', '--force', 'origin', 'HEAD:topic')).code).toBe(0);
    expect((await world.git('ada', clone, 'push', 'origin', ':topic')).code).toBe(0);
    expect(await world.heard()).toEqual(['push', 'check_suite.requested', 'delete', 'push']);
    const { body } = await world.rest('gate', 'GET', '/repos/acme/payments/activity?ref=topic');
    expect(column(body, 'activity_type')).toEqual(['branch_deletion', 'force_push', 'branch_creation']);
  });

  it('does not let a push touch the refs of pull requests', async () => {
    const clone = await cloneAs('ada', 'hidden');
    const { code } = await world.git('ada', clone, 'push', 'origin', 'HEAD:refs/pull/99/head');
    expect(code).not.toBe(0);
  });

  it('moves an open pull request with its branch', async () => {
    const clone = await cloneAs('ada', 'pull');
    const first = await commitIn('ada', clone, 'feature.txt', '1\n');
    await world.git('ada', clone, 'push', '--quiet', 'origin', 'HEAD:feature');
    const pull = await world.rest('ada', 'POST', '/repos/acme/payments/pulls', {
      title: 'F',
      head: 'feature',
      base: 'main',
    });
    expect(pull.body).toMatchObject({ head: { sha: first }, changed_files: 1, commits: 1 });
    await world.heard();
    const second = await commitIn('ada', clone, 'feature.txt', '2\n');
    await world.git('ada', clone, 'push', '--quiet', 'origin', 'HEAD:feature');
    await world.idle();
    const moved = world.hooks.find((hook) => hook.headers['x-github-event'] === 'pull_request');
    expect(moved?.body).toMatchObject({ action: 'synchronize', before: first, after: second });
    const ref = await world.git(
      'ada',
      clone,
      'ls-remote',
      'origin',
      `refs/pull/${numberAt(pull.body, 'number')}/head`,
    );
    expect(ref.out).toContain(second);
  });

  it('fetches shallow and partial, and takes a big push', async () => {
    expect(
      await world.git(
        'ada',
        world.root,
        'clone',
        '--quiet',
        '--depth=1',
        '--filter=blob:none',
        remote('payments'),
        'small',
      ),
    ).toMatchObject({ code: 0 });
    const clone = await cloneAs('ada', 'big');
    const noise = Buffer.alloc(3_000_000).map((_, index) => (index * 2_654_435_761) >>> 13);
    writeFileSync(join(clone, 'big.bin'), noise);
    await world.git('ada', clone, 'add', '.');
    await world.git('ada', clone, 'commit', '--quiet', '-m', 'Big');
    expect(await world.git('ada', clone, 'push', '--quiet', 'origin', 'HEAD:big')).toMatchObject({ code: 0 });
  });
});
