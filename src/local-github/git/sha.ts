/** The object name git uses for "no object": a ref that does not exist yet, or no longer. */
export const zeroSha = '0'.repeat(40);

export const isSha = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
