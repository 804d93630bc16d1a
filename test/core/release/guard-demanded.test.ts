import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Configuration, defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { explanationLines } from '../../../src/core/messages/explain-words.ts';
import type { HappeningOf, ReleaseEvent } from '../../../src/core/release/event.ts';
import { explainRelease } from '../../../src/core/release/explain.ts';
import type { Guard } from '../../../src/core/release/guard.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';
import { configurationOf } from '../floors/rulebook.ts';

const demanding = configurationOf('floors: { for: { environment: production }, guarded: required }\n');
const { floors } = demanding;
const plan = manifest([
  activity('signoff'),
  activity('deploy', { approvers: [], environment: 'Production', needs: ['signoff'] }),
]);
const guarded: Guard = { kind: 'known', value: [] };
const advisory: Guard = { kind: 'known', value: ['rule', 'bypass'] };
const unknown: Guard = { kind: 'unknown', why: 'the App may not read how GitHub protects it' };

const under = (now: ReleaseWorld, value: Configuration) =>
  now.change({ configuration: { kind: 'known', value } });
/** A release that has the floor; nobody has looked at the environment. */
const world = (more: Partial<Configuration> = {}): ReleaseWorld =>
  under(releaseWorld({ plan, configuration: more }), { ...demanding, ...more });
const seen = (now: ReleaseWorld, guard: Guard) => now.change({ guards: new Map([['Production', guard]]) });
/** The next pass knows nothing of what the last one was told. */
const unseen = (now: ReleaseWorld) => now.change({ guards: new Map() });
const approved = (guard: Guard, now = world()) => seen(now, guard).says('grace', '/approve', {}, 'signoff');
const freeze = {
  ...{ name: 'Fair', from: '2026-11-23T09:00:00Z', until: '2026-11-24T09:00:00Z' },
  environments: [],
};
const count = (now: ReleaseWorld, kind: string) => now.kinds().filter((one) => one === kind).length;
const sentence = (now: ReleaseWorld) => now.decision().hindrances.get('deploy');
const check = (now: ReleaseWorld) => now.check('countersign/environment/production');

