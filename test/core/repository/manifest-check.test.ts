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
