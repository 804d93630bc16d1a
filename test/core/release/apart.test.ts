import { describe, expect, it } from 'vitest';
import type { Committer, Unattributable } from '../../../src/core/duties/committers.ts';
import type { Duty, QuorumRule } from '../../../src/core/manifest/manifest.ts';
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
} from '../../support/release-world.ts';

const committers: Duty = { kind: 'committers' };
const approversOf = (id: string): Duty => ({ kind: 'approvers', activity: id });
const two = [
  { from: [{ kind: 'team' as const, name: 'qa' }], require: { kind: 'count' as const, count: 2 } },
];
const all = [{ from: [{ kind: 'team' as const, name: 'qa' }], require: { kind: 'unanimous' as const } }];

const since = { kind: 'ref', ref: 'v1', since: 'v0' } as const;
const target = { commit: commit('b'), tag: true, since: commit('0') };
const committer = (login: string, proof: Committer['proof'] = 'proven'): Committer => ({
  person: person(login),
  proof,
  commits: [commit('d')],
});
const known = (
  people: readonly Committer[],
  unattributable: readonly Unattributable[] = [],
  more: Partial<NonNullable<Facts['duties']>> = {},
): NonNullable<Facts['duties']> => ({
  base: commit('0'),
  target: commit('b'),
  found: { kind: 'known', value: { commits: 3, committers: people, unattributable } },
  ...more,
});
const nobodys: Unattributable = { commit: commit('e'), name: 'Eve <b>', why: 'no-account' };

/** A release whose signoff bars committers, in a world that knows (or does not know) who they are. */
const release = (duties: Facts['duties'], approvers: readonly QuorumRule[] = two): ReleaseWorld => {
  const world = releaseWorld({ plan: manifest([activity('other')]) });
  const plan = manifest([activity('signoff', { apartFrom: [committers], approvers })], { target: since });
  return world.change({ target, ...(duties ? { duties } : {}) }).revise(plan);
};
const hindrance = (world: ReleaseWorld, id = 'signoff') => world.decision().hindrances.get(id);
const replayed = (world: ReleaseWorld) => replay(recorded(world)).map(({ why }) => why);

describe('committers (T16)', () => {
  it('can neither approve nor reject, and are not in the roster', () => {
    const world = release(known([committer('linus')]), all);
    expect(world.kinds()).toContain('duties-established');
    expect(world.thread().body).toContain('- linus cannot vote here: had a hand in ddddddd of this release');
    world.says('linus', '/approve').says('linus', '/reject I made it');
    expect(world.status()).toBe('waiting');
    expect(world.answers().at(-1)).toContain('you had a hand in ddddddd of this release');
    expect(world.says('grace', '/approve').says('olga', '/approve').status()).toBe('approved');
    expect(replayed(world)).toEqual([]);
  });

  it('whom only an e-mail address names cannot approve, and still rejects', () => {
    const world = release(known([committer('linus', 'claimed')])).says('linus', '/approve');
    expect(world.thread().body).toContain('- linus may only reject here');
    const roster = world.opened().attempts['signoff']?.[0]?.roster.map((one) => one.person.login);
    expect(roster?.toSorted()).toEqual(['grace', 'olga']);
    expect(world.answers().at(-1)).toContain('You may still reject');
    expect(world.says('linus', '/reject no').status()).toBe('rejected');
  });

  it('may vote where the activity does not bar them', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff')]) }).change({
      duties: known([committer('grace')]),
    });
    expect(world.says('grace', '/approve').status()).toBe('approved');
    expect(world.kinds()).not.toContain('duties-established');
  });

  it('are asked for as soon as a release opens', () => {
    const plan = manifest([activity('signoff', { apartFrom: [committers] })], { target: since });
    const world = releaseWorld({ plan });
    expect(world.state.kind).toBe('unopened');
    expect(world.decision().hindrances.get('')).toBe('The beginning of the target, v0, does not exist.');
    world.change({ target, duties: known([committer('linus')]) });
    expect(world.kinds().slice(0, 3)).toEqual(['release-opened', 'duties-established', 'activity-activated']);
  });

  it.each<[string, Facts['duties']]>([
    ['nobody looked', undefined],
    ['another target was asked about', known([], [], { target: commit('c') })],
    ['another beginning was asked about', known([], [], { base: commit('c') })],
    ['the list is not complete', known([], [], { found: { kind: 'unknown', why: 'there are too many' } })],
  ])('that are not known keep it from beginning: %s', (_what, duties) => {
    const world = releaseWorld({ plan: manifest([activity('other')]) }).change({
      target,
      ...(duties ? { duties } : {}),
    });
    const plan = manifest([activity('signoff', { apartFrom: [committers] })], { target: since });
    world.revise(plan);
    expect(world.opened().attempts['signoff']).toBeUndefined();
    expect(hindrance(world)).toMatch(/^Committers may not approve this, and it is not known who they are: /);
    expect(world.status()).toBe('blocked');
    world.change({ duties: known([]) });
    expect(world.status()).toBe('waiting');
  });

  it('without a beginning nobody knows which commits count', () => {
    const world = releaseWorld({ plan: manifest([activity('signoff', { apartFrom: [committers] })]) });
    expect(hindrance(world)).toContain('write target.since in the manifest');
    expect(world.check('countersign/release/r1/verify/signoff')?.summary).toContain('target.since');
  });

  it('of commits that nobody can be found for are named, and nothing is approved until they are known', () => {
    const world = release(
      known([committer('linus')], [nobodys, { ...nobodys, name: 'X', why: 'not-proven' }]),
    );
    world.says('grace', '/approve').says('olga', '/approve');
    expect(world.status()).toBe('blocked');
    expect(world.sentence()).toContain('could not be established');
    expect(hindrance(world)).toContain(
      'nobody can tell who made 2 commits of this release: eeeeeee and eeeeeee',
    );
    expect(world.thread().body).toContain(
      '- `eeeeeee` by Eve \\<b\\>: the e-mail address belongs to no account',
    );
    expect(world.thread().body).toContain('- `eeeeeee` by X: nobody is known to have pushed it');
    world.change({ duties: known([committer('linus')]) });
    expect(world.status()).toBe('approved');
    expect(world.thread().body).not.toContain('Commits of nobody');
    expect(replayed(world)).toEqual([]);
  });

  it('that become known after they voted are set aside and stay in the denominator (T12)', () => {
    const world = release(known([], [nobodys]), all)
      .says('grace', '/approve')
      .says('olga', '/approve');
    world.change({ duties: known([committer('grace')]) }).says('linus', '/approve');
    expect(world.status()).toBe('blocked');
    expect(world.thread().body).toContain('grace cannot vote here');
    expect(world.thread().body).toContain('2 of 3');
  });

  it('are recorded once, however often somebody looks, and again when the answer is another', () => {
    const world = release(known([committer('linus')], [nobodys]));
    world.change({}).change({ duties: known([committer('linus')], [nobodys]) });
    expect(world.kinds().filter((kind) => kind === 'duties-established')).toHaveLength(1);
    world.change({ duties: known([committer('linus')]) }).change({ duties: known([]) });
    expect(world.kinds().filter((kind) => kind === 'duties-established')).toHaveLength(3);
  });

  it('a page names twenty of them, and twenty commits', () => {
    const many = Array.from({ length: 22 }, (_, index) => committer(`p${index}`));
    const world = release(
      known(
        many,
        Array.from({ length: 23 }, () => nobodys),
      ),
    );
    expect(world.thread().body).toContain('- and 2 more, whom the record names');
    expect(world.thread().body).toContain('- and 3 more\n');
  });
});

