import { describe, expect, it } from 'vitest';
import { partsOfActivity, partsOfPhase } from '../../../src/core/floors/parts.ts';
import { plan } from '../../../src/core/record/schema/plan-schema.ts';
import { configurationOf, planOf } from './rulebook.ts';

/** Every part that a record can hold is one that somebody has thought about. */
describe('T1: every part of a plan', () => {
  const written = planOf(
    'release: r\ntarget: { ref: m }\nphases: { p: { activities: { a: { approvers: { from: team:a } } } } }\n',
    configurationOf('{}'),
  );

  it('is compared with floors, part of the graph, or cannot make an approval easier', () => {
    const [phase] = plan.parse(written).phases;
    expect(Object.keys(partsOfPhase)).toEqual(expect.arrayContaining(Object.keys(phase ?? {})));
    expect(Object.keys(partsOfActivity)).toEqual(
      expect.arrayContaining(Object.keys(phase?.activities[0] ?? {})),
    );
    const compared = Object.entries(partsOfActivity).filter(([, how]) => how === 'compared');
    expect(compared.map(([part]) => part).sort()).toEqual([
      'apartFrom',
      'approvers',
      'delegation',
      'distinct',
      'exclude',
      'inputs',
      'reject',
      'timing',
    ]);
  });
});
