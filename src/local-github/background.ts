export type Background = {
  /** Does one thing after the other; what goes wrong is a bug, and logged as one. */
  readonly run: (work: () => Promise<void>) => void;
  /** Resolves when nothing is left to do. */
  readonly idle: () => Promise<void>;
};

/** What GitHub does by itself after a change, when the change has been answered. */
export function openBackground(log: (line: string) => void): Background {
  let last: Promise<void> = Promise.resolve();
  const idle = async (): Promise<void> => {
    const seen = last;
    await seen;
    if (seen !== last) await idle();
  };
  return {
    idle,
    run: (work) => {
      last = last
        .then(work)
        .catch((error: unknown) =>
          log(`bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
        );
    },
  };
}
