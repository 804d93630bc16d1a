import { describe, expect, it } from 'vitest';
import { renderRecord } from '../../../src/core/messages/record.ts';
import type { Guard } from '../../../src/core/release/guard.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { elsewhereOf } from '../../../src/core/release/stand.ts';
import { activity, manifest, recorded, releaseWorld } from '../../support/release-world.ts';

const deploy = activity('deploy', { approvers: [], environment: 'Production' });
const world = () =>
  releaseWorld({ plan: manifest([activity('signoff'), { ...deploy, needs: ['signoff'] }]) });
const opened = (guard: Guard) => {
  const now = world();
  now.facts = { ...now.facts, guards: new Map([['Production', guard]]) };
  return now.says('grace', '/approve', {}, 'signoff');
};
const environment = 'countersign/environment/production';

describe('T14: an environment is guarded, or every surface says advisory', () => {
  it.each([
    [{ kind: 'known', value: [] }, 'guarded'],
    [{ kind: 'known', value: ['rule'] }, 'advisory: our protection rule is not on'],
    [
      { kind: 'known', value: ['branches', 'bypass'] },
      'advisory: its branches are not restricted and administrators may bypass its rules',
    ],
    [
      { kind: 'unknown', why: 'the App may not look' },
      'advisory, as far as anybody knows: the App may not look',
    ],
  ] as const)('%j is told everywhere', (guard, words) => {
    const now = opened(guard);
    expect(now.kinds().slice(-2)).toEqual(['guard-seen', 'environment-opened']);
    expect(now.thread('').body).toContain(`It is ${words}.`);
    expect(now.check(environment)?.summary).toContain(`has opened it (${words})`);
    expect(renderRecord(recorded(now))).toContain(`Production is ${words}`);
    expect(elsewhereOf(now.opened())?.environments).toEqual([{ name: 'production', stand: 'open', guard }]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is asked once an attempt, when its turn has come', () => {
    const now = world();
    expect(now.decision().askGuards).toEqual([]);
    now.says('grace', '/approve', {}, 'signoff');
    expect(now.decision().askGuards).toEqual(['Production']);
    expect(opened({ kind: 'known', value: [] }).decision().askGuards).toEqual([]);
    now.says('grace', '/abort enough', {}, 'signoff');
    expect(now.decision().askGuards).toEqual([]);
  });

  it('nothing is said where nobody has asked', () => {
    expect(world().says('grace', '/approve', {}, 'signoff').thread('').body).not.toContain('advisory');
  });
});
