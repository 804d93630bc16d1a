import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Governed, govern } from '../support/story/governed.ts';

let world: Governed;
beforeAll(async () => {
  world = await govern('change-advisory-board', {
    cab: ['grace', 'katherine', 'radia', 'tim', 'alan'],
    'emergency-board': ['mona', 'tim', 'radia'],
  });
  for (const release of ['c1', 'c2']) await world.opens('ledger-2026.48', release);
  for (const release of ['e1', 'e2']) await world.opens('ledger-emergency', release);
});
afterAll(() => world.close());

const approve = '/approve\nrequest: CHG-4711';
const emergency = '/approve\nincident: INC-7\nharm: Customers see balances that are not theirs.';

describe('a change advisory board (S-065, G-32)', () => {
  test('hears nobody before its session', async () => {
    await world.says('grace', 'board', approve, 'c1');
    const issue = await world.issue('board', 'c1');
    expect(await world.answerOn(issue)).toContain('votes count from 2026-11-24T13:00:00Z on');
    expect(await world.bodyOf(issue)).toContain('Waiting for the session of 2026-11-24T13:00:00Z');
    expect(await world.stands('c1', 'change/board')).toBe('action_required');
  });

  test('an emergency does not wait for it, and two of three decide', async () => {
    await world.says('mona', 'emergency-board', emergency, 'e1');
    expect(await world.stands('e1', 'emergency/emergency-board')).toBe('action_required');
    await world.says('tim', 'emergency-board', emergency, 'e1');
    expect(await world.stands('e1', 'emergency/emergency-board')).toBe('success');
    expect(await world.stands('e1', 'afterwards/board-review')).toBe('action_required');
    expect(await world.stands('e1')).toBe('action_required');
  });

  test('calls the whole board after an hour, and stops at one refusal', async () => {
    await world.passes('61m');
    const issue = await world.issue('emergency-board', 'e2');
    expect(await world.answerOn(issue)).toContain('@acme/cab: nobody has decided yet');
    await world.says('mona', 'emergency-board', '/reject It can wait until tomorrow.', 'e2');
    expect(await world.stands('e2')).toBe('failure');
  });

  test('in session more than half of it decides; half is not enough', async () => {
    await world.passes('27h');
    for (const login of ['katherine', 'radia']) await world.says(login, 'board', approve, 'c1');
    for (const login of ['tim', 'alan'])
      await world.says(login, 'board', '/reject It collides with the audit.', 'c1');
    expect(await world.stands('c1', 'change/board')).toBe('action_required');
    await world.says('grace', 'board', approve, 'c1');
    expect(await world.stands('c1')).toBe('success');
  });

  test('and more than half of it turns a change down', async () => {
    for (const login of ['grace', 'katherine', 'tim'])
      await world.says(login, 'board', '/reject There is no way back.', 'c2');
    expect(await world.stands('c2', 'change/board')).toBe('failure');
    expect(await world.stands('c2')).toBe('failure');
  });

  test('the emergency ends with its review, by others than those who decided', async () => {
    await world.says('tim', 'board-review', '/approve', 'e1');
    expect(await world.answerOn(await world.issue('board-review', 'e1'))).toContain('excludes you');
    for (const login of ['grace', 'katherine']) await world.says(login, 'board-review', '/approve', 'e1');
    expect(await world.stands('e1')).toBe('success');
  });

  test('who comes late waits for the next session', async () => {
    await world.opens('ledger-2026.48', 'c3');
    expect(await world.bodyOf(await world.issue('board', 'c3'))).toContain('2026-12-01T13:00:00Z');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
