/** What looks like a credential that gives access to something (T19). Each pattern takes linear time. */
const patterns: readonly (readonly [what: string, pattern: string])[] = [
  ['a GitHub token', 'gh[oprsu]_[A-Za-z0-9_]{8,255}|github_pat_[A-Za-z0-9_]{8,255}'],
  ['an AWS access key', '\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b'],
  ['a private key', '-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY'],
  ['a Slack token', '\\bxox[abeoprs]-[A-Za-z0-9-]{8,255}|\\bxapp-[A-Za-z0-9-]{8,255}'],
];

const compiled = patterns.map(([what, pattern]) => ({ what, pattern: new RegExp(pattern, 'g') }));

/** What kind of credential a text seems to hold, as a phrase; the text itself must not be repeated. */
export const secretIn = (text: string): string | undefined =>
  compiled.find(({ pattern }) => text.search(pattern) >= 0)?.what;

/** A text that goes on the record for ever, without credentials. */
export const withoutSecrets = (text: string): string =>
  compiled.reduce((left, { what, pattern }) => left.replace(pattern, `[${what} was here]`), text);
