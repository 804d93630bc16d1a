import { expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { useFakeHost } from './fake-host.ts';
import { head, page, tip, wireRepository, wireRun } from './wire-samples.ts';

const fake = useFakeHost();

const checked = (name: string) => ({
  checkSuites: { nodes: [{ id: 'CS_1', checkRuns: page([wireRun(1, name)]) }] },
});

const pull = (number: number, rest: object = {}) => ({
  number,
  url: `https://ghe.example/acme/payments/pull/${number}`,
  headRefOid: tip,
  baseRefName: 'main',
  isCrossRepository: false,
  headRef: { target: { oid: tip, ...checked('near') } },
  ...rest,
});

const first = (pulls: object) => ({
  data: { repository: { ...wireRepository, main: { target: checked('main') }, pulls } },
});

const observe = (...answers: object[]) =>
  createForge(fake.start({ graphql: (_, call) => answers[call - 1] as never })).observeRepository(
    'acme/payments',
    'countersign-records',
  );

it('reads heads, pull requests and our checks by one call (pitfall 19)', async () => {
  const view = await observe(first(page([pull(1)])));
  expect(fake.calls).toEqual(['graphql']);
  // Whoever else makes a run of our name makes one that is not looked at.
  expect(fake.queries[0]?.query.split('checkSuites(')).toHaveLength(3);
  expect(fake.queries[0]?.query.match(/checkSuites\(first: \d+, filterBy: \{appId: \$app\}\)/g)).toHaveLength(
    2,
  );
  expect(fake.queries[0]?.variables).toMatchObject({ app: 4 });
  expect(view).toMatchObject({
    defaultBranch: { name: 'main', head },
    records: tip,
    checks: [{ name: 'main' }],
    pulls: [{ number: 1, head: tip, base: 'main', fromFork: false, checks: [{ name: 'near' }] }],
  });
});

it('asks this repository for the checks of a fork, or of a head that has just moved (pitfall 18)', async () => {
  const pulls = page([
    pull(1, { isCrossRepository: true, headRef: null }),
    pull(2, { headRefOid: head }),
    pull(3, { isCrossRepository: true }),
  ]);
  const far = { data: { repository: { c0: checked('far'), c1: null } } };
  const view = await observe(first(pulls), far);
  expect(fake.queries[1]?.variables).toMatchObject({ c0: tip, c1: head });
  expect(view.pulls.map(({ fromFork, checks }) => [fromFork, checks.map(({ name }) => name)])).toEqual([
    [true, ['far']],
    [false, []],
    [true, ['far']],
  ]);
});

it('reads all pages of pull requests', async () => {
  const view = await observe(first(page([pull(1)], 'p1')), {
    data: { repository: { pulls: page([pull(2)]) } },
  });
  expect(view.pulls.map(({ number }) => number)).toEqual([1, 2]);
  expect(fake.queries[1]?.variables).toMatchObject({ after: 'p1' });
});

it('looks at the 300 pull requests that changed last, and at no more (T17)', async () => {
  const more = Array.from({ length: 9 }, (_, index) => ({
    data: { repository: { pulls: page([pull(index + 2)], `p${index + 2}`) } },
  }));
  const view = await observe(first(page([pull(1)], 'p1')), ...more);
  expect(fake.calls).toHaveLength(6);
  expect(view.pulls).toHaveLength(6);
  expect(fake.queries[0]?.query).toContain('{field: UPDATED_AT, direction: DESC}');
});

it('fails as a whole when a part failed', async () => {
  const answer = {
    ...first(page([])),
    errors: [{ type: 'FORBIDDEN', message: 'no', path: ['repository', 'pulls'] }],
  };
  await expect(observe(answer)).rejects.toMatchObject({ code: 'forbidden' });
});

it('gives our checks on one commit', async () => {
  const forge = createForge(
    fake.start({ graphql: () => ({ data: { repository: { c0: checked('one') } } }) as never }),
  );
  expect(await forge.checksOn('acme/payments', head)).toMatchObject([{ name: 'one', conclusion: 'success' }]);
});

it('fails rather than show no checks of a commit', async () => {
  const errors = [{ type: 'INTERNAL', message: 'oops', path: ['repository', 'c0'] }];
  const answer = { data: { repository: { c0: null } }, errors };
  const forge = createForge(fake.start({ graphql: () => answer }));
  await expect(forge.checksOn('acme/payments', head)).rejects.toMatchObject({ code: 'unavailable' });
});
