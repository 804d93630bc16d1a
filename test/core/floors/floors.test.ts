import { describe, expect, it, test } from 'vitest';
import { gatesBefore } from '../../../src/core/floors/gates.ts';
import { looserFields } from '../../../src/core/floors/tighter-input.ts';
import { isTighterRule } from '../../../src/core/floors/tighter-rule.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import type { Principal, QuorumRule } from '../../../src/core/manifest/manifest.ts';
import { parsePrincipals } from '../../../src/core/manifest/principal.ts';
import { located } from '../manifest/manifest-file.ts';
import { activityIn, configurationOf, judge, patched, planOf } from './rulebook.ts';

describe('a floor for an entry of the catalog', () => {
  const floors = `floors:
  - for: { uses: go-no-go }
    activities: security
    approvers: { go-no-go: { from: team:sre } }
`;

  it('falls on every activity that uses it, and on what must be approved before it', () => {
    const { plan, problems } = judge(
      floors,
      'security: { approvers: { from: team:sec } }\nlast: { uses: go-no-go, needs: security }',
    );
    expect(problems).toEqual([]);
    expect(activityIn(plan, 'last').approvers).toHaveLength(1);
    expect(activityIn(plan, 'last').floors).toEqual(['uses go-no-go']);
    expect(activityIn(plan, 'security').floors).toEqual(['uses go-no-go']);
  });

  it('is not met by an activity that nobody waits for, or that may be skipped', () => {
    const loose = 'security: { approvers: { from: team:sec } }\nlast: { uses: go-no-go }';
    expect(judge(floors, loose).problems[0]?.message).toContain('Write needs: security at "last".');
    const waits = `${loose.slice(0, -2)}, needs: security }`;
    const skipped = judge(floors, waits, { last: { if: 'false' } });
    expect(skipped.problems.map(({ message }) => message)).toEqual([
      '"last" must be approved by people, and if lets the release go on without. The floor for uses: go-no-go demands it (.github/countersign.yml, line 2). Remove if.',
    ]);
  });
});

describe('a floor for a profile (S-069)', () => {
  const floors = `floors:
  - for: { environment: production }
    profile: [high-availability]
  - for: { profile: high-availability }
    inputs: { operations: [runbook] }
catalog:
  operations: { approvers: { from: team:ops } }
`;
  const deploys = { deploy: { environment: 'production' } };

  it('is demanded by another floor, and then whatever opens an environment waits for it', () => {
    const {
      plan,
      floors: applied,
      problems,
    } = judge(
      floors,
      'operations: { uses: operations }\ndeploy: { needs: operations, approvers: { from: team:ops } }',
      deploys,
    );
    expect(plan.profile).toEqual(['high-availability']);
    expect(applied).toHaveLength(2);
    const runbook = activityIn(plan, 'operations').inputs.find(({ id }) => id === 'runbook');
    expect(runbook?.required).toBe('to-approve');
    const missing = problems.filter(({ code }) => code === 'below-floor').map(({ message }) => message);
    expect(missing).toHaveLength(6);
    expect(missing[0]).toContain('"deploy" begins without "qa-signoff"');
    expect(missing[0]).toContain('line 3');
  });

  it('says nothing where nobody demands it', () => {
    const { plan, floors: applied } = judge(floors, 'operations: { uses: operations }');
    expect([plan.profile, applied]).toEqual([undefined, []]);
  });
});

describe('exclusions of a manifest', () => {
  it('cannot make the majority of a floor smaller', () => {
    const floors =
      'floors: [{ for: { uses: audit }, exclude: user:x, approvers: { audit: { from: team:a, require: majority } } }]';
    const activity = (exclude: string) =>
      `audit: { uses: audit, exclude: ${exclude}, approvers: { from: team:a, require: unanimous } }`;
    expect(judge(floors, activity('user:x')).problems).toEqual([]);
    expect(located(judge(floors, activity('[user:x, user:y]')).problems)).toEqual(['6:29 below-floor']);
  });
});

