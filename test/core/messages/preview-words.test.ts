import { describe, expect, it } from 'vitest';
import { outlookBlocks, outlookPhrase } from '../../../src/core/messages/preview-words.ts';
import type { Flip, Foreseen, Outlook } from '../../../src/core/preview/foresight.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { person } from '../../support/release-world.ts';

const rule = (name: string, count = 1) => ({
  from: [{ kind: 'team', name }] as const,
  require: { kind: 'count', count } as const,
});
const flip = (activity: string, more: Partial<Flip> = {}): Flip => ({
  ...{ activity, title: activity, lapsed: [], differences: [], asks: [], begins: false, unknown: false },
  ...more,
});
const named = (release: string) => ({ release, title: `The ${release} release` });
const changes = (
  more: Partial<Extract<Foreseen, { kind: 'changes' }>> = {},
  release = 'r1',
): Extract<Foreseen, { kind: 'changes' }> => ({
  ...named(release),
  ...{ kind: 'changes', by: 'manifest', from: 'on-hold', to: 'on-hold', flips: [], shifts: [], adopts: [] },
  ...more,
});
const outlook = (foreseen: readonly Foreseen[], more: Partial<Outlook> = {}): Outlook => ({
  ...{ step: 'merged', foreseen, untouched: 0 },
  ...more,
});
const text = (...foreseen: readonly Foreseen[]) => outlookBlocks([outlook(foreseen)]).join('\n\n');

describe('S-009: a task', () => {
  it('is to be done', () => {
    const tasks = [
      flip('notes', { task: 'deed', to: 'waiting' }),
      flip('page', { task: 'input', from: 'waiting' }),
    ];
    expect(text(changes({ flips: tasks }))).toContain('| notes | – | ⏳ To do |');
    expect(text(changes({ flips: tasks }))).toContain('| page | ⏳ Waiting for input | – |');
  });
});

const bytes = (value: string) => new TextEncoder().encode(value).length;

