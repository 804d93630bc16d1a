/** A pipe of a network: what may still pass, what passing costs, and the same pipe seen from its other end. */
type Pipe = { readonly to: number; readonly cost: number; room: number; twin: Pipe };

/** A network of pipes between numbered places, in which goods go from place 0 to place 1. */
export type Network = {
  /** Returns how much goes through the pipe once `flow` was called. */
  readonly connect: (from: number, to: number, capacity: number, cost: number) => () => number;
  /** Sends as much as can go, as cheaply as it can. Costs are not negative. */
  readonly flow: () => void;
};

/** Minimum-cost flow by successive shortest paths. */
export const createNetwork = (places: number): Network => {
  const pipes: Pipe[][] = Array.from({ length: places }, () => []);
  const from = (place: number): Pipe[] => pipes[place] as Pipe[];
  return {
    connect: (here, there, capacity, cost) => {
      const pipe = { to: there, cost, room: capacity } as Pipe;
      const twin: Pipe = { to: here, cost: -cost, room: 0, twin: pipe };
      pipe.twin = twin;
      from(here).push(pipe);
      from(there).push(twin);
      return () => twin.room;
    },
    flow: () => {
      for (let path = cheapestPath(places, from); path.length > 0; path = cheapestPath(places, from)) {
        const amount = Math.min(...path.map(({ room }) => room));
        for (const pipe of path) {
          pipe.room -= amount;
          pipe.twin.room += amount;
        }
      }
    },
  };
};

/** The pipes of a cheapest way from 0 to 1 that has room, last one first; none: there is no way. */
const cheapestPath = (places: number, from: (place: number) => readonly Pipe[]): readonly Pipe[] => {
  const price = new Array<number>(places).fill(Number.POSITIVE_INFINITY);
  const reached = new Map<number, Pipe>();
  const queued = new Set([0]);
  price[0] = 0;
  // A set keeps the order of entry and takes on what is added while it is walked.
  for (const place of queued) {
    queued.delete(place);
    for (const pipe of from(place)) {
      const asked = (price[place] as number) + pipe.cost;
      if (pipe.room === 0 || asked >= (price[pipe.to] as number)) continue;
      price[pipe.to] = asked;
      reached.set(pipe.to, pipe);
      queued.add(pipe.to);
    }
  }
  const path: Pipe[] = [];
  for (let pipe = reached.get(1); pipe !== undefined; pipe = reached.get(pipe.twin.to)) path.push(pipe);
  return path;
};
