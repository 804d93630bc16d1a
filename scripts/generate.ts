import { writeFile } from 'node:fs/promises';
import { schemaFiles } from '../src/core/manifest/schema-files.ts';

for (const [path, content] of schemaFiles()) {
  await writeFile(new URL(`../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
