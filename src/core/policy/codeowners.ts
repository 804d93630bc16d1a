import type { Role } from '../configuration/configuration.ts';
import type { Manifest, Principal, QuorumRule } from '../manifest/manifest.ts';
import { principalsNamedOrTold } from '../manifest/principal.ts';
import { writtenPrincipal } from './written-principal.ts';

/** Where GitHub looks for the file; the first that is there counts (GitHub Docs, About code owners). */
export const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** GitHub does not read larger files: then nobody owns anything. Bytes. */
export const largestCodeowners = 3 * 1024 * 1024;

/**
 * Whom the file names for a path, by GitHub's rules: the last line that matches decides, also where it names nobody.
 * A folder, with a slash at its end, is asked as a file in it that no pattern names. E-mail addresses and teams of other
 * organizations are given as names that GitHub will not find, so that they are reported as missing (T13).
 */
export const ownersOf = (codeowners: string, path: string, organization: string): readonly Principal[] => {
  const steps = (path.endsWith('/') ? `${path}\0` : path).split('/');
  const line = codeowners
    .split(/\r?\n/)
    .flatMap(readLine)
    .findLast(({ pattern }) => matches(pattern, steps));
  return line === undefined ? [] : line.owners.map((owner) => principalOf(owner, organization));
};

/** The owners of every path that a manifest or the custodians name, as the roles that stand for them. */
export const ownerRoles = (
  plan: Manifest,
  custodians: QuorumRule | undefined,
  codeowners: string | undefined,
  organization: string,
): readonly Role[] => {
  const named = [
    plan.owner,
    ...plan.phases.flatMap(({ owner, activities }) => [owner, ...activities.flatMap(principalsNamedOrTold)]),
    ...(custodians?.from ?? []),
  ];
  const paths = new Set(named.flatMap((one) => (one?.kind === 'owners' ? [one.name] : [])));
  return [...paths].map((name) => ({
    id: writtenPrincipal({ kind: 'owners', name }),
    members: codeowners === undefined ? [] : ownersOf(codeowners, name, organization),
  }));
};

type Line = { readonly pattern: string; readonly owners: readonly string[] };

const ownerForm = /^(?:@[A-Za-z0-9][A-Za-z0-9_-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)?|[^\s@]+@[^\s@]+)$/;

/** A line with a pattern; GitHub skips what it cannot read: `!`, `[ ]`, an escaped `#`, an owner in no known form. */
const readLine = (text: string): readonly Line[] => {
  const words = text.trim().match(/(?:\\.|\S)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  const [pattern, ...owners] = comment < 0 ? words : words.slice(0, comment);
  if (pattern === undefined || /^!|^\\#|[[\]]/.test(pattern)) return [];
  return owners.every((owner) => ownerForm.test(owner)) ? [{ pattern, owners }] : [];
};

const principalOf = (owner: string, organization: string): Principal => {
  if (!owner.startsWith('@')) return { kind: 'user', name: owner };
  const [account = '', team] = owner.slice(1).split('/');
  if (team === undefined) return { kind: 'user', name: account };
  const own = account.toLowerCase() === organization.toLowerCase();
  return { kind: 'team', name: own ? team.toLowerCase() : `${account}/${team}` };
};

/**
 * As gitignore does, step by step, but `docs/*` means the files of that folder only. Linear in the pattern for each step
 * of the path: whoever may write patterns must not be able to make them slow (T17).
 */
const matches = (pattern: string, path: readonly string[]): boolean => {
  const steps = pattern.replace(/^\/|\/$/g, '').split('/');
  const anchored = pattern.slice(0, -1).includes('/');
  const inside = pattern.endsWith('/') || steps.at(-1) === '**';
  const filesOnly = steps.length > 1 && steps.at(-1) === '*';
  let reached = new Set([0]);
  for (const step of anchored ? steps : ['**', ...steps]) {
    const next = new Set<number>();
    for (const at of reached) {
      if (step === '**') for (let to = at; to <= path.length; to += 1) next.add(to);
      else if (at < path.length && matchesStep(step, path[at] as string)) next.add(at + 1);
    }
    reached = next;
  }
  // What is reached before the end of the path is a folder above it.
  return [...reached].some((at) => (at < path.length ? !filesOnly : !inside));
};

/** `*` and `?` within one step; the last star may take more when the rest does not fit. */
const matchesStep = (step: string, text: string): boolean => {
  let [at, star, taken] = [0, -1, 0];
  let here = 0;
  while (here < text.length) {
    const sign = step[at];
    const literal = sign === '\\' ? step[at + 1] : sign;
    if (sign === '*') {
      star = at;
      taken = here;
      at += 1;
    } else if (sign !== undefined && (sign === '?' || literal === text[here])) {
      at += sign === '\\' ? 2 : 1;
      here += 1;
    } else if (star >= 0) {
      taken += 1;
      here = taken;
      at = star + 1;
    } else return false;
  }
  return /^\**$/.test(step.slice(at));
};
