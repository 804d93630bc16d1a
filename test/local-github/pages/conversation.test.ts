import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, branchWith, column, headOf, numberAt, startWorld, textAt, type World } from '../world.ts';
import { signedIn, visitor } from './visitor.ts';

const ground: { world: World } = { world: undefined as never };
beforeAll(async () => {
  ground.world = await startWorld();
});
afterAll(() => ground.world.end());

const comments = async (number: number) =>
  (await ground.world.rest('mona', 'GET', `/repos/acme/payments/issues/${number}/comments`)).body;

async function issue(body = 'About'): Promise<number> {
  const made = await ground.world.rest('ada', 'POST', '/repos/acme/payments/issues', { title: 'Talk', body });
  return numberAt(made.body, 'number');
}

describe('an issue', () => {
  it('is opened, talked about, closed and reopened', async () => {
    const rob = await signedIn(ground.world, 'rob');
    const opened = await rob.post('/acme/payments/issues', {
      title: 'It <b>breaks</b>',
      body: '<!-- secret --> Yes.',
    });
    const path = opened.to ?? '';
    expect(path).toMatch(/^\/acme\/payments\/issues\/\d+$/);
    await rob.post(`${path}/comments`, { body: 'One\r\ntwo' });
    const page = (await rob.get(path)).text;
    expect(page).toContain('It &lt;b&gt;breaks&lt;/b&gt;');
    expect(page).not.toContain('secret');
    expect(page).toContain('<p>One<br />\ntwo</p>');
    expect(column(await comments(Number(path.split('/').at(-1))), 'body')).toEqual(['One\r\ntwo']);
    await rob.post(`${path}/state`, { state: 'closed' });
    expect((await rob.get(path)).text).toContain('Completed');
    await rob.post(`${path}/state`, { state: 'open' });
    expect((await rob.get(path)).text).toContain('Close issue');
  });

  it('lets authors and writers change and delete comments, nobody else', async () => {
    const { world } = ground;
    const number = await issue();
    const rob = await signedIn(world, 'rob');
    await rob.post(`/acme/payments/issues/${number}/comments`, { body: 'Mine' });
    const form = `/acme/payments/comments/${numberAt(await comments(number), '0.id')}`;
    const tess = await signedIn(world, 'tess');
    expect((await tess.get(`/acme/payments/issues/${number}`)).text).not.toContain(`${form}/delete`);
    await tess.post(`${form}/edit`, { body: 'Changed' });
    await tess.post(`${form}/delete`);
    expect(column(await comments(number), 'body')).toEqual(['Mine']);
    await rob.post(`${form}/edit`, { body: 'Changed by me' });
    expect(column(await comments(number), 'body')).toEqual(['Changed by me']);
    const ada = await signedIn(world, 'ada');
    expect((await ada.get(`${form}/edit`)).text).toContain('Changed by me');
    await ada.post(`${form}/delete`);
    expect(await comments(number)).toEqual([]);
    const page = (await rob.get(`/acme/payments/issues/${number}`)).text;
    expect(page).toContain('deleted a comment of');
  });

  it('tells once why something was refused', async () => {
    const number = await issue();
    const rob = await signedIn(ground.world, 'rob');
    await rob.post(`/acme/payments/issues/${number}/comments`, { body: '  ' });
    expect((await rob.get(`/acme/payments/issues/${number}`)).text).toContain('body is missing field');
    expect((await rob.get(`/acme/payments/issues/${number}`)).text).not.toContain('body is missing field');
  });

  it('shows its parent, its sub-issues and reactions', async () => {
    const { world } = ground;
    const [parent, child] = [await issue(), await issue()];
    const row = await world.rest('ada', 'GET', `/repos/acme/payments/issues/${child}`);
    const sub = { sub_issue_id: numberAt(row.body, 'id') };
    await world.rest('ada', 'POST', `/repos/acme/payments/issues/${parent}/sub_issues`, sub);
    const made = await world.rest('ada', 'POST', `/repos/acme/payments/issues/${child}/comments`, {
      body: 'Hm',
    });
    const reactions = `/repos/acme/payments/issues/comments/${numberAt(made.body, 'id')}/reactions`;
    await world.rest('mona', 'POST', reactions, { content: 'eyes' });
    const ada = await signedIn(world, 'ada');
    expect((await ada.get(`/acme/payments/issues/${parent}`)).text).toContain('0 of 1 done');
    const page = (await ada.get(`/acme/payments/issues/${child}`)).text;
    expect(page).toContain(`href="/acme/payments/issues/${parent}"`);
    expect(page).toContain('title="mona">👀 1');
  });
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('attachments', () => {
  it('are kept, and their addresses stand in the comment', async () => {
    const { world } = ground;
    const number = await issue();
    const ada = await signedIn(world, 'ada');
    const files = { 'shot (1).png': png, '../../report.pdf': '%PDF-1.7', 'page.log': '<script>' };
    await ada.upload(`/acme/payments/issues/${number}/comments`, 'See', files);
    const body = textAt(await comments(number), '0.body');
    expect(body).toMatch(/^See\r\n\r\n!\[shot-1-.png\]\(http:\/\/127/);
    const [image = '', pdf = '', log = ''] = [...body.matchAll(/\((http[^)]+)\)/g)].map(([, url = '']) =>
      url.replace(world.url(), ''),
    );
    expect(image).toMatch(/^\/user-attachments\/assets\/[0-9a-f-]{36}$/);
    expect(pdf).toMatch(/^\/user-attachments\/files\/[0-9a-f-]{36}\/report.pdf$/);
    const got = await ada.get(image);
    expect([got.headers.get('content-type'), got.headers.get('x-content-type-options')]).toEqual([
      'image/png',
      'nosniff',
    ]);
    for (const [file, type] of [
      [pdf, 'application/pdf'],
      [log, 'text/plain; charset=utf-8'],
    ] as const) {
      const { headers } = await ada.get(file);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
    const statusFor = async (who: string) => (await world.send('GET', image, world.tokenOf(who))).status;
    expect(await statusFor('rob')).toBe(200);
    expect(await statusFor('outsider')).toBe(404);
    expect(await statusFor('anybody')).toBe(404);
    // Apps cannot read what people attach to private repositories.
    expect(await statusFor('gate')).toBe(404);
  });

  it.each([
    ['a page', { 'a.html': '<script>' }, 'not of a type'],
    ['a drawing that may run', { 'a.svg': '<svg/>' }, 'not of a type'],
    ['a page that calls itself an image', { 'a.png': '<script>' }, 'not of a type'],
    ['more than 10 MB', { 'a.log': Buffer.alloc(10 * 1024 * 1024 + 1, 97) }, 'larger than 10 MB'],
    ['no ending', { constructor: 'x' }, 'not of a type'],
  ])('are refused: %s', async (_name, files: Record<string, string | Buffer>, sentence) => {
    const number = await issue();
    const ada = await signedIn(ground.world, 'ada');
    await ada.upload(`/acme/payments/issues/${number}/comments`, 'See', files);
    expect((await ada.get(`/acme/payments/issues/${number}`)).text).toContain(sentence);
    expect(await comments(number)).toEqual([]);
  });

  it('are not found by names that lead elsewhere', async () => {
    const ada = await signedIn(ground.world, 'ada');
    for (const id of ['..%2Fsession-key', '%2e%2e%2fstate', 'x'])
      expect((await ada.get(`/user-attachments/assets/${id}`)).status).toBe(404);
  });
});

describe('a pull request', () => {
  it('is proposed, reviewed and merged by different people', async () => {
    const { world } = ground;
    await branchWith(world, 'topic', 'docs/plan.md', 'a better plan\n');
    const ada = await signedIn(world, 'ada');
    expect((await ada.get('/acme/payments/compare?head=topic')).text).toContain('+a better plan');
    const fields = { title: 'Plan', body: '', base: 'main', head: 'topic' };
    const path = (await ada.post('/acme/payments/pulls', fields)).to ?? '';
    await ada.post(`${path}/reviews`, { event: 'APPROVE', body: '' });
    expect((await ada.get(path)).text).toContain('Can not approve your own pull request');
    const rob = await signedIn(world, 'rob');
    await rob.post(`${path}/reviews`, { event: 'REQUEST_CHANGES', body: 'Why?' });
    const shown = (await rob.get(path)).text;
    expect(shown).toContain('requested changes');
    expect(shown).toContain('Merging needs write access to this repository.');
    await rob.post(`${path}/merge`, { method: 'merge' });
    expect((await rob.get(path)).text).toContain('Must have write access to the repository.');
    const barbara = await signedIn(world, 'barbara');
    await barbara.post(`${path}/merge`, { method: 'merge', sha: '0'.repeat(40) });
    expect((await barbara.get(path)).text).toContain('Head branch was modified.');
    await barbara.post(`${path}/merge`, {
      method: 'merge',
      sha: await headOf(world, 'acme/payments', 'topic'),
    });
    expect((await barbara.get(path)).text).toContain('<span class="state merged">Merged</span>');
    expect((await barbara.get('/acme/payments/raw/main/docs/plan.md')).text).toBe('a better plan\n');
  });

  it('says what stands in the way of merging', async () => {
    const { world } = ground;
    await branchWith(world, 'one', 'docs/clash.md', 'one\n');
    await branchWith(world, 'two', 'docs/clash.md', 'two\n');
    const ada = await signedIn(world, 'ada');
    const propose = async (head: string, draft: Record<string, string> = {}) =>
      (await ada.post('/acme/payments/pulls', { title: head, body: '', base: 'main', head, ...draft })).to ??
      '';
    const first = await propose('one');
    const second = await propose('two', { draft: 'yes' });
    const sha = await headOf(world, 'acme/payments', 'one');
    await ada.post(`${first}/merge`, { method: 'squash', sha });
    const page = (await ada.get(second)).text;
    expect(page).toContain('This pull request is a draft.');
    expect(page).toContain('There are conflicts with main.');
  });
});

describe('a branch with rules', () => {
  it('is merged into only when they hold, and says which do not', async () => {
    const { world } = ground;
    await branchWith(world, 'ruled', 'docs/ruled.md', 'ruled\n');
    const check = { context: 'look <1>' };
    const parameters = { required_status_checks: [check], strict_required_status_checks_policy: false };
    const made = await world.rest('mona', 'POST', '/repos/acme/payments/rulesets', {
      name: 'main',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [{ type: 'required_status_checks', parameters }, { type: 'required_linear_history' }],
    });
    const ada = await signedIn(world, 'ada');
    const fields = { title: 'Ruled', body: '', base: 'main', head: 'ruled' };
    const path = (await ada.post('/acme/payments/pulls', fields)).to ?? '';
    const page = (await ada.get(path)).text;
    expect(page).toContain('Required status check &quot;look &lt;1&gt;&quot; is expected.');
    expect(page).toContain('This branch must not contain merge commits.');
    expect((await ada.get('/acme/payments/environments')).text).toContain('required linear history');
    const sha = await headOf(world, 'acme/payments', 'ruled');
    const run = { name: check.context, head_sha: sha, status: 'completed', conclusion: 'success' };
    await world.rest('gate', 'POST', '/repos/acme/payments/check-runs', run);
    expect((await ada.get(path)).text).toContain('Not every way of merging is open.');
    await ada.post(`${path}/merge`, { method: 'merge', sha });
    expect((await ada.get(path)).text).toContain('rule violations');
    await ada.post(`${path}/merge`, { method: 'squash', sha });
    expect((await ada.get(path)).text).toContain('>Merged</span>');
    await world.rest('mona', 'DELETE', `/repos/acme/payments/rulesets/${numberAt(made.body, 'id')}`);
  });
});

describe('a check run', () => {
  it('shows what it found, and its buttons to people who can write, once it has completed', async () => {
    const { world } = ground;
    const sha = await headOf(world, 'acme/payments');
    const output = { title: 'Found <2>', summary: '**bold** <img src=x onerror=y>' };
    const annotation = {
      path: 'README.md',
      start_line: 1,
      end_line: 1,
      annotation_level: 'failure',
      message: 'Bad',
    };
    const actions = [{ label: 'Fix it', description: 'Does it all', identifier: 'fix' }];
    const made = await world.rest('gate', 'POST', '/repos/acme/payments/check-runs', {
      name: 'look',
      head_sha: sha,
      status: 'in_progress',
      output: { ...output, annotations: [annotation] },
      actions,
    });
    const id = numberAt(made.body, 'id');
    const path = `/acme/payments/runs/${id}`;
    const ada = await signedIn(world, 'ada');
    expect((await ada.get(path)).text).not.toContain('Fix it');
    const end = { status: 'completed', conclusion: 'failure' };
    await world.rest('gate', 'PATCH', `/repos/acme/payments/check-runs/${id}`, end);
    const page = (await ada.get(path)).text;
    for (const part of [
      'Fix it',
      'Found &lt;2&gt;',
      '<strong>bold</strong>',
      '&lt;img src=x onerror=y&gt;',
      'README.md:1',
    ])
      expect(page).toContain(part);
    expect((await (await signedIn(world, 'rob')).get(path)).text).not.toContain('Fix it');
    await world.heard();
    await ada.post(`${path}/press`, { identifier: 'fix' });
    await ada.post(`${path}/rerun`);
    expect(await world.heard()).toEqual(['check_run.requested_action', 'check_run.rerequested']);
    expect((await ada.get(`/acme/payments/commit/${sha}`)).text).toContain('0 of 1 passed');
  });
});

describe('the delivery log', () => {
  it('shows what was sent, to people who signed in, and sends it again', async () => {
    const { world } = ground;
    await issue();
    await world.heard();
    const path = '/settings/apps/gate/advanced';
    expect((await visitor(world).get(path)).status).toBe(303);
    const ada = await signedIn(world, 'ada');
    const first = /advanced\/(\d+)"/.exec((await ada.get(path)).text)?.[1];
    expect((await ada.get(`${path}/${first}`)).text).toContain('x-hub-signature-256');
    await ada.post(`${path}/${first}/redeliver`);
    expect(await world.heard()).toEqual(['issues.opened']);
    expect((await ada.get(path)).text).toContain('sent again');
  });
});

describe('a repository', () => {
  it('shows its files, branches with slashes, commits and environments', async () => {
    const { world } = ground;
    const sha = await branchWith(world, 'a/b', 'docs/<i>.txt', '1 < 2\n');
    const ada = await signedIn(world, 'ada');
    const text = async (path: string) => (await ada.get(`/acme/payments${path}`)).text;
    expect(await text('/blob/a/b/docs/%3Ci%3E.txt')).toContain('<td>1 &lt; 2</td>');
    expect(await text('/tree/a/b/docs')).toContain('&lt;i&gt;.txt');
    expect(await text(`/commit/${sha}`)).toContain('+1 &lt; 2');
    expect(await text('/commits/a/b')).toContain(sha.slice(0, 7));
    expect(await text('/branches')).toContain('/acme/payments/tree/a/b');
    expect(await text('/environments')).toContain('Deployments wait for <strong>gate</strong>');
    const raw = await ada.get('/acme/payments/raw/a/b/docs/%3Ci%3E.txt');
    expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await ada.get('/acme/payments/blob/main/nowhere')).status).toBe(404);
  });

  it('takes files, branches and tags from people who can write, only', async () => {
    const { world } = ground;
    const [ada, rob] = [await signedIn(world, 'ada'), await signedIn(world, 'rob')];
    const file = {
      branch: 'main',
      path: 'notes.md',
      content: 'a\r\nb\r\n',
      message: 'Note',
      new_branch: 'notes',
    };
    await rob.post('/acme/payments/edit', file);
    expect((await ada.get('/acme/payments/tree/notes')).status).toBe(404);
    expect((await ada.post('/acme/payments/edit', file)).to).toBe('/acme/payments/compare?head=notes');
    expect((await ada.get('/acme/payments/raw/notes/notes.md')).text).toBe('a\nb\n');
    await ada.post('/acme/payments/refs', { kind: 'tag', name: 'v1', from: 'notes' });
    expect((await ada.get('/acme/payments/tags')).text).toContain('/acme/payments/tree/v1');
    await ada.post('/acme/payments/refs', { kind: 'tag', name: 'v..1', from: 'notes' });
    expect((await ada.get('/acme/payments/tags')).text).toContain('is not a name for a tag');
    await ada.post('/acme/payments/edit', { ...file, path: '../up', new_branch: '' });
    expect((await ada.get('/acme/payments')).text).toContain('malformed path');
    expect(
      at((await world.rest('ada', 'GET', '/repos/acme/payments/git/ref/tags/v1')).body, 'object.type'),
    ).toBe('commit');
  });
});
