/** GitHub's limits of texts. It counts characters in some places and bytes in others; bytes are the smaller measure. */
export const textLimits = {
  issueTitle: 256,
  /** Bodies of issues and comments. */
  body: 65_536,
  checkTitle: 255,
  checkSummary: 65_535,
  annotationTitle: 255,
  annotationMessage: 65_535,
  /** Per request. */
  annotations: 50,
} as const;

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** The longest start of `text` that fits, never in the middle of a character. */
const startOf = (text: string, bytes: number): string => {
  const cut = Buffer.from(text, 'utf8').subarray(0, Math.max(0, bytes));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(cut, { stream: true });
};

/** `text` in at most `limit` bytes of UTF-8; where something is left out, `note` says so at the end. */
export const cutText = (text: string, limit: number, note: string): string =>
  bytesOf(text) <= limit ? text : `${startOf(text, limit - bytesOf(note))}${note}`;

export const cutLine = (text: string, limit: number): string => cutText(text, limit, '…');

const leftOut = '\n\n*The rest is left out: GitHub takes no longer text here.*\n';

/** As `cutText`; a hidden marker at the end stays, because we find our own issues and comments again by it. */
export const cutMarkdown = (text: string, limit: number): string => {
  const marker = /\n<!--[^\n]{0,500}-->\s*$/.exec(text)?.[0] ?? '';
  const rest = text.slice(0, text.length - marker.length);
  return `${cutText(rest, limit - bytesOf(marker), leftOut)}${marker}`;
};
