import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Floor } from '../../../src/core/configuration/floor.ts';
import type { EndedDeployment } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt, standingOpening } from '../../../src/core/release/state.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  type WorldOptions,
} from '../../support/release-world.ts';

const opener = (id: string, environment: string, more = {}) =>
  activity(id, { approvers: [], phase: 'production', environment, ...more });
const plan = manifest([activity('signoff'), opener('deploy', 'Production')]);
const environment = 'countersign/environment/production';
const freeze = {
  name: 'Year end',
  from: '2026-11-23T08:00:00Z',
  until: '2026-11-23T12:00:00Z',
  environments: ['PRODUCTION'],
};

const floor: Floor = {
  source: { path: '.github/countersign.yml', line: 1 },
  for: { kind: 'environment', name: 'production' },
  activities: ['signoff'],
  approvers: {},
  exclude: [],
  inputs: {},
  profile: [],
  lines: {},
};

const world = (options: WorldOptions = {}): ReleaseWorld => releaseWorld({ plan, ...options });
const approved = (options: WorldOptions = {}): ReleaseWorld =>
  world(options).says('grace', '/approve', {}, 'signoff');
const later = (now: ReleaseWorld, time: string): ReleaseWorld => {
  now.now = Date.parse(time);
  return now.step();
};
const isOpen = (now: ReleaseWorld, id = 'deploy'): boolean => {
  const attempt = latestAttempt(now.opened(), id);
  return attempt !== undefined && standingOpening(attempt) !== undefined;
};
const holds = (now: ReleaseWorld): string | undefined => now.decision().hindrances.get('deploy');
const deployed = (now: ReleaseWorld, more: Partial<EndedDeployment> = {}): ReleaseWorld => {
  const ended = new Date(now.now + 1000).toISOString();
  const one: EndedDeployment = { id: 1, environment: 'production', state: 'success', ended, ...more };
  return now.change({ deployments: { kind: 'known', value: [one] } });
};
const settings = (more: object) => ({ configuration: { ...defaultConfiguration, ...more } });

