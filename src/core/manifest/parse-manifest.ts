import type { Parsed } from '../problem.ts';
import { parseWritten } from '../written/parse-written.ts';
import { manifestGrammar } from './grammar.ts';
import type { Manifest } from './manifest.ts';
import { manifestRules } from './manifest-rules.ts';
import { normalizeManifest } from './normalize.ts';
import { writtenManifest } from './written-manifest.ts';

/** Reads a release manifest: the release, or every problem of the file with its place. Never throws. */
export const parseManifest = (bytes: Uint8Array): Parsed<Manifest> =>
  parseWritten(bytes, {
    schema: writtenManifest,
    grammar: manifestGrammar,
    rules: manifestRules,
    normalize: normalizeManifest,
  });
