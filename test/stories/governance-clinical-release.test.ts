import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/core/record/digest.ts';
import { type Governed, govern } from '../support/story/governed.ts';

const check = 'release/sign-off';
const justification = 'Every open risk was weighed against the benefit of it.';
const report = '# Validation of Dosage 5.0\n\nEvery hazard, with its test.\n';

let world: Governed;
let signed = '';
beforeAll(async () => {
  world = await govern('clinical-release', {});
  await world.as('ada').movesBranch('validation', world.records.git('rev-parse', 'main').trim());
  const commit = await world.as('ada').pushes('validation', { 'docs/validation.md': report });
  signed = `/approve\nevidence: docs/validation.md@${commit}\nwhy: ${justification}`;
  for (const release of ['r1', 'r2', 'r3']) await world.opens('dosage-5.0', release);
});
afterAll(() => world.close());

const sign = async (release: string, ...people: readonly string[]) => {
  for (const login of people) await world.says(login, 'sign-off', signed, release);
};

describe('a clinical release (S-018, S-083, S-092, S-096, S-097, S-144)', () => {
  test('takes no signature without evidence, or with 49 characters of justification', async () => {
    const issue = await world.issue('sign-off', 'r1');
    await world.says('grace', 'sign-off', `/approve\nwhy: ${justification}`, 'r1');
    expect(await world.answerOn(issue)).toContain('"evidence" (Validation report) is missing');
    await world.says('grace', 'sign-off', signed.replace(justification, justification.slice(0, 49)), 'r1');
    expect(await world.answerOn(issue)).toContain('at least 50 characters');
    expect(await world.bodyOf(issue)).not.toContain('### Votes');
  });

  test('waits while one function, or one person who holds it, is missing (S-022)', async () => {
    await sign('r1', 'grace', 'katherine', 'radia', 'tim');
    expect(await world.stands('r1', check)).toBe('action_required');
    await sign('r2', 'grace', 'katherine', 'tim', 'alan');
    expect(await world.stands('r2', check)).toBe('action_required');
  });

  test('is released when all of them have signed', async () => {
    await sign('r1', 'alan');
    expect(await world.stands('r1', check)).toBe('success');
    expect(await world.stands('r1')).toBe('success');
  });

  test('keeps the report itself, for whoever asks later on which grounds they signed', async () => {
    const digest = digestOf(report);
    expect(world.records.read(`releases/r1/evidence/${digest}`)).toBe(report);
    expect(world.records.read('releases/r1/RECORD.md')).toContain(`[stored](evidence/${digest})`);
  });

  test('ends with one refusal', async () => {
    await sign('r3', 'grace');
    await world.says('katherine', 'sign-off', '/reject Hazard 17 is open.', 'r3');
    expect(await world.stands('r3')).toBe('failure');
  });

  test('expires after five business days, and is not rejected', async () => {
    await world.passes('6d');
    expect(await world.stands('r2', check)).toBe('action_required');
    await world.passes('25h');
    expect(await world.stands('r2', check)).toBe('timed_out');
    await sign('r2', 'radia');
    expect(await world.stands('r2')).toBe('failure');
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
