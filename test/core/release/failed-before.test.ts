import { describe, expect, it } from 'vitest';
import type { Timing } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { defaultCalendar } from '../../../src/core/time/calendar.ts';
import {
  activity,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const custodians = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;
const two = {
  approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
} as const;

const world = (timing?: Partial<Timing>, more: Parameters<typeof activity>[1] = {}): ReleaseWorld =>
  releaseWorld({
    configuration: { custodians },
    plan: manifest([
      activity('signoff', { ...more, ...(timing && { timing: { remind: [], escalate: [], ...timing } }) }),
    ]),
  });

const attempts = (one: ReleaseWorld): number => {
  expect(replay(recorded(one))).toEqual([]);
  return one.opened().attempts['signoff']?.length ?? 0;
};

describe('T3, decision 0006: nobody overrules what has not failed yet', () => {
  it('whether all was heard at once or one after the other', () => {
    const late = world(undefined, two)
      .says('grace', '/approve', { unattested: true })
      .says('sam', '/retry in advance')
      .says('linus', '/reject no')
      .learns();
    expect([late.status(), attempts(late)]).toEqual(['rejected', 1]);
    expect(late.answers().filter((body) => body.includes('nothing has failed here'))).toHaveLength(1);
    expect(attempts(late.says('sam', '/retry now it has'))).toBe(2);
  });

  it.each([
    ['retry', 'ignore', 'blocked', 2],
    ['ignore', 'retry', 'ignored', 1],
  ])('the first word of custodians that is enough holds: /%s, and then /%s', (first, then, status, count) => {
    for (const away of [false, true]) {
      const one = world()
        .says('grace', '/reject no', { unattested: away })
        .says('sam', `/${first} the finding was wrong`)
        .says('rosa', `/${then} we go on`)
        .learns();
      expect([attempts(one), one.status()]).toEqual([count, status]);
      expect(one.kinds().filter((kind) => kind === 'overrule-cast')).toHaveLength(1);
    }
  });

  it('nor does what was said before the rejection overrule it because its answer got lost', () => {
    const one = world().says('sam', '/retry in advance', { unread: true });
    const { threads } = one.facts;
    const [[number, thread] = []] = [...threads].filter(([, { comments }]) => comments.length > 1);
    if (number === undefined || thread === undefined) throw new Error('nobody was answered');
    const [asked] = thread.comments;
    if (asked === undefined) throw new Error('nobody spoke');
    const forgotten = { ...thread, comments: [{ ...asked, reactions: [] }] };
    one.facts = { ...one.facts, threads: new Map(threads).set(number, forgotten) };
    // The pass that hears the rejection hears the old words once more, and answers them as before.
    one.says('linus', '/reject no');
    expect([one.status(), attempts(one)]).toEqual(['rejected', 1]);
    expect(one.answers().join()).toContain('nothing has failed here');
  });

  it('an attempt expires half a minute after its deadline', () => {
    const one = world({ deadline: '24h' });
    one.now += 24 * hour + 10_000;
    one.says('sam', '/retry too soon');
    one.now += hour;
    one.step();
    expect([one.status(), attempts(one)]).toEqual(['expired', 1]);
    expect(attempts(one.says('sam', '/retry in time'))).toBe(2);
  });

  it('votes are added up when the voting time is over, and a session or a deferral comes first', () => {
    const split = world({ openFor: '24h' }, { reject: { kind: 'outweighed' } });
    split.says('grace', '/approve').says('linus', '/reject no').says('sam', '/retry in advance');
    split.now += 25 * hour;
    split.step();
    expect([split.status(), attempts(split)]).toEqual(['rejected', 1]);
    expect(attempts(split.says('sam', '/retry x'))).toBe(2);
    const put = world().says('grace', '/defer until 2026-11-24T09:00:00Z later').says('linus', '/reject no');
    put.says('sam', '/retry in advance');
    put.now += 25 * hour;
    put.step();
    expect([put.status(), attempts(put)]).toEqual(['rejected', 1]);
    expect(attempts(put.says('sam', '/retry x'))).toBe(2);
  });
});

describe('an attempt that expired before its session came (T3, decision 0055)', () => {
  const calendar = {
    ...defaultCalendar,
    zone: 'UTC',
    sessions: { cab: { every: 'tue', at: '14:00', except: [] } },
  } as const;
  const timing = { session: 'cab', deadline: '2h', remind: [], escalate: [] };
  const plan = (title: string) => manifest([activity('signoff', { title, timing })]);
  /** An hour after the board has met. */
  const inSession = (): ReleaseWorld => {
    const one = releaseWorld({ plan: plan('One'), configuration: { custodians, calendar } });
    one.now = Date.parse('2026-11-24T15:00:00Z');
    return one;
  };

  it('has failed by then, and custodians have people asked again', () => {
    const one = inSession();
    one.step();
    // The session begins anew, a week later; the deadline stays.
    one.revise(plan('Two'));
    one.now += 2 * hour;
    expect([one.step().status(), attempts(one)]).toEqual(['expired', 1]);
    expect(attempts(one.says('sam', '/retry the revision came too late'))).toBe(2);
  });

  it('has not failed before its session where that has opened', () => {
    const one = inSession();
    one.step().says('grace', '/reject no');
    expect([one.status(), attempts(one)]).toEqual(['rejected', 1]);
    expect(attempts(one.says('sam', '/retry the finding was wrong'))).toBe(2);
  });
});
