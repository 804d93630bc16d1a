import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plan } from '../../src/cli/plan.ts';
import { manifestFile } from '../core/manifest/manifest-file.ts';
import { recordIo } from '../support/record-io.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files, and what `countersign plan` says about some of them; paths without the folder. */
async function planned(files: Record<string, string | Uint8Array>, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const io = recordIo();
  const places = args.map((arg) => (arg.endsWith('.yml') ? join(folder, arg) : arg));
  const code = await plan(places, io);
  const text = (lines: readonly string[]) => lines.join('\n').replaceAll(`${folder}/`, '');
  return { code, out: text(io.out), err: text(io.err) };
}

const roles = 'roles: { release-manager: { users: mona } }\n';
const floors = `${roles}floors:
  - for: { uses: go-no-go }
    activities: [go-no-go]
    exclude: [author, user:vendor]
`;
const timely = manifestFile([
  'approvers: { from: team:qa, require: majority }\n',
  'approvers: { from: team:qa, require: majority }\n        deadline: 1 business day\n',
]);

describe('countersign plan (S-149, G-39)', () => {
  it('shows what a manifest will ask of whom', async () => {
    const { code, out, err } = await planned({ 'a.yml': manifestFile() }, 'a.yml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Phase production: production (after verify)');
    expect(out).toContain('asks        more than half of team qa');
    expect(out).not.toContain('begins');
  });

  it('counts from the moment of opening, by the calendar of the configuration', async () => {
    const files = {
      '.github/countersign.yml': `${roles}time-zone: Europe/Berlin\n`,
      'a.yml': timely,
      'other.yml': `${roles}business-days: { days: [sat] }\n`,
    };
    const above = await planned(files, 'a.yml', '--as-of', '2026-12-04T09:00:00Z');
    expect([above.code, above.err]).toEqual([0, '']);
    expect(above.out).toContain('deadline 1 business day (2026-12-07T09:00:00Z)');
  });

  it('takes the configuration that it is given instead of the one above', async () => {
    const files = { 'x/.github/countersign.yml': 'role: 1\n', 'x/a.yml': timely, 'c/countersign.yml': roles };
    const { code, out, err } = await planned(files, 'x/a.yml', '--configuration', 'c/countersign.yml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Release payments-2026.11: Payments 2026.11');
    const unknown = { ...files, 'c/countersign.yml': 'roles: {}\n' };
    const refused = await planned(unknown, 'x/a.yml', '--configuration', 'c/countersign.yml');
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain('a.yml:3:8: error unknown-reference');
  });

  it('shows where each demand comes from that the manifest does not say', async () => {
    const used = manifestFile(['title: Go or no-go\n', 'uses: go-no-go\n']);
    const { code, out, err } = await planned({ '.github/countersign.yml': floors, 'a.yml': used }, 'a.yml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/because {5}.*exclude.*: .*floor/);
  });

  it('is one object with --json', async () => {
    const { code, out } = await planned(
      { 'a.yml': timely },
      'a.yml',
      '--json',
      '--as-of',
      '2026-12-04T09:00:00Z',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      timeline: {
        release: 'payments-2026.11',
        opensAt: '2026-12-04T09:00:00Z',
        phases: [
          { activities: [{ activity: { id: 'qa-signoff' }, moments: { begins: '2026-12-04T09:00:00Z' } }] },
          {},
        ],
      },
      problems: [],
    });
  });

  it('names the catalog as a source only where it says who approves', async () => {
    const floored = `floors: [{ for: { uses: go-no-go }, approvers: { go-no-go: { from: team:sre, require: 2 } } }]
catalog: { go-no-go: { title: Go } }
roles: { release-manager: { users: mona } }
`;
    const manifest = `release: a
target: { ref: v1 }
phases: { go: { activities: { go-no-go: { uses: go-no-go } } } }
`;
    const files = { '.github/countersign.yml': floored, 'a.yml': manifest };
    const { code, out } = await planned(files, 'a.yml');
    expect(code).toBe(0);
    expect(out).toContain('asks        2 of team sre');
    expect(out).toMatch(/because {5}approvers: the floor/);
    expect(out).not.toContain('the catalog');
    const named = floored.replace('title: Go', 'title: Go, approvers: { from: team:qa }');
    const both = await planned({ ...files, '.github/countersign.yml': named }, 'a.yml');
    expect(both.out).toContain('approvers: the catalog');
    expect(both.out).toContain('and 2 of team sre');
  });
});

