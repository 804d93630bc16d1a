import { writeFile } from 'node:fs/promises';
import { schemaFiles } from '../src/core/manifest/schema-files.ts';
import { currentPage, pagePath } from '../src/local-github/fidelity/current-page.ts';

const files = [...schemaFiles(), [pagePath, await currentPage()] as const];
for (const [path, content] of files) {
  await writeFile(new URL(`../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
