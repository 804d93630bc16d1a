import { type UsableCatalog, usableCatalog } from '../catalog/usable-catalog.ts';
import type { Parsed } from '../problem.ts';
import { parseWritten } from '../written/parse-written.ts';
import type { Readable } from '../written/read-yaml.ts';
import { checkFeeds } from './check-feeds.ts';
import { manifestGrammar } from './grammar.ts';
import type { Manifest } from './manifest.ts';
import { manifestRules } from './manifest-rules.ts';
import { normalizeManifest } from './normalize.ts';
import { writtenManifest } from './written-manifest.ts';

const builtIn = usableCatalog({ catalog: {} });

/**
 * Reads a release manifest: the release, or every problem of the file with its place. Never throws. `catalog` is what
 * `uses:` may name. Nobody may be named to approve an activity yet: floors can add somebody.
 */
export const parseManifest = (file: Readable, catalog: UsableCatalog = builtIn): Parsed<Manifest> => {
  const parsed = parseWritten(file, {
    schema: writtenManifest,
    grammar: manifestGrammar,
    rules: (root) => manifestRules(root, catalog),
    normalize: (written, root) => {
      const manifest = normalizeManifest(written, catalog);
      return { manifest, unfit: checkFeeds(manifest, root) };
    },
  });
  if (parsed.kind === 'invalid') return parsed;
  const { manifest, unfit } = parsed.value;
  return unfit.length > 0 ? { kind: 'invalid', problems: unfit } : { ...parsed, value: manifest };
};