describe('duties that a floor keeps apart (T16)', () => {
  const floors = (exclude: string, rule = '{ from: team:a }') =>
    `floors: [{ for: { uses: audit }, exclude: ${exclude}, approvers: { audit: ${rule} } }]`;
  const audit = (more = '') => `audit: { uses: audit${more} }`;
  const apart = (floor: string, own: string) => activityIn(judge(floor, own).plan, 'audit').apartFrom;
  const committers = { kind: 'committers' };

  it('are added to what a manifest keeps apart, each once', () => {
    expect(apart(floors('committers'), audit())).toEqual([committers]);
    expect(apart(floors('[author, committers]'), audit(', exclude: committers'))).toEqual([committers]);
    const both = judge(
      floors('[committers, approvers:first]'),
      `first: { approvers: { from: team:b } }\naudit: { uses: audit, exclude: approvers:first }`,
    );
    expect(activityIn(both.plan, 'audit').apartFrom).toEqual([
      { kind: 'approvers', activity: 'first' },
      committers,
    ]);
    expect(activityIn(both.plan, 'audit').origins?.map(({ part }) => part)).toContain('exclude');
  });

  it('are not asked of the activity that they name', () => {
    expect(apart(floors('approvers:audit'), audit())).toBeUndefined();
  });

  it('cannot be added by a manifest to make the majority of a floor smaller', () => {
    const majority = '{ from: team:a, require: majority }';
    const own = audit(', exclude: committers');
    expect(judge(floors('committers', majority), own).problems).toEqual([]);
    expect(located(judge(floors('author', majority), own).problems)).toEqual(['6:29 below-floor']);
  });
});

describe('how votes add up', () => {
  const floors = (more: string) =>
    `floors: [{ for: { uses: audit }, approvers: { audit: { from: team:a, require: 2 } }${more} }]`;
  const audit = (more: string) => `audit: { uses: audit${more} }`;

  test.each<[string, string, string, string]>([
    ['one person in two rules', '', ', distinct: false', 'Remove distinct: false.'],
    ['a weaker rejection', '', ', reject: { require: 2 }', 'Remove reject'],
    ['a rejection by sum', ', reject: { require: 3 }', ', reject: outweighed', 'at most 3'],
    ['a rejection by more', ', reject: { require: 3 }', ', reject: { require: 4 }', 'at most 3'],
    ['another rejection by sum', ', reject: majority', ', reject: outweighed', 'or majority'],
    [
      'a friend who may vote later',
      '',
      ', escalate: { at: 2h, to: user:friend, grant: true }',
      'Remove grant',
    ],
    ['an approval after the deadline', '', ', deadline: 24h, expire: stay', 'Remove expire'],
    ['more delegated seats', ', delegation: { max: 1 }', ', delegation: { max: 2 }', 'at most 1'],
  ])('%s is a loosening', (_, floor, own, words) => {
    const { problems } = judge(floors(floor), audit(own));
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['below-floor', expect.stringContaining(words)],
    ]);
  });

  test.each([
    [', distinct: false', ', distinct: false'],
    [', reject: { require: 3 }', ', reject: { require: 2 }'],
    [', reject: outweighed', ', reject: outweighed'],
    [', reject: outweighed', ', reject: { require: 1 }'],
    [', delegation: { max: 1 }', ', delegation: { max: 0 }'],
    ['', ', order: sequential, advisory: true, delegation: { max: 3 }'],
    ['', ', deadline: 24h, remind: 2h, escalate: { at: 75%, to: user:boss }'],
  ])('a floor with%s lets pass%s', (floor, own) => {
    expect(judge(floors(floor), audit(own)).problems).toEqual([]);
  });

  it('the most delegated seats are inherited', () => {
    const { plan } = judge(floors(', delegation: { max: 1 }'), audit(''));
    expect(activityIn(plan, 'audit').delegation).toEqual({ max: 1 });
  });
});

