import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, manifest, person, present, recorded, releaseWorld } from '../../support/release-world.ts';
import { bytesOf, configurationOf, planOf } from '../floors/rulebook.ts';

type PresentManifest = Extract<Facts['manifest'], { readonly kind: 'present' }>;

/** A release under a configuration: its manifest is valid, and opens it. */
const opened = (rules: string, audit: string) => {
  const configuration = configurationOf(rules);
  const factOf = (title: string): PresentManifest => {
    const text = `release: r1
title: ${title}
target: { ref: v1 }
phases:
  verify: { activities: { audit: ${audit} } }
  production: { needs: verify, activities: { deploy: { environment: production } } }
`;
    const { plan, floors, problems } = resolvePlan(bytesOf(text), planOf(text, configuration), configuration);
    expect(problems).toEqual([]);
    const fact = present(plan, [{ person: person('ada'), proof: 'proven' }]) as PresentManifest;
    return { ...fact, floors };
  };
  const world = releaseWorld({ plan: manifest([activity('audit')]), configuration });
  world.change({ manifest: factOf('One') });
  return { world, retitle: () => world.change({ manifest: factOf('Two') }) };
};

const ofQa = '{ uses: audit, approvers: { from: team:qa, require: majority } }';
const apart = `floors:
  - { for: { environment: production }, activities: [audit], exclude: [team:sre] }
  - { for: { environment: production }, approvers: { audit: { from: team:qa, require: majority } } }
`;

describe('T7, T1: a release under several floors (decision 0059)', () => {
  it('is heard where one excludes people and another asks for a part of all', () => {
    const { world, retitle } = opened(apart, ofQa);
    expect([...world.decision().hindrances]).toEqual([]);
    expect(world.says('grace', '/approve', {}, 'audit').status('audit')).toBe('waiting');
    retitle();
    expect([...world.decision().hindrances]).toEqual([]);
    expect(world.says('linus', '/approve', {}, 'audit').status('audit')).toBe('approved');
    expect(replay(recorded(world))).toEqual([]);
  });

  it('may be revised where the catalog redefines a field that a floor names', () => {
    const { world, retitle } = opened(
      `catalog:
  audit:
    approvers: { from: team:qa, require: 1 }
    inputs: { gaps: { type: dropdown, label: Gaps, options: [Minor, Major] } }
floors: [{ for: { environment: production }, activities: [audit], inputs: { audit: [gaps] } }]
`,
      '{ uses: audit }',
    );
    retitle();
    expect([...world.decision().hindrances]).toEqual([]);
    expect(world.opened().revision.plan.title).toBe('Two');
  });

  it('lets as many seats be delegated as the strictest says, where its manifest says nothing', () => {
    const { world } = opened(
      `floors:
  - { for: { environment: '*' }, activities: [audit], delegation: { max: 3 } }
  - { for: { environment: production }, activities: [audit], delegation: { max: 1 } }
`,
      ofQa,
    );
    expect(world.opened().revision.plan.phases[0]?.activities[0]?.delegation).toEqual({ max: 1 });
    expect([...world.decision().hindrances]).toEqual([]);
  });

  it('adopts a floor that allows fewer delegated seats than the one it was opened under', () => {
    const { world } = opened(
      `floors: [{ for: { environment: production }, activities: [audit], delegation: { max: 3 } }]
`,
      ofQa,
    );
    const value = configurationOf(
      `floors: [{ for: { environment: production }, activities: [audit], delegation: { max: 2 } }]
`,
    );
    world.change({ configuration: { kind: 'known', value } });
    expect(world.opened().revision.plan.phases[0]?.activities[0]?.delegation).toEqual({ max: 2 });
    expect([...world.decision().hindrances]).toEqual([]);
  });
});
