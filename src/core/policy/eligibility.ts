import type { Role } from '../configuration/configuration.ts';
import type { Principal, QuorumRule } from '../manifest/manifest.ts';
import type { Author } from '../release/event.ts';
import type { Person } from '../values.ts';
import type { Elector, Via } from './policy.ts';
import { askedPrincipals, type Directory, type Findings, mergeFindings, resolvePeople } from './resolve.ts';

/** Who may vote, and what was found while looking up the names of the rules. */
export type Electorate = Findings & {
  /** One a person, by id, with every reason per rule. */
  readonly electors: readonly Elector[];
};

/** Who may not vote. Numeric ids. */
export type ExcludedPeople = Findings & {
  /** Can neither approve nor reject. */
  readonly bar: ReadonlySet<number>;
  /** Only claimed to be authors, so they may reject but not approve, and are not in the roster (T16). */
  readonly barApproval: ReadonlySet<number>;
};

/** The `user:` and `team:` principals to ask GitHub about for these rules and exclusions, each once. */
export const principalsOf = (
  rules: readonly QuorumRule[],
  roles: readonly Role[],
  exclude: readonly Principal[] = [],
): readonly string[] => askedPrincipals([...rules.flatMap(({ from }) => from), ...exclude], roles);

/**
 * The people the rules ask, one elector a numeric id, without the excluded. A principal that is unknown, missing or
 * rebound makes nobody eligible and is reported (design 3.1, T13).
 */
export const electorate = (
  rules: readonly QuorumRule[],
  directory: Directory,
  excluded: ReadonlySet<number>,
): Electorate => {
  const people = new Map<number, { readonly person: Person; readonly rules: Map<number, Via[]> }>();
  const all = rules.map(({ from }, rule) => {
    const { found, findings } = resolvePeople(from, directory);
    for (const { person, via } of found) {
      if (excluded.has(person.id)) continue;
      const entry = people.get(person.id) ?? { person, rules: new Map<number, Via[]>() };
      entry.rules.set(rule, [...(entry.rules.get(rule) ?? []), via]);
      people.set(person.id, entry);
    }
    return findings;
  });
  const electors = [...people.values()]
    .sort((a, b) => a.person.id - b.person.id)
    .map(({ person, rules: reasons }) => ({
      person,
      rules: [...reasons].map(([rule, via]) => ({ rule, via })),
    }));
  return { ...mergeFindings(all), electors };
};

/** The elector for somebody who speaks after activation; undefined: not eligible, or excluded. */
export const electorOf = (
  person: number,
  rules: readonly QuorumRule[],
  directory: Directory,
  excluded: ReadonlySet<number>,
): Elector | undefined =>
  electorate(rules, directory, excluded).electors.find((elector) => elector.person.id === person);

/**
 * Authors and the listed principals as numeric ids. Proven identities can neither approve nor reject; a mere claim
 * bars approving only, or a spoofed e-mail could silence a rejection (T16).
 */
export const excludedPeople = (
  exclude: readonly Principal[],
  directory: Directory,
  authors: readonly Author[],
): ExcludedPeople => {
  const { found, findings } = resolvePeople(exclude, directory);
  const proven = authors.filter(({ proof }) => proof === 'proven');
  const bar = new Set([...proven, ...found].map(({ person }) => person.id));
  const barApproval = new Set(authors.map(({ person }) => person.id).filter((id) => !bar.has(id)));
  return { ...findings, bar, barApproval };
};
