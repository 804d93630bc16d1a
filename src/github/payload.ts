/** Careful reading of a webhook payload: whatever shape it has, a missing part is undefined and nothing throws (T6). */

type Fields = { readonly [key: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at the end of a path of own properties. */
export const at = (payload: unknown, ...path: readonly string[]): unknown => {
  let value = payload;
  for (const key of path) {
    if (!isFields(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
};

export const textAt = (payload: unknown, ...path: readonly string[]): string | undefined => {
  const value = at(payload, ...path);
  return typeof value === 'string' ? value : undefined;
};

export const numberAt = (payload: unknown, ...path: readonly string[]): number | undefined => {
  const value = at(payload, ...path);
  return typeof value === 'number' ? value : undefined;
};

export const listAt = (payload: unknown, ...path: readonly string[]): readonly unknown[] => {
  const value = at(payload, ...path);
  return Array.isArray(value) ? value : [];
};

/** `owner/name`, or undefined where the text is not of that form. */
export const repositoryNameAt = (payload: unknown, ...path: readonly string[]): string | undefined => {
  const name = textAt(payload, ...path);
  return name !== undefined && /^[a-z\d][\w-]*\/(?!\.{1,2}$)[\w.-]+$/i.test(name) ? name : undefined;
};
