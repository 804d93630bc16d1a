// Bundles the command line, with everything it needs, into dist/. Type checking is `npm run types`.
// npm may build again while a program runs from dist/ (its first `npx` in a checkout does), so files are replaced one by
// one, only where they changed, and what is no longer part of the build goes last.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: { 'cli/main': 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  loader: { '.graphql': 'text' },
  // Some dependencies are CommonJS and call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  write: false,
});

for (const { path, contents } of outputFiles) {
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}
// npx makes it so too, but only if nobody interrupts it.
chmodSync('dist/cli/main.js', 0o755);
const current = new Set(outputFiles.map(({ path }) => path));
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  const path = join(process.cwd(), entry.parentPath, entry.name);
  if (entry.isFile() && !current.has(path)) rmSync(path);
}
