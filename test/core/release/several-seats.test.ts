import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const hour = 3_600_000;
const from = (name: string, seats: number) =>
  ({ from: [{ kind: 'team', name }], require: { kind: 'count', count: seats } }) as const;

const world = (approvers: Activity['approvers'], more: Partial<Activity> = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest([activity('signoff', { approvers, order: 'sequential', ...more })]),
    resolutions: { 'user:linus': { kind: 'user', ...person('linus') } },
  });
const joins = (release: ReleaseWorld, ...logins: readonly string[]): ReleaseWorld =>
  release.change({ resolutions: { ...release.facts.resolutions, 'team:qa': team(11, ...logins) } });
const votes = (release: ReleaseWorld) =>
  release
    .opened()
    .attempts['signoff']?.at(-1)
    ?.votes.map(({ elector }) => [elector.person.login, ...elector.rules.map(({ rule }) => rule)]);

/** sam lets eve decide in the second rule, and eve joins the team of the first one; she has approved for both. */
const both = (): ReleaseWorld => {
  const release = world([from('qa', 2), from('sre', 2)], { distinct: false });
  release.says('grace', '/approve').says('sam', '/delegate @eve');
  joins(release, 'grace', 'linus', 'eve').says('linus', '/approve').says('eve', '/approve');
  return release;
};

describe('seats that one person has in several ways, where rules open in turn (T12)', () => {
  it('whom an escalation lets vote sits where they are asked, or there', () => {
    const timing = {
      remind: [],
      escalate: [{ at: '2h', to: [{ kind: 'user', name: 'linus' }], grant: true }],
    } as const;
    const release = world([from('qa', 1), from('sre', 1)], { timing }).says('grace', '/approve');
    release.now += 3 * hour;
    release.step().says('linus', '/approve');
    expect([release.status(), replay(recorded(release))]).toEqual(['approved', []]);
  });

  it('a delegate who joins an earlier rule still sits in the later one', () => {
    const release = world([from('qa', 1), from('sre', 2)]).says('grace', '/approve');
    joins(release.says('sam', '/delegate @eve'), 'grace', 'linus', 'eve');
    release.says('rosa', '/approve').says('eve', '/approve');
    expect([release.status(), replay(recorded(release))]).toEqual(['approved', []]);
  });

  it('is their own word: whoever takes their seat back takes only that', () => {
    const release = both();
    expect(votes(release)).toEqual([
      ['grace', 0],
      ['linus', 0],
      ['eve', 0, 1],
    ]);
    expect(release.thread().body).not.toContain('for sam');
    release.says('sam', '/delegate off');
    expect(votes(release)?.at(-1)).toEqual(['eve', 0]);
    expect(release.says('rosa', '/approve').status()).toBe('waiting');
    expect(release.says('sam', '/approve').status()).toBe('approved');
  });

  it('who is kept apart by now leaves no seat to sit in, and takes no other one away', () => {
    const release = both();
    const authors = ['ada', 'sam'].map((login) => ({ person: person(login), proof: 'proven' as const }));
    release.revise({ ...release.opened().revision.plan, title: 'Other' }, authors).says('rosa', '/approve');
    expect([release.status(), replay(recorded(release))]).toEqual(['blocked', []]);
    expect(release.sentence()).toContain('1 approval would be missing');
  });

  it('nobody sits twice in one rule', () => {
    const release = world([from('qa', 2)]).says('grace', '/delegate @eve');
    joins(release, 'grace', 'linus', 'olga', 'eve').says('eve', '/approve');
    expect([votes(release), release.status()]).toEqual([[['eve', 0]], 'waiting']);
  });
});
