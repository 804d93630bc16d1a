import { createNetwork } from './cheapest-flow.ts';
import type { Voter } from './electoral-roll.ts';

/** People who can do the same, so that nobody has to be told from the others. */
type Group = { readonly fresh: boolean; readonly voters: Voter[] };

/**
 * A smallest set of people who fill every seat together with the votes that were cast, where rules open one after the
 * other and everybody has one seat. The caller knows that there is one.
 *
 * Somebody whose vote counts for an earlier rule may be needed for a later one: then they vote once more, and somebody
 * else takes their seat. So a seat costs nothing where a vote counts already, and one where it has to be cast. Of people
 * who have not approved yet, `wanted` are needed whatever happens, to outweigh rejections: so many cost nothing.
 */
export const smallestRevote = (
  approving: readonly Voter[],
  others: readonly Voter[],
  seats: readonly number[],
  wanted: number,
): readonly Voter[] => {
  const groups = [...group(approving, false), ...group(others, true)];
  const [source, sink, newcomers] = [0, 1, 2];
  const ruleAt = (rule: number): number => 3 + rule;
  const network = createNetwork(3 + seats.length + groups.length);
  network.connect(source, newcomers, wanted, 0);
  network.connect(source, newcomers, others.length, 1);
  seats.forEach((capacity, rule) => void network.connect(ruleAt(rule), sink, capacity, 0));
  const calls = groups.map(({ fresh, voters }, index) => {
    const here = 3 + seats.length + index;
    const [{ rules, voted }] = voters as [Voter, ...Voter[]];
    const entering = network.connect(fresh ? newcomers : source, here, voters.length, 0);
    const again = [...rules].map((rule) => {
      const cast = !fresh && voted.has(rule);
      const through = network.connect(here, ruleAt(rule), voters.length, fresh || cast ? 0 : 1);
      return cast ? () => 0 : through;
    });
    return () => voters.slice(0, fresh ? entering() : again.reduce((sum, through) => sum + through(), 0));
  });
  network.flow();
  return calls.flatMap((called) => called());
};

const group = (voters: readonly Voter[], fresh: boolean): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const voter of voters) {
    const key = `${[...voter.rules].sort()}|${fresh ? '' : [...voter.voted].sort()}`;
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { fresh, voters: [voter] });
    else found.voters.push(voter);
  }
  return [...groups.values()];
};
