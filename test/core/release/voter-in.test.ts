import { describe, expect, it } from 'vitest';
import type { QuorumRule } from '../../../src/core/manifest/manifest.ts';
import { activity, manifest, type ReleaseWorld, releaseWorld, team } from '../../support/release-world.ts';

const asking = (require: QuorumRule['require'], more: object = {}): ReleaseWorld =>
  releaseWorld({
    plan: manifest([
      activity('signoff', { approvers: [{ from: [{ kind: 'team', name: 'qa' }], require }], ...more }),
    ]),
  });

const staying = (one: ReleaseWorld, ...logins: readonly string[]): ReleaseWorld => {
  const resolutions = { ...one.facts.resolutions, 'team:qa': team(11, ...logins) };
  return one.change({ resolutions }).step();
};

/** What the issue and the check of the activity say. */
const said = (one: ReleaseWorld): readonly (string | undefined)[] => [
  one.thread().body,
  one.check('countersign/release/r1/verify/signoff')?.summary,
];

describe('pitfall 15: whom to ask after somebody has left (T12)', () => {
  it('is whoever is still there', () => {
    const one = asking({ kind: 'count', count: 2 }).says('grace', '/approve');
    for (const text of said(one)) expect(text).toContain('linus would be enough');
    staying(one, 'grace', 'olga');
    for (const text of said(one)) expect(text).toContain('olga would be enough');
  });

  it('is nobody where those who are left are not enough, and both say why', () => {
    const one = staying(asking({ kind: 'unanimous' }).says('grace', '/approve'), 'grace', 'olga');
    for (const text of said(one))
      expect(text).toContain(
        'linus may not vote here any more, and without them those who were asked are not enough. Add people, or change the manifest.',
      );
    expect(one.says('olga', '/approve').status()).toBe('waiting');
  });

  it('is nobody for whom somebody spoke who has left', () => {
    const one = asking({ kind: 'unanimous' }).says('linus', '/delegate @zoe').says('grace', '/approve');
    one.says('olga', '/approve');
    for (const text of said(one)) expect(text).toContain('zoe would be enough');
    for (const text of said(staying(one, 'grace', 'olga')))
      expect(text).toContain('zoe may not vote here any more');
  });
});
