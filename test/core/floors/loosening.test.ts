import { describe, expect, it, test } from 'vitest';
import { applyFloors } from '../../../src/core/floors/apply-floors.ts';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import { located } from '../manifest/manifest-file.ts';
import { activityIn, bytesOf, configurationOf, patched, planOf, rulebookOf } from './rulebook.ts';

const configuration = configurationOf(`roles:
  release-manager: { users: [mona, hubot], teams: [release] }
catalog:
  qa-signoff: { approvers: { from: team:qa } }
floors:
  - for: { environment: production }
    activities: [qa-signoff, go-no-go]
    approvers:
      go-no-go: [{ from: [team:sre, role:release-manager], require: 2 }]
    exclude: [author, user:vendor]
    inputs:
      go-no-go: [risk, why]
`);
const floored = `release: r1
target: { ref: main }
phases:
  verify:
    activities:
      qa-signoff: { uses: qa-signoff }
  production:
    needs: verify
    activities:
      product: { approvers: { from: team:product } }
      go-no-go:
        uses: go-no-go
        needs: product
        approvers:
          - { from: [team:product] }
          - { from: [team:sre, user:mona], require: 2 }
        inputs:
          risk: { type: dropdown, options: [Low, High], required: always }
          why: { type: text, min-length: 50, required: true }
      deploy: { needs: go-no-go, approvers: { from: team:sre } }
`;
const deploys = { deploy: { environment: 'Production' } };

/** Objections against the manifest with some of its text replaced, and some of its plan patched. */
const objections = (
  replacements: readonly (readonly [string, string])[],
  patches: { readonly [id: string]: Readonly<Record<string, unknown>> } = deploys,
) => {
  let text = floored;
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  const plan = patched(planOf(text, configuration), patches);
  const resolved = resolvePlan(bytesOf(text), plan, configuration);
  return {
    at: located(resolved.problems),
    messages: resolved.problems.map(({ message }) => message),
    resolved,
  };
};

describe('T1, design 3.10: a manifest may tighten a floor', () => {
  it('and passes', () => {
    const { at, resolved } = objections([]);
    expect(at).toEqual([]);
    expect(resolved.floors).toEqual(configuration.floors);
    expect(activityIn(resolved.plan, 'go-no-go').floors).toEqual(['environment production']);
    expect(activityIn(resolved.plan, 'product').floors).toBeUndefined();
  });

  it('and where it says nothing, it inherits the demand, with its origin', () => {
    const silent = floored
      .slice(0, floored.indexOf('        approvers:\n'))
      .concat('      deploy: { needs: go-no-go, approvers: { from: team:sre } }\n');
    const plan = patched(planOf(silent, configuration), deploys);
    const { plan: raised, problems } = resolvePlan(bytesOf(silent), plan, configuration);
    expect(problems).toEqual([]);
    const gate = activityIn(raised, 'go-no-go');
    expect(gate.approvers).toEqual(configuration.floors[0]?.approvers['go-no-go']);
    expect(gate.exclude).toEqual([{ kind: 'user', name: 'vendor' }]);
    expect(gate.inputs.map(({ id, required }) => [id, required])).toEqual([
      ['risk', 'to-approve'],
      ['why', 'to-approve'],
    ]);
    expect(gate.origins?.map(({ part, from }) => `${part}: ${from}`)).toEqual([
      'approvers: the floor for environment production (.github/countersign.yml, line 9)',
      'exclude: the floor for environment production (.github/countersign.yml, line 10)',
      'inputs.risk: the floor for environment production (.github/countersign.yml, line 12)',
      'inputs.why: the floor for environment production (.github/countersign.yml, line 12)',
    ]);
  });

  it('and says nothing about a release that opens no such environment', () => {
    const { at, resolved } = objections([['require: 2', 'require: 1']], {});
    expect([at, resolved.floors]).toEqual([[], []]);
  });
});