describe('T1: rules that are inherited', () => {
  const approvers = (catalog: string, floor: string) =>
    activityIn(
      judge(
        `catalog: { audit: { approvers: ${catalog} } }
floors: [{ for: { uses: audit }, approvers: { audit: ${floor} } }]
`,
        'audit: { uses: audit }',
      ).plan,
      'audit',
    ).approvers.map(({ from, require }) => [from.map(({ name }) => name).join(), require.kind]);

  it('take the place of weaker ones of the catalog', () => {
    expect(approvers('{ from: team:a }', '{ from: team:a, require: 2 }')).toHaveLength(1);
    expect(approvers('{ from: team:a }', '{ from: team:b }')).toHaveLength(2);
  });

  it('but not of one that stands for another demand already: two demands need two rules', () => {
    const majority = '{ from: user:ada, require: majority }';
    const rules = approvers(
      `[{ from: team:b, require: 3 }, ${majority}]`,
      `[{ from: [team:a, user:ada] }, ${majority}]`,
    );
    expect(rules).toEqual([
      ['b', 'count'],
      ['ada', 'majority'],
      ['ada', 'majority'],
    ]);
  });
});

describe('rules that are certainly tighter', () => {
  const rule = (from: string, require: QuorumRule['require'], more = {}): QuorumRule => ({
    from: parsePrincipals(from.split(' ')),
    require,
    ...more,
  });
  const count = (wanted: number) => ({ kind: 'count', count: wanted }) as const;
  const people = (names: string): readonly Principal[] => parsePrincipals(names.split(' '));
  const majority = { kind: 'majority' } as const;
  const unanimous = { kind: 'unanimous' } as const;
  const roles = [
    { id: 'lead', members: [...people('user:ada team:a')] },
    { id: 'wide', members: [...people('team:a')], permission: 'write' as const },
  ];

  test.each<[boolean, string, QuorumRule, QuorumRule]>([
    [true, 'a member of the role', rule('user:Ada', count(1)), rule('role:lead', count(1))],
    [true, 'a role of members', rule('role:lead', count(1)), rule('user:ada team:a', count(1))],
    [false, 'a role with other members', rule('role:lead', count(1)), rule('team:a', count(1))],
    [false, 'a role that may have others', rule('role:wide', count(1)), rule('team:a', count(1))],
    [true, 'that role itself', rule('role:wide', count(1)), rule('role:wide', count(1))],
    [false, 'an unknown role', rule('role:no', count(1)), rule('team:a', count(1))],
    [true, 'all instead of most', rule('team:a', unanimous), rule('team:A', majority)],
    [false, 'most instead of all', rule('team:a', majority), rule('team:a', unanimous)],
    [false, 'most of fewer', rule('team:a', majority), rule('team:a team:b', majority)],
    [false, 'a number instead of most', rule('team:a', count(9)), rule('team:a', majority)],
    [true, 'some part instead of one', rule('team:a', majority), rule('team:a', count(1))],
    [false, 'owners of another path', rule('owners:Src', count(1)), rule('owners:src', count(1))],
    [true, 'owners of the path', rule('owners:src', count(1)), rule('owners:src', count(1))],
    [true, 'fewer people', rule('team:a', count(1), { except: people('user:x') }), rule('team:a', count(1))],
    [
      false,
      'the excepted are back',
      rule('team:a', count(1)),
      rule('team:a', count(1), { except: people('user:x') }),
    ],
    [
      false,
      'more may stand in',
      rule('team:a', count(1), { backups: people('user:x') }),
      rule('team:a', count(1)),
    ],
    [
      true,
      'stand-ins of the floor',
      rule('team:a', count(1), { backups: people('user:x') }),
      rule('team:a', count(1), { backups: people('user:x') }),
    ],
    [
      false,
      'nested teams are back',
      rule('team:a', count(1)),
      rule('team:a', count(1), { inherited: false }),
    ],
  ])('%s: %s', (tighter, _, asked, least) => {
    expect(isTighterRule(asked, least, roles)).toBe(tighter);
  });
});

