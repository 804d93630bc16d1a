import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validate } from '../../src/cli/validate.ts';
import { manifestFile } from '../core/manifest/manifest-file.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files, and what `countersign validate` says about some of them; paths without the folder. */
async function validated(files: Record<string, string | Uint8Array>, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'validate-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line.replaceAll(`${folder}/`, ''));
  const places = args.map((arg) => (arg.startsWith('--') ? arg : join(folder, arg)));
  return { code: await validate(places, { stdout: write, stderr: write }), lines };
}

const roles = 'roles: { release-manager: { users: mona } }\n';

describe('countersign validate', () => {
  it('says nothing about valid files', async () => {
    const files = { '.github/countersign.yml': roles, 'releases/a.yml': manifestFile() };
    expect(await validated(files, '.github/countersign.yml', 'releases/a.yml')).toEqual({
      code: 0,
      lines: [],
    });
    expect(await validated({ 'a.yml': manifestFile() }, 'a.yml')).toEqual({ code: 0, lines: [] });
  });

  it('prints every problem of every file, with its place', async () => {
    const files = {
      'a.yml': manifestFile(['title: Pay', 'titel: Pay'], ['needs: verify', 'needs: verfy']),
      'b/countersign.yaml': 'role: 1\n',
    };
    const { code, lines } = await validated(files, 'a.yml', 'b/countersign.yaml', 'c.yml', 'b');
    expect(code).toBe(1);
    expect(lines.map((line) => line.replace(/: [A-Z"].*/, ''))).toEqual([
      'a.yml:2:1: error unknown-key',
      'a.yml:13:12: error unknown-reference',
      'b/countersign.yaml:1:1: error unknown-key',
      'c.yml:1:1: error unreadable',
      'b:1:1: error unreadable',
    ]);
  });

  it('prints problems as JSON', async () => {
    const { code, lines } = await validated({ 'a.yml': '' }, 'a.yml', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(lines.join('\n'))).toEqual({
      problems: [
        { path: 'a.yml', line: 1, column: 1, severity: 'error', code: 'empty', message: expect.any(String) },
      ],
    });
  });

  it('compares roles with the configuration above', async () => {
    const files = { '.github/countersign.yml': 'roles: {}\n', 'x/y/a.yml': manifestFile() };
    const { code, lines } = await validated(files, 'x/y/a.yml');
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(': ')[0])).toEqual(['x/y/a.yml:3:8', 'x/y/a.yml:23:32']);
  });

  it('does not look beyond the repository', async () => {
    const files = {
      '.github/countersign.yml': 'roles: {}\n',
      'inner/.git/HEAD': '',
      'inner/a.yml': manifestFile(),
    };
    expect(await validated(files, 'inner/a.yml')).toEqual({ code: 0, lines: [] });
  });

  it('warns where it cannot compare them', async () => {
    const files = { '.github/countersign.yml': 'role: 1\n', 'a.yml': manifestFile() };
    expect(await validated(files, 'a.yml')).toEqual({
      code: 0,
      lines: [
        'a.yml:1:1: warning unreadable: Roles and floors were not checked, because .github/countersign.yml has errors.',
      ],
    });
  });

  it('finds a release name that two files use, and reads a file once', async () => {
    const { code, lines } = await validated(
      { 'a.yml': manifestFile(), 'b.yml': manifestFile() },
      'a.yml',
      'b.yml',
      'a.yml',
    );
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'a.yml:1:1: error duplicate-id',
      'b.yml:1:1: error duplicate-id',
    ]);
  });

  it('never sends control characters to the terminal', async () => {
    const { lines } = await validated({ 'a\u001b[31m.yml': '"a\\u001b]0;x": 1\n' }, 'a\u001b[31m.yml');
    expect(lines.length).toBeGreaterThan(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('reads no more of a file than it may hold', async () => {
    const write = (line: string) => void lines.push(line);
    const lines: string[] = [];
    expect(await validate(['/dev/zero'], { stdout: write, stderr: write })).toBe(1);
    expect(lines[0]).toMatch(/^\/dev\/zero:1:1: error too-large: /);
  });

  it('explains itself', async () => {
    expect((await validated({}, '--help')).code).toBe(0);
    expect((await validated({})).code).toBe(2);
    expect((await validated({}, '--what')).code).toBe(2);
  });
});

describe('countersign validate under an organization (T7, decision 0033)', () => {
  const organization = `roles: { release-manager: { users: mona } }
floors: { for: { uses: audit }, approvers: { audit: { from: team:sre, require: 2 } } }
`;
  const option = '--organization-configuration';

  it('knows its roles and holds both files to its floors', async () => {
    const files = {
      'org/countersign.yml': organization,
      'releases/a.yml': manifestFile(),
      '.github/countersign.yml': 'custodians: { from: role:release-manager }\n',
    };
    const all = ['.github/countersign.yml', 'releases/a.yml'];
    expect(await validated(files, ...all, option, 'org/countersign.yml')).toEqual({ code: 0, lines: [] });
    expect((await validated(files, ...all)).code).toBe(1);
    const { '.github/countersign.yml': _, ...inherits } = files;
    expect((await validated(inherits, 'releases/a.yml', option, 'org/countersign.yml')).code).toBe(0);
    const loose = { ...files, '.github/countersign.yml': 'roles: { release-manager: { users: ada } }\n' };
    const found = await validated(loose, ...all, option, 'org/countersign.yml');
    expect(found.code).toBe(1);
    expect(found.lines[0]).toContain('.github/countersign.yml:1:10: error below-inherited');
  });

  it('says what is wrong with the file it is given', async () => {
    const files = { 'a.yml': manifestFile(), 'org.yml': 'floors: 7\n' };
    expect((await validated(files, 'a.yml', option, 'org.yml')).lines[0]).toContain('org.yml:1:');
    expect((await validated(files, 'a.yml', option, 'none.yml')).lines[0]).toContain(
      'none.yml:1:1: error unreadable',
    );
  });
});