describe('T1: a manifest cannot loosen a floor', () => {
  test.each<[string, readonly (readonly [string, string])[], string]>([
    ['fewer people', [['require: 2', 'require: 1']], '14:9 below-floor'],
    ['a part of an unknown number', [['require: 2', 'require: majority']], '14:9 below-floor'],
    ['another team', [['[team:sre, user:mona]', 'team:friends']], '14:9 below-floor'],
    ['a larger from', [['user:mona]', 'user:mona, user:friend]']], '14:9 below-floor'],
    [
      'a dropped rule',
      [['          - { from: [team:sre, user:mona], require: 2 }\n', '']],
      '14:9 below-floor',
    ],
    ['an input made optional', [[', required: always', '']], '18:11 below-floor'],
    ['an input that may be left out', [['required: true', 'required: false']], '19:11 below-floor'],
    ['a longer list of alternatives', [['[Low, High]', '[Low, High, None]']], '18:35 below-floor'],
    [
      'an input of another type',
      [['risk: { type: dropdown, options: [Low, High]', 'risk: { type: text']],
      '18:19 below-floor',
    ],
    ['a missing need', [['needs: go-no-go, ', '']], '20:7 below-floor'],
    ['a missing need of the phase', [['    needs: verify\n', '']], '19:7 below-floor'],
    [
      'a missing activity',
      [['qa-signoff: { uses: qa-signoff }', 'tests: { approvers: { from: team:qa } }']],
      '20:7 below-floor',
    ],
    [
      'a renamed activity',
      [
        ['      go-no-go:', '      gonogo:'],
        ['        uses: go-no-go\n', ''],
        ['needs: go-no-go', 'needs: gonogo'],
      ],
      '19:7 below-floor',
    ],
  ])('%s', (_, replacements, place) => {
    expect(objections(replacements).at).toEqual([place]);
  });

  test.each<[string, { readonly [id: string]: Readonly<Record<string, unknown>> }, string]>([
    ['if', { 'go-no-go': { if: 'false' } }, '11:7 below-floor'],
    ['if of its phase', { verify: { if: 'false' } }, '6:7 below-floor'],
    [
      'auto-approve',
      { 'go-no-go': { timing: { remind: [], escalate: [], autoApprove: { at: '1h', comment: 'x' } } } },
      '11:7 below-floor',
    ],
    ['continue', { 'go-no-go': { onFailure: { kind: 'continue' } } }, '11:7 below-floor'],
    ['continue of its phase', { verify: { onFailure: { kind: 'continue' } } }, '6:7 below-floor'],
  ])('%s', (_, patches, place) => {
    expect(objections([], { ...deploys, ...patches }).at).toEqual([place]);
  });

  it('by an environment that no floor knows, or that is spelled otherwise', () => {
    const near = objections([], { deploy: { environment: 'productions' } });
    expect(near.at).toEqual(['20:7 unknown-reference']);
    expect(near.messages[0]).toContain('Did you mean "production"?');
    const far = objections([], { deploy: { environment: 'moon' } });
    expect(far.messages[0]).toContain('If it needs none, add one that demands nothing.');
    for (const environment of ['PRODUCTION', 'production']) {
      expect(objections([['require: 2', 'require: 1']], { deploy: { environment } }).at).toHaveLength(1);
    }
  });

  it('and reads which demand of which floor it is, and what to write', () => {
    expect(objections([['require: 2', 'require: 1']]).messages).toEqual([
      'The approvers of "go-no-go" can agree without { from: [team:sre, role:release-manager], require: 2 }. The floor for environment production demands it (.github/countersign.yml, line 9). Ask for that, too, or leave approvers out.',
    ]);
    expect(objections([['needs: go-no-go, ', '']]).messages).toEqual([
      '"deploy" does not wait for "go-no-go", or not in every case. The floor for environment production demands it (.github/countersign.yml, line 7). Write needs: go-no-go at "deploy".',
    ]);
    expect(objections([['    needs: verify\n', '']]).messages[0]).toContain(
      'Write needs: verify at the phase "production".',
    );
    expect(objections([['[Low, High]', '[Low, High, None]']]).messages[0]).toContain(
      'Expected nothing but Low, Medium, High.',
    );
    expect(
      objections([['risk: { type: dropdown, options: [Low, High]', 'risk: { type: text']]).messages[0],
    ).toContain('Expected type: dropdown.');
    expect(objections([[', required: always', '']]).messages[0]).toContain('Write required: true.');
  });
});

describe('every floor of a plan', () => {
  const plan = patched(planOf(floored, configuration), deploys);

  it('is asked, and each of several gates that stand for a demand has to meet it', () => {
    const two = configurationOf(`floors:
  - for: { environment: '*' }
    approvers: { product-owner: { from: team:product, require: 2 } }
`);
    const text = `release: r1
target: { ref: main }
phases:
  p:
    activities:
      one: { uses: product-owner, approvers: { from: team:product, require: 2 } }
      two: { uses: product-owner, approvers: { from: team:product } }
      deploy: { needs: [one, two], approvers: { from: team:sre } }
`;
    const given = patched(planOf(text, two), deploys);
    expect(located(resolvePlan(bytesOf(text), given, two).problems)).toEqual(['7:35 below-floor']);
  });

  it('adds nothing twice', () => {
    const once = applyFloors(plan, rulebookOf(configuration)).plan;
    expect(applyFloors(once, rulebookOf(configuration)).plan).toEqual(once);
  });
});

describe('T1: a task approves nothing', () => {
  it('and does not stand for a demanded approval of its name', () => {
    const at = floored.indexOf('        uses: go-no-go\n');
    const own = floored.slice(at, floored.indexOf('      deploy:'));
    const { messages } = objections([[own, '        assignees: team:sre\n        needs: product\n']]);
    expect(messages).toEqual([
      '"go-no-go" must be approved, and this is a task, which approves nothing. The floor for environment production demands it (.github/countersign.yml, line 7). Write approvers instead of assignees.',
    ]);
  });

  it('and may stand between a gate and what it guards', () => {
    const { at } = objections([
      [
        'deploy: { needs: go-no-go, ',
        'notes: { needs: go-no-go, assignees: team:sre }\n      deploy: { needs: notes, ',
      ],
    ]);
    expect(at).toEqual([]);
  });

  it('and is no approval that a profile demands', () => {
    const file = `release: r1
target: { ref: main }
profile: saas
phases:
  p:
    activities:
      code-review: { assignees: team:sre }
`;
    const { problems } = resolvePlan(bytesOf(file), planOf(file, configuration), configuration);
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('demands "code-review", which this release does not have'),
    );
  });
});
