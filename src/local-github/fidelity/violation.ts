/** Something that is not as GitHub describes it. */
export type Violation = {
  readonly what: 'request' | 'response' | 'webhook';
  /** `POST /repos/{owner}/{repo}/issues`, or `issues.opened`. */
  readonly operation: string;
  /** Where it was seen: a path and, for a response, its status; for a webhook its delivery. */
  readonly at: string;
  /** The place within it, as a JSON pointer; empty for the whole. */
  readonly place: string;
  readonly problem: string;
};

export const sentenceOf = ({ what, operation, at, place, problem }: Violation): string =>
  `${what} ${operation} (${at}): ${place || 'it'} ${problem}`;
