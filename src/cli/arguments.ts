import { type ParseArgsConfig, parseArgs } from 'node:util';
import { exitCodes, type Io } from './verb.ts';

export type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** How a verb is used: one line, then everything else worth knowing. */
export type Usage = { readonly line: string; readonly text: string };

type Values<T extends OptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/** `done`: help was shown or the use was wrong; end with that code. */
export type ParsedArguments<T extends OptionsConfig> =
  | { readonly kind: 'options'; readonly values: Values<T>; readonly positionals: readonly string[] }
  | { readonly kind: 'done'; readonly code: number };

/**
 * Reads a verb's arguments. `--help` prints the usage; wrong use prints one sentence and the usage line, code 2.
 * `most` is how many arguments without a name the verb takes.
 */
export function parseArguments<const T extends OptionsConfig>(
  args: readonly string[],
  io: Io,
  usage: Usage,
  options: T,
  most = 0,
): ParsedArguments<T> {
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout(`Usage: ${usage.line}\n\n${usage.text}`);
    return { kind: 'done', code: exitCodes.ok };
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const extra = positionals[most];
    if (extra !== undefined) return misused(io, usage, `Unexpected argument ${JSON.stringify(extra)}.`);
    return { kind: 'options', values: values as Values<T>, positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return misused(io, usage, `${error.message.split(/\. |\n/)[0]}.`);
  }
}

/** Says what is wrong and how the verb is used. */
export function misused(
  io: Io,
  usage: Usage,
  sentence: string,
): { readonly kind: 'done'; readonly code: number } {
  io.stderr(sentence);
  io.stderr(`Usage: ${usage.line}`);
  return { kind: 'done', code: exitCodes.misused };
}

/** A port number from 0 to 65535; undefined where the text is none. */
export function portOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}
