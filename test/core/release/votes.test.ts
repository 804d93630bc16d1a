import { describe, expect, it } from 'vitest';
import type { Input } from '../../../src/core/manifest/input.ts';
import { activity, commit, manifest, person, releaseWorld, team } from '../../support/release-world.ts';

const two = manifest([
  activity('signoff', {
    approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
  }),
]);
const text: Input = { id: 'why', label: 'Why', type: 'text', required: 'to-approve', minLength: 5 };

describe('what counts (S-005, S-040–S-042)', () => {
  it('approves when the right person says so', () => {
    const world = releaseWorld().says('grace', '/approve');
    expect(world.status()).toBe('approved');
    expect(world.releaseStatus()).toBe('succeeded');
    expect(world.check('countersign/release/r1')?.conclusion).toBe('success');
    expect(world.check('countersign/release/r1/verify/signoff')?.title).toBe('Completed by grace');
  });

  it('waits for as many people as the rule asks, and names who would be enough (S-128)', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/approve');
    expect(world.status()).toBe('waiting');
    expect(world.sentence()).toMatch(/^Waiting for 1 approval; (linus|olga) would be enough\.$/);
    expect(world.says('olga', '/approve').status()).toBe('approved');
  });

  it('ends with one rejection, and shows its reason (S-039)', () => {
    const world = releaseWorld({ plan: two })
      .says('grace', '/approve')
      .says('linus', '/reject The tests are red');
    expect(world.status()).toBe('rejected');
    expect(world.releaseStatus()).toBe('failed');
    expect(world.check('countersign/release/r1')?.conclusion).toBe('failure');
    expect(world.thread().body).toContain('Rejected by linus: The tests are red');
    expect(world.thread().open).toBe(false);
  });

  it('rejects without a reason, too', () => {
    const world = releaseWorld().says('grace', '/reject');
    expect(world.thread().body).toMatch(/^❌ Rejected by grace\.\n/);
  });

  it('counts the latest vote of a person, until the activity is decided (G-17)', () => {
    const world = releaseWorld({ plan: two })
      .says('grace', '/approve')
      .says('grace', '/approve')
      .says('grace', '/withdraw');
    expect(world.status()).toBe('waiting');
    expect(world.opened().attempts['signoff']?.[0]?.votes).toEqual([]);
    expect(world.says('linus', '/approve').says('olga', '/approve').status()).toBe('approved');
  });

  it('takes votes in the order people gave them, whatever arrives when', () => {
    const world = releaseWorld();
    const before = world.facts;
    world.says('grace', '/approve', { unread: true });
    const late = releaseWorld().says('grace', '/approve').says('linus', '/reject no');
    expect(before.threads.size).toBe(2);
    expect(late.status()).toBe('approved');
    expect(late.answers().at(-1)).toContain('already decided');
  });

  it('records the inputs, and takes the values of the last approver', () => {
    const plan = manifest([
      activity('signoff', { inputs: [text], approvers: two.phases[0]?.activities[0]?.approvers ?? [] }),
    ]);
    const world = releaseWorld({ plan })
      .says('grace', '/approve\nwhy: first words')
      .says('linus', '/approve\nwhy: second words');
    const approved = world.events.find((event) => event.kind === 'activity-approved');
    expect(approved?.body.inputs).toEqual({ why: 'second words' });
    expect(world.thread().body).toContain('Why: first words');
  });
});

