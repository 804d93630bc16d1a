import type { Facts } from '../../src/core/release/facts.ts';

type Untouched =
  | 'threads'
  | 'unrecorded'
  | 'checks'
  | 'provenance'
  | 'files'
  | 'foreign'
  | 'deployments'
  | 'elsewhere';

/** What a host tells of a release that nobody has opened or spoken of. */
export const untouched = (): Pick<Facts, Untouched> => ({
  threads: new Map(),
  unrecorded: [],
  checks: [],
  provenance: new Map(),
  files: new Map(),
  foreign: [],
  deployments: { kind: 'known', value: [] },
  elsewhere: [],
});
