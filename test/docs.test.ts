import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { builtInCatalog } from '../src/core/catalog/approval-types.ts';
import { profileIds } from '../src/core/catalog/profiles.ts';
import { parseCommands } from '../src/core/command/parse-commands.ts';
import { parseConfiguration } from '../src/core/configuration/parse-configuration.ts';
import { readAnswers } from '../src/core/form/read-answers.ts';
import { parseManifest } from '../src/core/manifest/parse-manifest.ts';
import { CONFIGURATION_PATH, inventoryOf } from '../src/core/repository/inventory.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const below = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...below('docs').filter((path) => path.endsWith('.md')),
];

/** Fenced blocks of a page, with their info strings. */
const fences = (text: string) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']) => ({ info, body }));
/** What is read as prose: code is not. */
const prose = (text: string): string =>
  text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
/** How GitHub turns a heading into an anchor. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Why a link of a page leads nowhere, if it does. */
function brokenLink(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (target.startsWith('..') || !existsSync(join(root, target))) return `${page}: ${link} does not exist`;
  const missing = anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  return missing ? `${page}: ${link} has no such heading` : undefined;
}

const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

describe('links', () => {
  test.each(pages)('of %s lead somewhere', (page) => {
    const links = linksIn(prose(read(page)).replaceAll('[]', '[x]'));
    expect(links.flatMap((link) => brokenLink(page, link) ?? [])).toEqual([]);
  });

  test('that are broken are found', () => {
    expect(brokenLink('README.md', 'docs/nowhere.md')).toBe('README.md: docs/nowhere.md does not exist');
    expect(brokenLink('README.md', '#nowhere')).toBe('README.md: #nowhere has no such heading');
    expect(brokenLink('docs/records.md', '../../x')).toBeDefined();
    expect(linksIn(prose('[a](b.md) `[c](d.md)`'))).toEqual(['b.md']);
  });
});

describe('docs/decisions', () => {
  test('each page has a number of its own, which its heading repeats', () => {
    const names = readdirSync(join(root, 'docs/decisions'));
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
    const headed = names.filter(
      (name) => !read(`docs/decisions/${name}`).startsWith(`# ${name.slice(0, 4)}: `),
    );
    expect(headed).toEqual([]);
  });
});

