import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../src/core/release/event.ts';
import { apply, fold } from '../../../src/core/release/fold.ts';
import {
  attemptsOf,
  latestAttempt,
  latestAttempts,
  type ReleaseState,
  waitingAttempt,
} from '../../../src/core/release/state.ts';
import { everyHappening } from '../../support/every-happening.ts';
import { activity, manifest, person, releaseWorld } from '../../support/release-world.ts';

const at = '2026-11-23T10:00:00Z';
const world = releaseWorld();
const state = world.opened();
const withdrawn = (name: string, attempt: number): Happening => ({
  at,
  kind: 'vote-withdrawn',
  body: {
    activity: name,
    attempt,
    person: person('grace'),
    source: { kind: 'comment', id: 1, url: 'https://host/c/1', createdAt: at, body: 'a'.repeat(64) },
  },
});

describe('events that do not fit', () => {
  it('change nothing before the release is open', () => {
    expect(fold('r1', [withdrawn('signoff', 1)])).toEqual({ kind: 'unopened', release: 'r1', sequence: 0 });
  });

  it('change nothing but the count afterwards', () => {
    const counted = { ...state, sequence: state.sequence + 1, lastAt: at };
    expect(apply(state, withdrawn('never-began', 1))).toEqual(counted);
    expect(apply(state, withdrawn('signoff', 2))).toEqual(counted);
    const opening = world.events[0] as Happening;
    expect(apply(state, { ...opening, at })).toEqual(counted);
  });
});

describe('names', () => {
  it('keep the first id that was recorded for them (T13)', () => {
    const again = world.events.find(({ kind }) => kind === 'activity-activated') as Extract<
      Happening,
      { readonly kind: 'activity-activated' }
    >;
    const other = {
      ...again,
      body: {
        ...again.body,
        attempt: 2,
        bindings: [
          { principal: 'team:qa', id: 99 },
          { principal: 'team:sre', id: 13 },
        ],
      },
    };
    expect(fold('r1', [...world.events, other])).toMatchObject({
      bindings: { 'team:qa': { id: 11, at: again.at }, 'team:sre': { id: 13, at: again.at } },
    });
  });

  it('of activities may be any that the grammar allows', () => {
    const odd = releaseWorld({ plan: manifest([activity('constructor')]) });
    expect(attemptsOf(state, 'constructor')).toEqual([]);
    expect(odd.says('grace', '/approve', {}, 'constructor').releaseStatus()).toBe('succeeded');
    expect(latestAttempts(odd.opened()).map((attempt) => attempt.activity)).toEqual(['constructor']);
    expect(latestAttempt(odd.opened(), 'constructor')?.ending?.kind).toBe('approved');
    expect(waitingAttempt(odd.opened(), 'constructor')).toBeUndefined();
  });
});

describe('authors', () => {
  const revised = (login: string, proof: 'proven' | 'claimed') =>
    releaseWorld({
      authors: [
        { person: person('ada'), proof: 'claimed' },
        { person: person('grace'), proof: 'proven' },
      ],
    })
      .revise(manifest([activity('signoff', { title: 'Other' })]), [{ person: person(login), proof }])
      .opened()
      .authors.map((author) => [author.person.login, author.proof]);

  it('of all revisions are kept, each as surely as it was ever known (T16)', () => {
    expect(revised('ada', 'proven')).toEqual([
      ['ada', 'proven'],
      ['grace', 'proven'],
    ]);
    expect(revised('grace', 'claimed')).toEqual([
      ['ada', 'claimed'],
      ['grace', 'proven'],
    ]);
    expect(revised('pat', 'claimed')).toEqual([
      ['ada', 'claimed'],
      ['grace', 'proven'],
      ['pat', 'claimed'],
    ]);
  });
});

it('a fold is event after event, and an event leaves the state before it alone', () => {
  const states: ReleaseState[] = [{ kind: 'unopened', release: 'payments', sequence: 0 }];
  const copies: string[] = [];
  for (const happening of everyHappening) {
    const before = states.at(-1) as ReleaseState;
    states.push(apply(before, happening));
    copies.push(JSON.stringify(before));
  }
  everyHappening.forEach((_, index) => {
    expect(fold('payments', everyHappening.slice(0, index + 1))).toEqual(states[index + 1]);
    expect(JSON.stringify(states[index])).toBe(copies[index]);
  });
});
