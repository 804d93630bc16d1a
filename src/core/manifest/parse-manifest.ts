import { type UsableCatalog, usableCatalog } from '../catalog/usable-catalog.ts';
import type { Parsed } from '../problem.ts';
import { parseWritten } from '../written/parse-written.ts';
import type { Readable } from '../written/read-yaml.ts';
import { manifestGrammar } from './grammar.ts';
import type { Manifest } from './manifest.ts';
import { manifestRules } from './manifest-rules.ts';
import { normalizeManifest } from './normalize.ts';
import { writtenManifest } from './written-manifest.ts';

const builtIn = usableCatalog({ catalog: {} });

/**
 * Reads a release manifest: the release, or every problem of the file with its place. Never throws. `catalog` is what
 * `uses:` may name. What floors add is not known yet: somebody to approve may be missing, and conditions and workflows may
 * name fields that are not there.
 */
export const parseManifest = (file: Readable, catalog: UsableCatalog = builtIn): Parsed<Manifest> =>
  parseWritten(file, {
    schema: writtenManifest,
    grammar: manifestGrammar,
    rules: (root) => manifestRules(root, catalog),
    normalize: (written) => normalizeManifest(written, catalog),
  });
