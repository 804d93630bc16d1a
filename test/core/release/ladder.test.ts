import { describe, expect, it } from 'vitest';
import type { Activity, Escalation } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { defaultCalendar } from '../../../src/core/time/calendar.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const gone = [{ kind: 'team', name: 'gone' }] as const;
const managers = [{ kind: 'team', name: 'managers' }] as const;

const laddered = activity('signoff', {
  timing: {
    remind: [],
    escalate: [
      { at: '2h', to: gone, grant: true },
      { at: '4h', to: managers, grant: true },
    ],
  },
});

const world = (...more: Parameters<typeof manifest>[0]): ReleaseWorld =>
  releaseWorld({
    plan: manifest([laddered, ...more]),
    resolutions: { 'team:gone': { kind: 'missing' }, 'team:managers': team(15, 'max') },
  });

const means = (one: ReleaseWorld, resolution: ReleaseWorld['facts']['resolutions'][string]): ReleaseWorld => {
  one.facts = { ...one.facts, resolutions: { ...one.facts.resolutions, 'team:gone': resolution } };
  return one;
};

const passing = (ms: number, one: ReleaseWorld): ReleaseWorld => {
  one.now += ms;
  one.step();
  expect(replay(recorded(one))).toEqual([]);
  return one;
};

const sre = [{ kind: 'team', name: 'sre' }] as const;
const product = [{ kind: 'team', name: 'product' }] as const;
const planned = (escalate: readonly Escalation[], more: Partial<Activity> = {}) =>
  manifest([activity('signoff', { timing: { remind: [], escalate }, ...more })]);
const tell = { at: '2h', to: product } as const;
const grant = { at: '20h', to: sre, grant: true } as const;
const begun = (...escalate: readonly Escalation[]): ReleaseWorld =>
  passing(hour, releaseWorld({ plan: planned(escalate) }));

describe('a revision of the ladder alone reaches no attempt that has begun (decision 0040)', () => {
  it.each([
    ['a rung left out', [grant]],
    ['a rung more in front', [{ at: '1h', to: product }, tell, grant]],
    ['another moment', [tell, { ...grant, at: '2h' }]],
    ['another order', [grant, tell]],
  ] as const)('%s: others are let vote when it said they would be', (_, ladder) => {
    const one = begun(tell, grant).revise(planned(ladder));
    expect(one.kinds()).not.toContain('scope-changed');
    expect(
      passing(10 * hour, one)
        .says('sam', '/approve')
        .status(),
    ).toBe('waiting');
    expect(
      passing(10 * hour, one)
        .says('rosa', '/approve')
        .status(),
    ).toBe('approved');
  });
});

