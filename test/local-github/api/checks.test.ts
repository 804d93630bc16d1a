import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, column, headOf, numberAt, startWorld, type World } from '../world.ts';

let world: World;
let sha = '';
beforeAll(async () => {
  world = await startWorld();
  sha = await headOf(world, 'acme/payments');
});
afterAll(() => world.end());

const runs = '/repos/acme/payments/check-runs';
const create = (fields: object, who = 'gate') =>
  world.rest(who, 'POST', runs, { name: 'gate', head_sha: sha, ...fields });
const waiting = {
  conclusion: 'action_required',
  output: { title: 'Waiting', summary: 'for you' },
  actions: [{ label: 'Approve', description: 'Approve it', identifier: 'approve' }],
};

describe('a check run', () => {
  it('with a conclusion is completed', async () => {
    await world.heard();
    const { status, body } = await create({ ...waiting, external_id: 'one' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'completed',
      conclusion: 'action_required',
      external_id: 'one',
      completed_at: '2026-11-23T09:00:00Z',
      app: { slug: 'gate' },
    });
    expect(await world.heard()).toEqual(['check_run.created', 'check_run.completed']);
  });

  it('belongs to Apps with the permission', async () => {
    expect((await create({}, 'mona')).status).toBe(403);
    expect((await create({}, 'viewer')).status).toBe(403);
  });

  it('never goes back once completed', async () => {
    const id = numberAt((await create({ conclusion: 'success' })).body, 'id');
    expect((await world.rest('gate', 'PATCH', `${runs}/${id}`, { status: 'in_progress' })).status).toBe(422);
    expect(
      (await world.rest('gate', 'PATCH', `${runs}/${id}`, { conclusion: 'cancelled' })).body,
    ).toMatchObject({ conclusion: 'cancelled' });
  });

  const action = { label: 'x', description: 'x', identifier: 'x' };
  const output = { title: 't', summary: 's' };
  const note = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  it.each([
    ['an unknown commit', { head_sha: 'f'.repeat(40) }],
    ['a summary without a title', { output: { summary: 's' } }],
    ['a long summary', { output: { ...output, summary: 'x'.repeat(65_536) } }],
    ['a long text', { output: { ...output, text: 'x'.repeat(65_536) } }],
    ['51 annotations', { output: { ...output, annotations: Array.from({ length: 51 }, () => note) } }],
    ['four actions', { actions: [action, action, action, action] }],
    ['a long label', { actions: [{ ...action, label: 'x'.repeat(21) }] }],
    ['a long description', { actions: [{ ...action, description: 'x'.repeat(41) }] }],
    ['a long identifier', { actions: [{ ...action, identifier: 'x'.repeat(21) }] }],
    ['completed without a conclusion', { status: 'completed' }],
    ['a conclusion only GitHub may give', { conclusion: 'stale' }],
  ])('is refused: %s', async (_case, fields) => {
    expect((await create(fields)).status).toBe(422);
  });

  it('collects annotations over updates', async () => {
    const id = numberAt((await create({ output: { ...output, annotations: [note] } })).body, 'id');
    await world.rest('gate', 'PATCH', `${runs}/${id}`, { output: { ...output, annotations: [note] } });
    expect(column((await world.rest('rob', 'GET', `${runs}/${id}/annotations`)).body, 'path')).toEqual([
      'a',
      'a',
    ]);
  });

  it('is listed newest of its name, or all', async () => {
    const path = `/repos/acme/payments/commits/main/check-runs?check_name=twice`;
    await create({ name: 'twice', conclusion: 'failure' });
    await create({ name: 'twice', conclusion: 'success' });
    const conclusions = async (query = '') =>
      column(at((await world.rest('rob', 'GET', path + query)).body, 'check_runs'), 'conclusion');
    expect(await conclusions()).toEqual(['success']);
    expect(await conclusions('&filter=all')).toEqual(['success', 'failure']);
    expect(await conclusions('&app_id=8')).toEqual([]);
  });

  it('tells its App when somebody presses a button or asks again', async () => {
    const id = numberAt((await create(waiting)).body, 'id');
    await world.heard();
    const press = (login: string, identifier: string) =>
      world.send('POST', '/_local/press-button', null, {
        repository: 'acme/payments',
        run: id,
        login,
        identifier,
      });
    expect((await press('rob', 'approve')).status).toBe(403);
    expect((await press('ada', 'reject')).status).toBe(422);
    expect((await press('ada', 'approve')).status).toBe(204);
    expect((await world.rest('ada', 'POST', `${runs}/${id}/rerequest`)).status).toBe(201);
    await world.idle();
    expect(world.hooks[0]?.body).toMatchObject({
      action: 'requested_action',
      requested_action: { identifier: 'approve' },
      sender: { login: 'ada' },
      check_run: { id },
    });
    expect(await world.heard()).toEqual(['check_run.requested_action', 'check_run.rerequested']);
  });
});
