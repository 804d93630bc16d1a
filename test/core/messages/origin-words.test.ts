import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { demandLines, originLines } from '../../../src/core/messages/origin-words.ts';
import { manifest } from '../../support/release-world.ts';
import { configurationOf } from '../floors/rulebook.ts';

const activity: Activity = {
  id: 'a',
  phase: 'p',
  title: 'A',
  needs: [],
  approvers: [],
  exclude: [],
  inputs: [],
};

describe('design 3.10: where a demand comes from', () => {
  it('is told once a source', () => {
    const floor = 'the floor for environment production (f.yml, line 3)';
    const origins = [
      { part: 'approvers', from: 'the catalog' },
      { part: 'exclude', from: floor },
      { part: 'inputs.risk', from: floor },
    ];
    expect(originLines({ ...activity, origins })).toEqual([
      '- `approvers`: the catalog',
      '- `exclude`, `inputs.risk`: the floor for environment production (f.yml, line 3)',
    ]);
  });

  it('is not told where the manifest says everything', () => {
    expect(originLines(activity)).toEqual([]);
  });
});

describe('what a pull request takes over', () => {
  const floors = configurationOf('floors: { for: { uses: audit }, activities: audit }\n').floors;
  const plan = manifest([{ ...activity, origins: [{ part: 'approvers', from: 'the catalog' }] }]);

  it('is told with the floors that it is held to', () => {
    expect(demandLines([{ plan, floors }])).toEqual([
      '',
      'r1 is held to the floor for uses: audit (.github/countersign.yml, line 1).',
      '',
      'What it does not say itself:',
      '',
      '- `a`, `approvers`: the catalog',
    ]);
  });

  it('is nothing where the manifest says everything', () => {
    expect(demandLines([{ plan: manifest([activity]), floors: [] }])).toEqual([]);
  });
});
