import { defineConfig, type Plugin } from 'vitest/config';

/** Text assets are imported as strings, as the build does it. */
const textAssets: Plugin = {
  name: 'text-assets',
  transform: (code, id) =>
    id.endsWith('.graphql') ? { code: `export default ${JSON.stringify(code)}` } : null,
};

const stories = 'test/stories/**/*.test.ts';

export default defineConfig({
  plugins: [textAssets],
  test: {
    // The default leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
    setupFiles: 'test/support/property-seed.ts',
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: [stories] } },
      // Every story starts the whole product; loading it once a worker saves most of their time.
      { extends: true, test: { name: 'stories', include: [stories], isolate: false } },
    ],
    // Ends what hangs; nothing else depends on it, however busy the machine is.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    coverage: {
      provider: 'v8',
      include: ['src/core/**'],
      reporter: ['text-summary', 'text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
