import { describe, expect, onTestFinished, test } from 'vitest';
import { writers } from '../../src/app/environment.ts';
import { readMarker } from '../../src/core/messages/marker.ts';
import { byQa, manifestOf, startWholeProduct } from '../support/whole-product.ts';

const releases = ['r1', 'r2', 'r3'];
const both = '{ approvers: { from: team:qa, require: 2 } }';
const plans = Object.fromEntries(
  releases.map((release) => [`releases/${release}.yml`, manifestOf(release, { signoff: both, legal: byQa })]),
);

describe('design 5: two replicas write one record, and neither forks it, loses or doubles an event', () => {
  test.each(writers)('over %s', async (writer) => {
    const world = await startWholeProduct({}, { replicas: 2, writer });
    onTestFinished(() => world.close());
    await world.as('ada').brings('all', plans);
    const approvals = await Promise.all(
      releases.flatMap((release) => [
        world.issue('signoff', release).then((issue) => ['grace', issue] as const),
        world.issue('signoff', release).then((issue) => ['katherine', issue] as const),
        world.issue('legal', release).then((issue) => ['grace', issue] as const),
      ]),
    );
    // Everybody speaks at once, and both replicas hear of everything.
    await Promise.all(approvals.map(([login, issue]) => world.as(login).comments(issue, '/approve')));
    await world.news();
    const troubles = world.troubles();
    for (const release of releases) {
      const events = world.records.events(release);
      expect(events.map(({ kind }) => kind).sort(), troubles.join('\n')).toEqual([
        'activity-activated',
        'activity-activated',
        'activity-approved',
        'activity-approved',
        'notice-posted',
        'notice-posted',
        'release-announced',
        'release-opened',
        'release-succeeded',
        'vote-cast',
        'vote-cast',
        'vote-cast',
      ]);
      expect(await world.conclusion(`countersign/release/${release}`)).toBe('success');
    }
    const parents = world.records.git('log', '--format=%P', 'countersign-records').split('\n').slice(0, -1);
    expect(parents.filter((line) => line.includes(' '))).toEqual([]);
    expect(await world.verify('--key', world.fingerprint, '--all-signatures')).toMatchObject({ code: 0 });
    // One open issue at most stood for each question; what both opened in one moment is closed and points to it.
    const issues = await world.hub.get<readonly { readonly state: string; readonly body: string | null }[]>(
      '/repos/acme/payments/issues?state=all&per_page=100',
    );
    expect(issues.filter(({ body }) => readMarker(body ?? '') !== undefined)).toHaveLength(9);
    expect(issues.filter(({ state }) => state === 'open')).toEqual([]);
    // Who came too late says so and looks again.
    expect(troubles.filter((line) => !/another replica recorded first|moved while/.test(line))).toEqual([]);
  });
});
