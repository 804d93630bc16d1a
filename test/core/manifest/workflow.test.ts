import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { bytesOf, wrongWith } from '../floors/rulebook.ts';

const hole = (path: string): string => `'$\{{ ${path} }}'`;

const signoff = `approvers: { from: team:qa }
        inputs:
          size: { type: dropdown, options: [one, all], required: true }
          why: { type: text }
          change: { type: text, pattern: '^CHG-[0-9]+$' }
          parts: { type: checkboxes, items: { a: A, b: B } }`;

const file = (deploy: string, gate = signoff, target = '{ ref: v1 }') =>
  bytesOf(`release: r1
target: ${target}
phases:
  production:
    activities:
      signoff:
        ${gate}
      apart: { approvers: { from: team:qa }, inputs: { size: { type: number } } }
      deploy: { needs: signoff, environment: production, workflow: deploy.yml, ${deploy} }
`);

const deployOf = (deploy: string) => {
  const parsed = parseManifest(file(deploy));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.phases[0]?.activities[2];
};
const problems = (...how: Parameters<typeof file>) =>
  wrongWith(file(...how)).map(({ position, message }) => [position.line, message]);
const given = (value: string, gate?: string) => problems(`with: { x: ${value} }`, gate);

describe('T1: an activity that starts a workflow', () => {
  it('names a file and what it is given, and is asked of nobody', () => {
    const value = hole('activities.signoff.inputs.size');
    expect(deployOf(`with: { version: v1, count: 2, dry: false, size: ${value} }`)).toMatchObject({
      environment: 'production',
      workflow: 'deploy.yml',
      with: { version: 'v1', count: 2, dry: false, size: value.slice(1, -1) },
      approvers: [],
    });
    expect(problems(`with: { count: 2, dry: false, size: ${value} }`)).toEqual([]);
    expect(deployOf('valid-for: 2h')).not.toHaveProperty('instructions');
  });

  it('may be written with its folder', () => {
    const text = Buffer.from(file('valid-for: 2h'))
      .toString()
      .replace('deploy.yml', '.github/workflows/deploy.yaml');
    const parsed = parseManifest(bytesOf(text));
    expect(parsed.kind === 'valid' && parsed.value.phases[0]?.activities[2]?.workflow).toBe('deploy.yaml');
  });

  it.each([
    ['../deploy.yml', 'the name of a workflow file'],
    ['other/deploy.yml', 'the name of a workflow file'],
    ['deploy', 'the name of a workflow file'],
  ])('%s is no workflow', (name, message) => {
    const text = Buffer.from(file('valid-for: 2h')).toString().replace('deploy.yml', name);
    expect(parseManifest(bytesOf(text)).problems[0]?.message).toContain(message);
  });

  it('names its environment, or its floors would not hold', () => {
    const text = Buffer.from(file('title: Deploy')).toString().replace('environment: production, ', '');
    expect(parseManifest(bytesOf(text)).problems.map(({ message }) => message)).toEqual([
      '"deploy" starts a workflow and names no environment. Write environment: beside workflow:, so that its floors and freezes hold.',
    ]);
  });

  it('is started on a branch or a tag, never on a commit', () => {
    expect(problems('valid-for: 2h', signoff, `{ sha: '${'a'.repeat(40)}' }`)).toEqual([
      [14, expect.stringContaining('GitHub starts a workflow on a branch or a tag')],
    ]);
  });

  it('is given at most 25 values, under names that GitHub takes', () => {
    const many = Array.from({ length: 26 }, (_, index) => `i${index}: x`).join(', ');
    expect(problems(`with: { ${many} }`)).toEqual([[14, 'Expected at most 25 values, found 26.']]);
    expect(problems("with: { 'a b': x, __proto__: y }")).toEqual(
      [1, 2].map(() => [14, expect.stringContaining('Expected the name of an input of the workflow')]),
    );
  });

  it.each([
    ['012345678901', '12345678901'],
    ['7842e12', '7842000000000000'],
    ['20261124000000000001', '20261124000000000000'],
    ['1.10', '1.1'],
    ['0x1f', '31'],
    ['-0', '0'],
  ])('T14: is given what is written, or it is an error: %s', (written, number) => {
    expect(given(written)).toEqual([
      [14, `The workflow would get ${number}, because ${written} is read as a number. Put it in quotes.`],
    ]);
    expect(deployOf(`with: { x: '${written}' }`)?.with).toEqual({ x: written });
  });

  it.each(['42', '-7', '1.5', '20261124'])(
    'T14: and a number that stays as it is may be one: %s',
    (written) => {
      expect(deployOf(`with: { x: ${written} }`)?.with).toEqual({ x: Number(written) });
    },
  );

  it('asks nobody', () => {
    expect(problems('approvers: { from: team:qa }')[0]?.[1]).toContain('nobody is asked there');
  });
});

