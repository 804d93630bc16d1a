import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSeed } from '../../../src/local-github/seed/read-seed.ts';
import { startLocalGitHub } from '../../../src/local-github/server.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function seedFile(text: string): string {
  const file = join(folder, 'seed.yml');
  writeFileSync(file, text);
  return file;
}

const startWith = (text: string) =>
  startLocalGitHub({ port: 0, data: join(folder, 'data'), seed: { file: seedFile(text) } });

describe('a seed', () => {
  it('names every wrong place and what was expected', () => {
    const file = seedFile('users: { mona: { type: Robot } }\napps: { gate: { id: one } }\nwishes: {}\n');
    expect(() => readSeed(file)).toThrow(
      /users\.mona\.type: .*"User"\|"Bot"[\s\S]*apps\.gate\.id: .*expected number[\s\S]*wishes/,
    );
  });

  it('that is not YAML is refused with the place', () => {
    expect(() => readSeed(seedFile('a: [1'))).toThrow(/seed\.yml: .*line 1/s);
  });

  it.each([
    [
      'a parent that is missing',
      'organizations: { acme: { teams: { qa: { parent: all } } } }',
      'teams.qa.parent: expected a team',
    ],
    [
      'a circle of teams',
      'organizations: { acme: { teams: { a: { parent: b }, b: { parent: a } } } }',
      'is nested in',
    ],
    ['an owner that is missing', 'repositories: { acme/x: {} }', 'repositories.acme/x: expected an owner'],
    [
      'a grant to a missing team',
      'organizations: { acme: {} }\nrepositories: { acme/x: { permissions: { team:qa: read } } }',
      'permissions.team:qa: expected a team',
    ],
  ])('is refused: %s', async (_case, text, message) => {
    await expect(startWith(text)).rejects.toThrow(message);
  });

  it('makes the key of an App that has none, for its owner only', async () => {
    const host = await startWith('apps: { gate: { id: 1, private-key: keys/app.pem } }');
    await host.close();
    expect(statSync(join(folder, 'keys/app.pem')).mode & 0o777).toBe(0o600);
  });

  it('is not read again when there is data already', async () => {
    await (await startWith('users: { mona: {} }')).close();
    const host = await startWith('users: { other: {} }');
    const status = async (login: string) => (await fetch(`${host.url}/users/${login}`)).status;
    expect([await status('mona'), await status('other')]).toEqual([200, 404]);
    await host.close();
  });
});