describe('README', () => {
  const named = (pattern: RegExp) =>
    fences(read('README.md')).filter(({ info, body }) => info === 'yaml' && pattern.test(body));
  const manifests = named(/^# releases\//);
  const configurations = named(/^# \.github\/countersign\.yml/);

  test('shows one configuration, and at least one manifest', () => {
    expect(manifests.length).toBeGreaterThan(0);
    expect(configurations).toHaveLength(1);
    expect(parseConfiguration(Buffer.from(configurations[0]?.body ?? '')).problems).toEqual([]);
  });

  test('shows manifests that are valid with that configuration', () => {
    const files = manifests.map(
      ({ body }) => [body.split('\n')[0]?.slice(2) ?? '', Buffer.from(body)] as const,
    );
    const configuration = [CONFIGURATION_PATH, Buffer.from(configurations[0]?.body ?? '')] as const;
    const inventory = inventoryOf(new Map([configuration, ...files]));
    expect([...inventory.problems]).toEqual([]);
    expect(inventory.manifests.size).toBe(manifests.length);
  });

  test('shows a run of the story to its end', () => {
    const transcript = /<!-- transcript:begin -->\n````text\n([\s\S]*)````\n<!-- transcript:end -->/.exec(
      read('README.md'),
    );
    expect(transcript?.[1]).toMatch(/complete to checkpoint \d+\n$/);
  });

  test('names every variable that serve reads, and no other', () => {
    const environment = read('src/app/environment.ts');
    const known = [...environment.matchAll(/(?:get\(|readKeyFile\(reader, )'([A-Z_]+)'/g)].map(
      ([, name]) => name,
    );
    const rows = read('README.md').match(/^\| `[A-Z_]+`.*$/gm) ?? [];
    const told = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
    );
    expect(told.sort()).toEqual([...new Set(known)].sort());
  });
});

describe('ARCHITECTURE.md', () => {
  test('has a row for every room of the core, and no other', () => {
    const rooms = readdirSync(join(root, 'src/core'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const told = [...read('ARCHITECTURE.md').matchAll(/^\| `(\w+)\/` \|/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(rooms.sort());
  });
});

describe('docs/configuration.md', () => {
  const page = read('docs/configuration.md');

  test('shows a valid configuration, and every approval type and profile', () => {
    const [shown] = fences(page).filter(({ info }) => info === 'yaml');
    expect(parseConfiguration(Buffer.from(shown?.body ?? '')).problems).toEqual([]);
    for (const id of [...builtInCatalog.keys(), ...profileIds]) expect(page).toContain(`\`${id}\``);
  });
});

describe('what is written in docs', () => {
  const yaml = (page: string) =>
    fences(read(page))
      .filter(({ info }) => info === 'yaml')
      .map(({ body }) => body);
  const problemsOf = (manifest: string) => parseManifest(Buffer.from(manifest)).problems;

  test('about environments, workflows, freezes and windows is valid', () => {
    const environments = yaml('docs/manifest.md').find((body) => body.includes('supersedes')) ?? '';
    expect(problemsOf(`release: r\ntarget: { ref: main }\n${environments}`)).toEqual([]);
    const workflows = yaml('docs/manifest.md').find((body) => body.includes('with: {')) ?? '';
    expect(problemsOf(`release: r\n${workflows}`)).toEqual([]);
    const holds = yaml('docs/configuration.md').find((body) => body.includes('freezes')) ?? '';
    expect(holds).toContain('windows');
    expect(parseConfiguration(Buffer.from(holds)).problems).toEqual([]);
  });

  test('about approvals and tasks is valid', () => {
    const [rules = '', task = '', first = ''] = yaml('docs/approvals.md');
    expect(problemsOf(rules)).toEqual([]);
    const release =
      'release: r\nowner: user:mona\ntarget: { ref: main, since: v1 }\nphases:\n  p:\n    activities:\n';
    for (const shown of [task, first]) {
      expect(shown).not.toBe('');
      expect(problemsOf(`${release}${shown}`)).toEqual([]);
    }
  });
});

describe('docs/forms.md', () => {
  const page = read('docs/forms.md');
  const [shown] = fences(page).filter(({ info }) => info === 'yaml');
  const written = `release: r\ntarget: { ref: main }\nphases:\n  p:\n    activities:\n      a:\n        approvers: { from: team:qa }\n${shown?.body.replace(/^/gm, '        ')}`;
  const parsed = parseManifest(Buffer.from(written));

  test('shows a valid form, and every type', () => {
    expect(parsed.problems).toEqual([]);
    const types = [
      'text',
      'number',
      'dropdown',
      'multi-select',
      'checkbox',
      'checkboxes',
      'file',
      'url',
      'date',
    ];
    for (const type of [...types, 'user']) expect(page).toContain(`| \`${type}\` |`);
  });

  test('shows answers that are read as it says', () => {
    const inputs = parsed.kind === 'valid' ? (parsed.value.phases[0]?.activities[0]?.inputs ?? []) : [];
    const comment = fences(page).find(({ body }) => body.startsWith('/approve go-no-go'))?.body ?? '';
    const [command] = parseCommands(comment, ['go-no-go']);
    const answers = command?.kind === 'approve' ? command.answers : [];
    expect(readAnswers(inputs, answers, 'approve', { host: '', files: new Map() })).toEqual({
      kind: 'ask',
      files: [{ path: 'docs/rollback.md', commit: '9fceb02' }],
    });
  });
});

describe('docs/requirements.md', () => {
  const text = read('docs/requirements.md');
  const rows = [...text.matchAll(/^\| ([SGT][-\d].*?) \| (.*?) \| .* \| (.*) \|$/gm)].map(
    ([, ids = '', state = '', shown = '']) => ({ ids: ids.split(', ').flatMap(expanded), state, shown }),
  );
  const all = rows.flatMap(({ ids }) => ids).sort();
  const cited = (shown: string): readonly string[] =>
    [...shown.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].flatMap(([, path = '']) => idsIn(titlesIn(read(path))));
  const upTo = (prefix: string, width: number, most: number) =>
    Array.from({ length: most }, (_, index) => `${prefix}${String(index + 1).padStart(width, '0')}`);

  /** What the tests of a file are called: no id in a comment or a table shows anything. */
  function titlesIn(file: string): readonly string[] {
    const titles = /(?:\b(?:describe|it|test)|\))\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;
    return [...file.matchAll(titles)].map(([, , title = '']) => title);
  }

  function idsIn(titles: readonly string[]): readonly string[] {
    return titles
      .flatMap((title) => title.match(/\b(?:S-|T|G-)\d+(?:–(?:S-|T|G-)\d+)?/g) ?? [])
      .flatMap(expanded);
  }

  /** `S-001–S-003` stands for all from the first to the last. */
  function expanded(range: string): readonly string[] {
    const [first = '', last = first] = range.split('–');
    const [, prefix = '', digits = ''] = /^(S-|T|G-)(\d+)$/.exec(first) ?? [];
    const end = Number(/\d+$/.exec(last)?.[0]);
    const ids = Array.from({ length: end - Number(digits) + 1 }, (_, index) => Number(digits) + index);
    return ids.map((id) => `${prefix}${String(id).padStart(digits.length, '0')}`);
  }

  test.each([
    ['S-', 3, 150],
    ['T', 1, 20],
    ['G-', 2, 40],
  ])('has every id of %s once', (prefix, width, most) => {
    expect(all.filter((id) => id.startsWith(prefix))).toEqual(upTo(prefix, width, most).sort());
  });

  test('knows three states, and shows what is done by a test that exists', () => {
    expect([...new Set(rows.map(({ state }) => state))].sort()).toEqual(['done', 'not yet', 'partly']);
    const bare = rows.filter(({ state, shown }) => state === 'done' && !shown.includes('.test.ts](../test/'));
    expect(bare).toEqual([]);
  });

  test('cites each id that is done, at least in part, in the title of a test that it names', () => {
    const missing = rows
      .filter(({ state }) => state !== 'not yet')
      .flatMap(({ ids, shown }) => ids.filter((id) => !cited(shown).includes(id)));
    expect(missing).toEqual([]);
  });

  test('reads ids in titles, one by one and as ranges', () => {
    const titles = titlesIn(
      "describe('a (S-001–S-003)', it.each([['S-007']])(\n 'T2, G-05: b', 'S-009'); // S-8",
    );
    expect(titles).toEqual(['a (S-001–S-003)', 'T2, G-05: b']);
    expect(idsIn(titles)).toEqual(['S-001', 'S-002', 'S-003', 'T2', 'G-05']);
  });
});

describe('docs/defences.md', () => {
  const rows = [
    ...read('docs/defences.md').matchAll(/^\| (T\d+|pitfall \d+) \| (.*) \| (.*) \| (.*) \|$/gm),
  ].map(([, id = '', , defence = '', shown = '']) => ({ id, defence, shown }));
  const named = rows.flatMap(({ id, shown }) =>
    [...shown.matchAll(/\]\(\.\.\/(test\/[^)]+)\) "([^"]+)"/g)].map(([, file = '', name = '']) => ({
      id,
      file,
      name,
    })),
  );

  test('has a row for every rule and every known mistake', () => {
    const upTo = (word: string, most: number) =>
      Array.from({ length: most }, (_, index) => `${word}${index + 1}`);
    expect([...new Set(rows.map(({ id }) => id))]).toEqual([...upTo('T', 20), ...upTo('pitfall ', 22)]);
  });

  test('names a test for each, or says honestly that it is not yet there', () => {
    const bare = rows.filter(({ shown }) => !shown.includes('"'));
    expect(bare.filter(({ defence, shown }) => !defence.startsWith('not yet') || shown !== '–')).toEqual([]);
    expect(rows.flatMap(({ shown }) => shown.split('<br>')).filter((one) => one !== '–')).toHaveLength(
      named.length,
    );
  });

  test.each(named)('$id is shown by $file: $name', ({ id, file, name }) => {
    const text = read(file);
    expect(text).toMatch(new RegExp(`['"\`]${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`]`));
    expect(text).toMatch(new RegExp(`\\b${id}\\b|pitfalls [^)]*\\b${id.replace('pitfall ', '')}\\b`));
  });
});

describe('the rulesets', () => {
  const ruleset = z.object({
    target: z.literal('branch'),
    enforcement: z.literal('active'),
    conditions: z.object({ ref_name: z.object({ include: z.array(z.string()) }) }),
    rules: z.array(z.object({ type: z.string() })),
    bypass_actors: z.array(z.object({ actor_type: z.string() })),
  });
  const load = (name: string) => ruleset.parse(JSON.parse(read(`docs/rulesets/${name}`)));
  const kinds = (name: string) => load(name).rules.map(({ type }) => type);

  test('are two, for the records branch', () => {
    const names = readdirSync(join(root, 'docs/rulesets'));
    expect(names).toHaveLength(2);
    for (const name of names)
      expect(load(name).conditions.ref_name.include).toEqual(['refs/heads/countersign-records']);
  });

  test('let the App alone write, and nobody rewrite', () => {
    expect(kinds('a-only-the-app-writes.json')).toEqual(['creation', 'update']);
    expect(load('a-only-the-app-writes.json').bypass_actors).toEqual([{ actor_type: 'Integration' }]);
    expect(kinds('b-nobody-rewrites.json')).toEqual([
      'non_fast_forward',
      'deletion',
      'required_signatures',
      'required_linear_history',
    ]);
    expect(load('b-nobody-rewrites.json').bypass_actors).toEqual([]);
  });
});
