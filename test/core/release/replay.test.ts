import { describe, expect, it } from 'vitest';
import type { EventKind, HappeningOf, ReleaseEvent } from '../../../src/core/release/event.ts';
import { replay } from '../../../src/core/release/replay.ts';
import {
  activity,
  manifest,
  person,
  type ReleaseWorld,
  recorded,
  releaseWorld,
} from '../../support/release-world.ts';

const first = activity('first');
const second = activity('second');
const retitled = { ...first, title: 'Other' };

/** Approved, superseded, approved again; the second one rescoped with a vote, removed, back again, and cancelled. */
const eventful = (): ReleaseWorld =>
  releaseWorld({
    plan: manifest([
      first,
      {
        ...second,
        approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 2 } }],
      },
    ]),
  })
    .says('grace', '/approve', {}, 'first')
    .says('grace', '/approve', {}, 'second')
    .revise(manifest([retitled, second]))
    .says('grace', '/approve', {}, 'first')
    .revise(manifest([retitled]))
    .says('linus', '/approve', {}, 'first');

/** Tells one event of a kind otherwise, and what replay says then. */
const lie = <K extends EventKind>(
  world: ReleaseWorld,
  kind: K,
  change: (body: HappeningOf<K>['body']) => object,
  nth = 0,
): readonly string[] => {
  const chosen = world.events.filter((event) => event.kind === kind)[nth];
  const told = recorded(world).map((event) =>
    event.sequence === world.events.indexOf(chosen as ReleaseEvent) + 1
      ? ({ ...event, body: change(event.body as HappeningOf<K>['body']) } as ReleaseEvent)
      : event,
  );
  return replay(told).map(({ why }) => why.replaceAll(/[0-9a-f]{64}/g, 'DIGEST'));
};

/** What replay says when events of a kind are left out. */
const omit = (world: ReleaseWorld, kind: EventKind): readonly string[] =>
  replay(recorded(world).filter((event) => event.kind !== kind)).map(({ why }) =>
    why.replaceAll(/[0-9a-f]{64}/g, 'DIGEST'),
  );

describe('replay', () => {
  it('finds nothing in what was decided, nor in nothing', () => {
    const world = eventful();
    expect(world.kinds()).toEqual(
      expect.arrayContaining([
        'attempt-superseded',
        'scope-changed',
        'activity-aborted',
        'release-succeeded',
      ]),
    );
    expect(replay(recorded(world))).toEqual([]);
    expect(replay([])).toEqual([]);
  });

  it('finds an attempt that began out of turn, with another scope or number', () => {
    expect(lie(eventful(), 'activity-activated', (body) => ({ ...body, activity: 'third' }))).toContain(
      'it was not the turn of third',
    );
    expect(lie(eventful(), 'activity-activated', (body) => ({ ...body, scope: 'f'.repeat(64) }))).toContain(
      'the scope of first is DIGEST',
    );
    expect(lie(eventful(), 'activity-activated', (body) => ({ ...body, attempt: 7 }))).toContain(
      'attempt 1 of first was next',
    );
  });

  it('finds an outcome that the votes do not give', () => {
    const world = eventful();
    expect(lie(world, 'activity-approved', (body) => ({ ...body, approvals: [person('eve')] }))).toEqual([
      'activity-approved does not follow from the votes',
    ]);
    expect(lie(world, 'vote-cast', (body) => ({ ...body, choice: 'reject' }))).toContain(
      'activity-approved does not follow from the votes',
    );
    expect(omit(world, 'vote-cast')).toContain('activity-approved does not follow from the votes');
    expect(omit(world, 'activity-approved')).toContain('release-succeeded does not follow from the votes');
  });

  it('finds a change of scope that is told otherwise', () => {
    const lied = (change: (body: HappeningOf<'scope-changed'>['body']) => object) =>
      lie(eventful(), 'scope-changed', change);
    expect(lied((body) => ({ ...body, activity: 'third' }))).toContain('third did not have that scope');
    expect(lied((body) => ({ ...body, attempt: 2 }))).toContain('second did not have that scope');
    expect(lied((body) => ({ ...body, from: 'f'.repeat(64) }))).toContain('second did not have that scope');
    expect(lied((body) => ({ ...body, to: 'f'.repeat(64) }))).toContain('the scope of second is DIGEST');
    expect(lied((body) => ({ ...body, differences: [] }))).toContain('second changed in other places');
    expect(lied((body) => ({ ...body, lapsed: [] }))).toContain('other votes of second lapsed');
  });

  it('finds a change of scope that is told as the end of an attempt, and the other way round', () => {
    const swapped = (from: EventKind, to: EventKind) =>
      replay(
        recorded(eventful()).map((event) => {
          const body = { lapsed: [], roster: [], bindings: [], ...event.body };
          return event.kind === from ? ({ ...event, kind: to, body } as ReleaseEvent) : event;
        }),
      ).map(({ why }) => why);
    expect(swapped('scope-changed', 'attempt-superseded')).toContain('second was still waiting');
    expect(swapped('attempt-superseded', 'scope-changed')).toContain('first was not waiting');
  });

  it('finds a decision on what the manifest no longer says, because the change was left out (T2)', () => {
    const rescoped = releaseWorld({ plan: manifest([first]) })
      .revise(manifest([retitled]))
      .says('grace', '/approve', {}, 'first');
    expect(omit(rescoped, 'scope-changed')).toContain('the scope of first had changed to DIGEST');
    const hidden = recorded(eventful()).filter(
      ({ kind, body }) =>
        kind !== 'attempt-superseded' &&
        !('attempt' in body && body.activity === 'first' && body.attempt === 2),
    );
    const succeeded = hidden.find(({ kind }) => kind === 'release-succeeded')?.sequence;
    expect(replay(hidden).find(({ sequence }) => sequence === succeeded)?.why).toMatch(
      /^the scope of first had changed to /,
    );
  });

  it('finds an activity that was aborted without a reason', () => {
    const removed = releaseWorld({ plan: manifest([first, second]) }).revise(manifest([first]));
    expect(lie(removed, 'activity-aborted', (body) => ({ ...body, why: 'cancelled' }))).toEqual([
      'the manifest does not ask for second',
    ]);
    expect(lie(removed, 'activity-aborted', (body) => ({ ...body, activity: 'first' }))).toEqual([
      'the manifest still asks for first',
    ]);
    expect(lie(removed, 'activity-aborted', (body) => ({ ...body, attempt: 2 }))).toEqual([
      'second was not waiting',
    ]);
    const cancelled = releaseWorld().change({ manifest: { kind: 'absent' } });
    expect(replay(recorded(cancelled))).toEqual([]);
    expect(omit(cancelled, 'release-cancelled')).toEqual(['the release did not end so']);
  });

  it('compares with an empty scope where the activity was not in the revision before', () => {
    const returned = releaseWorld({ plan: manifest([first, second]) })
      .says('grace', '/approve', {}, 'first')
      .revise(manifest([second]))
      .revise(manifest([retitled, second]));
    expect(returned.kinds()).toContain('attempt-superseded');
    expect(replay(recorded(returned))).toEqual([]);
  });
});

describe('how a record begins', () => {
  it('with the opening of the release, and with that only once', () => {
    const [opening, ...rest] = recorded(releaseWorld());
    const why = 'a release is opened once, and before anything else';
    expect(replay(rest).filter((finding) => finding.why === why)).toHaveLength(rest.length);
    const twice = opening ? [opening, { ...opening, sequence: 2 }, ...rest] : [];
    expect(replay(twice).filter((finding) => finding.why === why)).toEqual([{ sequence: 2, why }]);
  });
});
