import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { currentPage, pagePath } from '../../../src/local-github/fidelity/current-page.ts';

it('is what docs/ shows; `npm run generate` writes it anew', async () => {
  expect(readFileSync(new URL(`../../../${pagePath}`, import.meta.url), 'utf8')).toBe(await currentPage());
});
