/** The texts that fit into so many bytes of UTF-8, in order, and how many do not: views say so instead of being cut (T17). */
export function fitting(
  texts: readonly string[],
  bytes: number,
): { readonly shown: readonly string[]; readonly rest: number } {
  let left = bytes;
  const shown = texts.filter((text) => {
    const size = new TextEncoder().encode(text).length;
    if (size > left) return false;
    left -= size;
    return true;
  });
  return { shown, rest: texts.length - shown.length };
}