describe('what never counts (S-008, G-05)', () => {
  const refused = (code: string) => (body: string) => body.includes(`code=${code} -->`);

  it('a vote of the author', () => {
    const world = releaseWorld({ resolutions: { 'team:qa': team(11, 'ada', 'grace') } }).says(
      'ada',
      '/approve',
    );
    expect(world.status()).toBe('waiting');
    expect(world.answers().some(refused('excluded'))).toBe(true);
  });

  it('a vote of somebody whom the manifest excludes', () => {
    const plan = manifest([activity('signoff', { exclude: [{ kind: 'user', name: 'grace' }] })]);
    const world = releaseWorld({
      plan,
      resolutions: { 'user:grace': { kind: 'user', ...person('grace') } },
    }).says('grace', '/approve');
    expect(world.status()).toBe('waiting');
    expect(world.answers().at(-1)).toContain('the manifest excludes you');
  });

  it('an approval of somebody whom a commit claims as author, who may still reject (T16)', () => {
    const authors = [
      { person: person('ada'), proof: 'proven' },
      { person: person('grace'), proof: 'claimed' },
    ] as const;
    const world = releaseWorld({ authors }).says('grace', '/approve');
    expect(world.answers().some(refused('claimed'))).toBe(true);
    expect(world.says('grace', '/reject stop').status()).toBe('rejected');
  });

  it('a vote of a bot, which gets no answer either', () => {
    const world = releaseWorld().says('robo', '/approve', { machine: true });
    expect([world.status(), world.answers()]).toEqual(['waiting', []]);
  });

  it('a vote of a non-member, and strangers share one answer an hour (T17)', () => {
    const world = releaseWorld()
      .says('eve', '/approve')
      .says('mallory', '/approve')
      .says('eve', '/reject no');
    expect(world.status()).toBe('waiting');
    expect(world.answers().filter(refused('not-eligible'))).toHaveLength(1);
    expect(
      world.thread().comments.filter(({ ours, reactions }) => !ours && reactions.includes('CONFUSED')),
    ).toHaveLength(3);
    world.now += 3_600_000;
    expect(world.says('eve', '/approve').answers().filter(refused('not-eligible'))).toHaveLength(2);
  });

  it('a flood of strangers in one pass gets one answer', () => {
    const world = releaseWorld();
    const step = world.step;
    world.step = () => world;
    for (let n = 0; n < 20; n += 1) world.says(`stranger${n}`, '/approve');
    world.step = step;
    expect(world.step().answers()).toHaveLength(1);
  });

  it('a second vote of one person who is on two teams', () => {
    const both = activity('signoff', {
      approvers: [
        {
          from: [
            { kind: 'team', name: 'qa' },
            { kind: 'team', name: 'sre' },
          ],
          require: { kind: 'count', count: 2 },
        },
      ],
    });
    const world = releaseWorld({ plan: manifest([both]), resolutions: { 'team:sre': team(13, 'grace') } });
    expect(world.says('grace', '/approve').says('grace', '/approve').status()).toBe('waiting');
  });

  it.each([
    '> /approve',
    '```\n/approve\n```',
    '`/approve`',
    '/approve-all',
    'please /approve',
    '<!-- /approve -->',
    '    /approve',
  ])('words that are no command: %j', (body) => {
    const world = releaseWorld().says('grace', body);
    expect([world.status(), world.answers()]).toEqual(['waiting', []]);
  });

  it('a comment that was edited into an approval (T15, pitfall 6)', () => {
    const world = releaseWorld().says('grace', 'looks good').edits('grace', '/approve');
    expect(world.status()).toBe('blocked');
    expect(world.answers().some(refused('edited'))).toBe(true);
    expect(world.says('grace', '/approve').status()).toBe('approved');
  });

  it('a comment through another App, or by e-mail (T15)', () => {
    const world = releaseWorld()
      .says('grace', '/approve', { app: 'helper' })
      .says('grace', '/approve', { byEmail: true });
    expect(world.status()).toBe('waiting');
    expect(world.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1])).toEqual([
      'through-app',
      'by-email',
    ]);
  });

  it('a vote whose provenance could not be read', () => {
    const world = releaseWorld();
    expect(() => world.says('grace', '/approve', { unread: true }).status()).not.toThrow();
    expect(world.decision().ask).toHaveLength(1);
    const id = world.decision().ask[0] ?? 0;
    world.decision = () => {
      throw new Error('unused');
    };
    expect(id).toBeGreaterThan(0);
  });

  it('an answer on the wrong activity, or on another scope', () => {
    const plan = manifest([activity('signoff'), activity('other')]);
    const world = releaseWorld({ plan }).says('grace', '/approve other').says('grace', '/approve @0000000');
    expect(world.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1])).toEqual([
      'other-activity',
      'wrong-scope',
    ]);
    expect(world.status()).toBe('waiting');
  });

  it('an answer on the wrong activity, unless it is a reason against this one (T15)', () => {
    const plan = manifest([activity('signoff'), activity('build')]);
    const addressed = releaseWorld({ plan }).says('grace', '/reject build');
    expect([addressed.status(), addressed.answers()[0]]).toEqual([
      'waiting',
      expect.stringContaining('not for `build`'),
    ]);
    const world = releaseWorld({ plan }).says('grace', '/reject build is broken on main');
    expect(world.status()).toBe('rejected');
    expect(world.events.find(({ kind }) => kind === 'vote-cast')?.body).toMatchObject({
      reason: 'build is broken on main',
    });
  });

  it('two decisions in one comment, verbs of later versions, unreadable answers', () => {
    const world = releaseWorld()
      .says('grace', '/approve\n\n/reject no')
      .says('grace', '/evidence https://example.org/report');
    expect(world.answers().map((body) => /code=([a-z-]+) -->/.exec(body)?.[1])).toEqual([
      'several-decisions',
      'unsupported',
    ]);
  });

  it('an answer that lacks an input, which is answered with the block to copy', () => {
    const plan = manifest([activity('signoff', { inputs: [text] })]);
    const world = releaseWorld({ plan }).says('grace', '/approve');
    expect(world.status()).toBe('waiting');
    expect(world.answers().at(-1)).toContain('why:');
    expect(world.says('grace', '/approve\nwhy: because it works').status()).toBe('approved');
  });

  it('an old command of somebody who becomes a member later', () => {
    const world = releaseWorld().says('eve', '/approve');
    world.change({ resolutions: { ...world.facts.resolutions, 'team:qa': team(11, 'grace', 'eve') } });
    expect(world.status()).toBe('waiting');
    expect(world.says('eve', '/approve').status()).toBe('approved');
  });

  it('a member who has left before voting', () => {
    const world = releaseWorld();
    world.change({ resolutions: { ...world.facts.resolutions, 'team:qa': team(11, 'linus') } });
    expect(world.says('grace', '/approve').status()).toBe('waiting');
  });
});

