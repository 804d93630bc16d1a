/** A seed that cannot be used, as a person wrote it: the message names every wrong place that was found. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}
