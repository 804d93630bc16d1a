import { asInherited } from '../../core/configuration/inheritance.ts';
import { parseConfiguration, type Reading } from '../../core/configuration/parse-configuration.ts';
import type { Problem } from '../../core/problem.ts';
import { readCapped } from './read-capped.ts';

/** The organization's configuration, from a file of this machine; only the App knows what is in its repository. */
export type Organization =
  | { readonly kind: 'given'; readonly reading: Reading }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** What is said where nobody names the file. */
export const organizationUnknown =
  "Not known here: what the configuration in the organization's .github repository demands. If there is one, name a copy of it with --organization-configuration.";

/** Reads the file that a repository inherits from. */
export async function readOrganization(path: string): Promise<Organization> {
  const file = await readCapped(path);
  if (file.kind === 'unreadable') return { kind: 'unreadable', why: file.why };
  const parsed = parseConfiguration(file.bytes);
  if (parsed.kind === 'invalid') return { kind: 'invalid', problems: parsed.problems };
  const configuration = asInherited(parsed.value, path);
  return { kind: 'given', reading: { above: { configuration, repository: path } } };
}
