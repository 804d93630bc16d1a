import type { Role } from '../configuration/configuration.ts';
import type { Principal, QuorumRule, Requirement } from '../manifest/manifest.ts';
import { writtenPrincipal } from '../policy/written-principal.ts';
import { canonicalize } from '../record/canonical.ts';
import type { Json } from '../values.ts';

/** Names are compared as GitHub does, ignoring case; paths are not names. */
const nameOf = (principal: Principal): string =>
  principal.kind === 'owners' ? writtenPrincipal(principal) : writtenPrincipal(principal).toLowerCase();

/** Does whoever meets `rule` also meet `least`, whatever the votes? True only where that is certain (design 3.10). */
export const isTighterRule = (rule: QuorumRule, least: QuorumRule, roles: readonly Role[]): boolean => {
  const { from, require, except = [], backups = [], ...rest } = rule;
  const {
    from: leastFrom,
    require: leastRequire,
    except: leastExcept = [],
    backups: leastBackups = [],
    ...leastRest
  } = least;
  const people = coveredBy([...leastFrom], roles);
  const mayStandIn = coveredBy([...leastFrom, ...leastBackups], roles);
  return (
    isMoreDemanding(require, leastRequire, sameNames(from, leastFrom) && sameNames(except, leastExcept)) &&
    from.every((one) => people(one)) &&
    backups.every((one) => mayStandIn(one)) &&
    leastExcept.every((one) => coveredBy([...except], roles)(one)) &&
    // What is not understood here must be the same: doubt counts against the manifest.
    canonicalize(rest as Json) === canonicalize(leastRest as Json)
  );
};

/** `sameCrowd`: both ask the same people, so that parts of them can be compared. */
const isMoreDemanding = (require: Requirement, least: Requirement, sameCrowd: boolean): boolean => {
  if (least.kind === 'count') {
    // Whatever part of however many people: at least one of them has to agree.
    return require.kind === 'count' ? require.count >= least.count : least.count === 1;
  }
  if (!sameCrowd || require.kind === 'count') return false;
  return canonicalize(require as Json) === canonicalize(least as Json) || require.kind === 'unanimous';
};

const sameNames = (some: readonly Principal[], others: readonly Principal[]): boolean => {
  const names = new Set(some.map(nameOf));
  const otherNames = new Set(others.map(nameOf));
  return names.size === otherNames.size && [...names].every((name) => otherNames.has(name));
};

/** Is everybody whom a principal stands for surely among these? Who is in a team is not known here. */
const coveredBy = (
  principals: readonly Principal[],
  roles: readonly Role[],
): ((principal: Principal) => boolean) => {
  const covered = new Set(
    principals.flatMap((principal) => [principal, ...(roleOf(principal, roles)?.members ?? [])]).map(nameOf),
  );
  return (principal) => {
    if (covered.has(nameOf(principal))) return true;
    const role = roleOf(principal, roles);
    if (role === undefined) return false;
    const { id: _, members, ...others } = role;
    // A role may stand for more than its members.
    return Object.keys(others).length === 0 && members.every((member) => covered.has(nameOf(member)));
  };
};

const roleOf = (principal: Principal, roles: readonly Role[]): Role | undefined =>
  principal.kind === 'role' ? roles.find(({ id }) => id === principal.name) : undefined;

/**
 * The rules of `least` that no rule of `rules` stands for. Each rule stands for one: two demands are not met by one rule,
 * for each person fills one seat. A maximum matching, so that the order of writing does not matter.
 */
export const unmetRules = (
  rules: readonly QuorumRule[],
  least: readonly QuorumRule[],
  roles: readonly Role[],
): readonly QuorumRule[] => {
  const standsFor = new Map<number, number>();
  const place = (demand: number, seen: Set<number>): boolean => {
    for (const [index, rule] of rules.entries()) {
      if (seen.has(index) || !isTighterRule(rule, least[demand] as QuorumRule, roles)) continue;
      seen.add(index);
      const other = standsFor.get(index);
      if (other !== undefined && !place(other, seen)) continue;
      standsFor.set(index, demand);
      return true;
    }
    return false;
  };
  return least.filter((_, demand) => !place(demand, new Set()));
};
