import type { Elector, Eligibility, Via } from './policy.ts';

/**
 * One person with the seats of every way in which they have them; undefined: in none. Whoever is asked for a rule anyway is
 * no guest of it, whatever else lets them sit there, so that nobody sits twice (T12).
 */
export function unitedElector(electors: readonly Elector[]): Elector | undefined {
  const [first, ...others] = electors;
  if (first === undefined || others.length === 0) return first;
  const seats = new Map<number, Eligibility>();
  for (const seat of electors.flatMap(({ rules }) => rules)) {
    const known = seats.get(seat.rule);
    if (known === undefined || (known.guest && !seat.guest)) seats.set(seat.rule, seat);
    else if (known.guest === seat.guest)
      seats.set(seat.rule, { ...known, via: [...known.via, ...seat.via.filter(isNewTo(known.via))] });
  }
  return { person: first.person, rules: [...seats.values()].sort((a, b) => a.rule - b.rule) };
}

const written = ({ principal, id, role = '' }: Via): string => `${role} ${principal} ${id}`;

const isNewTo = (known: readonly Via[]) => {
  const all = new Set(known.map(written));
  return (via: Via): boolean => !all.has(written(via));
};
