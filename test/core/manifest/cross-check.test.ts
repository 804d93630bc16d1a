import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { checkTogether, crossCheck } from '../../../src/core/manifest/cross-check.ts';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { defaultCalendar } from '../../../src/core/time/calendar.ts';
import { located, manifestFile } from './manifest-file.ts';

const manifestOf = (file: Uint8Array): Manifest => {
  const parsed = parseManifest(file);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};

const withRoles = (...ids: readonly string[]) => ({
  ...defaultConfiguration,
  roles: ids.map((id) => ({ id, members: [] })),
});

describe('roles of a manifest', () => {
  const file = manifestFile(['owner: team:qa', 'owner: role:qa-lead'], ['user:eve', 'role:auditor']);

  it('must exist in the configuration', () => {
    expect(crossCheck(file, manifestOf(file), withRoles('release-manager', 'qa-lead', 'auditor'))).toEqual(
      [],
    );
    const problems = crossCheck(file, manifestOf(file), withRoles('release-managers'));
    expect(located(problems)).toEqual([
      '3:8 unknown-reference',
      '8:12 unknown-reference',
      '23:32 unknown-reference',
      '24:27 unknown-reference',
    ]);
    expect(problems[0]?.message).toContain('Did you mean "role:release-managers"?');
    expect(problems[1]?.message).toContain('Add it to the roles there.');
  });

  it('must exist where an escalation tells them (S-087)', () => {
    const escalating = manifestFile([
      'needs: [product]',
      'deadline: 4h\n        escalate: { at: 1h, to: [team:qa, role:relase-manager], grant: true }',
    ]);
    const [problem, ...more] = crossCheck(escalating, manifestOf(escalating), withRoles('release-manager'));
    expect(problem?.message).toContain('Did you mean "role:release-manager"?');
    expect(located(more)).toEqual([]);
  });

  it('have no place in a file that says something else', () => {
    expect(crossCheck(new Uint8Array(), manifestOf(file), withRoles())).toEqual([]);
  });
});

describe('S-065: sessions of a manifest', () => {
  const file = manifestFile(['needs: [product]', 'session: cabs']);
  const withSessions = (...ids: readonly string[]) => ({
    ...withRoles('release-manager'),
    calendar: {
      ...defaultCalendar,
      sessions: Object.fromEntries(ids.map((id) => [id, { every: 'tue', at: '14:00', except: [] } as const])),
    },
  });

  it('must exist in the configuration', () => {
    expect(crossCheck(file, manifestOf(file), withSessions('cabs'))).toEqual([]);
    const [problem] = crossCheck(file, manifestOf(file), withSessions('cab'));
    expect([problem?.code, problem?.message]).toEqual([
      'unknown-reference',
      '"cabs" is not a session of the configuration. Did you mean "cab"?',
    ]);
    const [other] = crossCheck(file, manifestOf(file), withRoles('release-manager'));
    expect(other?.message).toContain('Add it to calendar.sessions there.');
  });
});

describe('releases of one repository', () => {
  it('must have different names', () => {
    const bytes = manifestFile();
    const manifest = manifestOf(bytes);
    const files = [
      { path: 'a.yml', manifest, bytes },
      { path: 'b.yml', manifest: { ...manifest, release: manifest.release.toUpperCase() } },
      { path: 'c.yml', manifest: { ...manifest, release: 'other' } },
      { path: 'd.yml', manifest, bytes: new Uint8Array() },
    ];
    const problems = checkTogether(files);
    expect([...problems.keys()]).toEqual(['a.yml', 'b.yml', 'd.yml']);
    expect(problems.get('a.yml')?.[0]?.message).toContain('is used by b.yml too');
    for (const found of problems.values()) expect(located(found)).toEqual(['1:1 duplicate-id']);
  });
});
