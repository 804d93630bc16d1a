/**
 * Somebody's own Markdown as a quotation of ours: every line stays inside the quote, markup of HTML (comments too) is
 * shown instead of read, and nobody is mentioned in our name (T18).
 */
export const quoted = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('@', '&#64;')}`);