describe('a revision of a release that bars committers (T2, T16)', () => {
  const plan = (ref: string, from = 'v0') =>
    manifest([activity('signoff', { apartFrom: [committers], approvers: two })], {
      target: { kind: 'ref', ref, since: from },
    });

  it('takes effect with the committers of its own target only', () => {
    const world = release(known([committer('linus')])).says('grace', '/approve');
    world.change({ target: { ...target, commit: commit('c') } }).revise(plan('v2'));
    expect(world.decision().hindrances.get('')).toContain('not known who they are');
    expect(world.opened().target.commit).toBe(commit('b'));
    world.change({ duties: known([committer('olga')], [], { target: commit('c') }) });
    expect(world.kinds().slice(-5)).toContain('scope-changed');
    expect(world.opened().attempts['signoff']?.[0]?.roster.map((one) => one.person.login)).not.toContain(
      'olga',
    );
    expect(world.says('linus', '/approve').says('grace', '/approve').status()).toBe('approved');
    expect(replayed(world)).toEqual([]);
  });

  it('ends votes where it begins elsewhere, and keeps a beginning that is written as before', () => {
    const world = release(known([committer('linus')])).says('grace', '/approve');
    world.change({ target: { ...target, since: commit('9') } }).revise({ ...plan('v1'), title: 'Other' });
    expect(world.opened().target.since).toBe(commit('0'));
    world.revise(plan('v1', 'v0.5'));
    world.change({ duties: known([], [], { base: commit('9') }) });
    expect(world.opened().target).toEqual({ commit: commit('b'), ref: 'v1', since: commit('9') });
    const lapse = world.opened().attempts['signoff']?.[0]?.lapses.at(-1);
    expect(lapse?.differences.map(({ path }) => path)).toEqual(['since']);
  });

  it('does not take effect while its beginning does not exist', () => {
    const world = release(known([]))
      .change({ target: { commit: commit('b'), tag: true } })
      .revise(plan('v1', 'v0.5'));
    expect(world.decision().hindrances.get('')).toBe('The beginning of the target, v0.5, does not exist.');
  });

  it('cannot be replayed without what was known of the committers', () => {
    const world = release(known([committer('linus')]))
      .says('grace', '/approve')
      .says('olga', '/approve');
    const without = recorded(world).filter(({ kind }) => kind !== 'duties-established');
    expect(replay(without).map(({ why }) => why)).toContain('it was not the turn of signoff');
    const forged = recorded(world).map((event) =>
      event.kind === 'duties-established'
        ? { ...event, body: { ...event.body, committers: [committer('grace')] } }
        : event,
    );
    expect(replay(forged).map(({ why }) => why)).toContain(
      'activity-approved does not follow from the votes',
    );
  });
});

