import { describe, expect, it } from 'vitest';
import { foreignTo } from '../../../src/core/release/deviate.ts';
import type { Facts } from '../../../src/core/release/facts.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  commit,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const custodians = {
  from: [{ kind: 'team', name: 'governance' }],
  require: { kind: 'count', count: 2 },
} as const;

const staffed = {
  configuration: { custodians },
  resolutions: {
    'team:governance': team(14, 'carla', 'chen', 'ada'),
    'user:olivia': { kind: 'user', ...person('olivia') },
    'user:phil': { kind: 'user', ...person('phil') },
  },
} as const;

const plan = manifest(
  [
    activity('signoff', { inputs: [risk()] }),
    activity('next', { needs: ['signoff'] }),
    activity('go', { phase: 'production' }),
  ],
  { owner: { kind: 'user', name: 'olivia' } },
);

function risk() {
  return {
    id: 'risk',
    label: 'Risk',
    type: 'dropdown',
    options: ['Low', 'High'],
    required: 'to-approve',
  } as const;
}

const rejected = () => releaseWorld({ plan, ...staffed }).says('grace', '/reject not yet');

const consistent = (world: ReleaseWorld): ReleaseWorld => {
  expect(replay(recorded(world))).toEqual([]);
  return world;
};

describe('S-049, T3, G-28: retry and ignore are decisions of the custodians', () => {
  it('a retry begins another attempt on an issue of its own, once two custodians want it (G-14)', () => {
    const world = rejected().says('carla', '/retry the finding was wrong');
    expect(world.status()).toBe('rejected');
    world.says('chen', '/retry I agree');
    expect(world.opened().attempts['signoff']?.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(world.status()).toBe('blocked');
    consistent(world);
  });

  it('a rejection stands on an unchanged scope until its author speaks again', () => {
    const world = rejected().says('carla', '/retry wrong').says('chen', '/retry yes');
    expect(world.sentence()).toContain('grace rejected this before');
    world.says('linus', '/approve\nrisk: Low');
    expect(world.status()).toBe('blocked');
    world.says('grace', '/withdraw');
    expect(world.status()).toBe('approved');
    consistent(world);
  });

  it('whoever rejected may approve instead, or reject again', () => {
    const again = () => rejected().says('carla', '/retry wrong').says('chen', '/retry yes');
    expect(again().says('grace', '/approve\nrisk: Low').status()).toBe('approved');
    const twice = again().says('grace', '/reject still not');
    expect(twice.status()).toBe('rejected');
    twice.says('carla', '/retry x').says('chen', '/retry y');
    expect(twice.sentence()).toContain('grace rejected this before');
    consistent(twice);
  });

  it('a change of the scope takes the rejection with it', () => {
    const world = rejected().says('carla', '/retry wrong').says('chen', '/retry yes');
    const mended = manifest([
      activity('signoff', { title: 'Mended' }),
      ...plan.phases.flatMap((phase) => phase.activities).slice(1),
    ]);
    expect(world.revise({ ...mended, owner: { kind: 'user', name: 'olivia' } }).status()).toBe('waiting');
    consistent(world);
  });

  const retitled = (title: string) => ({
    ...manifest([
      activity('signoff', { title, inputs: [risk()] }),
      ...plan.phases.flatMap((phase) => phase.activities).slice(1),
    ]),
    owner: { kind: 'user' as const, name: 'olivia' },
  });

  it('and comes back with the scope, until its author speaks again about the same (decision 0054)', () => {
    const world = rejected().revise(retitled('Other')).says('grace', '/approve\nrisk: Low');
    expect(world.status()).toBe('approved');
    world.revise(retitled('signoff')).says('linus', '/approve\nrisk: Low');
    expect(world.status()).toBe('blocked');
    expect(world.sentence()).toContain('grace rejected this before');
    world.revise(retitled('Third')).revise(retitled('signoff')).says('linus', '/approve\nrisk: Low');
    expect(world.status()).toBe('blocked');
    world.says('grace', '/withdraw');
    expect(world.status()).toBe('approved');
    world.revise(retitled('Third')).revise(retitled('signoff'));
    expect(world.says('linus', '/approve\nrisk: Low').status()).toBe('approved');
    consistent(world);
  });

  it('so does one that was not enough to reject before the scope changed', () => {
    const lenient = (title: string) =>
      manifest([activity('signoff', { title, reject: { kind: 'count', count: 2 } })]);
    const world = releaseWorld({ plan: lenient('A') }).says('grace', '/reject no');
    world.revise(lenient('B')).revise(lenient('A')).says('linus', '/approve');
    expect(world.status()).toBe('blocked');
    expect(world.says('grace', '/approve').status()).toBe('approved');
    consistent(world);
  });

  it('ignoring lets what follows go on, with the answers given instead, and stays visible', () => {
    const world = rejected()
      .says('carla', '/ignore shipped by hand\nrisk: High')
      .says('chen', '/ignore agreed\nrisk: High');
    expect([world.status(), world.status('next')]).toEqual(['ignored', 'waiting']);
    expect(world.opened().attempts['signoff']?.[0]?.overruled).toMatchObject({
      act: 'ignore',
      inputs: { risk: 'High' },
    });
    expect(world.facts.threads.get(2)?.body).toContain('Ignored: what follows goes on without it, by');
    expect(world.check('countersign/release/r1/verify/signoff')?.conclusion).toBe('neutral');
    world.says('grace', '/approve', {}, 'next').says('grace', '/approve', {}, 'go');
    expect(world.releaseStatus()).toBe('partially-succeeded');
    expect(world.check('countersign/release/r1')?.conclusion).toBe('success');
    consistent(world);
  });

  it('T2: what was ignored lets nothing pass once the manifest asks for something else', () => {
    const world = rejected()
      .says('carla', '/ignore shipped by hand\nrisk: High')
      .says('chen', '/ignore agreed\nrisk: High')
      .says('grace', '/reject this too', {}, 'next');
    const changed = plan.phases.map((phase) => ({
      ...phase,
      activities: phase.activities.map((one) => ({ ...one, title: `${one.id}, changed` })),
    }));
    world.revise({ ...plan, phases: changed });
    expect([world.status(), world.status('next'), world.status('go')]).toEqual([
      'waiting',
      'pending',
      'pending',
    ]);
    consistent(world);
  });

  it.each([
    ['deleted', (world: ReleaseWorld) => world.deletes('carla')],
    ['edited', (world: ReleaseWorld) => world.edits('carla', 'never mind')],
  ])('a word that was %s counts no more, until its author speaks again (T15)', (_, touch) => {
    const world = touch(rejected().says('carla', '/ignore a'));
    world.says('chen', '/ignore b');
    expect(world.status()).toBe('rejected');
    expect(
      world
        .says('linus', 'hello')
        .kinds()
        .filter((kind) => kind === 'doubt-raised'),
    ).toHaveLength(1);
    expect(world.says('carla', '/ignore after all').status()).toBe('ignored');
    consistent(world);
  });

  it('nor is anything doubted once the release is over', () => {
    const world = rejected().says('carla', '/ignore a');
    world.facts = { ...world.facts, manifest: { kind: 'absent' } };
    expect(world.deletes('carla').kinds().at(-1)).toBe('release-cancelled');
  });

  it('one who wants both meant the last', () => {
    const world = rejected().says('carla', '/ignore a').says('chen', '/retry b').says('carla', '/retry c');
    expect(world.opened().attempts['signoff']).toHaveLength(2);
    consistent(world);
  });

  it.each([
    ['an author, custodian or not', 'ada', '/retry mine', 'only the custodians'],
    ['an owner', 'olivia', '/ignore mine', 'only the custodians'],
    ['an approver', 'linus', '/retry please', 'only the custodians'],
    ['without a reason', 'carla', '/retry', 'with the reason behind it'],
    ['with an answer that is none', 'carla', '/ignore x\nrisk: None', 'was not counted yet'],
    ['by e-mail', 'carla', '/retry x', 'e-mail'],
    ['meant for another activity (T11)', 'carla', '/ignore next it is late', 'not for `next`'],
    ['meant for another scope (T11)', 'carla', '/retry @0000000 x', 'what waits here is'],
  ])('%s: refused with a sentence', (_, who, words, sentence) => {
    const world = rejected().says(who, words, { byEmail: sentence === 'e-mail' });
    expect(world.status()).toBe('rejected');
    expect(world.answers().at(-1)).toContain(sentence);
    consistent(world);
  });

  it('what a floor demands is not ignored, and may be tried again (T3)', () => {
    const demanded = manifest([activity('signoff', { floors: ['environment production'] })]);
    const world = releaseWorld({ plan: demanded, ...staffed }).says('grace', '/reject no');
    world.says('carla', '/ignore it').says('chen', '/ignore it');
    expect([world.status(), world.answers().at(-1)]).toEqual([
      'rejected',
      expect.stringContaining('environment production demands this activity'),
    ]);
    expect(
      world.says('carla', '/retry x').says('chen', '/retry y').opened().attempts['signoff'],
    ).toHaveLength(2);
  });

  it('who may not is told that, not how to say it better (T17)', () => {
    const world = rejected();
    for (const words of ['/retry x', '/ignore x', '/abort x', '/defer until 2027-01-01 x'])
      world.says('mallory', words, { byEmail: true });
    expect(world.answers().join()).not.toContain('e-mail');
    const mail = { byEmail: true };
    expect(rejected().says('olivia', '/abort x', mail).answers().at(-1)).toContain('e-mail');
    const tracking = rejected().says('carla', '/acknowledge x', mail, '').says('grace', '/defer x', mail, '');
    expect(tracking.answers('').filter((body) => body.includes('e-mail'))).toHaveLength(2);
  });

  it('nothing is overruled that has not failed, or where nobody may', () => {
    const waiting = releaseWorld({ plan, ...staffed }).says('carla', '/ignore it');
    expect(waiting.answers().at(-1)).toContain('nothing has failed here');
    expect(waiting.says('carla', '/retry it', {}, '').answers('').at(-1)).toContain(
      'nothing has failed here',
    );
    const nobody = releaseWorld({ plan }).says('grace', '/reject no').says('carla', '/retry now');
    expect(nobody.answers().at(-1)).toContain('named no custodians');
    expect(nobody.thread().body).not.toContain('/retry');
  });

  it('custodians who are not known decide nothing; who cannot exist is told', () => {
    const away = (kind: 'unknown' | 'missing') => ({
      ...staffed,
      resolutions: {
        ...staffed.resolutions,
        'team:governance': kind === 'missing' ? { kind } : { kind, why: 'timeout' },
      } as Facts['resolutions'],
    });
    const unknown = releaseWorld({ plan, ...away('unknown') })
      .says('grace', '/reject no')
      .says('carla', '/retry x');
    expect(unknown.decision().unsure).toBe(true);
    const missing = releaseWorld({ plan, ...away('missing') })
      .says('grace', '/reject no')
      .says('carla', '/retry x');
    expect(missing.answers().at(-1)).toContain('governance does not exist');
  });

  it('a comment whose writer is not attested yet is asked about first', () => {
    const world = rejected().says('carla', '/retry x', { unread: true });
    expect(world.decision().ask).toHaveLength(1);
    expect(world.opened().attempts['signoff']?.[0]?.overrules).toEqual([]);
  });
});

describe('S-021, S-049, G-38: aborting', () => {
  it.each([
    ['its owner, on the issue of the release', 'olivia', ''],
    ['its owner, on an activity', 'olivia', 'signoff'],
    ['an approver, on an activity', 'grace', 'signoff'],
    ['an approver, on the issue of the release', 'linus', ''],
  ])('by %s', (_, who, on) => {
    const world = releaseWorld({ plan, ...staffed }).says(who, '/abort the vendor is down', {}, on);
    expect(world.releaseStatus()).toBe('aborted');
    expect(world.thread('').body).toContain(`${who} ended it: the vendor is down`);
    expect(world.thread('').open).toBe(false);
    expect(world.status()).toBe('aborted');
    expect(world.check('countersign/release/r1')?.conclusion).toBe('cancelled');
    expect(world.thread(on).comments.at(-1)?.reactions).toEqual(['THUMBS_UP']);
    consistent(world);
  });

  it('by the owner of the phase, in that phase only', () => {
    const owned = {
      ...plan,
      phases: plan.phases.map((phase) =>
        phase.id === 'verify' ? { ...phase, owner: { kind: 'user', name: 'phil' } as const } : phase,
      ),
    };
    const world = () => releaseWorld({ plan: owned, ...staffed });
    expect(world().says('phil', '/abort x').releaseStatus()).toBe('aborted');
    expect(world().says('phil', '/abort x', {}, '').answers('').at(-1)).toContain('only owners');
  });

  it('after a rejection, where nothing waits any more', () => {
    expect(consistent(rejected().says('grace', '/abort it is over')).releaseStatus()).toBe('aborted');
  });

  it('needs a reason and the right', () => {
    const world = releaseWorld({ plan, ...staffed })
      .says('olivia', '/abort')
      .says('mallory', '/abort now');
    expect(world.releaseStatus()).toBe('on-hold');
    expect(world.answers().join()).toContain('with the reason behind it');
    expect(world.answers().at(-1)).toContain('only owners of the release');
  });

  it('is left open while nobody can tell who may', () => {
    const away = { kind: 'unknown', why: 'timeout' } as const;
    const world = releaseWorld({ plan, ...staffed });
    world
      .change({ resolutions: { ...world.facts.resolutions, 'user:olivia': away } })
      .says('mallory', '/abort x', {}, '');
    expect(world.decision().unsure).toBe(true);
    world.change({
      resolutions: {
        ...world.facts.resolutions,
        'user:olivia': staffed.resolutions['user:olivia'],
        'team:qa': away,
      },
    });
    expect(world.decision().unsure).toBe(true);
    expect(world.releaseStatus()).toBe('on-hold');
  });
});

it('takes the reason of whoever spoke last, also where they had spoken before (decision 0041)', () => {
  const world = rejected().says('carla', '/retry one').says('chen', '/ignore two\nrisk: Low');
  world.says('carla', '/ignore three\nrisk: High');
  const overruled = world.opened().attempts['signoff']?.at(-1)?.overruled;
  expect([overruled?.reason, overruled?.inputs['risk']]).toEqual(['three', 'High']);
  consistent(world);
});

describe('T3, T8: a deviation is acknowledged by custodians, and the gate opens again', () => {
  const tampered = () => {
    const world = releaseWorld({ plan, ...staffed });
    const foreign = {
      commit: commit('f'),
      author: 'somebody',
      releases: ['r1'],
      paths: ['releases/r1/events/000009.json'],
    };
    world.change({ foreign: [foreign] });
    expect(foreignTo('r1', world.facts)).toHaveLength(1);
    return world;
  };

  it('not before as many have said so as it takes', () => {
    const world = tampered().says('carla', '/acknowledge we know who it was', {}, '');
    expect(world.releaseStatus()).toBe('closed');
    world.says('chen', '/acknowledge me too', {}, '');
    expect(world.releaseStatus()).toBe('on-hold');
    expect(world.thread('').body).toContain('Custodians have taken note of it');
    consistent(world);
  });

  it('needs a reason, a custodian, and something to take note of', () => {
    const world = tampered().says('carla', '/acknowledge', {}, '').says('olivia', '/acknowledge x', {}, '');
    expect(world.answers('').join()).toContain('with the reason behind it');
    expect(world.answers('').at(-1)).toContain('only the custodians');
    const clean = releaseWorld({ plan, ...staffed }).says('carla', '/acknowledge x', {}, '');
    expect(clean.answers('').at(-1)).toContain('no deviation');
  });
});
