import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/configuration/configuration.ts';
import {
  type Activity,
  activitiesOf,
  type Manifest,
  type Timing,
} from '../../../src/core/manifest/manifest.ts';
import { supposedLines } from '../../../src/core/messages/explain-words.ts';
import {
  type Impossible,
  type Supposed,
  supposeRevision,
  supposeTime,
  supposeVote,
  supposing,
  wouldBegin,
} from '../../../src/core/release/as-if.ts';
import { explain } from '../../../src/core/release/explain.ts';
import type { OpenRelease } from '../../../src/core/release/state.ts';
import { activityStatus, releaseStatus, statusesOf } from '../../../src/core/release/status.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
} from '../../support/release-world.ts';

const now = '2026-11-23T10:00:00Z';
const none = new Map<string, string>();
const user = (name: string) => ({ kind: 'user', name }) as const;
const qa = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 1 } } as const;
const product = { ...qa, from: [{ kind: 'team', name: 'product' }] } as const;
const timed = (timing: Partial<Timing>, more: Partial<Activity> = {}): Activity =>
  activity('signoff', { ...more, timing: { remind: [], escalate: [], ...timing } });

const from = (world: ReleaseWorld): Supposed => supposing(world.opened(), now);
const says = (login: string, choice: 'approve' | 'reject' | 'withdraw', on = 'signoff') => ({
  login,
  choice,
  activity: on,
});
const possible = (one: Supposed | Impossible): Supposed => {
  if ('kind' in one) throw new Error(JSON.stringify(one));
  return one;
};
const kinds = ({ happened }: Supposed) => happened.map(({ kind }) => kind);
const status = ({ state }: Supposed, id = 'signoff') => activityStatus(state, id, none);
const revised = ({ state }: Supposed, plan: Manifest) => ({ ...state.revision, plan });

describe('G-39: as if somebody voted', () => {
  it('decides as the core does, and leaves the state as it was', () => {
    const world = releaseWorld();
    const before = JSON.stringify(world.state);
    const supposed = possible(supposeVote(from(world), says('GRACE', 'approve')));
    expect(kinds(supposed)).toEqual(['vote-cast', 'activity-approved', 'release-succeeded']);
    expect(releaseStatus(supposed.state, statusesOf(supposed.state, none))).toBe('succeeded');
    expect(JSON.stringify(world.state)).toBe(before);
    expect(status(possible(supposeVote(from(world), says('olga', 'reject'))))).toBe('rejected');
  });

  it('takes a vote back, and replaces one', () => {
    const plan = manifest([
      activity('signoff', { approvers: [{ ...qa, require: { kind: 'count', count: 2 } }] }),
    ]);
    const voted = from(releaseWorld({ plan }).says('grace', '/approve'));
    const back = possible(supposeVote(voted, says('grace', 'withdraw')));
    expect(back.state.attempts['signoff']?.[0]?.votes).toEqual([]);
    expect(status(possible(supposeVote(voted, says('grace', 'reject'))))).toBe('rejected');
    expect(status(possible(supposeVote(voted, says('linus', 'approve'))))).toBe('approved');
  });

  it('says what would begin then, whose people nobody knows yet', () => {
    const world = releaseWorld({
      plan: manifest([activity('signoff'), activity('ship', { needs: ['signoff'] })]),
    });
    const supposed = possible(supposeVote(from(world), says('grace', 'approve')));
    expect(wouldBegin(supposed)).toEqual(['ship']);
    expect(wouldBegin(from(world))).toEqual([]);
  });

  it('counts people whom an escalation let vote, and nobody out of turn', () => {
    const ordered = manifest([activity('signoff', { approvers: [qa, product], order: 'sequential' })]);
    const world = from(releaseWorld({ plan: ordered }));
    expect(supposeVote(world, says('pat', 'approve'))).toEqual({
      kind: 'not-your-turn',
      login: 'pat',
      activity: 'signoff',
    });
    const first = possible(supposeVote(world, says('grace', 'approve')));
    expect(status(possible(supposeVote(first, says('pat', 'approve'))))).toBe('approved');
  });

  it.each([
    [says('grace', 'approve', 'constructor'), { kind: 'no-such-activity', activity: 'constructor' }],
    [says('grace', 'approve', 'ship'), { kind: 'not-waiting', activity: 'ship' }],
    [
      says('Ada', 'approve'),
      { kind: 'not-eligible', login: 'Ada', activity: 'signoff', why: { kind: 'author' } },
    ],
    [says('eve', 'approve'), { kind: 'not-eligible', login: 'eve', activity: 'signoff' }],
  ])('refuses %j', (vote, why) => {
    const plan = manifest([activity('signoff'), activity('ship', { needs: ['signoff'] })]);
    expect(supposeVote(from(releaseWorld({ plan })), vote)).toEqual(why);
  });
});

