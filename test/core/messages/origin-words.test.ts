import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/core/manifest/manifest.ts';
import { originLines } from '../../../src/core/messages/origin-words.ts';

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
