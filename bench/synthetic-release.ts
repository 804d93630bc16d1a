import type { Activity, Manifest } from '../src/core/manifest/manifest.ts';
import type { TeamMember } from '../src/core/policy/principals.ts';
import { digestOf } from '../src/core/record/digest.ts';
import { activate, dueActivations, dueOutcomes } from '../src/core/release/due.ts';
import type { Happening } from '../src/core/release/event.ts';
import { apply } from '../src/core/release/fold.ts';
import { latestAttempt, type OpenRelease, type ReleaseState } from '../src/core/release/state.ts';

export type Size = {
  readonly activities: number;
  /** People who vote on each activity; all of them are needed. */
  readonly voters: number;
};

const started = Date.parse('2026-01-01T00:00:00Z');
const instantAt = (second: number): string =>
  new Date(started + second * 1000).toISOString().replace('.000Z', 'Z');

const activityOf = (index: number, voters: number): Activity => ({
  id: `check-${index}`,
  phase: 'verify',
  title: `Check number ${index}`,
  instructions: 'Look at the staging system, then say what you saw.',
  needs: [],
  approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: voters } }],
  exclude: [],
  inputs: [],
});

export const manifestOf = (release: string, { activities, voters }: Size): Manifest => {
  const all = Array.from({ length: activities }, (_, index) => activityOf(index, voters));
  const phase = { id: 'verify', title: 'Verify', needs: [], activities: all };
  return { release, title: `Release ${release}`, target: { kind: 'ref', ref: 'main' }, phases: [phase] };
};

/** The whole life of a release as the controller would have recorded it: opened, noticed, voted on, approved. */
export function lifeOf(release: string, size: Size): { happenings: Happening[]; manifest: Uint8Array } {
  const manifest = Buffer.from(`release: ${release}\n`);
  const happenings: Happening[] = [];
  let state: ReleaseState = { kind: 'unopened', release, sequence: 0 };
  const add = (...more: readonly Happening[]): void => {
    for (const happening of more) {
      happenings.push(happening);
      state = apply(state, happening);
    }
  };
  const now = (): string => instantAt(happenings.length);
  const revision = {
    manifest: digestOf(manifest),
    path: `releases/${release}.yml`,
    commit: 'b'.repeat(40),
    authors: [{ person: { id: 1, login: 'ada' }, proof: 'proven' as const }],
    plan: manifestOf(release, size),
    roles: [],
  };
  const target = { commit: 'a'.repeat(40), ref: 'main' };
  add({ at: now(), kind: 'release-opened', body: { title: revision.plan.title, revision, target } });
  const members: TeamMember[] = Array.from({ length: size.voters }, (_, index) => ({
    person: { id: 100 + index, login: `tester-${index}` },
    inherited: false,
  }));
  const resolutions = { 'team:qa': { kind: 'team' as const, id: 9, members } };
  const open = (): OpenRelease => {
    if (state.kind === 'opened') return state;
    throw new Error('the release is not open');
  };
  for (const activity of dueActivations(open(), { at: now(), trusted: true })) {
    const begun = activate(open(), activity, { resolutions }, now());
    if (!('kind' in begun)) throw new Error('an activity cannot begin');
    add(begun);
  }
  for (const activity of revision.plan.phases.flatMap((phase) => phase.activities)) {
    for (const vote of votesOn(open(), activity, happenings.length)) add(vote);
  }
  add(...dueOutcomes(open(), { at: now(), trusted: true }, new Set()));
  return { happenings, manifest };
}

function votesOn(state: OpenRelease, { id }: Activity, first: number): readonly Happening[] {
  const attempt = latestAttempt(state, id);
  if (attempt === undefined) throw new Error(`${id} did not begin`);
  const { scope } = attempt;
  const url = `https://github.com/acme/payments/issues/${first}`;
  const issue = { number: first, nodeId: `I_${first}`, url };
  const notice: Happening = {
    at: instantAt(first),
    kind: 'notice-posted',
    body: { activity: id, attempt: 1, scope, issue, at: instantAt(first) },
  };
  const votes = attempt.roster.map((elector, index): Happening => {
    const at = instantAt(first + 1 + index);
    const source = { kind: 'comment' as const, id: first + index, url, createdAt: at, body: 'd'.repeat(64) };
    const reason = 'Looked at it from all sides.';
    const body = { activity: id, attempt: 1, scope, elector, reason, inputs: {}, source, seenAt: at };
    return { at, kind: 'vote-cast', body: { ...body, choice: 'approve' } };
  });
  return [notice, ...votes];
}
