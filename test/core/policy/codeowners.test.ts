import { describe, expect, it } from 'vitest';
import { ownerRoles, ownersOf } from '../../../src/core/policy/codeowners.ts';
import { writtenPrincipal } from '../../../src/core/policy/written-principal.ts';
import { activity, manifest } from '../../support/release-world.ts';

const owners = (file: string, path: string) => ownersOf(file, path, 'acme').map(writtenPrincipal);

describe('the owners of a path, by GitHub’s rules (S-079)', () => {
  it.each([
    ['*', 'src/a.ts', true],
    ['*', 'a', true],
    ['*.ts', 'src/core/a.ts', true],
    ['*.ts', 'src/core/a.js', false],
    ['/*.ts', 'src/a.ts', false],
    ['/*.ts', 'a.ts', true],
    ['docs', 'docs/a/b.md', true],
    ['docs', 'src/docs', true],
    ['docs', 'mydocs/a', false],
    ['docs/', 'docs/a.md', true],
    ['docs/', 'src/docs/a.md', true],
    ['docs/', 'docs', false],
    ['/docs/', 'src/docs/a.md', false],
    ['/docs/', 'docs/a/b.md', true],
    ['docs/*', 'docs/a.md', true],
    ['docs/*', 'docs/a/b.md', false],
    ['docs/*', 'src/docs/a.md', false],
    ['docs/**', 'docs/a/b.md', true],
    ['docs/**', 'docs', false],
    ['**/logs', 'a/b/logs/c', true],
    ['**/logs', 'logs', true],
    ['apps/**/a.ts', 'apps/a.ts', true],
    ['apps/**/a.ts', 'apps/x/y/a.ts', true],
    ['apps/**/a.ts', 'apps/x/y/b.ts', false],
    ['src/c?re', 'src/core/a', true],
    ['src/c?re', 'src/coore/a', false],
    ['src/a*b*c', 'src/aXbYbZc', true],
    ['src/a*b*c', 'src/aXbYbZ', false],
    ['src/a*', 'src/a', true],
    [String.raw`my\ docs/`, 'my docs/a', true],
    [String.raw`a\*b`, 'a*b', true],
    [String.raw`a\*b`, 'axb', false],
    ['SRC/', 'src/a', false],
    ['/docs/', 'docs/', true],
    ['docs/*', 'docs/', true],
    ['docs/*.md', 'docs/', false],
    ['*', 'docs/', true],
  ])('%s and %s: %s', (pattern, path, owned) => {
    expect(owners(`${pattern} @ada\n`, path)).toEqual(owned ? ['user:ada'] : []);
  });

  it('are those of the last line that matches, also where it names nobody', () => {
    const file = '# everybody\n* @ada @acme/QA\r\n/docs/ @grace # not the rest\n/docs/free/\n';
    expect(owners(file, 'src/a')).toEqual(['user:ada', 'team:qa']);
    expect(owners(file, 'docs/a')).toEqual(['user:grace']);
    expect(owners(file, 'docs/free/a')).toEqual([]);
    expect(owners('', 'a')).toEqual([]);
  });

  it.each([
    '!src/ @eve',
    'src/[ab] @eve',
    String.raw`\#src @eve`,
    'src/ eve',
    'src/ @eve @',
    '#src/ @eve',
    ' ',
  ])('are not told by what GitHub skips: %s', (line) => {
    expect(owners(`* @ada\n${line}\n`, 'src/a')).toEqual(['user:ada']);
  });

  it('are missing where they are e-mail addresses or teams of another organization (T13)', () => {
    expect(owners('* docs@example.com @other/qa @ACME/Qa\n', 'a')).toEqual([
      'user:docs@example.com',
      'team:other/qa',
      'team:qa',
    ]);
  });

  it('are found in no time, whatever somebody writes (T17)', () => {
    const slow = `${'*a'.repeat(40)}b/${'**/'.repeat(40)}c @ada\n`.repeat(2_000);
    expect(owners(slow, `${'a'.repeat(80)}/${'d/'.repeat(20)}e`)).toEqual([]);
  });

  it('become one role for each path that a manifest names', () => {
    const from = (name: string) => ({
      from: [{ kind: 'owners' as const, name }],
      require: { kind: 'count' as const, count: 1 },
      except: [{ kind: 'owners' as const, name: 'src/' }],
    });
    const plan = manifest([
      activity('a', { approvers: [from('docs/')] }),
      activity('b', { approvers: [from('docs/')] }),
    ]);
    expect(ownerRoles(plan, undefined, '/docs/ @grace\n', 'acme')).toEqual([
      { id: 'owners:docs/', members: [{ kind: 'user', name: 'grace' }] },
      { id: 'owners:src/', members: [] },
    ]);
    expect(ownerRoles(plan, undefined, undefined, 'acme').map(({ members }) => members)).toEqual([[], []]);
    const bare = manifest([activity('a')]);
    expect(ownerRoles(bare, undefined, '* @ada', 'acme')).toEqual([]);
    const told = { at: '2h', to: [{ kind: 'owners' as const, name: 'lib/' }] };
    const late = manifest([activity('a', { timing: { remind: [], escalate: [told] } })]);
    expect(ownerRoles(late, undefined, '* @ada', 'acme').map(({ id }) => id)).toEqual(['owners:lib/']);
    const owned = { ...bare, owner: { kind: 'owners' as const, name: 'a' } };
    const custodians = {
      from: [{ kind: 'owners' as const, name: 'b' }],
      require: { kind: 'count' as const, count: 1 },
    };
    expect(ownerRoles(owned, custodians, '* @ada', 'acme').map(({ id }) => id)).toEqual([
      'owners:a',
      'owners:b',
    ]);
  });
});
