/** One answer as somebody wrote it; `form/` gives it its meaning. */
export type RawAnswer = {
  /** The id of an input, or of one of its boxes: `ready.backup`. */
  readonly name: string;
  readonly value: string | number | boolean | readonly string[];
};

/** Acts on a release that are no votes. */
export type Act = 'abort' | 'retry' | 'ignore' | 'override' | 'acknowledge' | 'defer';

/** What somebody asked for in a comment or a review. */
export type Command =
  | {
      readonly kind: 'approve' | 'reject';
      /** They wrote `/done`, which approves nothing but a task. */
      readonly done?: true;
      /** Named only where the writer named it. */
      readonly activity?: string;
      /** The start of a scope digest, 7 to 64 hexadecimal digits, without the `@`. */
      readonly scope?: string;
      /** Free text after the command on the same line. */
      readonly reason?: string;
      readonly answers: readonly RawAnswer[];
    }
  /** What is no vote: it concerns the release as a whole, or a decision that was taken (design 4). */
  | {
      readonly kind: Act;
      readonly activity?: string;
      readonly scope?: string;
      readonly reason?: string;
      readonly answers: readonly RawAnswer[];
    }
  | { readonly kind: 'withdraw'; readonly activity?: string; readonly scope?: string }
  /** Hands the writer's seat to somebody, by login; without one it is taken back. */
  | { readonly kind: 'delegate'; readonly activity?: string; readonly to?: string }
  | { readonly kind: 'help' }
  /** A verb of the syntax that this version does not know yet, without its slash. */
  | { readonly kind: 'unsupported'; readonly verb: string }
  /** A command whose answers cannot be read; `why` is a sentence. */
  | { readonly kind: 'malformed'; readonly verb: string; readonly why: string };
