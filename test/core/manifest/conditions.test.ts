import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { bytesOf, configurationOf, wrongWith } from '../floors/rulebook.ts';
import { manifestFile } from './manifest-file.ts';

/** Asked in a phase after all others. */
const asking = (condition: string): Uint8Array =>
  manifestFile([
    '  production:\n',
    `  after:
    needs: production
    activities:
      board: { approvers: { from: user:ada }, if: ${condition} }
  production:
`,
  ]);

const withCondition = (condition: string) => parseManifest(asking(condition));

/** What is wrong, but for roles of the file that no configuration has. */
const messagesOf = (file: Uint8Array): readonly string[] =>
  wrongWith(file).flatMap(({ message }) => (message.includes('role of the configuration') ? [] : [message]));

const sentences = (condition: string): readonly string[] => messagesOf(asking(condition));

describe('conditions (design 2)', () => {
  it.each([
    "activities.product.status == 'approved'",
    'always()',
    "release.name == 'x' || target.ref == 'v1' || target.commit == 'c'",
    "activities.go-no-go.inputs.risk == 'High' && activities.go-no-go.inputs.share > 5",
    "activities.go-no-go.inputs.tests || activities.go-no-go.inputs.why == ''",
  ])('%s is kept as written', (condition) => {
    const parsed = withCondition(`"${condition}"`);
    expect(parsed.kind === 'valid' && parsed.value.phases[1]?.activities[0]?.if).toBe(condition);
  });

  it.each([
    ["activities.produkt.status == 'approved'", 'known here'],
    ["activities.product.status == 'done'", 'approved'],
    ["activities.go-no-go.inputs.risk == 'Huge'", 'Low'],
    ['activities.go-no-go.inputs.share', 'a number'],
    ['release.name = 1', 'character'],
  ])('%s is told at its place', (condition, words) => {
    expect(sentences(`"${condition}"`).join()).toContain(words);
  });

  it('knows what can be chosen of several', () => {
    const asked = (option: string) =>
      messagesOf(
        manifestFile(
          [
            '        needs: [product]\n',
            `        needs: [product]\n        if: "contains(activities.product.inputs.areas, '${option}')"\n`,
          ],
          [
            'product:\n        approvers:',
            'product:\n        inputs: { areas: { type: multi-select, options: [api, web] } }\n        approvers:',
          ],
        ),
      );
    expect(asked('api')).toEqual([]);
    expect(asked('ap').join()).toContain('did you mean "api"');
  });

  it('needs text', () => {
    expect(sentences('5').join()).toContain('Expected a condition');
  });
});

describe('T1: conditions on fields that the catalog brings', () => {
  const problemsOf = (condition: string, uses = 'go-no-go'): readonly string[] => {
    const file = manifestFile(
      ['product:\n        approvers:', `product:\n        uses: ${uses}\n        approvers:`],
      ['needs: [product]\n', `needs: [product]\n        if: "${condition}"\n`],
    );
    return messagesOf(file);
  };

  it('know the field and its options', () => {
    expect(problemsOf("activities.product.inputs.risk == 'High'")).toEqual([]);
  });

  it('tell a field that the entry does not ask for, with the name that was meant', () => {
    const [problem, ...more] = problemsOf("activities.product.inputs.rsk == 'High'");
    expect(problem).toContain('did you mean "activities.product.inputs.risk"');
    expect(more).toEqual([]);
  });

  it('tell an option that nobody can choose', () => {
    expect(problemsOf("activities.product.inputs.risk == 'Hgh'").join()).toContain('did you mean "High"');
  });

  it('tell a kind that does not fit', () => {
    expect(problemsOf('activities.product.inputs.risk').join()).toContain(
      'Expected true or false, found a text',
    );
  });

  it('leave an entry that is not there to the sentence that says so', () => {
    const problems = problemsOf("activities.product.inputs.rsk == 'High'", 'go-no-goo');
    expect(problems).toHaveLength(1);
    expect(problems.join()).toContain('"go-no-goo" is not in the catalog');
  });
});

describe('S-099, T14: fields that only a floor asks for', () => {
  const configuration = configurationOf(`floors:
  - for: { environment: production }
    inputs: { signoff: { ticket: { type: text, pattern: '^CHG-[0-9]+$' } } }
`);
  const wrong = (asked: string) =>
    wrongWith(
      bytesOf(`release: r1
target: { ref: v1 }
phases:
  p:
    activities:
      signoff: { approvers: { from: team:qa } }
      more: { needs: signoff, approvers: { from: team:qa }, if: "${asked} == 'CHG-1'" }
      deploy: { needs: signoff, environment: production, workflow: deploy.yml, with: { ticket: '\${{ ${asked} }}' } }
`),
      configuration,
    ).map(({ position, message }) => [position.line, message]);

  it('may be asked about, and given to a workflow', () => {
    expect(wrong('activities.signoff.inputs.ticket')).toEqual([]);
  });

  it('and one that nobody asks for is told with the name that was meant', () => {
    expect(wrong('activities.signoff.inputs.tiket')).toEqual([
      [7, expect.stringContaining('did you mean "activities.signoff.inputs.ticket"')],
      [8, expect.stringContaining('Did you mean "ticket"?')],
    ]);
  });
});