describe('G-39: what a pull request would flip, as people read it', () => {
  it('a change: a table of activities, what ends votes, and what else is different', () => {
    const title = [{ path: 'title', before: '"Go"', after: '"No-go"' }];
    expect(
      text(
        changes({
          to: 'running',
          flips: [
            flip('signoff', {
              ...{ from: 'approved', to: 'pending', begins: true, differences: title },
              lapsed: [person('grace'), person('linus')],
              asks: [rule('qa', 2), rule('sre')],
            }),
            flip('build', {
              from: 'waiting',
              to: 'waiting',
              begins: true,
              asks: [rule('qa')],
              differences: title,
            }),
            flip('late', { to: 'pending', asks: [rule('qa')], unknown: true }),
            flip('next', { from: 'pending', to: 'pending', begins: true, asks: [rule('qa')] }),
            flip('over', { from: 'pending', to: 'skipped' }),
            flip('old', { from: 'waiting', lapsed: [person('olga')] }),
          ],
          shifts: [
            { what: 'deadline', activity: 'build', before: '24h', after: '48h', reaches: 'next-attempt' },
            { what: 'owner', after: 'team sre', reaches: 'at-once' },
            { what: 'needs', activity: 'late', before: 'signoff', reaches: 'at-once' },
          ],
        }),
      ),
    ).toMatchInlineSnapshot(`
      "### If this is merged

      🔁 **r1** (The r1 release): On hold → **Running**.

      | Activity | Now | Then | What that means |
      | --- | --- | --- | --- |
      | signoff | ✅ Completed | ⏳ Awaiting approval | The votes of grace and linus lapse. Asks again: 2 of team qa and 1 of team sre. |
      | build | ⏳ Awaiting approval | ⏳ Awaiting approval | Asks again: 1 of team qa. |
      | late | – | ▫️ Pending | Asks when its turn comes: 1 of team qa. Who they are is known only then. |
      | next | ▫️ Pending | ⏳ Awaiting approval | Asks: 1 of team qa. |
      | over | ▫️ Pending | ⏭️ Skipped | Its condition would be false. |
      | old | ⏳ Awaiting approval | – | No longer asked for. The vote of olga lapses. |

      What ends the votes on signoff and build:

      - title: "Go" → "No-go"

      Also different:

      - build, deadline: 24h → 48h; takes effect with the next attempt
      - owner: nothing → team sre
      - late, needs: signoff → nothing

      *A preview from what is on record now; nothing of it has happened. Whoever writes or merges the change counts as an author from then on, and their votes there no longer count; that is not reckoned here.*"
    `);
  });

  it('a difference that ends no vote is still shown', () => {
    const differences = [{ path: 'title', before: '"A"', after: '"B"' }];
    const quiet = flip('signoff', { from: 'waiting', to: 'waiting', differences });
    expect(text(changes({ flips: [quiet] }))).toContain(
      'What would be different about signoff:\n\n- title: "A" → "B"',
    );
  });

  it('environments that open and are shut, asking nobody', () => {
    const production = { environment: 'production' } as const;
    const freeze = {
      name: 'Year end',
      from: '2026-12-18T00:00:00Z',
      until: '2027-01-04T00:00:00Z',
      environments: [],
    };
    const block = text(
      changes({
        by: 'configuration',
        flips: [
          flip('a', { ...production, from: 'running', to: 'held', shut: { kind: 'freeze', freeze } }),
          flip('b', { ...production, from: 'held', to: 'running' }),
          flip('c', { ...production, from: 'running', to: 'pending', begins: true }),
          flip('d', { ...production, to: 'pending' }),
        ],
      }),
      {
        ...named('r2'),
        kind: 'opens',
        asks: [{ activity: 'e', title: 'E', rules: [], begins: false, ...production }],
      },
    );
    expect(block).toMatchInlineSnapshot(`
      "### If this is merged

      🔁 **r1** (The r1 release): stays On hold.

      | Activity | Now | Then | What that means |
      | --- | --- | --- | --- |
      | a | 🚀 Running | ⏸️ On hold | Shuts production. Held by the freeze "Year end" until 2027-01-04T00:​00:​00Z. |
      | b | ⏸️ On hold | 🚀 Running | Opens production. |
      | c | 🚀 Running | ⏸️ On hold | Shuts production. Opens production as soon as nothing holds it. |
      | d | – | ▫️ Pending | Opens production when its turn comes. |

      🆕 **r2** (The r2 release) would open.

      - E: opens production

      *A preview from what is on record now; nothing of it has happened.*"
    `);
  });

  it('a floor that is adopted, and a release for which nothing changes', () => {
    expect(
      text(changes({ adopts: ['the floor for environment production'] }), changes({}, 'r2')),
    ).toMatchInlineSnapshot(`
      "### If this is merged

      🔁 **r1** (The r1 release): stays On hold, and nothing changes for anybody.

      It adopts the floor for environment production.

      🔁 **r2** (The r2 release): stays On hold, and nothing changes for anybody.

      *A preview from what is on record now; nothing of it has happened. Whoever writes or merges the change counts as an author from then on, and their votes there no longer count; that is not reckoned here.*"
    `);
  });

  it('releases that stop, end, open or go on', () => {
    expect(
      text(
        { ...named('r1'), kind: 'stalls', why: ['The target v2 does not exist.'], belowFloors: false },
        { ...named('r2'), kind: 'cancelled', waiting: ['Sign-off'], lapsed: [person('grace')] },
        { ...named('r3'), kind: 'cancelled', waiting: [], lapsed: [] },
        {
          ...named('r4'),
          kind: 'opens',
          asks: [
            { activity: 'a', title: 'A', rules: [rule('qa')], begins: true },
            { activity: 'b', title: 'B', rules: [rule('qa'), rule('sre')], begins: false },
          ],
          missing: 'The target v9 does not exist.',
        },
        { ...named('r5'), kind: 'opens', asks: [] },
        { ...named('r6'), kind: 'goes-on', path: 'releases/r6.yml' },
      ),
    ).toMatchInlineSnapshot(`
      "### If this is merged

      ⛔ **r1** (The r1 release) would stop: it could not take this over, and nothing would be decided there until somebody mends it.

      - The target v2 does not exist.

      🚫 **r2** (The r2 release) would be cancelled: nothing would define it any more. No longer asked: Sign-off. The vote of grace lapses.

      🚫 **r3** (The r3 release) would be cancelled: nothing would define it any more. Nothing waits there.

      🆕 **r4** (The r4 release) would open, but not yet: The target v9 does not exist.

      - A: 1 of team qa, at once
      - B: 1 of team qa and 1 of team sre

      🆕 **r5** (The r5 release) would open.

      ▶️ **r6** (The r6 release) would go on as it was accepted: releases/r6.yml has errors or is of another release.

      *A preview from what is on record now; nothing of it has happened.*"
    `);
  });

  it('says in two steps what the merge does and what the custodians do (T7), and how many releases stay', () => {
    const two = [
      outlook([changes()], { untouched: 2 }),
      outlook([changes({ adopts: ['the floor for profile saas'] })], { step: 'agreed', untouched: 1 }),
    ];
    expect(outlookBlocks(two)).toMatchInlineSnapshot(`
      [
        "### If this is merged",
        "🔁 **r1** (The r1 release): stays On hold, and nothing changes for anybody.",
        "2 other open releases stay as they are.",
        "### Once the custodians agree",
        "🔁 **r1** (The r1 release): stays On hold, and nothing changes for anybody.

      It adopts the floor for profile saas.",
        "1 other open release stays as it is.",
        "*A preview from what is on record now; nothing of it has happened. Whoever writes or merges the change counts as an author from then on, and their votes there no longer count; that is not reckoned here.*",
      ]
    `);
    expect(outlookBlocks([outlook([], { step: 'agreed', untouched: 1 })])).toEqual([
      '### Once the custodians agree',
      '1 open release stays as it is.',
    ]);
    expect(outlookBlocks([outlook([], { untouched: 3 })])[1]).toBe('3 open releases stay as they are.');
    expect(outlookBlocks([outlook([])])).toEqual([]);
  });

  it('the headline counts each release once', () => {
    const all: readonly Foreseen[] = [
      { ...named('r1'), kind: 'stalls', why: [], belowFloors: false },
      { ...named('r2'), kind: 'cancelled', waiting: [], lapsed: [] },
      changes({}, 'r3'),
      changes({}, 'r3'),
      { ...named('r4'), kind: 'opens', asks: [] },
      { ...named('r5'), kind: 'goes-on', path: 'x' },
    ];
    expect(outlookPhrase([outlook(all)])).toBe(
      '1 open release would stop, 1 would be cancelled, 1 would change, 1 would open',
    );
    expect(outlookPhrase([outlook(all.slice(4, 5))])).toBe('1 release would open');
    expect(outlookPhrase([outlook([changes({}, 'a'), changes({}, 'b')])])).toBe(
      '2 open releases would change',
    );
    expect(outlookPhrase([])).toBe('');
  });
});

