import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import { activityIn, bytesOf, configurationOf, planOf, wrongWith } from '../floors/rulebook.ts';
import { located } from './manifest-file.ts';

const configuration = configurationOf(`catalog:
  code-review: { approvers: { from: team:dev-leads } }
  tasting:
    title: Tasting
    instructions: Taste it.
    approvers: { from: team:cooks }
    inputs: { salt: { type: number } }
  smelling: {}
`);
const release = (activity: string, more = '') => `release: r1
target: { ref: main }
${more}phases:
  p:
    activities:
      one: ${activity}
`;
const one = (activity: string) => activityIn(planOf(release(activity), configuration), 'one');
const problems = (activity: string, more?: string) =>
  wrongWith(bytesOf(release(activity, more)), configuration);

describe('S-052: uses takes over an entry of the catalog', () => {
  it('title, instructions and inputs as built in, approvers from the configuration', () => {
    expect(one('{ uses: code-review }')).toMatchObject({
      uses: 'code-review',
      title: 'Code review',
      instructions: expect.stringContaining('pull request'),
      approvers: [{ from: [{ kind: 'team', name: 'dev-leads' }] }],
      origins: [{ part: 'approvers', from: 'the catalog' }],
      inputs: [{ id: 'changes' }, { id: 'exceptions' }],
    });
    expect(problems('{ uses: code-review }')).toEqual([]);
  });

  it('the manifest’s own words come first, its inputs by id', () => {
    const own = one(
      '{ uses: code-review, title: Mine, instructions: Look., approvers: { from: team:qa }, inputs: { exceptions: { type: checkbox }, more: { type: text } } }',
    );
    expect(own).toMatchObject({
      title: 'Mine',
      instructions: 'Look.',
      approvers: [{ from: [{ kind: 'team', name: 'qa' }] }],
      inputs: [{ id: 'changes' }, { id: 'exceptions', type: 'checkbox' }, { id: 'more' }],
    });
    expect(own).not.toHaveProperty('origins');
  });

  it('entries of the configuration’s own', () => {
    expect(one('{ uses: tasting }')).toMatchObject({ title: 'Tasting', inputs: [{ id: 'salt' }] });
    const bare = one('{ uses: smelling }');
    expect([bare.title, bare.instructions, bare.inputs]).toEqual(['smelling', undefined, []]);
  });

  it('S-068, T14: checks that have to pass first, with those of the manifest, none of which takes a pin away', () => {
    const workflow = '.github/workflows/ci.yml';
    const checked = configurationOf(`catalog:
  build-verification:
    approvers: { from: team:qa }
    preconditions: { checks: [{ name: tests, workflow: ${workflow} }, lint] }
`);
    const asked = (more: string) =>
      activityIn(planOf(release(`{ uses: build-verification${more} }`), checked), 'one').preconditions;
    expect(asked('')).toEqual([{ name: 'tests', workflow }, { name: 'lint' }]);
    expect(asked(', preconditions: { checks: [tests, { name: lint, app: linter }, scan] }')).toEqual([
      { name: 'tests', workflow },
      { name: 'lint', app: 'linter' },
      { name: 'scan' },
    ]);
    expect(one('{ uses: code-review }')).not.toHaveProperty('preconditions');
  });

  it('data is shown with the instructions, so that approvers agree to it (T2)', () => {
    const ready = one('{ uses: environment-readiness, with: { environment: production } }');
    expect(ready.instructions).toMatch(/under way\?\n\n- environment: production$/);
  });

  it('nobody named is an error that says where to write them', () => {
    const found = problems('{ uses: audit }');
    expect(located(found)).toEqual(['6:14 missing-key']);
    expect(found[0]?.message).toContain('catalog: { audit: { approvers: … } }');
  });

  it.each([
    ['{ uses: audits }', '6:20 unknown-reference', 'Did you mean "audit"?'],
    ['{ uses: nothing-like-it }', '6:20 unknown-reference', 'Add it to the catalog'],
    ['{ uses: 5 }', '6:20 wrong-type', 'id'],
    ['{ approvers: { from: team:qa }, with: { a: b } }', '6:44 conflict', 'Remove it'],
    ['{ uses: audit, with: { a: b } }', '6:35 unknown-key', 'It takes none.'],
    ['{ uses: environment-readiness, with: { a: b } }', '6:51 unknown-key', 'Expected one of environment.'],
    ['{ uses: environment-readiness, with: { environment: [a] } }', '6:64 wrong-type', 'a text'],
    ['{}', '6:7 missing-key', 'a rule such as'],
  ])('%s', (activity, place, words) => {
    const [found] = problems(activity);
    expect([found && located([found])[0], found?.message]).toEqual([place, expect.stringContaining(words)]);
  });
});

describe('G-33: a release that names a profile', () => {
  it('is in error without what the profile demands, and warned of what it recommends', () => {
    const found = problems('{ uses: code-review }', 'profile: saas\n');
    expect(found.map(({ severity, position: { line } }) => `${severity} ${line}`)).toEqual([
      ...Array<string>(4).fill('error 3'),
      ...Array<string>(3).fill('warning 3'),
    ]);
    expect(found[0]?.message).toBe(
      'The profile saas demands "build-verification", which this release does not have. Add it, for example as build-verification: { uses: build-verification }.',
    );
    expect(found[4]?.message).toContain('recommends "qa-signoff"');
  });

  it('has it by id or by uses', () => {
    const missing = problems('{ uses: code-review }', 'profile: [saas, high-availability]\n').map(
      ({ message }) => /"([a-z-]+)"/.exec(message)?.[1],
    );
    expect(missing).not.toContain('code-review');
    expect(missing).toContain('dependency-readiness');
  });
});

describe('a file that says something else than the manifest that was read', () => {
  it('gets its problems at its beginning', () => {
    const plan = planOf(release('{ uses: audit }'), configuration);
    expect(located(resolvePlan(new Uint8Array(), plan, configuration).problems)).toEqual(['1:1 missing-key']);
  });
});
