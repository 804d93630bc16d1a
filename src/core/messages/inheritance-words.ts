import type { Inherited } from '../configuration/inheritance.ts';
import { configurationPath } from '../configuration/parse-configuration.ts';

/** What was inherited once is not there any more, or we may not see it (T7). */
export const inheritedGone = (from: string, { digest, repository }: Inherited): string =>
  `The organization's configuration ${repository.name} ruled here and cannot be read any more. Put the file back at ${from}, ${configurationPath} (SHA-256 ${digest}), or give the App access to that repository again; to end it, commit one there that demands nothing.`;

/** The name stands for another repository now (T13). */
export const anotherRepository = (from: string, { digest }: Inherited): string =>
  `${from} is another repository than the one whose configuration ruled here. Commit the configuration of the earlier one there first (SHA-256 ${digest}); what changes it after that is decided there.`;

/** It is there and has errors. */
export const inheritedBroken = (from: string, why: string): string =>
  `The organization's configuration ${from} cannot be used: ${why} Correct it there.`;

/** The repository's own configuration and the one it inherits do not go together, so that nobody knows what rules (T7). */
export const inheritedApart = (from: string): string =>
  `The configuration of this repository cannot be put together with the organization's (${from}). Correct it: the check countersign/manifest says where.`;
