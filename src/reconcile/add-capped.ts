/** Adds to what is remembered, and forgets the oldest beyond so many (T17). */
export function addCapped(all: Set<string>, name: string, most: number): void {
  all.add(name);
  for (const oldest of all) {
    if (all.size <= most) return;
    all.delete(oldest);
  }
}