describe('T14: a floor forbids opening an environment that GitHub does not guard', () => {
  it('opens at once what is guarded', () => {
    const now = approved(guarded);
    expect(now.kinds().slice(-2)).toEqual(['guard-seen', 'environment-opened']);
    expect(now.decision().lookAgainAt).toBeUndefined();
    expect(replay(recorded(now))).toEqual([]);
  });

  it.each([
    [
      advisory,
      'In Settings → Environments → Production, turn on the deployment protection rule of this App and no longer allow administrators to bypass its rules.',
    ],
    [
      { kind: 'known', value: ['branches'] },
      'In Settings → Environments → Production, restrict its deployment branches and tags. It is looked at again every 15 minutes.',
    ],
    [unknown, 'Whether it does is not known: the App may not read how GitHub protects it. That takes the'],
  ] as const)('%j stays shut, and says what to set up', (guard, words) => {
    const now = approved(guard);
    expect(now.kinds()).not.toContain('environment-opened');
    expect(now.status('deploy')).toBe('held');
    const text = sentence(now);
    expect(text).toContain(`Held because a floor demands that GitHub itself guards Production. ${words}`);
    expect(now.thread('').body).toContain('a floor demands that GitHub itself guards Production.');
    expect(check(now)?.conclusion).toBe('action_required');
    expect(check(now)?.summary).toContain('(a floor demands that GitHub guards it: advisory');
    const at = new Date(now.now).toISOString();
    expect(explanationLines(explainRelease(now.opened(), at)).join('\n')).toContain(words);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is looked at again while it is shut; what differs is recorded once, and then it opens', () => {
    const now = unseen(approved(advisory));
    const next = new Date(now.now + 15 * 60_000).toISOString();
    expect(now.decision()).toMatchObject({ askGuards: ['Production'], lookAgainAt: next });
    expect([count(seen(now, advisory), 'guard-seen'), count(now, 'environment-opened')]).toEqual([1, 0]);
    expect([count(seen(now, unknown), 'guard-seen'), count(now, 'environment-opened')]).toEqual([2, 0]);
    expect([count(seen(now, guarded), 'guard-seen'), count(now, 'environment-opened')]).toEqual([3, 1]);
    expect(unseen(now).decision().askGuards).toEqual([]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('does not open on an old look, and never opens unseen', () => {
    const until = '2026-11-23T10:00:00Z';
    const freeze = { name: 'Fair', from: '2026-11-23T09:00:00Z', until, environments: [] };
    const now = approved(guarded, world({ freezes: [freeze] }));
    expect(sentence(now)).toContain('Held by the freeze "Fair"');
    expect(now.decision().lookAgainAt).toBe(until);
    now.now += 2 * 3_600_000;
    expect(count(unseen(now), 'environment-opened')).toBe(0);
    expect(count(seen(now, advisory), 'environment-opened')).toBe(0);
    expect(count(seen(now, guarded), 'environment-opened')).toBe(1);
    const blind = world().says('grace', '/approve', {}, 'signoff');
    expect(sentence(blind)).toContain('has not been looked at yet.');
    expect(count(blind, 'environment-opened')).toBe(0);
  });

  it('says what somebody has to set up before it says what ends by itself', () => {
    expect(sentence(approved(advisory, world({ freezes: [freeze] })))).toContain('a floor demands');
  });

  it('is no matter of custodians, who lift freezes only (T3)', () => {
    const custodians = {
      from: [{ kind: 'team', name: 'sre' }],
      require: { kind: 'count', count: 1 },
    } as const;
    const now = approved(advisory, world({ custodians, freezes: [freeze] }));
    now.says('sam', '/override deploy it is urgent', {}, '');
    expect([count(now, 'holds-lifted'), count(now, 'environment-opened')]).toEqual([1, 0]);
  });

  it('leaves open what is open, and records what is set up later where it is looked at', () => {
    const now = seen(approved(guarded), advisory);
    expect([count(now, 'guard-seen'), count(now, 'environment-shut')]).toEqual([2, 0]);
  });

  it('is not looked at again where somebody wrote to the record (T8)', () => {
    const now = approved(advisory);
    now.change({
      foreign: [{ commit: 'e'.repeat(40), paths: ['releases/r1/RECORD.md'], author: 'eve' }],
    });
    expect(now.decision().lookAgainAt).toBeUndefined();
  });
});

describe('T7, T14: an open release adopts the demand', () => {
  it('once, asking nobody anew, and its next opening heeds it', () => {
    const now = releaseWorld({ plan });
    under(now, demanding);
    under(now, { ...demanding });
    expect(now.opened().revision.floors).toEqual(floors);
    expect(count(now, 'manifest-revised')).toBe(1);
    expect(count(now, 'scope-changed')).toBe(0);
    expect(count(approved(advisory, now), 'environment-opened')).toBe(0);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('leaves open what is open already, and keeps the demand when the configuration gets looser', () => {
    const now = approved(advisory, releaseWorld({ plan }));
    expect(count(under(now, demanding), 'environment-shut')).toBe(0);
    expect(count(now, 'manifest-revised')).toBe(1);
    under(now, defaultConfiguration);
    now.revise({ ...plan, title: 'Another title' });
    expect(now.opened().revision.floors).toEqual(floors);
  });

  it('does not where it is for another environment', () => {
    const now = releaseWorld({ plan });
    under(now, configurationOf('floors: { for: { environment: stage }, guarded: required }\n'));
    expect(count(now, 'manifest-revised')).toBe(0);
  });
});

const readings = [guarded, advisory, unknown];
const isOpening = (event: ReleaseEvent) => event.kind === 'environment-opened';

it('T14: whatever is seen in whatever order, nothing opens but on a guard without gaps', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }), (looks) => {
      const now = approved(readings[looks[0] ?? 0] ?? advisory);
      for (const look of looks) {
        const reading = readings[look];
        if (reading === undefined) unseen(now);
        else seen(now, reading);
      }
      const events = recorded(now);
      expect(replay(events)).toEqual([]);
      const guards = events.filter(({ kind }) => kind === 'guard-seen') as HappeningOf<'guard-seen'>[];
      for (const [index, { body }] of guards.entries())
        expect(body.guard).not.toEqual(guards[index - 1]?.body.guard);
      const opening = events.findIndex(isOpening);
      const last = events.slice(0, Math.max(opening, 0)).findLast(({ kind }) => kind === 'guard-seen');
      expect(opening === -1 || last?.body).toEqual(
        opening === -1 || expect.objectContaining({ guard: guarded }),
      );
    }),
    { numRuns: 20 },
  );
});

it('T14: a record that opens what was not seen to be guarded does not follow from its facts', () => {
  const events = recorded(approved(guarded));
  const forged = events.map((event) =>
    event.kind === 'guard-seen' ? { ...event, body: { ...event.body, guard: advisory } } : event,
  );
  const opening = events.findIndex(isOpening) + 1;
  const why = 'deploy does not open its environment then';
  expect(replay(forged)).toEqual([{ sequence: opening, why }]);
  const without = events.filter(({ kind }) => kind !== 'guard-seen');
  expect(replay(without)).toMatchObject([{ why }]);
});
