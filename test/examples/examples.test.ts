import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Configuration } from '../../src/core/configuration/configuration.ts';
import { parseConfiguration } from '../../src/core/configuration/parse-configuration.ts';
import { checkTogether, crossCheck } from '../../src/core/manifest/cross-check.ts';
import type { Manifest, Principal } from '../../src/core/manifest/manifest.ts';
import { parseManifest } from '../../src/core/manifest/parse-manifest.ts';
import type { Parsed } from '../../src/core/problem.ts';

const folder = new URL('../../examples/', import.meta.url);
const bytes = (path: string) => readFileSync(new URL(path, folder));
const under = (path: string) =>
  readdirSync(new URL(path, folder))
    .sort()
    .map((name) => `${path}${name}`);

const valid = <T>(parsed: Parsed<T>): T => {
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems, null, 2));
  return parsed.value;
};

const configuration: Configuration = valid(parseConfiguration(bytes('payments/.github/countersign.yml')));
const releases = under('payments/releases/').map((path) => ({ path, bytes: bytes(path) }));
const manifests = releases.map((file) => ({ ...file, manifest: valid(parseManifest(file.bytes)) }));

const principalsOf = ({ owner, phases }: Manifest): readonly Principal[] =>
  [
    owner,
    ...phases.flatMap((phase) => [
      phase.owner,
      ...phase.activities.flatMap(({ approvers, exclude }) => [
        ...approvers.flatMap(({ from }) => from),
        ...exclude,
      ]),
    ]),
  ].filter((principal) => principal !== undefined);

describe('the example repository', () => {
  it.each(manifests)('$path is valid, and so are its roles', ({ bytes: file, manifest }) => {
    expect(crossCheck(file, manifest, configuration)).toEqual([]);
  });

  it('holds at least two releases with different names', () => {
    expect(manifests.length).toBeGreaterThan(1);
    expect(checkTogether(manifests).size).toBe(0);
  });

  it('names only people and teams that its seed has', () => {
    const seed = parse(bytes('seed.yml').toString());
    const teams = Object.keys(seed.organizations.acme.teams);
    const users = Object.keys(seed.users);
    const named = [
      ...manifests.flatMap(({ manifest }) => principalsOf(manifest)),
      ...configuration.roles.flatMap((role) => role.members),
    ];
    for (const { kind, name } of named) {
      if (kind === 'team') expect(teams).toContain(name);
      if (kind === 'user') expect(users).toContain(name);
    }
    expect(named.length).toBeGreaterThan(5);
  });

  it('has a form with every type of input', () => {
    const inputs = manifests.flatMap(({ manifest }) =>
      manifest.phases.flatMap((phase) => phase.activities.flatMap((activity) => activity.inputs)),
    );
    expect(new Set(inputs.map(({ type }) => type))).toEqual(
      new Set(['text', 'number', 'dropdown', 'checkbox']),
    );
  });

  it.each(under('payments/.github/workflows/'))('%s is a workflow', (path) => {
    const workflow = parse(bytes(path).toString());
    expect(Object.keys(workflow)).toEqual(expect.arrayContaining(['name', 'on', 'jobs']));
    for (const job of Object.values<{ 'runs-on'?: string }>(workflow.jobs))
      expect(job['runs-on']).toBeDefined();
  });

  it('has owners for its releases and its configuration', () => {
    const owners = bytes('payments/.github/CODEOWNERS').toString();
    expect(owners).toContain('/releases/');
    expect(owners).toContain('/.github/');
    for (const [, team] of owners.matchAll(/@acme\/(\S+)/g)) {
      expect(Object.keys(parse(bytes('seed.yml').toString()).organizations.acme.teams)).toContain(team);
    }
  });

  it('holds no key', () => {
    expect(readFileSync(new URL('../../.gitignore', import.meta.url), 'utf8')).toContain('*.pem');
  });
});
