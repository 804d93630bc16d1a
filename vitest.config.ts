import { defineConfig, type Plugin } from 'vitest/config';

/** Text assets are imported as strings, as the build does it. */
const textAssets: Plugin = {
  name: 'text-assets',
  transform: (code, id) =>
    id.endsWith('.graphql') ? { code: `export default ${JSON.stringify(code)}` } : null,
};

export default defineConfig({
  plugins: [textAssets],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/core/**'],
      reporter: ['text-summary', 'text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