describe('G-39: as if time passed', () => {
  it('lets everything happen when it is due', () => {
    const plan = manifest([timed({ deadline: '24h', remind: ['50%', '75%'] })]);
    const supposed = possible(supposeTime(from(releaseWorld({ plan })), '2026-12-01T00:00:00Z'));
    expect(supposed.happened.map(({ at, kind }) => [at, kind])).toEqual([
      ['2026-11-23T21:00:00Z', 'reminder-due'],
      ['2026-11-24T03:00:00Z', 'reminder-due'],
      ['2026-11-24T09:00:30Z', 'activity-expired'],
    ]);
    expect([supposed.at, status(supposed)]).toEqual(['2026-12-01T00:00:00Z', 'expired']);
  });

  it('escalates when its time comes, and lets in whom the record tells (S-087)', () => {
    const to = [{ kind: 'role', name: 'release-manager' }] as const;
    const roles = [{ id: 'release-manager', members: [user('mona')] }];
    const resolutions = { 'user:mona': { kind: 'user', ...person('mona') } } as const;
    const world = (more: Partial<Activity>, timing: Partial<Timing>): Supposed => {
      // She is asked elsewhere, so that the record knows her.
      const other = activity('other', { approvers: [{ ...qa, from: [user('mona')] }] });
      const plan = manifest([other, timed({ deadline: '24h', ...timing }, more)]);
      return from(releaseWorld({ plan, roles, resolutions }));
    };
    const at = (one: Supposed) => possible(supposeTime(one, '2026-11-23T20:00:00Z'));
    const granting = { escalate: [{ at: '2h', to, grant: true }] } as const;
    const granted = at(world({}, granting));
    expect(granted.happened.map(({ at, kind }) => [at, kind])).toEqual([
      ['2026-11-23T11:00:00Z', 'activity-escalated'],
    ]);
    expect(granted.untold).toEqual([]);
    expect(status(possible(supposeVote(granted, says('mona', 'approve'))))).toBe('approved');
    const told = at(world({}, { escalate: [{ at: '2h', to }] }));
    expect([kinds(told), told.untold]).toEqual([['activity-escalated'], []]);
    // Whoever is left out may be among them.
    const apart = at(world({ exclude: [{ kind: 'team', name: 'product' }] }, granting));
    expect(apart.untold).toEqual([{ activity: 'signoff', to }]);
    const strangers = [{ kind: 'team', name: 'sre' }] as const;
    const blind = at(world({}, { escalate: [{ at: '2h', to: strangers, grant: true }] }));
    expect(blind.untold).toEqual([{ activity: 'signoff', to: strangers }]);
    expect(blind.happened[0]?.body).toMatchObject({ granted: [], rung: 0 });
    expect(supposedLines(blind).join('\n')).toContain(
      'team sre may vote on signoff from then on; who that is the record does not tell.',
    );
  });

  it('comes after what was voted', () => {
    const plan = manifest([timed({ openFor: '72h' })]);
    const voted = possible(supposeVote(from(releaseWorld({ plan })), says('grace', 'approve')));
    expect(status(voted)).toBe('waiting');
    expect(kinds(possible(supposeTime(voted, '2026-11-27T00:00:00Z')))).toEqual([
      'vote-cast',
      'voting-closed',
      'activity-approved',
      'release-succeeded',
    ]);
  });

  it('opens what a freeze held when that is over, where somebody says what is frozen (design 3.9)', () => {
    const freezes = [
      {
        name: 'Y',
        from: '2026-11-23T08:00:00Z',
        until: '2026-11-23T12:00:00Z',
        environments: ['production'],
      },
    ];
    const plan = manifest([activity('deploy', { approvers: [], environment: 'production' })]);
    const world = from(releaseWorld({ plan, configuration: { freezes } }));
    const later = '2026-11-23T13:00:00Z';
    expect(kinds(possible(supposeTime(world, later)))).toEqual([]);
    const opened = possible(supposeTime(world, later, { freezes, windows: [] }));
    expect(opened.happened.map(({ at, kind }) => [at, kind])).toEqual([
      ['2026-11-23T12:00:00Z', 'environment-opened'],
    ]);
  });

  it('never goes back', () => {
    expect(supposeTime(from(releaseWorld()), '2026-11-23T09:59:59Z')).toEqual({ kind: 'past', at: now });
    expect(kinds(possible(supposeTime(from(releaseWorld()), now)))).toEqual([]);
  });
});