describe('doubt works only against approval (T15)', () => {
  it('a deleted comment of somebody eligible blocks until they speak again', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/approve').says('grace', 'hm').deletes('grace');
    expect(world.says('linus', '/approve').status()).toBe('blocked');
    expect(world.sentence()).toContain('grace (comment deleted)');
    expect(world.says('grace', '/approve').status()).toBe('approved');
  });

  it('an approval whose comment is edited afterwards is in doubt', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/approve').edits('grace', 'something else');
    expect(world.status()).toBe('blocked');
    expect(world.says('grace', '/withdraw').status()).toBe('waiting');
  });

  it('a withdrawal stands whatever becomes of its comment', () => {
    const world = releaseWorld({ plan: two })
      .says('grace', '/approve')
      .says('grace', '/withdraw')
      .edits('grace', '/approve');
    expect(world.says('linus', '/approve').status()).toBe('waiting');
    expect(world.opened().attempts['signoff']?.[0]?.doubts).toEqual([]);
  });

  it.each([
    ['at once', true],
    ['one by one', false],
  ])('ends with words that came after it, and with no others, if all is seen %s', (_, atOnce) => {
    const world = releaseWorld({ plan: two });
    const { step } = world;
    if (atOnce) world.step = () => world;
    world.says('grace', '/approve').says('grace', 'hm').deletes('grace');
    world.step = step;
    world.step().step();
    expect([world.status(), world.opened().attempts['signoff']?.[0]?.votes.length]).toEqual(['blocked', 1]);
    expect(world.kinds().filter((kind) => kind === 'doubt-raised')).toHaveLength(1);
  });

  it('keeps even earlier words from deciding that were not heard in time', () => {
    const world = releaseWorld();
    const { step } = world;
    world.step = () => world;
    world.says('grace', '/approve').says('grace', '/withdraw').deletes('grace');
    world.step = step;
    expect(world.step().status()).toBe('blocked');
  });

  it('strangers raise no doubt', () => {
    const world = releaseWorld()
      .says('eve', 'hello')
      .edits('eve', '/approve')
      .says('eve', 'bye')
      .deletes('eve');
    expect(world.status()).toBe('waiting');
  });

  it('has nothing to withdraw where nothing was said', () => {
    expect(releaseWorld().says('grace', '/withdraw').answers().at(-1)).toContain('no vote here');
  });
});

describe('help', () => {
  it('is given once, on every thread of ours', () => {
    const world = releaseWorld()
      .says('grace', '/help')
      .says('grace', '/help', {}, '')
      .says('grace', '/approve', {}, '');
    expect(world.answers()).toHaveLength(1);
    expect(world.answers('').map((body) => /code=([a-z-]+) -->/.exec(body)?.[1])).toEqual([
      'help',
      'not-here',
    ]);
    expect(world.step().answers()).toHaveLength(1);
  });

  it('answers on a decided activity too, but only people who may act there', () => {
    const world = releaseWorld()
      .says('grace', '/approve')
      .says('grace', '/help')
      .says('eve', '/approve')
      .says('linus', 'thanks');
    expect(world.answers()).toHaveLength(1);
  });
});

describe('the target (T2)', () => {
  it('is resolved once; a tag that moves is a deviation, not a new target', () => {
    const world = releaseWorld().change({ target: { commit: commit('d'), tag: true } });
    expect(world.opened().target.commit).toBe(commit('b'));
    expect(world.thread('').body).toContain(`now means \`${commit('d')}\``);
    expect(
      world
        .step()
        .kinds()
        .filter((kind) => kind === 'deviation-recorded'),
    ).toHaveLength(1);
    expect(world.says('grace', '/approve').releaseStatus()).toBe('succeeded');
  });

  it('may be a branch, which moves all the time', () => {
    const world = releaseWorld().change({ target: { commit: commit('d'), tag: false } });
    expect(world.kinds()).not.toContain('deviation-recorded');
  });
});

describe('time that strangers can spend (T17)', () => {
  const long = `/approve\n${'x'.repeat(2_000)}`;

  it('is bounded: their long comments are not read', () => {
    const world = releaseWorld().says('eve', long);
    expect([world.status(), world.answers()]).toEqual(['waiting', []]);
  });

  it('is not taken from approvers, who may write at length', () => {
    expect(releaseWorld().says('grace', long).status()).toBe('approved');
  });
});

it('answers a call for help once, although the activity is decided in the same pass', () => {
  const world = releaseWorld();
  const { step } = world;
  world.step = () => world;
  world.says('linus', '/help').says('grace', '/approve');
  world.step = step;
  expect(world.step().status()).toBe('approved');
  expect(world.answers()).toHaveLength(1);
});
