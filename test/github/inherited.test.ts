import { expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { useFakeHost } from './fake-host.ts';
import { head, page, tip, wireRepository } from './wire-samples.ts';

const fake = useFakeHost();

const above = {
  databaseId: 7,
  nameWithOwner: 'acme/.github',
  defaultBranchRef: { name: 'main', target: { oid: tip } },
  records: { target: { oid: head } },
};
const missing = { type: 'NOT_FOUND', path: ['inherited'], message: 'Could not resolve to a Repository' };

/** Asks for a release with the heads of what is inherited; the answer has them as given. */
const release = (inherited: object | null, ...errors: readonly object[]) =>
  createForge(
    fake.start({ graphql: () => ({ data: { repository: wireRepository, inherited }, errors }) as never }),
  ).observeRelease({
    repository: 'acme/payments',
    recordsBranch: 'countersign-records',
    inheritedRecords: 'their-records',
    threads: [],
    principals: [],
  });

it('T7: the heads of what is inherited come with the question that is asked anyway', async () => {
  const present = {
    kind: 'present',
    repository: { id: 7, name: 'acme/.github' },
    head: tip,
    recordsBranch: 'their-records',
    records: head,
  };
  expect((await release(above)).inherited).toEqual(present);
  expect(fake.calls).toEqual(['graphql']);
  expect(fake.queries[0]?.variables).toMatchObject({ owner: 'acme', inherited: 'refs/heads/their-records' });
  const main = { target: { checkSuites: { nodes: [] } } };
  const data = { repository: { ...wireRepository, main, pulls: page([]) }, inherited: above };
  const forge = createForge(fake.start({ graphql: () => ({ data }) as never }));
  const view = await forge.observeRepository('acme/payments', 'countersign-records', 'their-records');
  expect(view.inherited).toEqual(present);
  expect((await forge.observeRepository('acme/.github', 'countersign-records')).inherited).toBeUndefined();
});

it('an empty repository has no heads', async () => {
  const empty = { ...above, defaultBranchRef: null, records: null };
  expect((await release(empty)).inherited).toEqual({
    kind: 'present',
    repository: { id: 7, name: 'acme/.github' },
    recordsBranch: 'their-records',
  });
});

it('T13: what is not there, may not be seen, or goes by another name now is absent', async () => {
  expect((await release(null, missing)).inherited).toEqual({ kind: 'absent' });
  expect((await release(null, { ...missing, type: 'FORBIDDEN' })).inherited).toEqual({ kind: 'absent' });
  expect((await release({ ...above, nameWithOwner: 'acme/elsewhere' })).inherited).toEqual({
    kind: 'absent',
  });
});

it('every other failure leaves the answer worthless: unknown is never nothing', async () => {
  await expect(release(null, { ...missing, type: 'INTERNAL' })).rejects.toMatchObject({
    code: 'unavailable',
  });
  const inside = { ...missing, path: ['inherited', 'records'] };
  await expect(release(above, inside)).rejects.toMatchObject({ code: 'not-found' });
  await expect(release({ ...above, databaseId: null })).rejects.toMatchObject({ code: 'invalid' });
});
