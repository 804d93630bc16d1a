import type { CheckDemand } from '../manifest/check-demand.ts';
import type { Principal, QuorumRule } from '../manifest/manifest.ts';
import type { WrittenInput } from '../manifest/written-input.ts';
import { type Calendar, defaultCalendar } from '../time/calendar.ts';
import type { Freeze } from '../time/freeze.ts';
import type { ChangeWindow } from '../time/window.ts';
import type { Floor } from './floor.ts';

/** What people may do on a repository; each allows what the ones before it do. */
export const permissions = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Permission = (typeof permissions)[number];

/**
 * A role is the union of the people and teams it names, and of everybody with at least a permission on the repository
 * (S-080). The owners of a path are a role too, whose id is `owners:path`: it is made when a revision is accepted.
 */
export type Role = {
  readonly id: string;
  readonly members: readonly Principal[];
  readonly permission?: Permission;
};

/** What a configuration says about one entry of the catalog; what it leaves out is as built in. */
export type ConfiguredEntry = {
  readonly title?: string;
  readonly instructions?: string;
  /** Who must approve where a manifest does not say; empty: every manifest has to. */
  readonly approvers: readonly QuorumRule[];
  /** Checks that have to pass before anybody may vote. */
  readonly preconditions: readonly CheckDemand[];
  readonly inputs: { readonly [id: string]: WrittenInput };
};

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
  /** Time zone and business days: UTC, and Monday to Friday, by default. */
  readonly calendar: Calendar;
  readonly roles: readonly Role[];
  /** Who may change the configuration, overrule and acknowledge; absent: nobody may (T3). */
  readonly custodians?: QuorumRule;
  /** Entries of the catalog that are changed or added, by id. */
  readonly catalog: { readonly [id: string]: ConfiguredEntry };
  readonly floors: readonly Floor[];
  /** Times in which nothing is opened, their ends resolved in the time zone. */
  readonly freezes: readonly Freeze[];
  /** The only times in which an environment opens, for those that they name; without any, all the time. */
  readonly windows: readonly ChangeWindow[];
  /** What the repository's own file says; absent where nothing is inherited, for then that is all there is. */
  readonly own?: OwnConfiguration;
};

/** A file by itself: what it says rules again as soon as what is inherited says something else (T7). */
export type OwnConfiguration = {
  readonly configuration: Omit<Configuration, 'own'>;
  /** Parts that it speaks of although it might say nothing and inherit them, such as `manifests`. */
  readonly spoken: readonly string[];
};

/** What holds where a repository has no configuration. */
export const defaultConfiguration: Configuration = {
  manifests: 'releases/*.yml',
  records: { branch: 'countersign-records', keys: [] },
  calendar: defaultCalendar,
  roles: [],
  catalog: {},
  floors: [],
  freezes: [],
  windows: [],
};

/** What a file says that is not there. */
export const nothingOwn: OwnConfiguration = { configuration: defaultConfiguration, spoken: [] };