describe('with a change of scope the ladder is as the revision says (decision 0055)', () => {
  const renamed = { title: 'Look again' };

  it('who had only been told is let vote at once, where the revision says so', () => {
    const one = passing(3 * hour, begun({ ...tell, to: sre })).revise(
      planned([{ ...tell, to: sre, grant: true }]),
    );
    expect(one.says('sam', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('who is new on it comes as if they had been there from the beginning', () => {
    const one = begun().revise(planned([grant]));
    expect(
      passing(18 * hour, one)
        .says('sam', '/approve')
        .status(),
    ).toBe('waiting');
    expect(passing(hour, one).says('rosa', '/approve').status()).toBe('approved');
  });

  it('who was there keeps their moment, in whatever place', () => {
    const one = begun(tell, grant).revise(planned([{ ...grant, at: '40h' }, tell], renamed));
    expect(
      passing(20 * hour, one)
        .says('sam', '/approve')
        .status(),
    ).toBe('approved');
  });

  it('who is told first and let vote later keeps both moments', () => {
    const first = { ...tell, to: sre };
    for (const ladder of [[grant], [grant, first], [{ ...grant, at: '40h' }]]) {
      const one = passing(2 * hour, begun(first, grant)).revise(planned(ladder, renamed));
      expect(one.says('sam', '/approve').status()).toBe('waiting');
      expect(
        passing(17 * hour, one)
          .says('rosa', '/approve')
          .status(),
      ).toBe('approved');
    }
  });

  it('who was told is not told again, and who left the ladder is let vote no more', () => {
    const one = passing(21 * hour, begun(tell, grant)).revise(planned([tell], renamed));
    expect(one.says('sam', '/approve').status()).toBe('waiting');
    expect(one.kinds().filter((kind) => kind === 'activity-escalated')).toHaveLength(2);
    expect(replay(recorded(one))).toEqual([]);
  });

  it('is gone with the times', () => {
    const one = begun(grant).revise(manifest([activity('signoff', renamed)]));
    expect(
      passing(30 * hour, one)
        .says('sam', '/approve')
        .status(),
    ).toBe('waiting');
  });

  it('is looked at in time, also before the session that begins anew', () => {
    const calendar = {
      ...defaultCalendar,
      sessions: { cab: { every: 'tue', at: '14:00', except: [] } },
    } as const;
    const timing = { session: 'cab', deadline: '48h', remind: [], escalate: [{ at: '75%', to: sre }] };
    const one = releaseWorld({
      plan: manifest([activity('signoff', { timing })]),
      configuration: { calendar },
    });
    passing(30 * hour, one).revise(manifest([activity('signoff', { timing, ...renamed })]));
    expect(one.decision().lookAgainAt).toBe('2026-11-26T02:00:00Z');
    one.now = Date.parse('2026-11-26T02:00:00Z');
    expect(one.step().kinds()).toContain('activity-escalated');
  });
});

describe('whom an escalation let vote (design 3.3, T12)', () => {
  const staying = (one: ReleaseWorld, found: ReleaseWorld['facts']['resolutions'][string]): ReleaseWorld =>
    one.change({ resolutions: { ...one.facts.resolutions, 'team:sre': found } });
  const escalated = (): ReleaseWorld => passing(20 * hour, begun(grant));

  it.each([['/approve'], ['/reject no'], ['/abort no'], ['/defer until 2026-12-01 later']])(
    'says nothing with weight after they have left: %s',
    (word) => {
      const one = staying(escalated(), team(13, 'rosa')).says('sam', word);
      expect([one.status(), one.releaseStatus()]).toEqual(['waiting', 'on-hold']);
      expect(one.thread().body).not.toMatch(/sam would be/);
      expect(one.says('rosa', '/approve').status()).toBe('approved');
    },
  );

  it('waits while nobody knows whether they have, and holds up nothing they edit once they have', () => {
    const one = staying(escalated(), { kind: 'unknown', why: 'timeout' }).says('sam', '/approve');
    expect([one.status(), one.decision().unsure]).toEqual(['blocked', true]);
    expect(staying(one, team(13, 'sam')).status()).toBe('approved');
    const other = staying(escalated(), { kind: 'missing' }).says('sam', 'hm').edits('sam', 'Hm.');
    expect(other.says('grace', '/approve').status()).toBe('approved');
  });

  it('is nobody whom the rule leaves out by now', () => {
    const except = [{ kind: 'team', name: 'new' }] as const;
    const rule = {
      from: [{ kind: 'team', name: 'qa' }],
      require: { kind: 'count', count: 1 },
      except,
    } as const;
    const one = releaseWorld({
      plan: planned([grant], { approvers: [rule] }),
      resolutions: { 'team:new': team(16) },
    });
    passing(21 * hour, one).change({
      resolutions: { ...one.facts.resolutions, 'team:new': team(16, 'sam') },
    });
    expect(one.says('sam', '/approve').status()).toBe('waiting');
    expect(one.says('rosa', '/approve').status()).toBe('approved');
  });
});

describe('S-102: reminders', () => {
  const reminding = (): ReleaseWorld =>
    releaseWorld({
      plan: manifest([
        activity('signoff', { timing: { deadline: '24h', remind: ['2h before', '50%'], escalate: [] } }),
      ]),
    });

  it('come one after the other, in whatever order they are written', () => {
    const one = passing(10 * hour, passing(12.5 * hour, reminding()));
    expect(one.kinds().filter((kind) => kind === 'reminder-due')).toHaveLength(2);
  });

  it('call nobody who has left', () => {
    const one = reminding();
    const first = /(\w+) would be enough/.exec(one.thread().body)?.[1];
    const rest = ['grace', 'linus', 'olga'].filter((login) => login !== first);
    one.change({ resolutions: { ...one.facts.resolutions, 'team:qa': team(11, ...rest) } });
    expect(passing(13 * hour, one).answers()[0]).toMatch(/^@acme\/qa: /);
  });
});

describe('S-087, T12: a rung whose name means nobody (decision 0057)', () => {
  it('is said, and the next rung lets others vote all the same', () => {
    const one = passing(5 * hour, world());
    expect(one.decision().hindrances.get('signoff')).toBe('team:gone does not exist or may not be seen.');
    expect(one.says('max', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('lets others vote from their time on, whenever anybody looks', () => {
    const one = world();
    one.now += 5 * hour;
    expect(one.says('max', '/approve').status()).toBe('approved');
  });

  it('is said of its own activity only', () => {
    const unstaffed = activity('board', {
      approvers: [{ from: [{ kind: 'role', name: 'nobody' }], require: { kind: 'count', count: 1 } }],
    });
    expect([...passing(3 * hour, world(unstaffed)).decision().hindrances]).toEqual([
      ['board', 'role:nobody does not exist or may not be seen.'],
      ['signoff', 'team:gone does not exist or may not be seen.'],
    ]);
  });

  it('is done once its name means somebody, also after a later one', () => {
    const one = means(passing(5 * hour, world()), team(16, 'tess'));
    one.step();
    expect(one.decision().hindrances).toEqual(new Map());
    expect(one.says('tess', '/approve').status()).toBe('approved');
    expect(replay(recorded(one))).toEqual([]);
  });

  it('keeps those whom the next one lets vote from waiting, while nobody knows whom it lets vote', () => {
    const one = means(world(), { kind: 'unknown', why: 'timeout' });
    one.now += 5 * hour;
    expect(one.says('max', '/approve').status()).toBe('approved');
    const other = means(world(), { kind: 'unknown', why: 'timeout' });
    other.now += 5 * hour;
    expect(other.says('tess', '/approve').status()).toBe('blocked');
    expect(means(other, team(16, 'tess')).learns().status()).toBe('approved');
  });
});
