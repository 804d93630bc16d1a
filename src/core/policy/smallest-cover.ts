import type { Voter } from './electoral-roll.ts';

/** People whose next vote would count for the same rules that still want some. */
type Group = { readonly rules: readonly number[]; readonly fresh: boolean; readonly voters: Voter[] };

/**
 * Steps of the search. Beyond them the best set found so far is given: it is always enough, and where hundreds of people
 * are in ever different rules it may be larger than it has to be. Real teams stay far below.
 */
const mostSteps = 4_000;

/**
 * A smallest set of people who fill every seat where one person sits in each rule they are in: a covering problem.
 * People are taken together by the rules they would still help with, then branch and bound goes through how many of each
 * group are called, the most helpful groups first, and turns back where the rest could not make the set smaller.
 * `missing` are the empty seats by rule; of people who have not approved yet, `wanted` are needed whatever happens. The
 * caller knows that all of them together are enough.
 */
export const smallestCover = (
  approving: readonly Voter[],
  others: readonly Voter[],
  missing: readonly number[],
  wanted: number,
): readonly Voter[] => {
  const groups = groupsOf(approving, others, missing);
  const call: number[] = groups.map(() => 0);
  let best = greedyCover(groups, missing);
  const size = (old: number, fresh: number): number => old + Math.max(fresh, wanted);
  const countOf = (wantedKind: boolean): number =>
    best.reduce((sum, count, at) => sum + (groups[at]?.fresh === wantedKind ? count : 0), 0);
  let smallest = size(countOf(false), countOf(true));
  let steps = mostSteps;
  const search = (at: number, old: number, fresh: number, left: readonly number[]): void => {
    const most = Math.max(0, ...left);
    if (most === 0 && size(old, fresh) < smallest) {
      smallest = size(old, fresh);
      best = [...call];
    }
    const group = groups[at];
    steps -= 1;
    if (most === 0 || group === undefined || steps < 0) return;
    const seats = left.reduce((sum, one) => sum + Math.max(0, one), 0);
    // Groups are sorted, so nobody from here on fills more seats at once than these people.
    if (old + fresh + Math.max(most, Math.ceil(seats / group.rules.length)) >= smallest) return;
    const useful = Math.max(0, ...group.rules.map((rule) => left[rule] as number));
    for (let count = Math.min(group.voters.length, useful); count >= 0; count -= 1) {
      call[at] = count;
      const rest = left.map((one, rule) => (group.rules.includes(rule) ? one - count : one));
      search(at + 1, old + (group.fresh ? 0 : count), fresh + (group.fresh ? count : 0), rest);
    }
    call[at] = 0;
  };
  search(0, 0, 0, missing);
  return groups.flatMap(({ voters }, at) => voters.slice(0, best[at]));
};

const groupsOf = (
  approving: readonly Voter[],
  others: readonly Voter[],
  missing: readonly number[],
): readonly Group[] => {
  const groups = new Map<string, Group>();
  const enter = (voter: Voter, fresh: boolean): void => {
    const rules = [...voter.rules].filter(
      (rule) => (missing[rule] as number) > 0 && (fresh || !voter.voted.has(rule)),
    );
    if (rules.length === 0) return;
    const key = `${fresh} ${rules.sort((a, b) => a - b)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rules, fresh, voters: [voter] });
    else group.voters.push(voter);
  };
  for (const voter of others) enter(voter, true);
  for (const voter of approving) enter(voter, false);
  return [...groups.values()].sort((a, b) => b.rules.length - a.rules.length);
};

/** Always calls those who fill most seats at once: a set that is enough, to begin with. How many of each group. */
const greedyCover = (groups: readonly Group[], missing: readonly number[]): readonly number[] => {
  const call = groups.map(() => 0);
  const left = [...missing];
  const wanting = ({ rules }: Group): readonly number[] => rules.filter((rule) => (left[rule] as number) > 0);
  // By how many seats somebody fills. That only falls, so nobody has to be looked at more often than they have rules.
  const shelves: number[][] = left.map(() => []).concat([[]]);
  groups.forEach(({ rules }, at) => void shelves[rules.length]?.push(at));
  for (let gain = left.length; gain > 0; gain -= 1) {
    for (const at of shelves[gain] as number[]) {
      const group = groups[at] as Group;
      const rules = wanting(group);
      if (rules.length === gain) {
        const free = group.voters.length - (call[at] as number);
        const count = Math.min(free, ...rules.map((rule) => left[rule] as number));
        call[at] = (call[at] as number) + count;
        for (const rule of rules) left[rule] = (left[rule] as number) - count;
        if (count === free) continue;
      }
      shelves[wanting(group).length]?.push(at);
    }
  }
  return call;
};
