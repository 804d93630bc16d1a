import { describe, expect, it } from 'vitest';
import { addresseeOf } from '../../../src/core/duties/address.ts';
import { coAuthorsOf, signaturesOf } from '../../../src/core/duties/commit-text.ts';

describe('co-authors of a message (T16)', () => {
  it.each([
    ['a trailer', 'Add x\n\nCo-authored-by: Ada L <ada@x.org>', [{ name: 'Ada L', email: 'ada@x.org' }]],
    [
      'in any case, with spaces',
      'x\n\n  CO-AUTHORED-BY:Ada< ada@x.org >',
      [{ name: 'Ada', email: 'ada@x.org' }],
    ],
    [
      'with other line ends',
      'x\r\nCo-authored-by: A <a@x>\rCo-authored-by: B <b@x>',
      [
        { name: 'A', email: 'a@x' },
        { name: 'B', email: 'b@x' },
      ],
    ],
    ['amid the text', 'x\n\nCo-authored-by: A <a@x>\n\nmore words', [{ name: 'A', email: 'a@x' }]],
    ['with words after it', 'x\n\nCo-authored-by: A <a@x> and friends', [{ name: 'A', email: 'a@x' }]],
    ['without an address', 'x\n\nCo-authored-by: A <>', [{ name: 'A', email: '' }]],
    ['another trailer', 'x\n\nReviewed-by: A <a@x>', []],
    ['a quotation', 'x\n\n> Co-authored-by: A <a@x>', []],
    ['a name without an address', 'x\n\nCo-authored-by: A', []],
    ['a line that is too long', `x\n\nCo-authored-by: ${'A'.repeat(1000)} <a@x>`, []],
  ])('%s', (_what, message, expected) => {
    expect(coAuthorsOf(message)).toEqual(expected);
  });

  it('everybody whom a commit names, each address once', () => {
    const author = { name: 'Ada', email: 'ada@x.org' };
    const committer = { name: 'GitHub', email: 'noreply@github.com' };
    const message = 'x\n\nCo-authored-by: Ada <ADA@x.org>\nCo-authored-by: Bob <bob@x.org>';
    const commit = { sha: 'a'.repeat(40), parents: [], author, committer, message };
    expect(signaturesOf(commit).map(({ email }) => email)).toEqual([
      'ADA@x.org',
      'noreply@github.com',
      'bob@x.org',
    ]);
  });
});

describe('whom an address stands for by its form (T16)', () => {
  it.each([
    ['noreply@github.com', 'machine'],
    ['NoReply@github.com', 'machine'],
    ['noreply@ghe.example', 'machine'],
    ['49699333+dependabot[bot]@users.noreply.github.com', 'machine'],
    ['dependabot[bot]@users.noreply.ghe.example', 'machine'],
    ['ada@x.org', 'nobody-known'],
    ['ada@users.noreply.ghe.example', 'nobody-known'],
    ['noreply@x.org', 'nobody-known'],
    ['', 'nobody-known'],
  ])('%s: %s', (email, kind) => {
    expect(addresseeOf(email, 'ghe.example')).toEqual({ kind });
  });

  it('the id in a private address of this host, and of no other', () => {
    const ada = { kind: 'person', person: { id: 11, login: 'Ada' } };
    expect(addresseeOf('11+Ada@users.noreply.ghe.example', 'ghe.example')).toEqual(ada);
    expect(addresseeOf('11+Ada@users.noreply.GHE.example', 'ghe.example')).toEqual(ada);
    expect(addresseeOf('11+Ada@users.noreply.github.com', 'ghe.example').kind).toBe('nobody-known');
  });
});
