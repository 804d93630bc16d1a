const mask = '[redacted]';

/** What a credential looks like, in a line of JSON; escaped line ends belong to a key's text. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END)(?:\\.|[^"\\]))*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
    mask,
  ],
  [/\bgh[a-z]_[A-Za-z0-9_.-]{20,}/g, mask],
  [/\bgithub_pat_[A-Za-z0-9_]{20,}/g, mask],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, mask],
  [/(\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:bearer|basic|token)\s+)?)[^\s"'\\,}]+/gi, `$1${mask}`],
  [/\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{16,}/gi, `$1 ${mask}`],
  [/(\bhttps?:\/\/)[^\s"'/@\\]+@/g, `$1${mask}@`],
];

/**
 * Takes credentials out of a line that is about to be written (T19): by their form, wherever they stand, and by their
 * value for the secrets that are known.
 */
export function createRedactor(secrets: readonly string[] = []): (line: string) => string {
  const literals = secrets.filter((secret) => secret.length >= 8).map(jsonText);
  return (line) => {
    let clean = line;
    for (const literal of literals) clean = clean.replaceAll(literal, mask);
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
    return clean;
  };
}

/** As it stands inside a JSON string. */
function jsonText(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}
