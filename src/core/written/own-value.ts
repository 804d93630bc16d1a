/** What a table says of an id, asked of its own keys only: `constructor` is a fine name for an activity, too. */
export const ownValue = <T>(table: { readonly [id: string]: T }, id: string): T | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;
