import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startWorld, type World } from '../world.ts';

// The one place where a module of ours is replaced: it shows that nobody can change an answer unnoticed.
vi.mock(import('../../../src/local-github/render/issue.ts'), async (original) => {
  const real = await original();
  const renderIssue: typeof real.renderIssue = (host, issue) => {
    const { user: _user, ...rest } = real.renderIssue(host, issue);
    return { ...rest, comments: 'none' } as unknown as ReturnType<typeof real.renderIssue>;
  };
  return { ...real, renderIssue };
});

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => vi.restoreAllMocks());

it('ends with an error that names operation, path and place when a handler answers differently', async () => {
  await world.rest('mona', 'POST', '/repos/acme/payments/issues', { title: 'Changed' });
  const told = await world.end().then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
  const operation = 'POST /repos/{owner}/{repo}/issues (/repos/acme/payments/issues 201)';
  expect(told).toContain(`response ${operation}: it must have required property 'user'`);
  expect(told).toContain(`response ${operation}: /comments must be integer`);
  expect(told).toMatch(/webhook issues\.opened \([0-9a-f-]+\): \/issue must have required property 'user'/);
});
