import type { Role } from '../configuration/configuration.ts';
import type { Principal } from '../manifest/manifest.ts';
import type { Binding } from '../release/event.ts';
import type { Instant, Person } from '../values.ts';
import { ownValue } from '../written/own-value.ts';
import type { Via } from './policy.ts';
import type { Resolution, Resolutions } from './principals.ts';
import { writtenPrincipal } from './written-principal.ts';

/** Where names are looked up: what GitHub says now, and what was recorded when each name was first resolved (T13). */
export type Directory = {
  readonly roles: readonly Role[];
  readonly resolutions: Resolutions;
  readonly bindings: readonly Bound[];
  /** Names that releases of the repository bound; absent: none did. */
  readonly first?: BoundNames;
};

/** A name that a release bound to an id, and when that was recorded. */
export type Bound = Binding & { readonly at: Instant };

/** Who was the first to bind a name, by principal in lower case: one record has one meaning for each (T13). */
export type BoundNames = ReadonlyMap<string, Omit<Bound, 'principal'> & { readonly release: string }>;

/** A name that another release bound first, to another id (T13). */
export type Taken = { readonly principal: string; readonly release: string };

/** What looking up names brought to light besides people. Every list holds principals as written, each once. */
export type Findings = {
  /** GitHub could not be asked, or was not: never the same as "nobody" (design 3.1). */
  readonly unknown: readonly string[];
  /** Nothing visible has this name. */
  readonly missing: readonly string[];
  /** The name stands for another id than the recorded one; nobody is eligible through it (T13). */
  readonly rebound: readonly string[];
  /** Another release bound the name to another id before; nobody is eligible through it (T13). */
  readonly taken: readonly Taken[];
  /** The ids that names stand for, to be recorded. */
  readonly bindings: readonly Binding[];
};

/** A person found through a principal, and how. */
export type Found = { readonly person: Person; readonly via: Via };

type Leaf = { readonly principal: string; readonly role?: string };

/** The id of the role that a principal names; the owners of a path are a role of their own, by their written form. */
export const roleIdOf = (principal: Principal): string | undefined => {
  if (principal.kind === 'owners') return writtenPrincipal(principal);
  return principal.kind === 'role' ? principal.name : undefined;
};

/** A role becomes its members; a role that does not exist stays as it is, so that it is reported. */
const expand = (principal: Principal, roles: readonly Role[]): readonly Leaf[] => {
  const written = writtenPrincipal(principal);
  const named = roleIdOf(principal);
  const role = named === undefined ? undefined : roles.find(({ id }) => id === named);
  if (role === undefined) return [{ principal: written }];
  const members = role.members.map(writtenPrincipal);
  const all = role.permission === undefined ? members : [...members, `permission:${role.permission}`];
  return all.map((member) => ({ principal: member, role: written }));
};

/** The `user:`, `team:` and `permission:` principals to ask GitHub about, each once, in the order written. */
export const askedPrincipals = (
  principals: readonly Principal[],
  roles: readonly Role[],
): readonly string[] => {
  const leaves = principals.flatMap((principal) => expand(principal, roles));
  return [...new Set(leaves.map(({ principal }) => principal))].filter(
    (name) => !/^(?:role|owners):/.test(name),
  );
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

type Looked =
  | { readonly kind: 'missing' | 'unknown' | 'rebound' }
  | { readonly kind: 'taken'; readonly release: string }
  | Extract<Resolution, { kind: 'user' | 'team' }>;

const lookUp = (principal: string, directory: Directory): Looked => {
  if (principal.startsWith('role:')) return { kind: 'missing' };
  const resolution = ownValue(directory.resolutions, principal);
  if (resolution === undefined || resolution.kind === 'unknown') return { kind: 'unknown' };
  if (resolution.kind === 'missing') return { kind: 'missing' };
  // Names are compared as GitHub does, ignoring case: another spelling must not escape the recorded id (T13).
  const bound = directory.bindings.find((binding) => same(binding.principal, principal));
  if (bound !== undefined && bound.id !== resolution.id) return { kind: 'rebound' };
  const first = directory.first?.get(principal.toLowerCase());
  // Of two releases that bound it at one moment the later one gives way; what was bound under an older configuration stays.
  const isOurs = bound !== undefined && first !== undefined && Date.parse(bound.at) < Date.parse(first.at);
  return first === undefined || isOurs || first.id === resolution.id
    ? resolution
    : { kind: 'taken', release: first.release };
};

const peopleOf = (leaf: Leaf, looked: Looked): readonly Found[] => {
  const role = leaf.role === undefined ? {} : { role: leaf.role };
  if (looked.kind === 'user') {
    const via = { principal: leaf.principal, id: looked.id, inherited: false, ...role };
    return [{ person: { id: looked.id, login: looked.login }, via }];
  }
  if (looked.kind !== 'team') return [];
  return looked.members.map(({ person, inherited }) => ({
    person,
    via: { principal: leaf.principal, id: looked.id, inherited, ...role },
  }));
};

export type Resolved = { readonly found: readonly Found[]; readonly findings: Findings };

/** Everybody the principals stand for, once per reason, and what was found on the way. */
export const resolvePeople = (principals: readonly Principal[], directory: Directory): Resolved => {
  const leaves = principals
    .flatMap((principal) => expand(principal, directory.roles))
    .map((leaf) => ({ leaf, looked: lookUp(leaf.principal, directory) }));
  const named = (kind: Looked['kind']): readonly string[] => [
    ...new Set(leaves.filter(({ looked }) => looked.kind === kind).map(({ leaf }) => leaf.principal)),
  ];
  const bindings = new Map<string, Binding>();
  for (const { leaf, looked } of leaves) {
    if ('id' in looked) bindings.set(leaf.principal, { principal: leaf.principal, id: looked.id });
  }
  return {
    found: leaves.flatMap(({ leaf, looked }) => peopleOf(leaf, looked)),
    findings: {
      unknown: named('unknown'),
      missing: named('missing'),
      rebound: named('rebound'),
      taken: eachOnce(
        leaves.flatMap(({ leaf: { principal }, looked }) =>
          looked.kind === 'taken' ? [{ principal, release: looked.release }] : [],
        ),
      ),
      bindings: [...bindings.values()],
    },
  };
};

const eachOnce = <T extends { readonly principal: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.principal, one])).values(),
];

/** Several findings as one, each name once. */
export const mergeFindings = (all: readonly Findings[]): Findings => ({
  unknown: [...new Set(all.flatMap(({ unknown }) => unknown))],
  missing: [...new Set(all.flatMap(({ missing }) => missing))],
  rebound: [...new Set(all.flatMap(({ rebound }) => rebound))],
  taken: eachOnce(all.flatMap(({ taken }) => taken)),
  bindings: eachOnce(all.flatMap(({ bindings }) => bindings)),
});
