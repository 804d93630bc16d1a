import type { Principal, QuorumRule } from '../manifest/manifest.ts';

/** A role is the union of the people and teams it names (S-080). */
export type Role = { readonly id: string; readonly members: readonly Principal[] };

/** `.github/countersign.yml` as the program uses it, defaults applied. */
export type Configuration = {
  /** Glob of manifest files, `releases/*.yml` by default. */
  readonly manifests: string;
  readonly records: {
    /** Branch of the record, `countersign-records` by default. */
    readonly branch: string;
    /** Trusted signing keys as `SHA256:` fingerprints; empty means: only the controller's own key (T9). */
    readonly keys: readonly string[];
  };
  /** IANA name, `UTC` by default. */
  readonly timeZone: string;
  readonly roles: readonly Role[];
  /** Who may change the configuration, overrule and acknowledge; absent: nobody may (T3). */
  readonly custodians?: QuorumRule;
};

/** What holds where a repository has no configuration. */
export const defaultConfiguration: Configuration = {
  manifests: 'releases/*.yml',
  records: { branch: 'countersign-records', keys: [] },
  timeZone: 'UTC',
  roles: [],
};