describe('G-39, T2: as if the manifest said something else', () => {
  it('ends the votes whose scope would change, and shows why', () => {
    const two = manifest([
      activity('signoff', { approvers: [{ ...qa, require: { kind: 'count', count: 2 } }] }),
    ]);
    const voted = from(releaseWorld({ plan: two }).says('grace', '/approve'));
    const supposed = supposeRevision(voted, revised(voted, manifest([activity('signoff')])));
    expect(kinds(supposed)).toEqual(['manifest-revised', 'scope-changed']);
    expect(supposed.happened[1]?.body).toMatchObject({
      lapsed: [person('grace')],
      differences: [{ path: 'approvers' }],
    });
    expect(supposed.unknown.size).toBe(0);
    expect(status(possible(supposeVote(supposed, says('grace', 'approve'))))).toBe('approved');
  });

  it('ends nothing where the scope stays', () => {
    const world = from(releaseWorld().says('grace', '/help'));
    const plan = manifest([timed({ deadline: '24h' })]);
    expect(kinds(supposeRevision(world, revised(world, plan)))).toEqual(['manifest-revised']);
  });

  it('decides nothing about people whom the record does not tell', () => {
    const world = from(releaseWorld());
    const plan = manifest([activity('signoff', { approvers: [qa, { ...qa, from: [user('eve')] }] })]);
    const supposed = supposeRevision(world, revised(world, plan));
    expect([...supposed.unknown]).toEqual(['signoff']);
    const [only] = activitiesOf(supposed.state.revision.plan) as [Activity];
    expect(explain(supposed.state, only, now, supposed).attempt?.verdict).toMatchObject({
      status: 'blocked',
      blockage: { kind: 'unknown' },
    });
  });

  it('knows nobody of a role that means others, nor where others are left out', () => {
    const managers = { from: [{ kind: 'role', name: 'release-manager' }], require: qa.require } as const;
    const role = (name: string) => ({
      id: 'release-manager',
      members: [{ kind: 'user' as const, name }],
    });
    const other = { id: 'other', members: [user('olga')] };
    const plan = manifest([activity('signoff', { approvers: [managers] })]);
    const resolutions = { 'user:mona': { kind: 'user', ...person('mona') } } as const;
    const world = from(releaseWorld({ plan, resolutions, roles: [role('mona'), other] }));
    const under = (roles: readonly Role[], more: Partial<Activity> = {}) =>
      supposeRevision(world, {
        ...revised(world, manifest([activity('signoff', { approvers: [managers], ...more })])),
        roles,
      });
    expect([...under([role('grace')]).unknown]).toEqual(['signoff']);
    const told = explain(under([role('grace')]).state, activity('signoff'), now, under([role('grace')]));
    expect(told.attempt?.verdict).toMatchObject({ blockage: { kind: 'unknown' } });
    expect([...under([role('mona')], { exclude: [user('mona')] }).unknown]).toEqual(['signoff']);
    const same = under([role('mona'), { ...other, members: [] }], { title: 'Another' });
    expect([...same.unknown]).toEqual([]);
    expect(same.state.attempts['signoff']?.[0]?.roster.map((one) => one.person.login)).toEqual(['mona']);
  });

  it('keeps people at the rule that asks them, wherever it stands', () => {
    const plan = manifest([activity('signoff', { approvers: [product, qa] })]);
    const world = from(releaseWorld({ plan }));
    const supposed = supposeRevision(world, revised(world, manifest([activity('signoff')])));
    expect(supposed.state.attempts['signoff']?.[0]?.roster.map((one) => one.person.login).sort()).toEqual(
      ['grace', 'linus', 'olga'].sort(),
    );
  });

  it('supersedes what was decided, aborts what is gone, and begins what is new', () => {
    const plan = manifest([activity('signoff'), activity('gone')]);
    const world = from(releaseWorld({ plan }).says('grace', '/reject no'));
    const other = manifest([activity('signoff', { title: 'Another' }), activity('fresh')]);
    const supposed = supposeRevision(world, revised(world, other));
    expect(kinds(supposed)).toEqual(['manifest-revised', 'attempt-superseded', 'activity-aborted']);
    expect(wouldBegin(supposed)).toEqual(['signoff', 'fresh']);
  });

  it('does not resolve another target, but shows it', () => {
    const world = from(releaseWorld());
    const target = (one: Manifest['target']): OpenRelease['target'] =>
      supposeRevision(world, revised(world, manifest([activity('signoff')], { target: one }))).state.target;
    expect(target({ kind: 'ref', ref: 'v1' }).commit).toBe(commit('b'));
    expect(target({ kind: 'ref', ref: 'v2' }).commit).toBe('the commit of v2');
    expect(target({ kind: 'sha', sha: commit('e') }).commit).toBe(commit('e'));
    expect(target({ kind: 'ref', ref: 'v1', since: 'v0' })).toMatchObject({ since: 'the commit of v0' });
  });

  it('asks for an activity that was not there before as for one that another attempt left', () => {
    const world = releaseWorld().revise(manifest([activity('other')]));
    const one = from(world);
    const supposed = supposeRevision(one, revised(one, manifest([activity('signoff')])));
    expect(kinds(supposed)).toEqual(['manifest-revised', 'activity-aborted']);
    expect(wouldBegin(supposed)).toEqual(['signoff']);
  });
});
