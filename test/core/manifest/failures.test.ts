import { expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { located, manifestFile } from './manifest-file.ts';

it('reads what follows from a failure, of a phase and of an activity (S-047)', () => {
  const rollback =
    '  rollback:\n    activities:\n      undo: { approvers: { from: team:sre }, on-failure: hold }\n';
  const file = manifestFile(
    ['    owner: team:qa\n', '    on-failure: hold\n'],
    ['    needs: verify\n', '    needs: verify\n    on-failure: { run: rollback }\n'],
    ['from: [team:product, user:pat] }', 'from: [team:product, user:pat] }\n        on-failure: continue'],
  );
  const read = parseManifest(Buffer.concat([file, Buffer.from(rollback)]));
  const plan = read.kind === 'valid' ? read.value : undefined;
  expect(plan?.phases.map(({ onFailure }) => onFailure)).toEqual([
    undefined,
    { kind: 'run', phase: 'rollback' },
    undefined,
  ]);
  expect(plan?.phases.flatMap(({ activities }) => activities.map(({ onFailure }) => onFailure))).toEqual([
    undefined,
    { kind: 'continue' },
    undefined,
    { kind: 'hold' },
  ]);
});

it.each<readonly [string, readonly (readonly [string, string])[], string]>([
  ['an unknown word for a failure', [['owner: team:qa', 'on-failure: stop']], '8:17 invalid-value'],
  ['a failure that runs nothing', [['owner: team:qa', 'on-failure: {}']], '8:5 missing-key'],
  [
    'a failure that runs what is not there',
    [['owner: team:qa', 'on-failure: { run: undo }']],
    '8:24 unknown-reference',
  ],
  [
    'a failure that runs itself',
    [['    needs: verify', '    on-failure: { run: production }']],
    '13:24 cycle',
  ],
  [
    'failures that run each other, so that machines would start each other for ever',
    [
      ['owner: team:qa', 'on-failure: { run: production }'],
      ['    needs: verify', '    on-failure: { run: verify }'],
    ],
    '8:24 cycle\n13:24 cycle',
  ],
  [
    'a failure that runs what waits',
    [['owner: team:qa', 'on-failure: { run: production }']],
    '12:3 conflict',
  ],
  [
    'a need of what a failure runs',
    [['product:\n', 'product:\n        on-failure: { run: verify }\n']],
    '13:12 conflict',
  ],
])('%s is a mistake at its place', (_, replacements, expected) => {
  const read = parseManifest(manifestFile(...replacements));
  expect(read.kind === 'invalid' ? located(read.problems) : []).toEqual(expected.split('\n'));
});
