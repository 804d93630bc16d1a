// Bundles the simulation and runs it: `npm run simulate -- --seeds N --from S`. What it plays is told in test/simulation/.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const outfile = 'node_modules/.cache/simulation/simulate.mjs';
await build({
  entryPoints: ['test/simulation/simulate.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  loader: { '.graphql': 'text' },
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