describe('T17: a preview keeps within what GitHub takes, and says what it leaves out', () => {
  const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const logins = (count: number) => many(count, (index) => ({ id: index, login: `user-${index}` }));

  it('cuts rows, people, differences, reasons and releases', () => {
    const differing = (index: number) =>
      flip(`a${index}`, {
        ...{ from: 'approved', to: 'pending', lapsed: logins(12) },
        differences: many(7, (place) => ({ path: `inputs.${index}.${place}`, after: '"x"' })),
      });
    const one = text(changes({ flips: many(25, differing) }));
    expect(one).toContain('| … and 5 more | | | |');
    expect(one).toContain('user-8 and 3 more');
    expect(one).toContain('- … and 2 more');
    expect(one).toContain('… and 20 more activities.');
    const asks = many(23, (index) => ({
      activity: `a${index}`,
      title: 'A',
      rules: [rule('qa')],
      begins: false,
    }));
    expect(text({ ...named('r1'), kind: 'opens', asks })).toContain('- … and 3 more');
    const releases = outlookBlocks([
      outlook(many(60, (index) => changes({ flips: many(20, differing) }, `r${index}`))),
    ]);
    expect(releases.find((block) => block.endsWith('more releases.'))).toMatch(/^… and \d+ more releases\.$/);
    expect(bytes(releases.join('\n\n'))).toBeLessThan(40_000);
  });

  it('whatever is written there', () => {
    const long = '\u{1F600}|'.repeat(3000);
    const worst = changes({
      flips: many(40, (index) =>
        flip(`a${index}`, {
          ...{
            title: long,
            from: 'approved',
            to: 'pending',
            lapsed: logins(500),
            asks: many(50, () => rule(long)),
          },
          differences: many(9, () => ({ path: long, before: long, after: long + index })),
        }),
      ),
      shifts: many(40, () => ({ what: 'if', before: long, after: long, reaches: 'at-once' as const })),
    });
    const blocks = outlookBlocks([outlook([worst, changes({}, 'r2')])]);
    expect(bytes(blocks.join('\n\n'))).toBeLessThan(40_000);
    expect(blocks.join('\n\n')).toContain('**r2**');
  });

  it.each(hostileTexts)('T18: %j stays text', (hostile) => {
    const block = text(
      changes({
        flips: [flip('a', { title: hostile, from: 'approved', to: 'pending', lapsed: [person('x')] })],
      }),
      { ...named('r2'), title: hostile, kind: 'cancelled', waiting: [hostile], lapsed: [] },
      { ...named('r3'), kind: 'stalls', why: [hostile], belowFloors: false },
    );
    const rows = block.split('\n').filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(3);
    expect(rows[2]?.replace(/\\./g, '').split('|')).toHaveLength(6);
    expect(block).not.toMatch(/[^\\]<[a-z/!]/i);
    expect(block).not.toMatch(/@(?!\u{200B})\w/u);
  });
});
