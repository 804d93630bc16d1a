import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, startWorld, text, type World } from './world.ts';

let world: World;
let comment = '';
beforeAll(async () => {
  world = await startWorld();
  await world.rest('mona', 'POST', '/repos/acme/payments/issues', { title: 'Talk' });
  const said = await world.rest('grace', 'POST', '/repos/acme/payments/issues/1/comments', { body: 'spam' });
  comment = text(said.body, 'node_id');
});
afterAll(() => world.end());

const hide = (who: string) =>
  world.ask(
    who,
    'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OFF_TOPIC }) { minimizedComment { isMinimized } } }',
    { id: comment },
  );
const seen = async () =>
  at(
    await world.ask(
      'gate',
      'query($id: ID!) { node(id: $id) { ... on IssueComment { isMinimized minimizedReason body } } }',
      {
        id: comment,
      },
    ),
    'data.node',
  );

describe('a comment', () => {
  it('is hidden by somebody with write access only, and keeps its text', async () => {
    expect(at(await hide('visitor'), 'errors.0.type')).toBe('FORBIDDEN');
    expect(await seen()).toEqual({ isMinimized: false, minimizedReason: null, body: 'spam' });
    expect(at(await hide('ada'), 'data.minimizeComment.minimizedComment.isMinimized')).toBe(true);
    expect(await seen()).toEqual({ isMinimized: true, minimizedReason: 'off_topic', body: 'spam' });
  });

  it('can be shown again', async () => {
    await world.ask(
      'ada',
      'mutation($id: ID!) { unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } } }',
      { id: comment },
    );
    expect(await seen()).toMatchObject({ isMinimized: false });
  });
});
