/** Where a verb writes, line by line: results to `stdout`, problems with its use to `stderr`. */
export type Io = { stdout(line: string): void; stderr(line: string): void };

/** A verb of the command line; returns the exit code. Throws only for bugs and broken I/O. */
export type Verb = (args: readonly string[], io: Io) => Promise<number>;

/** What the exit codes of every verb mean. */
export const exitCodes = { ok: 0, found: 1, misused: 2 } as const;
