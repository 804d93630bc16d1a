import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/core/release/facts.ts';
import { show } from '../../../src/core/release/show.ts';
import { releaseOfCheck } from '../../../src/core/release/show-checks.ts';
import type { Write } from '../../../src/core/release/surface.ts';
import { activity, manifest, type ReleaseWorld, releaseWorld } from '../../support/release-world.ts';

/** What would be written if GitHub showed this. */
const writes = (world: ReleaseWorld, facts: Partial<Facts>): readonly Write[] => {
  const { hindrances } = world.decision();
  const anchor = { number: world.events.length, digest: 'c'.repeat(64) };
  const all = { ...world.facts, ...facts };
  return show({ state: world.opened(), facts: all, refusals: [], hindrances, organization: 'acme', anchor });
};
const two = manifest([activity('a'), activity('b')]);

describe('issues', () => {
  it('that somebody deleted are made again, but only while people can act there', () => {
    const gone: Partial<Facts> = { threads: new Map() };
    const made = writes(releaseWorld({ plan: two }).says('grace', '/approve', {}, 'a'), gone);
    expect(made.map((write) => (write.kind === 'create-issue' ? write.title : write.kind))).toEqual([
      'Release r1: Release one',
      'r1: b',
    ]);
    expect(writes(releaseWorld().says('grace', '/approve'), gone)).toEqual([]);
  });

  it('are not linked to a tracking issue that somebody deleted', () => {
    const world = releaseWorld({ plan: two });
    const threads = new Map(world.facts.threads);
    threads.delete(world.thread('').issue.number);
    expect(writes(world, { threads }).map(({ kind }) => kind)).toEqual(['create-issue']);
  });

  it('are made without a parent while there is no tracking issue', () => {
    const world = releaseWorld();
    const { tracking, ...state } = world.opened();
    world.state = state;
    const [first, second] = writes(world, { threads: new Map() });
    expect(tracking).toBeDefined();
    expect([first?.kind, second]).toEqual([
      'create-issue',
      expect.not.objectContaining({ parent: expect.anything() }),
    ]);
  });

  it('of removed activities say so and are closed, and whoever opens them again closes nothing but that', () => {
    const world = releaseWorld({ plan: two });
    const { number } = world.thread('b').issue;
    world.says('grace', '/approve', {}, 'a');
    const approved = world.thread('a');
    world.revise(manifest([activity('c')]));
    expect(world.facts.threads.get(number)?.body).toMatchInlineSnapshot(`
      "**🚫 Aborted.** The manifest no longer asks for this.

      Release \`r1\`, activity \`b\`, attempt 1.

      <!-- countersign release=r1 activity=b attempt=1 scope=7ac7a3cf6c9e34286eccc5142a2ef92bb88114475c6e94fe757427cecc25dae9 -->"
    `);
    expect(world.facts.threads.get(number)?.open).toBe(false);
    expect(world.facts.threads.get(approved.issue.number)).toEqual(approved);
    const deleted = new Map(world.facts.threads);
    deleted.delete(number);
    expect(writes(world, { threads: deleted })).toEqual([]);
  });

  it('are closed with the reason that fits', () => {
    const closings = (world: ReleaseWorld) =>
      world.writes.flatMap((write) => (write.kind === 'close-issue' ? [write.reason] : []));
    expect(closings(releaseWorld().says('grace', '/approve'))).toEqual(['COMPLETED', 'COMPLETED']);
    expect(closings(releaseWorld().says('grace', '/reject no'))).toEqual(['NOT_PLANNED']);
    expect(closings(releaseWorld().change({ manifest: { kind: 'absent' } }))).toEqual([
      'NOT_PLANNED',
      'NOT_PLANNED',
    ]);
  });

  it('are the same with the line ends of another system', () => {
    const world = releaseWorld();
    const threads = new Map(
      [...world.facts.threads].map(([number, thread]) => [
        number,
        { ...thread, body: `${thread.body.replaceAll('\n', '\r\n')}\r\n` },
      ]),
    );
    expect(writes(world, { threads })).toEqual([]);
  });
});

describe('checks', () => {
  it('fail for the release as soon as one activity was rejected, whatever still waits', () => {
    const world = releaseWorld({ plan: two }).says('grace', '/reject no', {}, 'a');
    expect([world.releaseStatus(), world.check('countersign/release/r1')?.conclusion]).toEqual([
      'on-hold',
      'failure',
    ]);
  });

  it('exist for activities from when they could begin', () => {
    const world = releaseWorld({ plan: manifest([activity('a'), activity('b', { needs: ['a'] })]) });
    expect(world.facts.checks.map(({ name }) => name)).toEqual([
      'countersign/release/r1/verify/a',
      'countersign/release/r1',
    ]);
  });

  it('show again what somebody else made of them', () => {
    const world = releaseWorld();
    const checks = world.facts.checks.map((check) => ({ ...check, title: 'mine' }));
    expect(writes(world, { checks }).map(({ kind }) => kind)).toEqual(['update-check', 'update-check']);
    const green = world.facts.checks.map((check) => ({ ...check, conclusion: 'success' as const }));
    expect(writes(world, { checks: green }).map(({ kind }) => kind)).toEqual([
      'create-check',
      'create-check',
    ]);
  });
});

describe('names of checks (T4)', () => {
  it('tell whose they are', () => {
    expect(
      [
        'countersign/release/r1',
        'countersign/release/r1/p/a',
        'countersign/release/',
        'countersign/manifest',
      ].map(releaseOfCheck),
    ).toEqual(['r1', 'r1', undefined, undefined]);
  });

  it('T6: one that somebody asked for anew gets a new run, whatever it says', () => {
    const world = releaseWorld();
    const [first, ...rest] = world.facts.checks;
    if (first === undefined) throw new Error('there is no check');
    const wished = { checks: [{ ...first, again: true as const }, ...rest] };
    expect(writes(world, wished)).toMatchObject([{ kind: 'create-check', check: { name: first.name } }]);
  });
});
