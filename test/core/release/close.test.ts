import { expect, it } from 'vitest';
import type { RecordsFault } from '../../../src/core/record/fault.ts';
import { closeGates, unopenedWrites } from '../../../src/core/release/close.ts';
import { commit, releaseWorld } from '../../support/release-world.ts';

const fault: RecordsFault = { kind: 'damaged', where: 'checkpoints/000001.json', why: 'not canonical' };

it('fails every check of the release, and of no other, leaving what they bear witness to (T8)', () => {
  const { checks } = releaseWorld().says('grace', '/approve').facts;
  const other = {
    nodeId: 'C_9',
    name: 'countersign/release/r10',
    conclusion: 'success',
    title: '',
    summary: '',
    externalId: '',
  } as const;
  const writes = closeGates('r1', commit('b'), [...checks, other], fault);
  expect(
    writes.map((write) =>
      write.kind === 'create-check'
        ? [write.check.name, write.check.conclusion, write.check.title]
        : write.kind,
    ),
  ).toEqual([
    ['countersign/release/r1/verify/signoff', 'failure', 'Closed: the record cannot be believed'],
    ['countersign/release/r1', 'failure', 'Closed: the record cannot be believed'],
  ]);
  expect(writes.map((write) => write.kind === 'create-check' && write.check.externalId)).toEqual(
    checks.map(({ externalId }) => externalId),
  );
});

it('makes the check of a release that has none, and writes nothing twice', () => {
  const [write, ...more] = closeGates('r1', commit('b'), [], fault);
  expect(more).toEqual([]);
  if (write?.kind !== 'create-check') throw new Error('no check');
  expect(write.check).toMatchObject({
    name: 'countersign/release/r1',
    externalId: 'r1',
    conclusion: 'failure',
  });
  expect(closeGates('r1', commit('b'), [{ ...write.check, nodeId: 'C_1' }], fault)).toEqual([]);
  const worded = closeGates('r1', commit('b'), [{ ...write.check, nodeId: 'C_1', summary: 'other' }], fault);
  expect(worded.map(({ kind }) => kind)).toEqual(['update-check']);
});

it('says on its check why a release cannot open, once, and keeps what an earlier check bore witness to', () => {
  const why = 'The target v2 does not exist.';
  const [write] = unopenedWrites('r1', commit('b'), [], why);
  if (write?.kind !== 'create-check') throw new Error('no check');
  expect(write.check).toMatchObject({
    conclusion: 'action_required',
    title: 'Not opened',
    summary: why,
    externalId: 'r1',
  });
  const shown = { ...write.check, nodeId: 'C_1', externalId: 'r1 checkpoint=1:x' };
  expect(unopenedWrites('r1', commit('b'), [shown], why)).toEqual([]);
  const [again] = unopenedWrites('r1', commit('b'), [shown], 'Something else.');
  expect(again).toMatchObject({ kind: 'update-check', check: { externalId: 'r1 checkpoint=1:x' } });
});
