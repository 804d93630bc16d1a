import { describe, expect, it } from 'vitest';
import type { Comment } from '../../../src/core/release/facts.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const codes = (world: ReleaseWorld, on?: string) =>
  world.answers(on).flatMap((body) => /code=([a-z-]+) -->/.exec(body)?.[1] ?? []);

/** Lets people talk without anybody looking, and then looks once. */
const unseen = (world: ReleaseWorld, talk: (world: ReleaseWorld) => void): ReleaseWorld => {
  const { step } = world;
  world.step = () => world;
  talk(world);
  world.step = step;
  return world.step();
};

describe('a comment', () => {
  it('that cannot be read is answered with what is wrong', () => {
    const world = releaseWorld().says('grace', '/approve signof');
    expect([world.status(), codes(world)]).toEqual(['waiting', ['malformed']]);
    expect(world.answers()[0]).toContain('Did you mean "signoff"?');
  });

  it('whose writer GitHub does not tell keeps the activity from being decided, until it does (T15)', () => {
    const world = releaseWorld().says('grace', '/approve', { unattested: true });
    expect([world.status(), world.decision().unsure]).toEqual(['blocked', true]);
    expect(world.decision().hindrances.get('signoff')).toBe(
      'GitHub could not be asked who wrote a comment: timeout.',
    );
    expect(world.learns().status()).toBe('approved');
  });

  it('with two different writers is believed of neither', () => {
    const world = releaseWorld();
    const decision = world.decision.bind(world);
    world.decision = () => {
      decision();
      const forged = [...world.facts.provenance.keys()].map(
        (id) => [id, { kind: 'known', value: { author: person('mallory').id } }] as const,
      );
      for (const [id, value] of forged) (world.facts.provenance as Map<number, typeof value>).set(id, value);
      return decision();
    };
    world.says('grace', '/approve');
    expect(world.status()).toBe('blocked');
    expect(world.decision().hindrances.get('signoff')).toMatch(/^GitHub names two writers of comment \d+\.$/);
  });

  it('is past once its writer has said something later', () => {
    const two = manifest([
      activity('signoff', {
        approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
      }),
    ]);
    const world = releaseWorld({ plan: two }).says('grace', '/approve');
    const [late] = world.thread().comments.filter(({ ours }) => !ours);
    const early = {
      ...(late as Comment),
      id: 1,
      nodeId: 'IC_1',
      body: '/reject late delivery',
      reactions: [],
    };
    const { number } = world.thread().issue;
    const comments = [early, ...world.thread().comments];
    world.change({ threads: new Map(world.facts.threads).set(number, { ...world.thread(), comments }) });
    expect([world.status(), codes(world)]).toEqual(['waiting', []]);
  });
});

describe('several comments in one pass', () => {
  it('count in the order they were written, and end with the decision', () => {
    const world = unseen(releaseWorld(), (now) =>
      now.says('grace', '/approve').says('linus', '/reject too late'),
    );
    expect([world.status(), codes(world)]).toEqual(['approved', ['already-decided']]);
  });

  it('are asked about all at once before any counts', () => {
    const world = unseen(releaseWorld(), (now) =>
      now.says('grace', '/approve', { unread: true }).says('linus', '/approve', { unread: true }),
    );
    expect(world.decision().ask).toHaveLength(2);
    expect(world.kinds()).not.toContain('vote-cast');
  });
});

describe('a slip in a command (design 4)', () => {
  it('is answered once to people who may act, and is no vote', () => {
    const world = releaseWorld().says('grace', '/aprove');
    expect([world.status(), codes(world)]).toEqual(['waiting', ['misspelt']]);
    expect(world.kinds()).not.toContain('vote-cast');
    world.learns();
    expect(world.answers()).toHaveLength(1);
    expect(world.says('grace', 'what now?').answers()).toHaveLength(1);
  });

  it('is not answered to strangers, nor where the comment holds a command (T17)', () => {
    expect(codes(releaseWorld().says('eve', '/aprove'))).toEqual([]);
    const world = releaseWorld().says('grace', '/aprove\n\n/approve');
    expect(world.kinds()).toContain('vote-cast');
  });

  it('is answered where nothing waits any more, too', () => {
    const world = releaseWorld().says('grace', '/approve');
    expect(world.status()).toBe('approved');
    expect(codes(world.says('grace', '/aproved'))).toEqual(['misspelt']);
    expect(codes(world.says('grace', 'thanks'))).toEqual(['misspelt']);
  });
});

