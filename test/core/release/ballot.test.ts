import { describe, expect, it } from 'vitest';
import type { Author } from '../../../src/core/release/event.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { activity, manifest, person, recorded, releaseWorld, team } from '../../support/release-world.ts';

const custodians = {
  from: [{ kind: 'team', name: 'governance' }],
  require: { kind: 'count', count: 2 },
} as const;
const plan = manifest([activity('signoff'), activity('other')]);
const author = (login: string, proof: Author['proof'] = 'proven'): Author => ({
  person: person(login),
  proof,
});

describe('T3: custodians who become authors', () => {
  it('overrule nothing any more, not even by what they wrote before', () => {
    const now = releaseWorld({
      plan,
      configuration: { custodians },
      resolutions: { 'team:governance': team(14, 'carla', 'chen', 'dora') },
    })
      .says('grace', '/reject not yet')
      .says('carla', '/ignore it is only the colour');
    const changed = manifest([activity('signoff'), activity('other', { instructions: 'Look again.' })]);
    now.revise(changed, [author('ada'), author('carla')]);
    expect(now.says('chen', '/ignore so it is').status()).toBe('rejected');
    expect(now.says('dora', '/ignore so it is').status()).toBe('ignored');
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('T16: what somebody said before an e-mail address named them as an author', () => {
  const two = [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }] as const;
  const asking = (instructions: string) =>
    manifest([activity('signoff', { approvers: two }), activity('other', { instructions })]);
  const claimed = [author('ada'), author('grace', 'claimed')];

  it('is no approval any more', () => {
    const now = releaseWorld({ plan: asking('Look.') }).says('grace', '/approve');
    now.revise(asking('Look again.'), claimed);
    expect(now.says('linus', '/approve').status()).toBe('waiting');
    expect(now.says('olga', '/approve').status()).toBe('approved');
    expect(replay(recorded(now))).toEqual([]);
  });

  it('stays a rejection: a claim silences nobody', () => {
    const patient = { reject: { kind: 'count', count: 2 } } as const;
    const asking = (instructions: string) =>
      manifest([activity('signoff', patient), activity('other', { instructions })]);
    const now = releaseWorld({ plan: asking('Look.') }).says('grace', '/reject it is not ready');
    now.revise(asking('Look again.'), claimed);
    expect(now.says('linus', '/reject nor is it tested').status()).toBe('rejected');
    expect(replay(recorded(now))).toEqual([]);
  });
});

describe('T16: the author of a revision that another one took the place of', () => {
  it('is an author of the release for good, whoever wrote the last one', () => {
    const asking = (instructions: string) =>
      manifest([activity('signoff'), activity('other', { instructions })]);
    const now = releaseWorld({ plan: asking('Look.') });
    now.revise(asking('Look again.'), [author('ada'), author('grace')]);
    now.revise(asking('And again.'), [author('ada')]);
    expect(now.says('grace', '/approve').status()).toBe('waiting');
    expect(now.answers().at(-1)).toContain('can neither approve nor reject');
    expect(now.says('linus', '/approve').status()).toBe('approved');
    expect(replay(recorded(now))).toEqual([]);
  });
});