describe('approvers of another activity (design 3.6)', () => {
  const plan = manifest([
    activity('first', { approvers: two }),
    activity('second', { approvers: two, apartFrom: [approversOf('first')] }),
  ]);

  it('cannot vote on one that is kept apart from it', () => {
    const world = releaseWorld({ plan }).says('grace', '/approve', {}, 'first');
    world.says('grace', '/approve', {}, 'second').says('grace', '/reject no', {}, 'second');
    expect(world.answers('second').at(-1)).toContain('you approved `first`');
    expect(world.thread('second').body).toContain('- grace cannot vote here: approved `first`');
    expect(world.status('second')).toBe('waiting');
  });

  it('are set aside where the other approval comes later, and count again when it is withdrawn', () => {
    const world = releaseWorld({ plan })
      .says('grace', '/approve', {}, 'second')
      .says('grace', '/approve', {}, 'first');
    expect(world.thread('second').body).toContain('0 of 2');
    world.says('linus', '/approve', {}, 'second');
    expect(world.status('second')).toBe('waiting');
    world.says('grace', '/withdraw', {}, 'first');
    expect(world.status('second')).toBe('approved');
  });

  it('whose approval was counted cannot approve the other one afterwards', () => {
    const world = releaseWorld({ plan })
      .says('grace', '/approve', {}, 'second')
      .says('linus', '/approve', {}, 'second');
    expect(world.status('second')).toBe('approved');
    world.says('grace', '/approve', {}, 'first');
    expect(world.answers('first').at(-1)).toContain('you approved `second`');
    expect(world.opened().attempts['first']?.[0]?.votes).toEqual([]);
  });

  it.each([
    ['first', 'second'],
    ['second', 'first'],
  ])('counts what time had made of one when they spoke on the other, whoever looked: %s, %s', (...ids) => {
    const timing = { openFor: '1h', remind: [], escalate: [] };
    const activities = ids.map((id) =>
      id === 'first'
        ? activity('first', { timing, apartFrom: [approversOf('second')] })
        : activity('second', { approvers: two }),
    );
    for (const looks of [true, false]) {
      const world = releaseWorld({ plan: manifest(activities) });
      const { step } = world;
      if (!looks) world.step = () => world;
      world.says('grace', '/approve', {}, 'first');
      world.now += 5_400_000;
      world.step();
      world.says('grace', '/approve', {}, 'second');
      world.step = step;
      world.step();
      expect(replayed(world)).toEqual([]);
      expect([world.status('first'), world.status('second')]).toEqual(['approved', 'waiting']);
      expect(world.opened().attempts['second']?.[0]?.votes).toEqual([]);
    }
  });

  it('counts nothing that time had made of one that is not known', () => {
    const timing = { deadline: '1h', remind: [], escalate: [] };
    const world = releaseWorld({
      plan: manifest([
        activity('first', { timing, apartFrom: [approversOf('second')] }),
        activity('second', { approvers: two }),
      ]),
    });
    world.says('grace', '/approve', { unattested: true }, 'first').now += 5_400_000;
    world.says('linus', '/approve', {}, 'second');
    expect(world.status('first')).not.toBe('expired');
    expect(world.learns().status('first')).toBe('approved');
  });

  it('who rejected there may vote', () => {
    const world = releaseWorld({ plan })
      .says('grace', '/reject no', {}, 'first')
      .says('grace', '/approve', {}, 'second');
    expect(world.opened().attempts['second']?.[0]?.votes).toHaveLength(1);
    expect(world.thread('second').body).toContain('1 of 2');
  });

  it('may vote again when their approval has lapsed', () => {
    const world = releaseWorld({ plan })
      .says('grace', '/approve', {}, 'first')
      .says('linus', '/approve', {}, 'first');
    const [first, second] = plan.phases.flatMap(({ activities }) => activities);
    if (!first || !second) throw new Error('two activities');
    world.revise(manifest([{ ...first, title: 'Other' }, second]));
    expect(world.opened().attempts['first']?.map(({ ending }) => ending?.kind)).toEqual([
      'superseded',
      undefined,
    ]);
    expect(
      world.says('grace', '/approve', {}, 'second').opened().attempts['second']?.[0]?.votes,
    ).toHaveLength(1);
  });

  it('a list still says no more than that it does not want somebody', () => {
    const authors = [
      { person: person('ada'), proof: 'proven' },
      { person: person('grace'), proof: 'claimed' },
    ] as const;
    const listed = manifest([activity('signoff', { exclude: [{ kind: 'user', name: 'grace' }] })]);
    const world = releaseWorld({
      plan: listed,
      authors,
      resolutions: { 'user:grace': { kind: 'user', ...person('grace') } },
    });
    expect(world.says('grace', '/reject no').answers().at(-1)).toContain('the manifest excludes you');
  });
});
