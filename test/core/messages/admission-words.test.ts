import { describe, expect, it } from 'vitest';
import { gateComment } from '../../../src/core/messages/admission-words.ts';
import type { GateRefusal } from '../../../src/core/release/gate-answers.ts';

const job = {
  ...{ run: 5, attempt: 2, environment: 'production', path: '.github/workflows/ship.yml', event: 'push' },
  ...{ url: 'https://host/runs/5', createdAt: '2026-11-23T08:00:00Z' },
};
const noon = '2026-11-23T12:00:00Z';
const refusals: readonly GateRefusal[] = ['event', 'over', 'again', 'late'];

describe('T18: what the host shows beside a job that waits', () => {
  it('tells which try was let in, and where to follow the release', () => {
    expect(gateComment('r1', 'https://host/i/1', { job, word: { kind: 'admitted' } })).toBe(
      'Release r1 lets in run 5, attempt 2, and nothing else. [Follow the release](https://host/i/1).',
    );
  });

  it('tells how things stand while it waits', () => {
    const stands = [{ release: 'r2', stand: 'waits' }] as const;
    expect(gateComment('r1', undefined, { job, word: { kind: 'waits', stands } })).toBe(
      'Shut: r2 has not opened it yet.',
    );
    const used = [{ release: 'r2', stand: 'open', used: { run: 4, attempt: 1, at: noon } }] as const;
    expect(gateComment('r1', undefined, { job, word: { kind: 'waits', stands: used } })).toContain(
      'Another run has been let in.',
    );
  });

  it.each(refusals)('tells why it is turned away, for good: %s', (why) => {
    expect(gateComment('r1', undefined, { job, word: { kind: 'refused', why } })).toMatchSnapshot();
  });

  it('stays within what GitHub takes, and shows no markup of a name', () => {
    const where = `https://host/${'o'.repeat(39)}/${'r'.repeat(100)}/issues/1234567`;
    const name = `r-${'*'.repeat(200)}`;
    const texts = [
      gateComment(name, where, { job, word: { kind: 'admitted' } }),
      gateComment('r1', where, { job, word: { kind: 'waits', stands: [{ release: name, stand: 'waits' }] } }),
    ];
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(1_024);
      expect(text).not.toContain('**');
    }
  });
});
