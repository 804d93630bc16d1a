/** Somebody who could take one seat of one of these rules, given by index. */
export type Candidate = { readonly id: number; readonly rules: ReadonlySet<number> };

/** The seats of one rule. */
type Bench = { readonly capacity: number; readonly occupants: Set<Seeker> };

type Seeker = { readonly id: number; readonly benches: readonly Bench[] };

/** `mover` leaves the bench of the step before, where there is one, and sits down on `bench`. */
type Step = { readonly bench: Bench; readonly mover: Seeker; readonly before: Step | undefined };

/** A shortest chain of moves that ends on a free seat, or undefined. `closed` benches are left out; `seen` is filled. */
const findChain = (start: Seeker, closed: ReadonlySet<Bench>, seen: Set<Bench>): Step | undefined => {
  const queue: { readonly mover: Seeker; readonly before: Step | undefined }[] = [
    { mover: start, before: undefined },
  ];
  for (const { mover, before } of queue) {
    const free = mover.benches.find(({ occupants, capacity }) => occupants.size < capacity);
    if (free !== undefined) return { bench: free, mover, before };
    for (const bench of mover.benches) {
      if (closed.has(bench) || seen.has(bench)) continue;
      seen.add(bench);
      const step = { bench, mover, before };
      for (const occupant of bench.occupants) queue.push({ mover: occupant, before: step });
    }
  }
  return undefined;
};

/**
 * Seats as many candidates as possible, each on at most one seat, by augmenting paths: never greedily, so that
 * somebody who fits two rules does not take the only seat of a person who fits one (design 3.4).
 *
 * Earlier candidates come first: whoever has a seat keeps one when later candidates join. Returns the rule by candidate
 * id. A failed search closes the benches it saw, because nobody there can ever move out; so it costs little to add
 * many candidates to full rules.
 */
export const seatCandidates = (
  candidates: readonly Candidate[],
  seats: readonly number[],
): ReadonlyMap<number, number> => {
  const benches = seats.map((capacity): Bench => ({ capacity, occupants: new Set() }));
  const closed = new Set<Bench>();
  for (const { id, rules } of candidates) {
    const seen = new Set<Bench>();
    const seeker = { id, benches: benches.filter((_, rule) => rules.has(rule)) };
    let step = findChain(seeker, closed, seen);
    if (step === undefined) for (const bench of seen) closed.add(bench);
    for (; step !== undefined; step = step.before) {
      step.before?.bench.occupants.delete(step.mover);
      step.bench.occupants.add(step.mover);
    }
  }
  return new Map(
    benches.flatMap(({ occupants }, rule) => [...occupants].map(({ id }) => [id, rule] as const)),
  );
};
