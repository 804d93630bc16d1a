import type { Gap } from './guards.ts';
import type { Stage } from './stage.ts';
import type { Act } from './step.ts';
import type { Asked, ReleaseSpec } from './subject.ts';

/** A comment as somebody made it, and what became of it. Times in milliseconds. */
export type Said = {
  readonly id: number;
  readonly login: string;
  readonly issue: number;
  readonly release: string;
  readonly activity: string;
  readonly verb: 'approve' | 'reject' | 'withdraw' | 'delegate' | 'defer' | Act | 'none';
  /** The inputs that a vote answers; `wrong`: none of those that any activity asks for. */
  readonly answers: Asked | 'wrong';
  readonly risk: 'Low' | 'High';
  /** The activity that an act names. */
  readonly names?: string;
  /** An act that says why. */
  readonly reasoned: boolean;
  /** To whom a seat is handed on. */
  readonly to?: string;
  /** Until when a decision is put off, in milliseconds. */
  readonly until?: number;
  readonly via: 'plain' | 'email' | 'app';
  readonly at: number;
  edited?: number;
  erased?: number;
};

/** Who was in which team from a moment on, until the next entry. */
type Membership = { readonly at: number; readonly teams: ReadonlyMap<string, ReadonlySet<string>> };

/** A change of a release's manifest. */
export type Brought = {
  readonly release: string;
  /** Its author, and whoever merged it. */
  readonly people: readonly string[];
  /** What the file held then; undefined: it was removed. */
  readonly text: string | undefined;
};

/** Everything that people did, kept beside the host so that nothing of the App is needed to judge it. */
export type Chronicle = {
  /** How many custodians it takes to overrule. */
  readonly custodians: number;
  readonly said: Said[];
  /** Accepted or not: every manifest that was ever written, by the SHA-256 of its text. */
  readonly manifests: Map<string, ReleaseSpec>;
  /** Every commit that changed a manifest, oldest first: the default branch only ever moves on. */
  readonly brought: Map<string, Brought>;
  readonly memberships: Membership[];
  /** From when on the clock of the App was wrong, and from when on right; in turns. */
  readonly skews: { readonly at: number; readonly wrong: boolean }[];
  /** What was missing from a moment on before GitHub guards an environment; everything, in the beginning. */
  readonly guards: { readonly at: number; readonly environment: string; readonly gaps: readonly Gap[] }[];
  /** Names that stopped meaning the team they once meant. */
  readonly renamed: Set<string>;
  /** The newest issue that people have noticed; absent: they notice each as it is opened. */
  noticed?: number;
};

export const createChronicle = (custodians: number): Chronicle => ({
  custodians,
  said: [],
  manifests: new Map(),
  brought: new Map(),
  memberships: [],
  skews: [],
  guards: [],
  renamed: new Set(),
});

/** Takes down who is in which team now. */
export function noteMemberships(chronicle: Chronicle, { host }: Stage): void {
  const { accounts, teams } = host.state;
  const members = [...teams.values()].map((team): [string, ReadonlySet<string>] => [
    team.slug,
    new Set(team.members.map(({ userId }) => accounts.get(userId)?.login ?? '')),
  ]);
  chronicle.memberships.push({ at: host.now().getTime(), teams: new Map(members) });
}

/** The states of all teams at any moment within a span of time. */
export function membershipsWithin(
  { memberships }: Chronicle,
  from: number,
  to: number,
): readonly Membership[] {
  return memberships.filter(({ at }, index) => at <= to && (memberships[index + 1]?.at ?? Infinity) >= from);
}

/** Takes down who changed a manifest with a commit; one that left it as it was changed nothing. */
export function noteChange({ brought }: Chronicle, commits: readonly string[], change: Brought): void {
  const last = [...brought.values()].findLast(({ release }) => release === change.release);
  if (last?.text === change.text) return;
  for (const commit of commits) brought.set(commit, change);
}
