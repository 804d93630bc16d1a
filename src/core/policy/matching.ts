/** Somebody who could take one seat of one of these rules, given by index. */
export type Candidate = { readonly id: number; readonly rules: ReadonlySet<number> };

/** The seats of one rule. `exits` counts, for each rule, the occupants who could sit there instead. */
type Bench = {
  readonly rule: number;
  readonly capacity: number;
  readonly occupants: Set<Candidate>;
  readonly exits: Int32Array;
};

/** A bench where somebody would sit down; somebody of the bench before would come over. */
type Step = { readonly bench: Bench; readonly before: Step | undefined };

/** A shortest chain of benches that ends with a free seat, or undefined. `closed` ones are left out; `seen` is filled. */
const findChain = (
  candidate: Candidate,
  benches: readonly Bench[],
  closed: ReadonlySet<Bench>,
  seen: Set<Bench>,
): Step | undefined => {
  const queue: Step[] = [];
  const look = (before: Step | undefined, leadsTo: (rule: number) => boolean): Step | undefined => {
    for (const bench of benches) {
      if (!leadsTo(bench.rule) || closed.has(bench) || seen.has(bench)) continue;
      const step = { bench, before };
      if (bench.occupants.size < bench.capacity) return step;
      seen.add(bench);
      queue.push(step);
    }
    return undefined;
  };
  let found = look(undefined, (rule) => candidate.rules.has(rule));
  for (const step of queue) {
    if (found !== undefined) break;
    found = look(step, (rule) => step.bench.exits[rule] !== 0);
  }
  return found;
};

const count = ({ exits }: Bench, { rules }: Candidate, by: number): void => {
  for (const rule of rules) exits[rule] = (exits[rule] as number) + by;
};

/** Who sits down at the end of a chain: the candidate at its beginning, else somebody who can come over. */
const moverTo = ({ bench, before }: Step, candidate: Candidate): Candidate => {
  if (before === undefined) return candidate;
  const { occupants } = before.bench;
  const mover = [...occupants].find(({ rules }) => rules.has(bench.rule)) as Candidate;
  occupants.delete(mover);
  count(before.bench, mover, -1);
  return mover;
};

/**
 * Seats as many candidates as possible, each on at most one seat, by augmenting paths: never greedily, so that
 * somebody who fits two rules does not take the only seat of a person who fits one (design 3.4).
 *
 * Earlier candidates come first: whoever has a seat keeps one when later candidates join. Returns the rule by candidate
 * id. The search goes from rule to rule, not from person to person, so that its cost does not grow with the crowd; a
 * failed one closes the benches it saw, because nobody there can ever move out.
 */
export const seatCandidates = (
  candidates: readonly Candidate[],
  seats: readonly number[],
): ReadonlyMap<number, number> => {
  const benches = seats.map(
    (capacity, rule): Bench => ({
      rule,
      capacity,
      occupants: new Set(),
      exits: new Int32Array(seats.length),
    }),
  );
  const closed = new Set<Bench>();
  for (const candidate of candidates) {
    const seen = new Set<Bench>();
    let step = findChain(candidate, benches, closed, seen);
    if (step === undefined) for (const bench of seen) closed.add(bench);
    for (; step !== undefined; step = step.before) {
      const mover = moverTo(step, candidate);
      step.bench.occupants.add(mover);
      count(step.bench, mover, 1);
    }
  }
  return new Map(
    benches.flatMap(({ rule, occupants }) => [...occupants].map(({ id }) => [id, rule] as const)),
  );
};
