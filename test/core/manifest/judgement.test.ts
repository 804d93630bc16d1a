import { describe, expect, it } from 'vitest';
import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { located, manifestFile } from './manifest-file.ts';

const qa = '{ from: team:qa, require: majority }';

/** The first activity with these approvers and keys. */
const signoff = (approvers: string, ...keys: readonly string[]): Activity => {
  const body = [approvers, ...keys].join('\n        ');
  const parsed = parseManifest(manifestFile([qa, body]));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return activitiesOf(parsed.value)[0] as Activity;
};

const activitiesOf = ({ phases }: Manifest): readonly Activity[] => phases.flatMap((one) => one.activities);
const ruleOf = (written: string) => signoff(written).approvers[0];
const problemsOf = (...replacements: readonly (readonly [string, string])[]) =>
  located(parseManifest(manifestFile(...replacements)).problems);

describe('how many (S-081–S-084)', () => {
  it.each([
    ['{ from: team:qa }', { kind: 'count', count: 1 }],
    ['{ from: team:qa, require: 3 }', { kind: 'count', count: 3 }],
    ['{ from: team:qa, require: majority }', { kind: 'majority' }],
    ['{ from: team:qa, require: unanimous }', { kind: 'unanimous' }],
    ['{ from: team:qa, require: { all-but: 1 } }', { kind: 'all-but', count: 1 }],
  ])('%s', (written, require) => {
    expect(ruleOf(written)?.require).toEqual(require);
  });

  it.each(['0', 'all', '{ all-but: 0 }', '{ all-but: x }', '[1]'])('not %s', (require) => {
    expect(problemsOf([qa, `{ from: team:qa, require: ${require} }`])).toHaveLength(1);
  });
});

describe('who (S-078–S-080)', () => {
  it('may be the owners of a path, without some, with others standing in', () => {
    const written =
      '{ from: owners:src/core/, except: user:eve, backups: [role:lead, team:sre], inherited: false }';
    expect(ruleOf(written)).toEqual({
      from: [{ kind: 'owners', name: 'src/core/' }],
      require: { kind: 'count', count: 1 },
      except: [{ kind: 'user', name: 'eve' }],
      backups: [
        { kind: 'role', name: 'lead' },
        { kind: 'team', name: 'sre' },
      ],
      inherited: false,
    });
    expect(ruleOf('{ from: team:qa, inherited: true }')).toEqual(ruleOf('{ from: team:qa }'));
  });

  it.each([
    'owners:',
    'owners:/src',
    'owners:a/../b',
    'owners:./a',
    'owners:a//b',
    'owners:a*',
    'owners:a b',
  ])('not %s', (principal) => {
    expect(problemsOf(['[team:product, user:pat]', `['${principal}']`])).toEqual(['16:29 invalid-value']);
  });

  it('may be whoever owns the release or the phase', () => {
    const { approvers, exclude } = signoff(
      `{ from: ['\${{ phase.owner }}', user:ada], except: '\${{owner}}', backups: ['\${{ owner }}'] }`,
      `exclude: ['\${{ owner }}', author]`,
    );
    const owner = { kind: 'role', name: 'release-manager' };
    expect(approvers).toEqual([
      {
        from: [
          { kind: 'team', name: 'qa' },
          { kind: 'user', name: 'ada' },
        ],
        require: { kind: 'count', count: 1 },
        except: [owner],
        backups: [owner],
      },
    ]);
    expect(exclude).toEqual([owner]);
  });

  it('cannot be an owner where there is none', () => {
    const value = `{ from: ['\${{ owner }}', '\${{ phase.owner }}'], except: team:qa }`;
    const file = manifestFile(
      ['owner: role:release-manager\n', ''],
      ['owner: team:qa', 'title: V'],
      [qa, value],
    );
    const { problems } = parseManifest(
      new TextEncoder().encode(new TextDecoder().decode(file).replace('title: Verify\n    ', '')),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'The release has no owner. Add owner, or name somebody here.',
      'The phase "verify" has no owner. Add owner, or name somebody here.',
    ]);
  });

  it.each([`\${{ secrets.x }}`, `\${{ owner`, '$owner'])('is no other value: %s', (value) => {
    expect(problemsOf([qa, `{ from: '${value}' }`])).toEqual(['11:28 invalid-value']);
  });
});

describe('how votes add up', () => {
  it('is left out where the default is meant, so that scopes stay as they are (T2)', () => {
    const plain = signoff(qa);
    expect(signoff(qa, 'distinct: true', 'advisory: false')).toEqual(plain);
    expect(Object.keys(plain)).toEqual(Object.keys(signoff('{ from: team:sre }')));
  });

  it('is read', () => {
    const keys = ['distinct: false', 'order: sequential', 'advisory: true', 'delegation: { max: 0 }'];
    expect(signoff(qa, ...keys, 'reject: { require: 2 }')).toMatchObject({
      distinct: false,
      order: 'sequential',
      advisory: true,
      delegation: { max: 0 },
      reject: { kind: 'count', count: 2 },
    });
    expect(signoff(qa, 'reject: majority').reject).toEqual({ kind: 'majority' });
    expect(signoff(qa, 'reject: outweighed').reject).toEqual({ kind: 'outweighed' });
  });

  it.each([
    ['order: parallel', '12:16 invalid-value'],
    ['distinct: 1', '12:19 wrong-type'],
    ['reject: never', '12:17 invalid-value'],
    ['reject: { require: 0 }', '12:28 invalid-value'],
    ['reject: { requires: 2 }', '12:19 unknown-key'],
    ['delegation: { max: -1 }', '12:28 invalid-value'],
    ['delegation: { most: 1 }', '12:23 unknown-key'],
    ['advisory: x', '12:19 wrong-type'],
  ])('%s is told at its place', (key, problem) => {
    expect(problemsOf([qa, `${qa}\n        ${key}`])).toContain(problem);
  });
});