describe('conditions on what is not over by then (design 3.1)', () => {
  const problemsOf = (...lines: readonly string[]): readonly string[] => {
    const file = `release: r1\ntarget: { ref: v1 }\nphases:\n${lines.join('\n')}\n`;
    return messagesOf(bytesOf(file));
  };
  const one = (id: string, more = '') => `      ${id}: { approvers: { from: user:ada }${more} }`;
  const asks = (id: string) => `, if: "activities.${id}.status == 'approved'"`;

  it('an activity cannot ask about itself', () => {
    expect(problemsOf('  p:', '    activities:', one('selfie', asks('selfie')))).toEqual([
      'The condition of "selfie" asks about "selfie" itself, which nobody can know before it begins.',
    ]);
  });

  it('nor about one that may still wait, nor one that waits for it', () => {
    const both = problemsOf('  p:', '    activities:', one('a', asks('b')), one('b', ', needs: a'));
    expect(both).toEqual([
      'The condition of "a" asks about "b", which may not have ended by then. Let "a" need it, or its phase.',
    ]);
    expect(problemsOf('  p:', '    activities:', one('a'), one('b', asks('a')))).toHaveLength(1);
    const later = problemsOf(
      '  p:',
      '    activities:',
      one('a', asks('b')),
      '  q:',
      '    needs: p',
      '    activities:',
      one('b'),
    );
    expect(later).toHaveLength(1);
  });

  it('but about what it needs, also by way of others, and what its phase needs', () => {
    const needs = [one('a'), one('b', ', needs: a'), one('c', `, needs: [a, b]${asks('a')}`)];
    expect(problemsOf('  p:', '    activities:', ...needs)).toEqual([]);
    const middle = ['  q:', '    needs: p', '    activities:', one('b')];
    const last = ['  r:', '    needs: [q, p]', '    activities:', one('c', asks('a'))];
    expect(problemsOf('  p:', '    activities:', one('a'), ...middle, ...last)).toEqual([]);
  });

  it('and about the phase whose failure runs its own', () => {
    const undo = ['  back:', '    activities:', one('undo', asks('a'))];
    expect(problemsOf('  p:', '    on-failure: { run: back }', '    activities:', one('a'), ...undo)).toEqual(
      [],
    );
    const own = one('a', ', on-failure: { run: back }');
    expect(problemsOf('  p:', '    activities:', own, ...undo)).toEqual([]);
  });

  it('and needs that lead nowhere, or round in circles, are told once', () => {
    expect(
      problemsOf('  p:', '    activities:', one('a', ', needs: [a, x]'), one('b', `, needs: a${asks('a')}`)),
    ).toHaveLength(2);
    const round = [
      '  p:',
      '    needs: q',
      '    activities:',
      one('a', asks('b')),
      '  q:',
      '    needs: p',
      '    activities:',
      one('b'),
    ];
    expect(problemsOf(...round)).toHaveLength(1);
  });
});

describe('S-047: conditions on how an activity went', () => {
  const problemsOf = (status: string, of: string): readonly string[] => {
    const automated = 'smoke: { checks: smoke-tests }\n      deploy: { environment: staging }';
    const undo = `undo: { needs: [smoke, deploy], approvers: { from: user:ada }, if: "always() && activities.${of}.status == '${status}'" }`;
    const file = manifestFile(['      product:\n', `      ${automated}\n      ${undo}\n      product:\n`]);
    return messagesOf(file);
  };

  it.each(['succeeded', 'failed', 'expired', 'ignored', 'skipped'])('a machine may have %s', (status) => {
    expect(problemsOf(status, 'smoke')).toEqual([]);
    expect(problemsOf(status, 'deploy')).toEqual([]);
  });

  it.each(['approved', 'rejected', 'expired', 'ignored', 'skipped'])('people may have %s', (status) => {
    expect(problemsOf(status, 'qa-signoff')).toEqual([]);
  });

  it('a machine approves nothing, and people do not fail', () => {
    expect(problemsOf('approved', 'smoke').join()).toContain('Expected one of "succeeded", "failed"');
    expect(problemsOf('failed', 'qa-signoff').join()).toContain('Expected one of "approved", "rejected"');
  });
});
