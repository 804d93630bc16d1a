/** One escaper for each sink (T18). Each makes text from outside inert; none of them trusts any other. */

/** Controls, invisible and direction-changing characters: what a reader cannot see can lie to them. */
const unseen =
  /\u{34F}|[\u{FE00}-\u{FE0F}]|[\u{17B4}\u{17B5}]|[\u{180B}-\u{180F}]|[\p{Cc}\u{AD}\u{61C}\u{115F}\u{1160}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FEFF}\u{FFA0}\u{FFF0}-\u{FFFB}\u{E0000}-\u{E0FFF}\p{Surrogate}]/gu;
const spaces = /[\s\u{85}\u{180E}]+/gu;

/** Longest text in a subject or a trailer. */
const longestTrailer = 200;

/** One line of plain text: white space is one space, unseen characters are U+FFFD. */
function oneLine(text: string): string {
  return text.replace(spaces, ' ').trim().replace(unseen, '\u{FFFD}');
}

/**
 * One line that Markdown shows as the text itself: no markup and no HTML by backslashes; no mention, reference, emoji or
 * bare link, which are found in text whatever escaped it, by zero-width spaces.
 */
export function markdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>~&|$!]/g, '\\$&')
    .replace(/[@#]/g, '\\$&\u{200B}')
    .replace(/:(?=\S)/g, ':\u{200B}')
    .replace(/www(?=\.)/gi, '$&\u{200B}')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/\bGH-(?=\d)/gi, '$&\u{200B}');
}

/** A cell of a Markdown table: one line, its bars escaped; empty text is a dash. */
export function tableCell(text: string): string {
  return markdown(text) || '–';
}

/** The value of a git trailer, or a commit's subject: always one line, so it can never begin another (T18). */
export function trailer(text: string): string {
  const line = [...oneLine(text)];
  return line.length <= longestTrailer ? line.join('') : `${line.slice(0, longestTrailer - 1).join('')}…`;
}

/** Text for a terminal: escape sequences, controls and direction changes are shown as numbers, never obeyed. */
export function terminal(text: string): string {
  return text.replace(unseen, (found) => `\\u{${Number(found.codePointAt(0)).toString(16)}}`);
}

/** Text for HTML, in elements and in quoted attributes. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}
