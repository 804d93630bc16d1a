import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commitMessage, sentenceOf } from '../../../src/core/messages/commit-message.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import { everyHappening } from '../../support/every-happening.ts';
import { evidenceOf, rollback, voteWith } from '../../support/evidence.ts';
import { noon, opening, place, vote } from '../../support/happenings.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

const release = 'payments-2026.11';

function eventsOf(...happenings: readonly Happening[]): readonly ReleaseEvent[] {
  const { repository } = place;
  return happenings.map((happening, index) => ({
    ...happening,
    version: 1,
    repository,
    release,
    sequence: index + 1,
  }));
}

/** The trailers that git itself finds. */
function trailersOf(message: string): readonly string[] {
  const found = execFileSync('git', ['interpret-trailers', '--parse'], { input: message }).toString();
  return found.trim().split('\n');
}

test('a vote reads as a sentence with trailers', () => {
  expect(commitMessage([{ release, events: eventsOf(vote('fine')) }], 7)).toBe(
    [
      'payments-2026.11: grace approved qa-signoff',
      '',
      'Release: payments-2026.11',
      'Activity: qa-signoff',
      'Decision: approve',
      'Approved-by: grace <2+grace@users.noreply.github.com>',
      'Checkpoint: 7',
      '',
    ].join('\n'),
  );
});

test('several events are listed; the telling one is the subject', () => {
  const events = eventsOf(opening(release).happening, {
    at: noon,
    kind: 'release-announced',
    body: { issue: { number: 3, nodeId: 'I_3', url: 'https://github.com/x' }, at: noon },
  });
  const message = commitMessage([{ release, events }], 1);
  expect(message.split('\n')[0]).toBe('payments-2026.11: opened for aaaaaaa');
  expect(message).toContain('- payments-2026.11: announced in issue 3');
});

test('several releases share a commit', () => {
  const events = eventsOf(vote('fine'));
  const appends = ['x', 'y', 'z'].map((name) => ({ release: name, events }));
  const message = commitMessage(appends, 1);
  expect(message.split('\n')[0]).toBe('3 releases moved: x, y, z');
  expect(trailersOf(message).filter((line) => line.startsWith('Release:'))).toEqual([
    'Release: x',
    'Release: y',
    'Release: z',
  ]);
});

test('there is a subject even without an event', () => {
  expect(commitMessage([], 3)).toBe('Record foreign commits\n\nCheckpoint: 3\n');
  expect(commitMessage([{ release, events: [] }], 3)).toContain('no change');
});

test('subjects have at most 72 characters', () => {
  const long = { ...vote('fine'), body: { ...vote('fine').body, activity: 'a'.repeat(63) } } as Happening;
  const many = Array.from({ length: 50 }, (_, index) => ({
    release: `release-${index}`,
    events: eventsOf(vote('')),
  }));
  for (const appends of [[{ release, events: eventsOf(long) }], many]) {
    expect([...(commitMessage(appends, 1).split('\n')[0] ?? '')].length).toBeLessThanOrEqual(72);
  }
});

test.each(hostileTexts)('no text forges a trailer: %j', (text) => {
  const cast = vote(text) as Extract<Happening, { kind: 'vote-cast' }>;
  const forged: Happening = {
    ...cast,
    body: { ...cast.body, elector: { person: { id: 2, login: text }, rules: [] }, activity: text },
  };
  const moved: Happening = {
    at: noon,
    kind: 'deviation-recorded',
    body: { what: 'target-moved', ref: text, from: 'a'.repeat(40), to: 'b'.repeat(40) },
  };
  const message = commitMessage([{ release: text, events: eventsOf(forged, moved) }], 7);
  const names = trailersOf(message).map((line) => line.split(':')[0]);
  expect(names.filter((name) => name === 'Approved-by')).toHaveLength(1);
  expect(trailersOf(message).filter((line) => line.startsWith('Checkpoint:'))).toEqual(['Checkpoint: 7']);
  expect(new Set(names).size).toBeLessThanOrEqual(5);
});

test.each(everyHappening.map((happening) => [happening.kind, happening] as const))(
  '%s has a sentence',
  (_, happening) => {
    const [event] = eventsOf(happening);
    expect(event && sentenceOf(event)).toMatchSnapshot();
    expect(commitMessage([{ release, events: eventsOf(happening) }], 1)).toMatchSnapshot();
  },
);

test('S-114: evidence is named by its digest', () => {
  const happening = voteWith({ plan: evidenceOf(rollback), note: 'x' });
  const message = commitMessage([{ release, events: eventsOf(happening) }], 7);
  expect(trailersOf(message)).toContain(`Evidence: ${evidenceOf(rollback).sha256} docs/rollback.md`);
});