describe('T14: what a workflow may be given', () => {
  it.each([
    [hole('activities.signoff.inputs.size')],
    [hole('activities.signoff.inputs.change')],
    [`'$\{{ release.name }} on $\{{ target.ref }} at $\{{ target.commit }}'`],
  ])('%s', (value) => {
    expect(given(value)).toEqual([]);
  });

  it.each([
    ['activities.signoff.inputs.why', '"signoff.why" can be any text'],
    ['activities.signoff.inputs.parts', '"signoff.parts" has several values'],
    ['activities.signoff.inputs.sice', '"sice" is not an input of signoff. Did you mean "size"?'],
    ['activities.signof.inputs.size', '"signof" is not the id of an activity of this release.'],
    ['activities.apart.inputs.size', '"deploy" may begin without "apart"'],
    ['activities.signoff.status', 'A workflow may be given activities.ID.inputs.NAME'],
    ['activities.signoff.inputs.size.more', 'A workflow may be given activities.ID.inputs.NAME'],
    ['github.token', 'found github.token'],
    ['release.owner', 'found release.owner'],
    ['activities', 'found activities'],
    ['1 +', 'Expected'],
  ])('never %s', (path, message) => {
    expect(given(hole(path))).toEqual([[14, expect.stringContaining(message)]]);
  });

  it.each([
    "if: release.name == 'x'",
    'on-failure: continue',
    'auto-approve: { after: 1h, comment: Nobody looked. }',
  ])('never an answer of what may be passed over: %s', (loophole) => {
    const found = given(hole('activities.signoff.inputs.size'), `${loophole}\n        ${signoff}`);
    expect(found).toEqual([[15, expect.stringContaining('may begin without "signoff"')]]);
  });
});

describe('T14: what a phase that failures run may be given', () => {
  const run = 'on-failure: { run: hotfix }';
  const nothing = 'title: Nothing';
  /** `fix` is given what `go-no-go` answered; who runs its phase is told for the phase, the gate, the deployment, the smoke test. */
  const fed = (phase: string, gate: string, deploy: string, smoke: string, more = '') => {
    return wrongWith(
      bytesOf(`release: r1
target: { ref: v1 }
phases:
  production:
    ${phase}
    activities:
      go-no-go:
        approvers: { from: team:qa }
        ${gate}
        inputs: { risk: { type: dropdown, options: [low, high], required: true } }
      deploy: { needs: go-no-go, environment: production, ${deploy} }
      smoke: { approvers: { from: team:qa }, ${smoke} }
  hotfix:
    activities:
      fix:
        environment: production
        workflow: fix.yml
        with: { risk: ${hole('activities.go-no-go.inputs.risk')} }
${more}`),
    ).map(({ message }) => message);
  };

  it('answers that every failure comes after', () => {
    expect(fed(nothing, nothing, run, nothing)).toEqual([]);
    const later = `  later: { needs: production, ${run}, activities: { tell: { approvers: { from: team:qa } } } }\n`;
    expect(fed(nothing, nothing, run, nothing, later)).toEqual([]);
  });

  it.each([
    ['the gate itself may be what failed', nothing, run, run, nothing],
    ['another may fail first', nothing, nothing, run, run],
    ['a phase may fail with its gate', run, nothing, nothing, nothing],
  ])('never an answer that may not be there: %s', (_, ...runs) => {
    expect(fed(...runs)).toEqual([
      '"fix" runs after a failure, and not every failure that runs it comes after "go-no-go". Let only what needs "go-no-go" run "hotfix" when it fails: write on-failure at those activities. Or ask in "hotfix" again.',
    ]);
  });

  it('says no more where failures run each other', () => {
    const circle = `    ${run.replace('hotfix', 'undo')}
  undo: { ${run}, activities: { undo: { approvers: { from: team:qa } } } }
`;
    expect(fed(nothing, nothing, run, nothing, circle).join('\n')).toContain('cannot run');
  });
});
