import { expect, it } from 'vitest';
import type { ReleaseEvent } from '../../../src/core/release/event.ts';
import { inventoryOf } from '../../../src/core/repository/inventory.ts';
import { reusedNames } from '../../../src/core/repository/reused-names.ts';
import { recorded, releaseWorld } from '../../support/release-world.ts';

const file = (release: string) =>
  new TextEncoder().encode(`release: ${release}
title: Release
target: { ref: v1 }
phases:
  verify:
    activities:
      signoff: { title: Sign-off, approvers: [{ from: team:qa }] }
`);
const inventory = (release: string) => inventoryOf(new Map([['releases/a.yml', file(release)]]));
const reading = (events: readonly ReleaseEvent[], release = 'r1') => {
  const tip = { release, sequence: events.length, event: 'a'.repeat(64) };
  return { releases: new Map([[release, { release, events, tip }]]) };
};
const open = recorded(releaseWorld());
const ended = recorded(releaseWorld().says('grace', '/approve'));

it('refuses the name of a release that has ended, at its place', () => {
  expect([...reusedNames(inventory('r1'), reading(ended))]).toEqual([
    [
      'releases/a.yml',
      [
        {
          severity: 'error',
          code: 'conflict',
          position: { line: 1, column: 1 },
          message:
            'The name "r1" belongs to a release that is in the record already. Names are never used again; choose another one.',
        },
      ],
    ],
  ]);
});

it('refuses a name that a file system may not tell from a recorded one, even of an open release', () => {
  expect(reusedNames(inventory('r1'), reading(open, 'R1')).size).toBe(1);
  expect(reusedNames(inventory('r1'), reading(ended, 'R1')).size).toBe(1);
});

it('lets an open release be revised, and the manifest of an ended one stay as it is', () => {
  expect(reusedNames(inventory('r1'), reading(open)).size).toBe(0);
  const { digest } = inventory('r1').manifests.get('r1') ?? { digest: '' };
  const unchanged = ended.map((event) =>
    event.kind === 'release-opened'
      ? { ...event, body: { ...event.body, revision: { ...event.body.revision, manifest: digest } } }
      : event,
  );
  expect(reusedNames(inventory('r1'), reading(unchanged)).size).toBe(0);
});

it('knows nothing against names that are in no record', () => {
  expect(reusedNames(inventory('r2'), reading(ended)).size).toBe(0);
  expect(reusedNames(inventory('r1'), undefined).size).toBe(0);
  expect(reusedNames(inventory('r1'), reading([])).size).toBe(0);
});
