/** Keys of ours that people write in another way. */
const written: ReadonlyMap<string, string> = new Map([
  ['minLength', 'min-length'],
  ['maxLength', 'max-length'],
  ['maxSize', 'max-size'],
  ['http', 'schemes'],
  ['onFailure', 'on-failure'],
  ['apartFrom', 'exclude'],
]);

/** A key as it stands in a manifest: what people are told to write has to exist (syntax). */
export const writtenKey = (key: string): string => written.get(key) ?? key;