describe('a command that Markdown takes into something else (design 4, T15)', () => {
  it.each([
    ['the mark of a signature', '/reject The rollback is broken.\n--\nGrace, QA'],
    ['a line below it', '/reject The rollback is broken.\n---\nSee the log of today.'],
    ['a quoted line right above it', '> who decides?\n/reject The rollback is broken.'],
  ])('is answered once to people who may act: %s', (_, body) => {
    const world = releaseWorld().says('grace', body);
    expect([world.status(), codes(world)]).toEqual(['waiting', ['misspelt']]);
    expect(world.answers().join()).toContain('a blank line above and below it');
    expect(codes(releaseWorld().says('eve', body))).toEqual([]);
  });
});

describe('a stranger', () => {
  it('who writes at length is not read at all (T17)', () => {
    const long = releaseWorld().says('eve', `/approve\n\n${'x'.repeat(2_000)}`);
    expect(codes(long)).toEqual([]);
    expect(codes(long.says('grace', `/approve\n\n${'x'.repeat(2_000)}`))).toEqual([]);
    expect(long.status()).toBe('approved');
  });
});

describe('a proven author', () => {
  it('who had voted before is set aside with the values and the reason that were given (T16)', () => {
    const asked = (id: string, more = {}) =>
      activity(id, {
        approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
        inputs: [{ id: 'why', label: 'Why', type: 'text', required: 'optional' }],
        ...more,
      });
    const world = releaseWorld({
      plan: manifest([asked('signoff'), activity('x')]),
      resolutions: { 'team:qa': team(11, 'grace', 'linus', 'olga', 'pat') },
    })
      .says('grace', '/approve\nwhy: first')
      .says('linus', '/approve\nwhy: second');
    expect(world.events.find(({ kind }) => kind === 'activity-approved')?.body).toMatchObject({
      inputs: { why: 'second' },
    });
    const barred = releaseWorld({ plan: manifest([asked('signoff'), activity('x')]) })
      .says('grace', '/approve\nwhy: first')
      .says('olga', 'hm')
      .deletes('olga');
    barred.revise(manifest([asked('signoff'), activity('x', { title: 'y' })]), [
      { person: person('sam'), proof: 'proven' },
    ]);
    unseen(barred, (now) => now.says('linus', '/approve\nwhy: second'));
    expect(barred.status()).toBe('blocked');
    barred.revise(manifest([asked('signoff'), activity('x', { title: 'z' })]), [
      { person: person('linus'), proof: 'proven' },
    ]);
    barred.says('olga', '/approve\nwhy: third');
    expect(barred.events.find(({ kind }) => kind === 'activity-approved')?.body).toMatchObject({
      approvals: expect.arrayContaining([person('grace'), person('olga')]),
      inputs: { why: 'third' },
    });
  });
});

describe('a vote whose scope went away and came back (T11, T2)', () => {
  const two = { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } } as const;
  const plan = (title: string) => manifest([activity('signoff', { title, approvers: [two] })]);
  const votes = (world: ReleaseWorld) => latestAttempt(world.opened(), 'signoff')?.votes.length;

  it('lapsed where it was heard before', () => {
    const world = releaseWorld({ plan: plan('One') }).says('grace', '/approve');
    expect(votes(world.revise(plan('Two')).revise(plan('One')))).toBe(0);
  });

  const deliver = (world: ReleaseWorld, all: readonly Comment[]) =>
    world.change({
      threads: new Map(world.facts.threads).set(world.thread().issue.number, {
        ...world.thread(),
        comments: all.toSorted((a, b) => a.id - b.id),
      }),
    });
  /** What grace wrote is only seen after the revisions. */
  const late = (word: string, ...titles: readonly string[]): ReleaseWorld => {
    const world = unseen(releaseWorld({ plan: plan('One') }), (now) =>
      now.says('grace', word, { unread: true }),
    );
    const { comments } = world.thread();
    deliver(
      world,
      comments.filter(({ ours }) => ours),
    );
    for (const title of titles) world.revise(plan(title));
    return deliver(world, [...comments.filter(({ ours }) => !ours), ...world.thread().comments]);
  };

  it('does not count where it is delivered afterwards, and one on the newest notice does', () => {
    const world = late('/approve', 'Two', 'One');
    expect([votes(world), codes(world)]).toEqual([0, ['stale-notice']]);
    expect(votes(world.says('grace', '/approve'))).toBe(1);
  });

  it('is answered, and not kept for that scope, where it was a rejection (decision 0065)', () => {
    const world = late('/reject it is not ready', 'Two');
    expect(codes(world)).toEqual(['stale-notice']);
    world.revise(plan('One'));
    expect([votes(world), world.status()]).toEqual([0, 'waiting']);
    expect(world.says('grace', '/reject it is not ready').status()).toBe('rejected');
  });
});
