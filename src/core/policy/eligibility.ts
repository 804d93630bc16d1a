import type { Principal, QuorumRule } from '../manifest/manifest.ts';
import type { Author } from '../release/event.ts';
import type { Person } from '../values.ts';
import type { Elector, Via } from './policy.ts';
import {
  type Directory,
  type Findings,
  type Found,
  mergeFindings,
  type Resolved,
  resolvePeople,
} from './resolve.ts';

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

/**
 * The people the rules ask, one elector a numeric id, without the excluded; whoever may only stand in is a guest. A
 * principal that is unknown, missing or rebound makes nobody eligible and is reported (design 3.1, T13).
 */
export const electorate = (
  rules: readonly QuorumRule[],
  directory: Directory,
  excluded: ReadonlySet<number>,
): Electorate => {
  type Seat = { readonly via: Via[]; readonly guest?: true };
  const people = new Map<number, { readonly person: Person; readonly seats: Map<number, Seat> }>();
  const all = rules.map((asked, rule) => {
    const { members, backups, findings } = peopleOfRule(asked, directory);
    const seat = ({ person, via }: Found, guest: boolean): void => {
      if (excluded.has(person.id)) return;
      const entry = people.get(person.id) ?? { person, seats: new Map<number, Seat>() };
      people.set(person.id, entry);
      const known = entry.seats.get(rule);
      if (known === undefined) entry.seats.set(rule, guest ? { via: [via], guest } : { via: [via] });
      // Somebody who is asked anyway needs nobody's leave to stand in.
      else if ((known.guest === true) === guest) known.via.push(via);
    };
    for (const found of members) seat(found, false);
    for (const found of backups) seat(found, true);
    return findings;
  });
  const electors = [...people.values()]
    .sort((a, b) => a.person.id - b.person.id)
    .map(({ person, seats }) => ({
      person,
      rules: [...seats].map(([rule, seat]) => ({ rule, ...seat })),
    }));
  return { ...mergeFindings(all), electors };
};

/** Whom one rule asks and who may stand in for it, both without those whom it takes away. */
const peopleOfRule = (rule: QuorumRule, directory: Directory) => {
  const [from, except, standing] = [rule.from, rule.except ?? [], rule.backups ?? []].map((principals) =>
    resolvePeople(principals, directory),
  ) as [Resolved, Resolved, Resolved];
  const away = new Set(except.found.map(({ person }) => person.id));
  const stays = ({ person, via }: Found): boolean =>
    !away.has(person.id) && !(rule.inherited === false && via.inherited);
  return {
    members: from.found.filter(stays),
    backups: standing.found.filter(stays),
    findings: mergeFindings([from.findings, except.findings, standing.findings]),
  };
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
