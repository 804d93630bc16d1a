/** Tries every way to give each seat somebody of their own; of each voter the rules they could be counted for. */
export function canSeat(voters: readonly (readonly number[])[], seats: readonly number[]): boolean {
  if (seats.every((left) => left <= 0)) return seats.length > 0;
  const [first, ...rest] = voters;
  if (first === undefined) return false;
  if (canSeat(rest, seats)) return true;
  return first.some((rule) => {
    if ((seats[rule] ?? 0) <= 0) return false;
    return canSeat(
      rest,
      seats.map((left, index) => (index === rule ? left - 1 : left)),
    );
  });
}
