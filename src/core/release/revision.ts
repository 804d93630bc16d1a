import type { Role } from '../configuration/configuration.ts';
import type { Floor } from '../configuration/floor.ts';
import type { Inherited } from '../configuration/inheritance.ts';
import type { Manifest, QuorumRule } from '../manifest/manifest.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Digest, Person, Sha } from '../values.ts';

/** Somebody who had a hand in the accepted manifest. A mere claim (a commit's e-mail) bars approving, never rejecting (T16). */
export type Author = { readonly person: Person; readonly proof: 'proven' | 'claimed' };

/** An accepted revision of the manifest: what was written (by digest), what it means (plan), who wrote it. */
export type Revision = {
  readonly manifest: Digest;
  readonly path: string;
  readonly commit: Sha;
  readonly authors: readonly Author[];
  readonly plan: Manifest;
  /** The configuration's roles at that moment; later ones do not change a release that is open. */
  readonly roles: readonly Role[];
  /** Who may overrule and acknowledge; absent where the configuration names nobody. */
  readonly custodians?: QuorumRule;
  /** The floors that said anything about the plan; absent: none did. */
  readonly floors?: readonly Floor[];
  /** What the repository inherited at that moment, apart from what is said above; absent: nothing (T7). */
  readonly inherited?: Inherited;
  /** By which days and in which zone times are counted; UTC and Monday to Friday where nothing is said. */
  readonly calendar?: Calendar;
};

/** The commit that is released; `ref` is what it was resolved from, once. */
export type ResolvedTarget = {
  readonly commit: Sha;
  readonly ref?: string;
  /** What was released before, resolved once, too. */
  readonly since?: Sha;
};
