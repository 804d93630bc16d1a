import { readFileSync } from 'node:fs';
import { routes } from '../api/routes.ts';
import { loadDescriptions } from './descriptions.ts';
import { localGitHubPage } from './page.ts';

export const pagePath = 'docs/local-github.md';

/** The text that `docs/local-github.md` must have now. */
export async function currentPage(): Promise<string> {
  const schema = readFileSync(new URL('../descriptions/schema.graphql', import.meta.url), 'utf8');
  return localGitHubPage({ routes, descriptions: await loadDescriptions(), schema });
}
