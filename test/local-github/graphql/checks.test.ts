import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, startWorld, text, type World } from './world.ts';

let world: World;
let place: { readonly repositoryId: string; readonly headSha: string };
beforeAll(async () => {
  world = await startWorld();
  const found = await world.ask(
    'gate',
    '{ repository(owner: "acme", name: "payments") { id defaultBranchRef { target { oid } } } }',
  );
  place = {
    repositoryId: text(found, 'data.repository.id'),
    headSha: text(found, 'data.repository.defaultBranchRef.target.oid'),
  };
});
afterAll(() => world.end());

const run =
  'id databaseId name status conclusion title summary text externalId detailsUrl completedAt checkSuite { status conclusion app { slug databaseId } }';

const create = (who: string, input: object) =>
  world.ask(
    who,
    `mutation($input: CreateCheckRunInput!) { createCheckRun(input: $input) { checkRun { ${run} } } }`,
    {
      input: { ...place, ...input },
    },
  );

const update = (id: string, input: object) =>
  world.ask(
    'gate',
    `mutation($input: UpdateCheckRunInput!) { updateCheckRun(input: $input) { checkRun { ${run} } } }`,
    {
      input: { repositoryId: place.repositoryId, checkRunId: id, ...input },
    },
  );

const waiting = {
  status: 'COMPLETED',
  conclusion: 'ACTION_REQUIRED',
  externalId: 'x1',
  detailsUrl: 'https://example.test/1',
  output: { title: 'Awaiting approval', summary: 'sum', text: 'long' },
  actions: [{ label: 'Approve', description: 'Say yes', identifier: 'approve' }],
};

describe('a check run', () => {
  it('is created completed, and REST shows the same one', async () => {
    const answer = await create('gate', { name: 'gate/one', ...waiting });
    const made = at(answer, 'data.createCheckRun.checkRun');
    expect(made).toMatchObject({
      status: 'COMPLETED',
      conclusion: 'ACTION_REQUIRED',
      title: 'Awaiting approval',
      summary: 'sum',
      text: 'long',
      externalId: 'x1',
      detailsUrl: 'https://example.test/1',
      completedAt: '2026-11-23T09:00:00Z',
      checkSuite: {
        status: 'COMPLETED',
        conclusion: 'ACTION_REQUIRED',
        app: { slug: 'gate', databaseId: 7 },
      },
    });
    const rest = await world.rest('gate', 'GET', `/repos/acme/payments/check-runs/${at(made, 'databaseId')}`);
    expect(rest.body).toMatchObject({
      node_id: at(made, 'id'),
      conclusion: 'action_required',
      external_id: 'x1',
    });
  });

  it('is updated by its App, but never reopened', async () => {
    const made = await create('gate', { name: 'gate/two', status: 'IN_PROGRESS' });
    const id = text(made, 'data.createCheckRun.checkRun.id');
    const done = await update(id, {
      conclusion: 'SUCCESS',
      output: { title: 'Approved', summary: 'by grace' },
    });
    expect(at(done, 'data.updateCheckRun.checkRun')).toMatchObject({
      status: 'COMPLETED',
      conclusion: 'SUCCESS',
      title: 'Approved',
    });
    expect(at(await update(id, { status: 'IN_PROGRESS' }), 'errors.0.type')).toBe('UNPROCESSABLE');
  });

  it.each([
    ['a status that is not an App\u2019s to set', { name: 'x', status: 'WAITING' }],
    ['a conclusion that only GitHub sets', { name: 'x', conclusion: 'STALE' }],
    ['an unknown commit', { name: 'x', headSha: '0123456789012345678901234567890123456789' }],
    ['a summary that is too long', { name: 'x', output: { title: 't', summary: 'x'.repeat(65_536) } }],
    [
      'four buttons',
      {
        name: 'x',
        actions: [1, 2, 3, 4].map((each) => ({ label: `${each}`, description: 'd', identifier: `${each}` })),
      },
    ],
  ])('is refused for %s', async (_, input) => {
    expect(await create('gate', input)).toMatchObject({
      data: { createCheckRun: null },
      errors: [{ type: 'UNPROCESSABLE', path: ['createCheckRun'] }],
    });
  });

  it('can only be made by an App with the permission', async () => {
    expect(at(await create('mona', { name: 'x' }), 'errors.0.type')).toBe('FORBIDDEN');
    expect(at(await create('visitor', { name: 'x' }), 'errors.0.type')).toBe('FORBIDDEN');
  });

  it('keeps annotations with their lines', async () => {
    const annotations = [
      {
        path: 'releases/one.yml',
        location: { startLine: 3, endLine: 3, startColumn: 1, endColumn: 5 },
        annotationLevel: 'FAILURE',
        message: 'unknown key',
        title: 'typo',
      },
    ];
    const made = await create('gate', {
      name: 'gate/lines',
      conclusion: 'FAILURE',
      output: { title: 't', summary: 's', annotations },
    });
    const query =
      'query($id: ID!) { node(id: $id) { ... on CheckRun { annotations(first: 5) { totalCount nodes { path message title annotationLevel location { start { line column } end { line column } } } } } } }';
    const shown = await world.ask('gate', query, { id: text(made, 'data.createCheckRun.checkRun.id') });
    expect(at(shown, 'data.node.annotations')).toEqual({
      totalCount: 1,
      nodes: [
        {
          path: 'releases/one.yml',
          message: 'unknown key',
          title: 'typo',
          annotationLevel: 'FAILURE',
          location: { start: { line: 3, column: 1 }, end: { line: 3, column: 5 } },
        },
      ],
    });
  });
});

describe('the check runs of a commit', () => {
  const listed = async (filter: string) => {
    const answer = await world.ask(
      'gate',
      `query($oid: GitObjectID!) { repository(owner: "acme", name: "payments") { object(oid: $oid) { ... on Commit {
        checkSuites(first: 5, filterBy: { appId: 7 }) { nodes { checkRuns(first: 50, filterBy: { ${filter} }) { nodes { name conclusion } } } }
        others: checkSuites(first: 5, filterBy: { appId: 999 }) { totalCount } } } } }`,
      { oid: place.headSha },
    );
    expect(at(answer, 'data.repository.object.others.totalCount')).toBe(0);
    return at(answer, 'data.repository.object.checkSuites.nodes.0.checkRuns.nodes');
  };

  it('show the newest of each name, or all when asked', async () => {
    await create('gate', { name: 'gate/same', conclusion: 'FAILURE' });
    await create('gate', { name: 'gate/same', conclusion: 'SUCCESS' });
    expect(await listed('checkName: "gate/same"')).toEqual([{ name: 'gate/same', conclusion: 'SUCCESS' }]);
    expect(await listed('checkName: "gate/same", checkType: ALL')).toHaveLength(2);
    expect(await listed('checkName: "gate/same", checkType: ALL, conclusions: [FAILURE]')).toHaveLength(1);
    expect(await listed('checkName: "gate/same", status: IN_PROGRESS')).toEqual([]);
  });
});