describe('an activity that opens an environment (T5)', () => {
  it('has its turn when what it needs is approved, asks nobody, and ends when the target is deployed', () => {
    const now = world();
    expect([now.status('deploy'), now.check(environment)?.conclusion]).toEqual([
      'pending',
      'action_required',
    ]);
    now.says('grace', '/approve', {}, 'signoff');
    expect(now.status('deploy')).toBe('running');
    expect(now.check(environment)).toMatchObject({ conclusion: 'success', title: 'Open' });
    expect(now.writes.filter(({ kind }) => kind === 'create-issue')).toHaveLength(2);
    expect(now.thread('').body).toContain('🚀 deploy: Running. Open for bbbbbbb since ');
    deployed(now);
    expect([now.status('deploy'), now.releaseStatus()]).toEqual(['succeeded', 'succeeded']);
    expect(now.check(environment)).toMatchObject({ conclusion: 'cancelled', title: 'Ended' });
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('freezes and windows (design 3.9)', () => {
  const frozen = settings({ freezes: [freeze] });
  const weekly = {
    days: ['mon'],
    from: '13:00',
    until: '14:00',
    zone: 'UTC',
    environments: ['production'],
  };

  it('hold what is approved, and let it go by themselves', () => {
    const now = approved(frozen);
    expect([now.status('deploy'), isOpen(now)]).toEqual(['held', false]);
    expect(holds(now)).toBe('Held by the freeze "Year end" until 2026-11-23T12:00:00Z.');
    expect(now.check(environment)?.conclusion).toBe('action_required');
    expect(now.decision().lookAgainAt).toBe('2026-11-23T12:00:00Z');
    expect(isOpen(later(now, '2026-11-23T12:00:00Z'))).toBe(true);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('shut what is open, and it opens again afterwards', () => {
    const now = approved(settings({ windows: [weekly] }));
    expect(holds(now)).toBe('Held until the next change window.');
    expect(isOpen(later(now, '2026-11-23T13:00:00Z'))).toBe(true);
    expect(now.decision().lookAgainAt).toBe('2026-11-23T14:00:00Z');
    expect(isOpen(later(now, '2026-11-23T14:00:00Z'))).toBe(false);
    expect(now.check(environment)?.conclusion).toBe('action_required');
    expect(now.decision().lookAgainAt).toBe('2026-11-30T13:00:00Z');
    expect(isOpen(later(now, '2026-11-30T13:00:00Z'))).toBe(true);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('open nothing by themselves once somebody else wrote to the record (T8)', () => {
    const now = approved(frozen);
    const paths = ['releases/r1/RECORD.md'];
    now.change({ foreign: [{ commit: 'f'.repeat(40), author: 'eve', paths }] });
    later(now, '2026-11-23T12:00:00Z');
    expect([isOpen(now), now.check(environment)?.conclusion]).toEqual([false, 'failure']);
    expect(now.decision().lookAgainAt).toBeUndefined();
    expect(replay(recorded(now))).toEqual([]);
  });

  it('of other environments hold nothing', () => {
    const staging = { ...freeze, environments: ['staging'] };
    expect(
      isOpen(approved(settings({ freezes: [staging], windows: [{ ...weekly, environments: ['x'] }] }))),
    ).toBe(true);
  });

  it('that nobody can read, and a clock that nobody can trust, open nothing (T20)', () => {
    const unread = world().change({ configuration: { kind: 'unknown', why: 'it is broken' } });
    unread.says('grace', '/approve', {}, 'signoff');
    expect([isOpen(unread), unread.status('deploy')]).toEqual([false, 'held']);
    expect(holds(unread)).toContain('the configuration cannot be read');
    const untimely = world().change({ timely: false }).says('grace', '/approve', {}, 'signoff');
    expect([isOpen(untimely), untimely.decision().unsure]).toEqual([false, true]);
    expect(isOpen(untimely.change({ timely: true }))).toBe(true);
    // And what is open stays so while nobody knows.
    expect(isOpen(untimely.change({ timely: false }))).toBe(true);
  });
});

describe('valid-for', () => {
  const brief = manifest([activity('signoff'), opener('deploy', 'production', { validFor: '2h' })]);

  it('ends an opening in which nothing was deployed, and its owner tries again', () => {
    const owner = { kind: 'user', name: 'mona' } as const;
    const resolutions = { 'user:mona': { kind: 'user' as const, ...person('mona') } };
    const now = approved({ plan: { ...brief, owner }, resolutions });
    expect(now.decision().lookAgainAt).toBe('2026-11-23T11:00:01Z');
    later(now, '2026-11-23T11:00:01Z');
    expect([now.status('deploy'), isOpen(now), now.releaseStatus()]).toEqual(['failed', false, 'failed']);
    expect(now.check(environment)?.conclusion).toBe('action_required');
    now.says('grace', '/retry deploy', {}, '');
    expect(now.answers('').at(-1)).toContain('only owners of the release or the phase');
    now.says('mona', '/retry the network is back', {}, '');
    expect([now.status('deploy'), isOpen(now)]).toEqual(['running', true]);
    expect(latestAttempt(now.opened(), 'deploy')?.attempt).toBe(2);
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('T1: what floors demand before an environment opens', () => {
  const options = (more: object = {}): WorldOptions => {
    const activities = [activity('signoff', more), opener('deploy', 'production')];
    return { plan: manifest(activities), ...settings({ floors: [floor] }) };
  };

  it('is approved by people', () => {
    expect(isOpen(approved(options()))).toBe(true);
  });

  it('is not what approves by itself, and is not what a failure lets pass', () => {
    const timing = { remind: [], escalate: [], autoApprove: { at: '1h', comment: 'Standard change' } };
    const plan = manifest([activity('signoff', { timing }), opener('deploy', 'production')]);
    const now = later(world({ plan }), '2026-11-23T10:00:05Z');
    expect([now.status('signoff'), isOpen(now)]).toEqual(['approved', true]);
    // What was approved before the floor came is not enough for it.
    now.change({ configuration: { kind: 'known', value: settings({ floors: [floor] }).configuration } });
    expect([isOpen(now), now.check(environment)?.conclusion]).toEqual([false, 'action_required']);
    expect(now.decision().hindrances.get('')).toContain('auto-approve lets it pass');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is no rejection that nobody has settled, wherever in the release it was', () => {
    const others = [
      activity('signoff'),
      activity('legal', { phase: 'paper' }),
      opener('deploy', 'production'),
    ];
    const phases = manifest(others).phases.map((phase) =>
      phase.id === 'paper' ? { ...phase, needs: [] } : phase,
    );
    const free = phases.map((phase) => (phase.id === 'production' ? { ...phase, needs: ['verify'] } : phase));
    const now = approved({ plan: manifest(others, { phases: free }) });
    expect(isOpen(now)).toBe(true);
    now.says('grace', '/reject not like this', {}, 'legal');
    expect([isOpen(now), now.check(environment)?.conclusion]).toEqual([false, 'failure']);
    expect(holds(now)).toBe('Held because legal was rejected, until that is settled.');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is left to the manifest where no floor asks: it may go on without', () => {
    const plan = manifest([
      activity('signoff', { onFailure: { kind: 'continue' } }),
      opener('deploy', 'production'),
    ]);
    expect(isOpen(world({ plan }).says('grace', '/reject no', {}, 'signoff'))).toBe(true);
  });

  it.each([
    ['a floor asks for', options()],
    ['only the manifest asks for', { plan: manifest([activity('signoff'), opener('deploy', 'production')]) }],
  ])('ends with a change of what was approved, which %s', (_, asked) => {
    const now = approved(asked);
    const changed = manifest([
      activity('signoff', { instructions: 'Look again.' }),
      opener('deploy', 'production'),
    ]);
    now.revise(changed);
    expect([now.status('signoff'), now.status('deploy'), isOpen(now)]).toEqual(['waiting', 'held', false]);
    expect(now.check(environment)?.conclusion).toBe('action_required');
    now.says('grace', '/approve', {}, 'signoff');
    expect(isOpen(now)).toBe(true);
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('what GitHub tells of deployments', () => {
  it('ends the opening: a failed one is a failure', () => {
    const now = deployed(approved(), { state: 'failure' });
    expect([now.status('deploy'), isOpen(now)]).toEqual(['failed', false]);
    expect(now.thread('').body).toContain(': the deployment failed.');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('counts if it ended since, for this environment', () => {
    const early = new Date(Date.parse('2026-11-23T08:59:00Z')).toISOString();
    for (const other of [{ ended: early }, { environment: 'staging' }])
      expect(deployed(approved(), other).status('deploy')).toBe('running');
  });

  it('is missed where nobody may read deployments, and the issue of the release says so', () => {
    const unknown = { kind: 'unknown', why: 'the App may not read deployments' } as const;
    const now = approved().change({ deployments: unknown });
    expect([now.status('deploy'), isOpen(now)]).toEqual(['running', true]);
    expect(now.thread('').body).toContain('whether anything was deployed is not known: the App may not read');
    expect(world().change({ deployments: unknown }).thread('').body).not.toContain('deployed is not known');
  });

  it('is nothing while the environment is shut', () => {
    expect(deployed(approved(settings({ freezes: [freeze] }))).status('deploy')).toBe('held');
  });
});

describe('an emergency override (design 3.9, T3)', () => {
  const rule = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 2 } } as const;
  const frozen = settings({ freezes: [freeze], custodians: rule });

  it('is for as many custodians as it takes; a review follows', () => {
    const now = approved(frozen).says('sam', '/override deploy', {}, '');
    expect(now.answers('').at(-1)).toContain(
      '`/override` was not obeyed: please write it again with the reason',
    );
    now.says('sam', '/override a customer is down', {}, '');
    expect([now.status('deploy'), isOpen(now)]).toEqual(['held', false]);
    now.says('rosa', '/override deploy a customer is down', {}, '');
    expect([now.status('deploy'), isOpen(now)]).toEqual(['running', true]);
    expect(now.check(environment)?.conclusion).toBe('success');
    now.says('rosa', '/override deploy again', {}, '');
    expect(now.answers('').at(-1)).toContain('that could still be lifted');
    deployed(now);
    expect([now.status('deploy-follow-up'), now.releaseStatus()]).toEqual(['waiting', 'on-hold']);
    for (const login of ['sam', 'rosa']) now.says(login, '/approve', {}, 'deploy-follow-up');
    expect(now.releaseStatus()).toBe('succeeded');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is not for anybody else, and lifts no approval', () => {
    const now = approved(frozen).says('grace', '/override deploy please', {}, '');
    expect(now.answers('').at(-1)).toContain('only the custodians');
    const early = world({ configuration: { ...frozen.configuration, floors: [floor] } });
    for (const login of ['sam', 'rosa']) early.says(login, '/override deploy now', {}, '');
    expect(isOpen(early)).toBe(false);
    expect(early.answers('').at(-1)).toContain('no environment waits here');
  });

  it('lifts no approval that lapses later, and no rejection', () => {
    const both = [activity('signoff'), activity('legal'), opener('deploy', 'Production')];
    const lifted = () => {
      const now = world({ ...frozen, plan: manifest(both) }).says('grace', '/approve', {}, 'signoff');
      now.says('grace', '/approve', {}, 'legal');
      for (const login of ['sam', 'rosa']) now.says(login, '/override deploy a customer is down', {}, '');
      expect(isOpen(now)).toBe(true);
      return now;
    };
    const asked = (more: object) => [activity('signoff', more), ...both.slice(1)];
    const lapsed = lifted().revise(manifest(asked({ instructions: 'Look again.' })));
    expect([lapsed.status('signoff'), isOpen(lapsed)]).toEqual(['waiting', false]);
    lapsed.says('grace', '/reject not like this', {}, 'signoff');
    expect([isOpen(lapsed), lapsed.check(environment)?.conclusion]).toEqual([false, 'failure']);
    lapsed.revise(manifest(asked({ instructions: 'And again.' }))).says('grace', '/approve', {}, 'signoff');
    expect(isOpen(lapsed)).toBe(true);
    expect(replay(recorded(lapsed))).toEqual([]);
  });

  it('comes too late for what was deployed meanwhile', () => {
    const now = approved(settings({ custodians: { ...rule, require: { kind: 'count', count: 1 } } }));
    const ended = new Date(now.now + 1000).toISOString();
    const one: EndedDeployment = { id: 1, environment: 'production', state: 'success', ended };
    now.facts = { ...now.facts, deployments: { kind: 'known', value: [one] } };
    now.says('sam', '/override deploy a customer is down', {}, '');
    expect([now.status('deploy'), now.kinds().includes('holds-lifted')]).toEqual(['succeeded', false]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('is reviewed whatever becomes of the manifest', () => {
    const now = approved(frozen);
    for (const login of ['sam', 'rosa']) now.says(login, '/override deploy a customer is down', {}, '');
    now.revise(manifest([activity('signoff'), activity('deploy-follow-up')]));
    expect(now.thread('').body).toContain('deploy-follow-up is the review of an override');
    expect(now.opened().revision.manifest).toBe(approved(frozen).opened().revision.manifest);
    const again = approved(frozen);
    for (const login of ['sam', 'rosa']) again.says(login, '/override deploy a customer is down', {}, '');
    again.revise(manifest([activity('signoff')]));
    expect(again.opened().followUps.map(({ id }) => id)).toEqual(['deploy-follow-up']);
    expect(again.status('deploy-follow-up')).toBe('waiting');
    const kept = approved(frozen);
    for (const login of ['sam', 'rosa']) kept.says(login, '/override deploy a customer is down', {}, '');
    kept.revise(manifest([activity('signoff'), activity('watch', { phase: 'production' })]));
    kept.says('grace', '/approve', {}, 'signoff');
    expect([kept.status('watch'), kept.status('deploy-follow-up')]).toEqual(['waiting', 'waiting']);
  });

  it('is in doubt where the words of a custodian are touched, until they speak again (T15)', () => {
    const now = approved(frozen)
      .says('sam', '/override deploy a customer is down', {}, '')
      .deletes('sam', '');
    now.says('rosa', '/override deploy a customer is down', {}, '');
    expect([isOpen(now), now.kinds().includes('doubt-raised')]).toEqual([false, true]);
    now.says('sam', '/override deploy they are still down', {}, '');
    expect(isOpen(now)).toBe(true);
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('a tag that moves (T2)', () => {
  const rule = { from: [{ kind: 'team', name: 'sre' }], require: { kind: 'count', count: 1 } } as const;

  it('opens nothing, and shuts what is open, until custodians take note of it', () => {
    const now = approved(settings({ custodians: rule })).change({
      target: { commit: 'c'.repeat(40), tag: true },
    });
    expect([isOpen(now), holds(now)]).toEqual([
      false,
      'Held because v1 means another commit now, until custodians take note of it.',
    ]);
    now.says('sam', '/acknowledge the tag was set too early', {}, '');
    expect(isOpen(now)).toBe(true);
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('T2: what an approver agrees to', () => {
  it('includes the machines behind it', () => {
    const now = world().says('grace', '/approve', {}, 'signoff');
    now.revise(manifest([activity('signoff'), opener('deploy', 'staging')]));
    expect([now.status('signoff'), now.check('countersign/environment/staging')?.conclusion]).toEqual([
      'waiting',
      'action_required',
    ]);
    expect(replay(recorded(now))).toEqual([]);
  });

  it('not how long an environment stays open', () => {
    const now = approved().revise(
      manifest([activity('signoff'), opener('deploy', 'Production', { validFor: '1h' })]),
    );
    expect([now.status('signoff'), now.status('deploy')]).toEqual(['approved', 'running']);
  });
});

describe('replay', () => {
  it('finds an environment that was opened or shut without a reason', () => {
    const now = approved();
    const events = recorded(now);
    const opened = events.findIndex(({ kind }) => kind === 'environment-opened');
    const early = events.toSpliced(opened, 1).toSpliced(3, 0, events[opened] as (typeof events)[number]);
    expect(replay(early).map(({ why }) => why)).toEqual(['deploy does not open its environment then']);
    const body = {
      activity: 'deploy',
      attempt: 1,
      environment: 'Production',
      holds: { freezes: [], windows: [] },
      why: { kind: 'window' },
    } as const;
    const last = events.at(-1) as (typeof events)[number];
    const shut = [...events, { ...last, kind: 'environment-shut' as const, body }];
    expect(replay(shut).map(({ why }) => why)).toEqual(['deploy does not shut its environment then']);
  });
});
