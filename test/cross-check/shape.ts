/** Types of the values at every place of an answer; entries of lists share the place `*`. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

const typeOf = (value: unknown): string =>
  value === undefined ? 'nothing' : value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/** What an answer consists of: keys and types, no values. */
export const shapeOf = (value: unknown): Shape => {
  const found = new Map<string, Set<string>>();
  const look = (each: unknown, place: string): void => {
    const types = found.get(place) ?? new Set<string>();
    found.set(place, types.add(typeOf(each)));
    if (typeof each !== 'object' || each === null) return;
    for (const [key, part] of Object.entries(each)) look(part, `${place}/${Array.isArray(each) ? '*' : key}`);
  };
  look(value, '');
  return found;
};

export type Difference = {
  readonly place: string;
  /** Types seen, or `absent`. */
  readonly local: string;
  readonly emulate: string;
};

const tell = (types: ReadonlySet<string> | undefined): string =>
  types === undefined ? 'absent' : [...types].sort().join(' or ');

/** Where two shapes differ, outermost places only: what lies within a value that one host leaves out follows from it. */
export const differencesOf = (local: Shape, emulate: Shape): readonly Difference[] => {
  const found: Difference[] = [];
  for (const place of [...new Set([...local.keys(), ...emulate.keys()])].sort()) {
    const [ours, theirs] = [tell(local.get(place)), tell(emulate.get(place))];
    const within = found.some((known) => place.startsWith(`${known.place}/`));
    if (ours !== theirs && !within) found.push({ place, local: ours, emulate: theirs });
  }
  return found;
};
