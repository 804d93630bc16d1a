import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './environment.ts';
import { createRedactor } from './redact.ts';

export type LoggerOptions = {
  readonly level: LogLevel;
  /** Values that must never appear, whatever form they take. */
  readonly secrets?: readonly string[];
  /** Where lines go; standard output where nothing is said. */
  readonly destination?: DestinationStream;
};

/**
 * One JSON object a line, with credentials taken out of every line as the last step, so that no path around it exists
 * (T19). Errors are written by name, message and stack only: what libraries hang on them (requests, payloads) is left out.
 */
export function createLogger({ level, secrets = [], destination }: LoggerOptions): Logger {
  const redact = createRedactor(secrets);
  const target = destination ?? pino.destination({ dest: 1, sync: true });
  return pino(
    { level, base: null, serializers: { err: describeError, error: describeError } },
    { write: (line: string) => target.write(redact(line)) },
  );
}

type DescribedError = {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly status?: number;
  readonly cause?: DescribedError;
};

function describeError(error: unknown, depth = 0): DescribedError | unknown {
  if (!(error instanceof Error)) return error;
  const { code, status, cause } = error as Error & { code?: unknown; status?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(cause instanceof Error && depth < 3 ? { cause: describeError(cause, depth + 1) } : {}),
  };
}
