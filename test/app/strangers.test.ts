import { expect, test } from 'vitest';
import { createStrangerBudget } from '../../src/app/strangers.ts';
import type { Key } from '../../src/ports/work-queue.ts';
import { createMemory, targetKey } from '../../src/reconcile/memory.ts';
import { keyText } from '../../src/reconcile/work-queue.ts';
import { createManualClock } from '../support/manual-clock.ts';

const voter = 1;
const stranger = 2;
const release = (name: string): Key => ({ kind: 'release', repository: 'acme/payments', release: name });

function createWorld() {
  const memory = createMemory();
  memory.voters.set(targetKey('acme/payments', 'r1'), new Set([voter]));
  memory.voters.set(targetKey('acme/payments', 'r2'), new Set([voter]));
  const asked: string[] = [];
  const clock = createManualClock();
  const queue = { enqueue: (key: Key) => void asked.push(keyText(key)) };
  const quota = { spareMs: 0 };
  const postponed: string[] = [];
  const upkeep = (key: Key) => void postponed.push(keyText(key));
  const ask = createStrangerBudget({ memory, queue, clock, spareTime: () => quota.spareMs, upkeep });
  const says = (sender: number, name = 'r1', author = sender) =>
    ask('issue_comment', { sender: { id: sender }, comment: { user: { id: author } } }, release(name));
  return { memory, asked, postponed, clock, quota, ask, says };
}

test('a few strangers are looked at at once, and all the others together a minute later', () => {
  const { says, asked, clock } = createWorld();
  for (let each = 0; each < 1_000; each += 1) says(stranger);
  expect(asked).toHaveLength(20);
  clock.advance(59_000);
  expect(asked).toHaveLength(20);
  clock.advance(1_000);
  expect(asked).toHaveLength(21);
  clock.advance(3_600_000);
  expect(asked).toHaveLength(21);
});

test('whoever may vote never waits for them', () => {
  const { says, asked } = createWorld();
  for (let each = 0; each < 100; each += 1) says(stranger);
  says(voter);
  expect(asked).toHaveLength(21);
});

test('nor does a vote that a stranger has edited or deleted', () => {
  const { says, asked } = createWorld();
  for (let each = 0; each < 100; each += 1) says(stranger);
  says(stranger, 'r1', voter);
  expect(asked).toHaveLength(21);
});

test('each release has a budget of its own, which fills again by one a minute', () => {
  const { says, asked, clock } = createWorld();
  for (let each = 0; each < 20; each += 1) says(stranger);
  says(stranger, 'r2');
  expect(asked).toHaveLength(21);
  clock.advance(150_000);
  for (let each = 0; each < 5; each += 1) says(stranger);
  expect(asked).toHaveLength(23);
});

test('where it is not known who may vote, and for whatever is no comment, nobody waits', () => {
  const { says, ask, asked } = createWorld();
  for (let each = 0; each < 30; each += 1) says(stranger, 'r3');
  for (let each = 0; each < 30; each += 1) ask('issues', { sender: { id: stranger } }, release('r1'));
  for (let each = 0; each < 30; each += 1)
    ask('issue_comment', {}, { kind: 'repository', repository: 'acme/payments' });
  expect(asked).toHaveLength(90);
});

test('where a delivery names nobody, nobody waits', () => {
  const { ask, asked } = createWorld();
  for (let each = 0; each < 30; each += 1) ask('issue_comment', { sender: null }, release('r1'));
  expect(asked).toHaveLength(30);
});

test('T17: where little of the quota is left, what strangers say is looked at together, and a vote at once', () => {
  const { says, asked, clock, quota } = createWorld();
  quota.spareMs = 1_800_000;
  for (let each = 0; each < 10; each += 1) says(stranger);
  expect(asked).toEqual([]);
  says(voter);
  expect(asked).toHaveLength(1);
  clock.advance(60_000);
  expect(asked).toHaveLength(2);
});

test('T17: a pull request is upkeep; a push is not', () => {
  const { ask, asked, postponed } = createWorld();
  const repository: Key = { kind: 'repository', repository: 'acme/payments' };
  ask('pull_request', { sender: { id: voter } }, repository);
  ask('push', { sender: { id: voter } }, repository);
  expect([postponed, asked]).toEqual([['acme/payments'], ['acme/payments']]);
});
