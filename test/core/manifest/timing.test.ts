import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { located, manifestFile } from './manifest-file.ts';

const withTime = (...lines: readonly string[]) =>
  parseManifest(
    manifestFile([
      'approvers: { from: team:qa, require: majority }\n',
      `approvers: { from: team:qa, require: majority }\n${lines.map((line) => `        ${line}\n`).join('')}`,
    ]),
  );

const timing = (...lines: readonly string[]) => {
  const parsed = withTime(...lines);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.phases[0]?.activities[0]?.timing;
};

const problems = (...lines: readonly string[]) => {
  const parsed = withTime(...lines);
  return parsed.kind === 'invalid' ? located(parsed.problems) : [];
};

describe('S-085–S-088, S-137–S-139: times', () => {
  it('are kept as they are written', () => {
    expect(
      timing(
        'open-for: 72h',
        'deadline: 2 business days',
        'remind: [50%, 2h before]',
        'escalate: { at: 75%, to: [role:release-manager], grant: true }',
        'expire: stay',
        'auto-approve: { after: 96h, comment: Standard change }',
      ),
    ).toEqual({
      openFor: '72h',
      deadline: '2 business days',
      remind: ['50%', '2h before'],
      escalate: [{ at: '75%', to: [{ kind: 'role', name: 'release-manager' }], grant: true }],
      expire: 'stay',
      autoApprove: { at: '96h', comment: 'Standard change' },
    });
    expect(timing('auto-approve: { at: 2026-12-01, comment: x }')?.autoApprove?.at).toBe('2026-12-01');
    expect(timing('escalate: { at: 2h, to: team:sre, grant: false }')?.escalate[0]).not.toHaveProperty(
      'grant',
    );
  });

  it('a deadline brings the ladder: 50 % reminds, 75 % tells the owner, 100 % expires (S-145)', () => {
    expect(timing('deadline: 24h')).toEqual({
      deadline: '24h',
      remind: ['50%'],
      escalate: [{ at: '75%', to: [{ kind: 'team', name: 'qa' }] }],
    });
    expect(
      timing('deadline: 24h', 'remind: 1h', 'escalate: { at: 2h, to: team:sre }', 'expire: reject'),
    ).toEqual({
      deadline: '24h',
      remind: ['1h'],
      escalate: [{ at: '2h', to: [{ kind: 'team', name: 'sre' }] }],
    });
    expect(timing()).toBeUndefined();
  });

  it('nobody is told where nobody owns it', () => {
    const file = manifestFile(
      ['owner: role:release-manager\n', ''],
      ['    owner: team:qa\n', ''],
      ['require: majority }\n', 'require: majority }\n        deadline: 24h\n'],
    );
    const parsed = parseManifest(file);
    expect(parsed.kind === 'valid' && parsed.value.phases[0]?.activities[0]?.timing?.escalate).toEqual([]);
  });

  it('a schedule is a moment or a day', () => {
    const start = (written: string) => {
      const parsed = parseManifest(manifestFile(['phases:', `schedule: { start: ${written} }\nphases:`]));
      return parsed.kind === 'valid' ? parsed.value.start : located(parsed.problems);
    };
    expect(start('2026-11-25T09:00:00Z')).toBe('2026-11-25T09:00:00Z');
    expect(start('2026-11-25')).toBe('2026-11-25');
    expect(start('tomorrow')).toEqual(['5:20 invalid-value']);
  });

  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['a deadline that is none', ['deadline: soon'], ['12:19 invalid-value']],
    ['a day that does not exist', ['deadline: 2026-02-30'], ['12:19 invalid-value']],
    ['a share without a deadline', ['remind: 50%'], ['12:17 conflict']],
    ['a time before no deadline', ['escalate: { at: 2h before, to: team:sre }'], ['12:25 conflict']],
    ['an expiry without a deadline', ['expire: stay'], ['12:9 conflict']],
    ['an offset that is none', ['remind: [often]'], ['12:18 invalid-value']],
    ['nobody to escalate to', ['escalate: { at: 2h }'], ['12:9 missing-key']],
    ['two automatic times', ['auto-approve: { after: 2h, at: 2026-12-01, comment: x }'], ['12:9 conflict']],
    [
      'an automatic time that the deadline forestalls (G-11)',
      ['deadline: 5h', 'auto-approve: { after: 5h, comment: x }'],
      ['13:25 conflict'],
    ],
    [
      'an automatic time after the deadline, in business days',
      ['deadline: 1 business day', 'auto-approve: { after: 2 business days, comment: x }'],
      ['13:25 conflict'],
    ],
    [
      'an automatic time before the vote may end',
      ['open-for: 3d', 'auto-approve: { after: 5h, comment: x }'],
      ['13:25 conflict'],
    ],
    ['times that fit', ['open-for: 5h', 'deadline: 6h', 'auto-approve: { after: 5h, comment: x }'], []],
    [
      'times that only a calendar can compare',
      ['open-for: 3d', 'deadline: 2026-12-01', 'auto-approve: { after: 1 business day, comment: x }'],
      [],
    ],
    [
      'a vote that always expires, because it may not end before',
      ['open-for: 72h', 'deadline: 24h'],
      ['12:9 conflict'],
    ],
    ['a vote that may end with its deadline', ['open-for: 24h', 'deadline: 24h'], []],
    ['a missed deadline that is only shown', ['open-for: 72h', 'deadline: 24h', 'expire: stay'], []],
    ['no automatic time', ['auto-approve: { comment: x }'], ['12:9 missing-key']],
    ['automatic by a word', ['auto-approve: always'], ['12:23 wrong-type']],
    ['an open time that is none', ['open-for: 2026-12-01'], ['12:19 invalid-value']],
  ])('%s', (_, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
