import type { Inheritance } from '../core/configuration/inheritance.ts';
import type { Resolutions } from '../core/policy/principals.ts';
import type { BoundNames } from '../core/policy/resolve.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { Facts } from '../core/release/facts.ts';
import type { Folded } from '../core/release/fold-on.ts';
import type { FoundAbove, SeenAbove } from '../core/repository/inherited.ts';
import type { Inventory } from '../core/repository/inventory.ts';
import type { Instant, Sha } from '../core/values.ts';
import type { Heads } from '../ports/forge.ts';
import type { Glance } from './glance.ts';
import { createReadings, type Readings } from './readings.ts';

/** What one commit defines, and every path that exists there. */
export type Stock = {
  readonly commit: Sha;
  readonly inventory: Inventory;
  readonly paths: ReadonlySet<string>;
  /** CODEOWNERS, where there is one that GitHub would read. */
  readonly codeowners?: string;
  /** What the repository inherits; absent: that was not asked. */
  readonly inheritance?: Inheritance;
  /** What the record says is in force, and which change of it comes next; absent: it says nothing. */
  readonly ruledBy?: string;
  /** The configuration that is written is the one that rules: nothing has to be decided about it (T7). */
  readonly settled?: true;
};

/**
 * What the process remembers to ask less. Nothing here is a truth: all of it is read again after a restart, and
 * forgetting any of it costs only time.
 */
export type Memory = {
  /** By repository name, as last seen. */
  readonly heads: Map<string, Heads>;
  /** By repository name, of the newest head of the default branch that was looked at. */
  readonly stocks: Map<string, Stock>;
  /** What files said that were read lately. */
  readonly readings: Readings;
  /** What a look at a repository needs of its releases, by repository name and then by release. */
  readonly glances: Map<string, ReadonlyMap<string, Glance>>;
  /** Releases that others were recorded beside, unseen, with the glances of before; by repository name and release. */
  readonly unmet: Map<string, ReadonlyMap<string, Glance>>;
  /** What names meant first, and the glances that say so, by repository name. */
  readonly bound: Map<string, { readonly glances: ReadonlyMap<string, Glance>; readonly bound: BoundNames }>;
  /** By repository name: the newest stock, held against the configuration in force. */
  readonly ruled: Map<string, Stock>;
  /** Releases that are open, by repository name. */
  readonly open: Map<string, Set<string>>;
  /** How many activities of a release wait for people, by repository name and release. */
  readonly waiting: Map<string, number>;
  /**
   * Ids of everybody whom the names in a release stood for when it was last looked at, by repository name and release;
   * absent where a name could not be resolved.
   */
  readonly voters: Map<string, ReadonlySet<number>>;
  /** Releases by repository id and issue number. */
  readonly issues: Map<string, string>;
  /**
   * Releases with issues of ours that the process does not know, by repository name and release: another replica opened
   * them, or they were opened twice. The next look asks for all of them.
   */
  readonly searches: Set<string>;
  /** Committers as last looked up, by repository name and release, with the host's time. */
  readonly duties: Map<string, { readonly at: Instant; readonly fact: NonNullable<Facts['duties']> }>;
  /** Commits that releases were opened for, by repository name and release: where their checks are. */
  readonly targets: Map<string, Sha>;
  /** Names of checks of others that releases wait for on their targets, by repository name and release. */
  readonly checks: Map<string, readonly string[]>;
  /** Paths of the workflows that releases have started and follow, by repository name and release. */
  readonly workflows: Map<string, readonly string[]>;
  /**
   * Commits on which jobs wait for an environment, as somebody said, by repository name; absent: the host has to be asked
   * where anything waits.
   */
  readonly gates: Map<string, Set<Sha>>;
  /** Releases that jobs wait for, by repository name and release, and how often to look again where none shows. */
  readonly knocks: Map<string, number>;
  /** Jobs that were told how things stand, once each. */
  readonly reported: Set<string>;
  /** Repositories whose open releases have all been looked at since the start. */
  readonly surveyed: Set<string>;
  /** The host's time up to which changes of issues were looked for, by repository name. */
  readonly swept: Map<string, Instant>;
  /** The floors that open releases were last held against, and the revision in force, as JSON, by repository name. */
  readonly floors: Map<string, string>;
  /** Runs (by node id) and suites (by commit) of ours that somebody asked for anew. */
  readonly reruns: { readonly runs: Set<string>; readonly suites: Set<Sha> };
  /** What an owner's repositories inherit as it was last found, by the repository that they inherit from. */
  readonly inherited: Map<string, { readonly at: string; readonly found: Map<string, FoundAbove> }>;
  /** States of open releases as they were last looked at, by repository name and release: see `stateOf`. */
  readonly states: Map<string, Folded>;
  /** What each release says was inherited; none or one. */
  readonly seenAbove: WeakMap<ReleaseRecord, readonly SeenAbove[]>;
  /** What that repository last demanded of the others, as JSON. */
  readonly handedDown: Map<string, string>;
  /** Repositories whose gates were closed because their record could not be believed (T8). */
  readonly closed: Set<string>;
};

export const createMemory = (readings = createReadings()): Memory => ({
  readings,
  heads: new Map(),
  stocks: new Map(),
  glances: new Map(),
  unmet: new Map(),
  bound: new Map(),
  ruled: new Map(),
  open: new Map(),
  waiting: new Map(),
  voters: new Map(),
  issues: new Map(),
  searches: new Set(),
  duties: new Map(),
  targets: new Map(),
  checks: new Map(),
  workflows: new Map(),
  gates: new Map(),
  knocks: new Map(),
  reported: new Set(),
  surveyed: new Set(),
  swept: new Map(),
  floors: new Map(),
  reruns: { runs: new Set(), suites: new Set() },
  inherited: new Map(),
  states: new Map(),
  seenAbove: new WeakMap(),
  handedDown: new Map(),
  closed: new Set(),
});

export const targetKey = (repository: string, release: string): string => `${repository} ${release}`;

export const issueKey = (repository: number, issue: number): string => `${repository}#${issue}`;

/** Everybody whom the names stand for; undefined where one of them is not known. */
export function votersIn(resolutions: Resolutions): ReadonlySet<number> | undefined {
  const voters = new Set<number>();
  for (const resolution of Object.values(resolutions)) {
    if (resolution.kind === 'unknown' || resolution.kind === 'missing') return undefined;
    if (resolution.kind === 'user') voters.add(resolution.id);
    else for (const { person } of resolution.members) voters.add(person.id);
  }
  return voters;
}
