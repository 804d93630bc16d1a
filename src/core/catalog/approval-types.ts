import type { ApprovalType, Catalog } from './catalog-entry.ts';
import { governanceTypes } from './governance-types.ts';
import { technicalTypes } from './technical-types.ts';

/** All approval types that come with the program (S-053 to S-067). */
export const approvalTypes: readonly ApprovalType[] = [...technicalTypes, ...governanceTypes];

/** What `uses:` may name where a configuration adds nothing. */
export const builtInCatalog: Catalog = new Map(approvalTypes.map((type) => [type.id, type]));
