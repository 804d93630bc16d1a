import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { manifestCheck, type Proposal } from '../../../src/core/repository/manifest-check.ts';
import { commit } from '../../support/release-world.ts';

const problem = (line: number, severity: Problem['severity'] = 'error'): Problem => ({
  severity,
  code: 'unknown-key',
  position: { line, column: 3 },
  message: 'Unknown key "aprovers". Did you mean "approvers"?',
});
const proposal = (
  changed: readonly string[],
  problems: { readonly [path: string]: readonly Problem[] } = {},
  number = 1,
): Proposal => ({
  number,
  changed,
  problems: new Map(Object.entries(problems)),
});
const check = (...proposals: readonly Proposal[]) => manifestCheck(commit('a'), proposals, 'manifest');
const told = (...proposals: readonly Proposal[]) => {
  const { conclusion, title, summary } = check(...proposals);
  return `${conclusion}: ${title}\n${summary}`;
};

describe('the check of release files', () => {
  it('says what was checked', () => {
    expect(told()).toMatchInlineSnapshot(`
      "success: No release file changed
      Nothing to check."
    `);
    expect(told(proposal([]))).toBe(told());
    expect(told(proposal(['releases/a.yml']))).toMatchInlineSnapshot(`
      "success: 1 release file valid
      Checked: releases/a.yml."
    `);
    expect(told(proposal(['releases/a.yml', 'releases/b.yml'])).split('\n')[0]).toBe(
      'success: 2 release files valid',
    );
  });

  it('marks every problem at its place', () => {
    const found = check(
      proposal(['releases/a.yml'], { 'releases/a.yml': [problem(4), problem(7, 'warning')] }),
    );
    expect(found.annotations).toEqual([
      {
        path: 'releases/a.yml',
        position: { line: 4, column: 3 },
        level: 'failure',
        title: 'unknown-key',
        message: problem(4).message,
      },
      {
        path: 'releases/a.yml',
        position: { line: 7, column: 3 },
        level: 'warning',
        title: 'unknown-key',
        message: problem(7).message,
      },
    ]);
    expect([found.name, found.conclusion, found.title]).toEqual([
      'countersign/manifest',
      'failure',
      '1 error in release files',
    ]);
    expect(found.summary).toMatchInlineSnapshot(`
      "- releases/a.yml:4:3: error unknown-key: Unknown key "aprovers". Did you mean "approvers"?
      - releases/a.yml:7:3: warning unknown-key: Unknown key "aprovers". Did you mean "approvers"?"
    `);
  });

  it('passes with warnings, which are shown', () => {
    expect(
      told(proposal(['releases/a.yml'], { 'releases/a.yml': [problem(7, 'warning')] })),
    ).toMatchInlineSnapshot(`
      "success: 1 release file valid
      - releases/a.yml:7:3: warning unknown-key: Unknown key "aprovers". Did you mean "approvers"?"
    `);
  });

  it('is the AND over all pull requests with the commit, each problem once (T4)', () => {
    const broken = { 'releases/a.yml': [problem(4)] };
    const both = check(
      proposal(['releases/b.yml'], {}, 1),
      proposal(['releases/a.yml'], broken, 2),
      proposal(['releases/a.yml'], broken, 3),
    );
    expect([both.conclusion, both.title, both.annotations.length]).toEqual([
      'failure',
      '1 error in release files',
      1,
    ]);
  });

  it('keeps within what GitHub takes, and counts the rest', () => {
    const many = check(
      proposal(['releases/a.yml'], {
        'releases/a.yml': Array.from({ length: 203 }, (_, index) => problem(index + 1)),
      }),
    );
    expect(many.annotations).toHaveLength(50);
    expect(many.summary.split('\n')).toHaveLength(201);
    expect(many.summary.split('\n').at(-1)).toBe('- … and 3 more');
    expect(many.title).toBe('203 errors in release files');
  });
});

describe('G-39: and what it would do to releases', () => {
  const opens = { kind: 'opens', release: 'r2', title: 'Two', asks: [] } as const;
  const cancelled = { kind: 'cancelled', release: 'r1', title: 'One', waiting: [], lapsed: [] } as const;
  const foreseen = { step: 'merged', foreseen: [cancelled, opens], untouched: 1 } as const;
  const notes = ['', 'This would change the configuration.', '', '- **tighter**: all of it'];

  it('a pull request that removes a manifest says what it would cancel', () => {
    expect(
      told({ ...proposal([]), removed: ['releases/r1.yml'], outlooks: [foreseen] }),
    ).toMatchInlineSnapshot(`
      "success: 1 release file removed: 1 open release would be cancelled, 1 would open
      ### If this is merged

      🚫 **r1** (One) would be cancelled: nothing would define it any more. Nothing waits there.

      🆕 **r2** (Two) would open.

      1 other open release stays as it is.

      *A preview from what is on record now; nothing of it has happened.*

      Removed: releases/r1.yml."
    `);
  });

  it('the configuration comes first, then releases; two pull requests that say the same say it once', () => {
    const one = { ...proposal(['.github/countersign.yml']), notes, outlooks: [foreseen] };
    const { title, summary } = check(one, { ...one, number: 2 });
    expect(title).toBe('1 release file valid: 1 open release would be cancelled, 1 would open');
    expect(summary.split('\n\n').map((block) => block.slice(0, 30))).toMatchInlineSnapshot(`
      [
        "This would change the configur",
        "- **tighter**: all of it",
        "### If this is merged",
        "🚫 **r1** (One) would be cance",
        "🆕 **r2** (Two) would open.",
        "1 other open release stays as ",
        "*A preview from what is on rec",
        "Checked: .github/countersign.y",
      ]
    `);
  });

  it('errors stand before everything, and a success needs no record, but says what is not known', () => {
    const broken = { ...proposal(['a.yml'], { 'a.yml': [problem(4)] }), outlooks: [foreseen] };
    const { title, summary } = check(broken);
    expect([title, summary.split('\n')[0]]).toEqual([
      '1 error in release files',
      expect.stringContaining('a.yml:'),
    ]);
    expect(summary).not.toContain('Checked');
    expect(told({ ...proposal(['a.yml']), outlooks: 'unknown' })).toMatchInlineSnapshot(`
      "success: 1 release file valid
      What it would do to open releases is not known: the record cannot be read now.

      Checked: a.yml."
    `);
  });

  it('T17: keeps within 65,535 bytes of everything together', () => {
    const long = '\u{1F600}'.repeat(200);
    const many = <T>(count: number, make: (index: number) => T) =>
      Array.from({ length: count }, (_, index) => make(index));
    const worst = manifestCheck(
      commit('a'),
      [
        {
          ...proposal(many(60, (index) => `${long}${index}`)),
          removed: many(60, (index) => `${long}${index}`),
          problems: new Map([
            ['a.yml', many(300, (line) => ({ ...problem(line, 'warning'), message: long }))],
          ]),
          notes: many(500, () => long),
          outlooks: [
            {
              ...foreseen,
              foreseen: many(500, (index) => ({ ...cancelled, release: `r${index}`, title: long })),
            },
          ],
        },
      ],
      'manifest',
    );
    expect(new TextEncoder().encode(worst.summary).length).toBeLessThan(65_535);
    expect(worst.summary).toMatch(/… and \d+ more/);
    const paths = told({ ...proposal(many(60, (index) => `p${index}`)), removed: [long, long.repeat(20)] });
    expect(paths).toContain('p49 and 10 more.');
    expect(paths).toContain('and 1 more.');
  });
});