describe('files with errors are code 1, with the lines of validate', () => {
  const above = { 'ok/.github/countersign.yml': 'role: 1\n', 'ok/a.yml': manifestFile() };
  const broken = { 'a.yml': manifestFile(['needs: verify', 'needs: verfy']), 'c.yml': 'role: 1\n', ...above };
  it.each([
    ['a manifest', ['a.yml'], 'a.yml:13:12: error unknown-reference'],
    ['no manifest', ['none.yml'], 'none.yml:1:1: error unreadable'],
    ['a configuration', ['a.yml', '--configuration', 'c.yml'], 'c.yml:1:1: error unknown-key'],
    ['the configuration above', ['ok/a.yml'], 'ok/.github/countersign.yml:1:1: error unknown-key'],
    ['no configuration', ['a.yml', '--configuration', 'none.yml'], 'none.yml:1:1: error unreadable'],
  ])('%s', async (_, args, problem) => {
    const { code, out, err } = await planned(broken, ...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(problem);
    const json = await planned(broken, ...args, '--json');
    expect([json.code, Object.keys(JSON.parse(json.out))]).toEqual([1, ['problems']]);
  });
});

it.each([
  [[], 'Name the manifest.'],
  [['a.yml', 'b.yml'], 'Unexpected argument'],
  [['a.yml', '--as-of', '2026-12-04'], '--as-of takes a moment with its time zone'],
  [['a.yml', '--as-of', 'so\u001b[31mon'], 'found so\\u{1b}[31mon.'],
])('wrong use is code 2: %j', async (args, sentence) => {
  const { code, out, err } = await planned({}, ...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(sentence);
});

describe('countersign plan under an organization (T7, decision 0033)', () => {
  const organization = `floors:
  - for: { uses: go-no-go }
    approvers: { go-no-go: { from: team:sre, require: 2 } }
`;
  const files = {
    'org.yml': organization,
    'a.yml': `release: r1
title: Release
target: { ref: v1 }
phases: { verify: { activities: { go-no-go: { uses: go-no-go } } } }
`,
  };
  const option = '--organization-configuration';

  it('shows where each demand comes from, and says plainly when it is not known', async () => {
    const { code, out } = await planned(files, 'a.yml', option, 'org.yml');
    expect(code).toBe(0);
    expect(out).toContain('asks        2 of team sre');
    expect(out).toContain("the floor for uses: go-no-go (the organization's configuration org.yml");
    expect(out).not.toContain('Not known here');
    const own = {
      ...files,
      '.github/countersign.yml': 'catalog: { go-no-go: { approvers: { from: team:qa } } }\n',
    };
    const alone = await planned(own, 'a.yml');
    expect(alone.out).toContain(
      "Not known here: what the configuration in the organization's .github repository",
    );
    const both = await planned(own, 'a.yml', option, 'org.yml', '--json');
    expect(JSON.parse(both.out)).toMatchObject({
      problems: [],
      organization: expect.stringContaining('org.yml'),
    });
  });

  it('names what loosens it, and what is wrong with its file', async () => {
    const loose = {
      ...files,
      'own.yml': 'floors: { for: { uses: go-no-go }, approvers: { go-no-go: { from: team:sre } } }\n',
    };
    const found = await planned(loose, 'a.yml', '--configuration', 'own.yml', option, 'org.yml');
    expect([found.code, found.err]).toEqual([1, expect.stringContaining('own.yml:1:')]);
    expect(found.err).toContain('below-inherited');
    const broken = await planned({ ...files, 'org.yml': 'floors: 7\n' }, 'a.yml', option, 'org.yml');
    expect([broken.code, broken.err]).toEqual([1, expect.stringContaining('org.yml:1:')]);
    const missing = await planned(files, 'a.yml', option, 'none.yml');
    expect([missing.code, missing.err]).toEqual([
      1,
      expect.stringContaining('none.yml:1:1: error unreadable'),
    ]);
  });
});