describe('fields that are certainly tighter', () => {
  const field = (more: object): Input =>
    ({ id: 'x', label: 'X', required: 'optional', type: 'text', ...more }) as Input;

  const boxes = (min?: number, label = 'All is tested') => ({
    type: 'checkboxes',
    items: [
      { id: 'a', label },
      { id: 'b', label: 'B' },
    ],
    ...(min === undefined ? {} : { min }),
  });

  test.each<[string, object, object, readonly string[]]>([
    ['a label is only a name', { label: 'Y' }, {}, []],
    ['but not beside a box', { type: 'checkbox', label: 'Y' }, { type: 'checkbox' }, ['label']],
    ['a bound is added', { minLength: 3, maxLength: 5 }, {}, []],
    ['a bound is dropped', {}, { maxLength: 5 }, ['maxLength']],
    ['a bound is moved', { type: 'number', max: 6 }, { type: 'number', max: 5 }, ['max']],
    ['endings are dropped', { type: 'file' }, { type: 'file', accept: ['.pdf'] }, ['accept']],
    ['endings are added', { type: 'file', accept: ['.pdf'] }, { type: 'file' }, []],
    ['something unheard of is gone', {}, { strange: 1 }, ['strange']],
    ['links without encryption', { type: 'url', http: true }, { type: 'url' }, ['http']],
    ['fewer boxes to tick', boxes(1), boxes(), ['min']],
    ['as many boxes as there are', boxes(2), boxes(), []],
    ['all boxes, as unsaid', boxes(), boxes(), []],
    ['boxes left to the default', boxes(), boxes(1), ['min']],
    ['other words beside a box', boxes(2, 'Nothing is tested'), boxes(2), ['items']],
    ['something unheard of', { strange: 1 }, {}, ['strange']],
    ['something unheard of, the same', { strange: 1 }, { strange: 1 }, []],
  ])('%s', (_, own, least, fields) => {
    expect(looserFields(field(own), field(least))).toEqual(fields);
  });

  it('and the objection to one that is gone says so', () => {
    const floors =
      'floors: [{ for: { uses: audit }, inputs: { audit: { size: { type: number } } }, approvers: { audit: { from: team:a } } }]';
    const own = 'audit: { uses: audit, inputs: { size: { type: number, required: true } } }';
    const { problems } = judge(floors, own, {
      audit: { inputs: [field({ id: 'size', type: 'number', required: 'to-approve', strange: 1 })] },
    });
    expect(problems[0]?.message).toContain('Expected no strange.');
  });
});

describe('T1: boxes that a floor demands', () => {
  it('are named by an objection', () => {
    const box = (words: string) => `{ type: checkboxes, items: { a: ${words} }, required: true }`;
    const floors = `floors: [{ for: { uses: audit }, inputs: { audit: { ready: ${box('Tested')} } }, approvers: { audit: { from: team:a } } }]`;
    const { problems } = judge(floors, `audit: { uses: audit, inputs: { ready: ${box('Nothing')} } }`);
    expect(problems[0]?.message).toContain('Expected the same boxes, with the same words.');
  });
});

describe('T1: what surely comes before', () => {
  const text = `release: r1
target: { ref: main }
phases:
  first: { activities: { a: { approvers: { from: team:x } } } }
  maybe: { needs: first, activities: { b: { approvers: { from: team:x } } } }
  last:
    needs: [maybe, first]
    on-failure: { run: back }
    activities:
      c: { approvers: { from: team:x } }
      d: { needs: c, approvers: { from: team:x } }
      e: { needs: [c, d], approvers: { from: team:x } }
  back: { activities: { f: { approvers: { from: team:x } } } }
`;
  const gates = (id: string, patches = {}) => {
    const plan = patched(planOf(text, configurationOf('{}')), patches);
    return [...gatesBefore(plan, activityIn(plan, id))].sort().join(' ');
  };

  test.each<[string, string, object, string]>([
    ['all before it', 'e', {}, 'a b c d'],
    ['not through an activity that may be skipped', 'e', { c: { if: 'x' } }, 'a b d'],
    ['not what may be skipped', 'e', { a: { if: 'x' } }, 'b c d'],
    ['not through a phase that may be skipped', 'a', { maybe: { if: 'x' } }, ''],
    ['only by the way that is certain', 'c', { maybe: { if: 'x' } }, 'a'],
    ['what a phase runs when it fails comes after it', 'f', {}, 'a b c d e'],
  ])('%s', (_, id, patches, expected) => {
    expect(gates(id, patches)).toBe(expected);
  });
});
