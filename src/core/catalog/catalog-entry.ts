import type { WrittenInput } from '../manifest/written-input.ts';

/** The seven groups that approval types belong to. */
export type Group =
  | 'Code quality and build'
  | 'Infrastructure and dependencies'
  | 'Business and product'
  | 'Quality assurance'
  | 'Security and compliance'
  | 'Operations and support'
  | 'Governance and risk';

/** What `uses: ID` brings into an activity. A manifest's own words come before it; only floors make it a demand. */
export type CatalogEntry = {
  readonly title: string;
  readonly instructions?: string;
  readonly inputs: { readonly [id: string]: WrittenInput };
  /** The names that `with:` may give a value. */
  readonly data: readonly string[];
};

/** One of the fifteen approval types that come with the program (S-053 to S-067). */
export type ApprovalType = CatalogEntry & {
  readonly id: string;
  readonly group: Group;
  readonly instructions: string;
  /** What an approval of it says, as a sentence. */
  readonly confirms: string;
  /** Facts that a machine could establish first (S-068), by name: which check does is the repository's to say. */
  readonly automatable: readonly string[];
};

/** Entries by id. */
export type Catalog = ReadonlyMap<string, CatalogEntry>;
